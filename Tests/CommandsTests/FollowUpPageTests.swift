import Testing

/// The follow-up of a ticket through all that can happen to it on the command line.
@Suite("The follow-up of a ticket") struct FollowUpPageTests {
  private let desk = TestDesk()

  private func at(_ time: String, _ words: String...) {
    desk.now = "2026-03-27T\(time)"
    let outcome = desk.program.run(words)
    #expect(outcome.code == 0, "\(words): \(outcome.talk)")
  }

  /// Lives through a morning of ticket 1, and reads what came of it.
  private func followUp(_ language: String, from head: String) -> String {
    at(
      "09:00", "--as", "ana", "ticket", "open", "--for", "carla", "--title", "Caída", "--external", "P-1", "--plazo",
      "2d", "--assign", "beto")
    at(
      "09:10", "--as", "beto", "ticket", "reply", "1", "--text", "Se pidió.", "--external", "", "--waiting-on",
      "provider", "--mail")
    at("09:20", "--as", "beto", "ticket", "reply", "1", "--text", "Pasa a Ana.", "--plazo", "3d", "--assign", "ana")
    at("09:30", "--as", "ana", "ticket", "aside", "1", "--until", "2026-04-10")
    at("09:40", "--as", "ana", "ticket", "aside", "1", "--resume")
    at("09:45", "--as", "carla", "ticket", "reply", "1", "--text", "¿Ya?")
    at("09:50", "--as", "ana", "ticket", "assign", "1", "beto", "--responsible")
    at("10:00", "--as", "ana", "ticket", "close", "1", "--at", "2026-03-27T09:55")
    at("10:10", "--as", "ana", "ticket", "reopen", "1", "--reason", "Otra vez")
    at("10:20", "--as", "ana", "ticket", "close", "1")
    at("10:30", "--as", "ana", "ticket", "vobo", "1", "refused", "--reason", "Sigue igual", "--for", "carla")
    at("10:40", "--as", "ana", "ticket", "close", "1")
    at("10:50", "--as", "carla", "ticket", "vobo", "1", "granted")
    let page = desk.done("ticket", "show", "1", "--lang", language)
    return page.firstRange(of: "\n\(head)\n").map { String(page[$0.upperBound...]) } ?? page
  }

  @Test("tells each thing in Spanish, by whom, for whom, and when it was written down")
  func spanish() {
    #expect(
      followUp("es", from: "Seguimiento") == """
          2026-03-27 09:00  ana por carla: registra el ticket, No. Proveedor P-1, plazo 2d, responsable ana,
                            asignado a beto
          2026-03-27 09:10  beto: responde soporte, con correo al cliente, sin No. Proveedor, esperando a
                            Proveedor
              Se pidió.
          2026-03-27 09:20  beto: responde soporte, plazo 3d, asignado a ana
              Pasa a Ana.
          2026-03-27 09:30  ana: apartado hasta 2026-04-10 00:00
          2026-03-27 09:40  ana: ya no apartado
          2026-03-27 09:45  carla: escribe el cliente
              ¿Ya?
          2026-03-27 09:50  ana: asignado a beto, responsable beto
          2026-03-27 09:55  ana: cerrado (registrado 2026-03-27 10:00)
          2026-03-27 10:10  ana: reabierto: Otra vez
          2026-03-27 10:20  ana: cerrado
          2026-03-27 10:30  ana por carla: VoBo rechazado: Sigue igual, reabierto por el cliente: Sigue
                            igual
          2026-03-27 10:40  ana: cerrado
          2026-03-27 10:50  carla: VoBo otorgado
        """)
  }

  @Test("tells the same in English")
  func english() {
    #expect(
      followUp("en", from: "Follow-up") == """
          2026-03-27 09:00  ana for carla: registers the ticket, external number P-1, plazo 2d, responsible
                            ana, assigned to beto
          2026-03-27 09:10  beto: support replies, with a mail to the client, no external number, waiting on
                            Provider
              Se pidió.
          2026-03-27 09:20  beto: support replies, plazo 3d, assigned to ana
              Pasa a Ana.
          2026-03-27 09:30  ana: put aside until 2026-04-10 00:00
          2026-03-27 09:40  ana: taken up again
          2026-03-27 09:45  carla: the client writes
              ¿Ya?
          2026-03-27 09:50  ana: assigned to beto, responsible beto
          2026-03-27 09:55  ana: closed (recorded 2026-03-27 10:00)
          2026-03-27 10:10  ana: reopened: Otra vez
          2026-03-27 10:20  ana: closed
          2026-03-27 10:30  ana for carla: VoBo refused: Sigue igual, reopened by the client: Sigue igual
          2026-03-27 10:40  ana: closed
          2026-03-27 10:50  carla: VoBo granted
        """)
  }
}
