import Testing

@Suite("Explaining") struct ExplainTests {
  private func deskWithTicket() -> TestDesk {
    let desk = TestDesk()
    desk.done("tick")
    desk.done("--as", "ada", "ticket", "open", "--client", "Acme", "--title", "No imprime", "--plazo", "2h")
    desk.now = "2026-03-27T18:00"
    desk.done("tick")
    return desk
  }

  @Test("a ticket says where its time went, in the reader's language")
  func ticket() {
    let desk = deskWithTicket()
    let told = desk.done("ticket", "explain", "1")
    #expect(told.contains("\n  Venció el viernes 27 de marzo, 11:00; lleva 5 h de retraso sobre 2 h.\n"))
    #expect(told.contains("\n    viernes 27 de marzo, 16:00 a 18:00: cuentan 2 h, ya fuera de plazo\n"))
    #expect(
      desk.done("ticket", "explain", "1", "--lang", "en").contains("Friday 27 March, 14:00 to 16:00: closed, 2 h"))
    #expect(
      desk.done("ticket", "explain", "1", "--format", "html").hasPrefix("<section class=\"explanation\" lang=\"es\">"))
    let json = desk.done("ticket", "explain", "1", "--format", "json", "--clock", "resolution")
    #expect(json.contains(#""late_s":18000"#) && json.contains(#""used_s":25200"#))
    #expect(desk.done("ticket", "explain", "1", "--clock", "first-response").contains("Ningún reloj"))
    desk.fails("ticket", "explain", "9", saying: "plazo: there is no ticket 9; see 'plazo ticket list'")
  }

  @Test("is a client's for tickets of the own company only, and a task's is not")
  func roles() {
    let desk = deskWithTicket()
    desk.done("--as", "ada", "ticket", "open", "--client", "Bolt", "--title", "Otro")
    desk.done("--as", "ada", "task", "add", "--title", "Revisar", "--technician", "ana", "--plazo", "1d")
    #expect(desk.done("ticket", "explain", "1", "--as", "carla").contains("No imprime"))
    desk.fails(
      "ticket", "explain", "2", "--as", "carla", saying: "plazo: there is no ticket 2; see 'plazo ticket list'")
    #expect(desk.done("task", "explain", "1").contains("1 día hábil, puesto el"))
    desk.fails(
      "task", "explain", "1", "--as", "carla",
      saying: "plazo: a client's contact cannot use 'plazo task explain'; ask a technician")
  }

  @Test("plan --since tells which verdicts would have been others, and writes nothing")
  func whatIf() throws {
    let desk = deskWithTicket()
    desk.done("--as", "ada", "ticket", "open", "--client", "Acme", "--title", "Otro")
    desk.now = "2026-03-30T12:00"
    desk.done("--as", "ada", "ticket", "close", "2")
    desk.done("tick")
    let text = try #require(desk.file("mesa/plazo.json5"))
    desk.write(text.replacing("plazo: \"3d\"", with: "plazo: \"1h\""), to: "mesa/plazo.json5")
    #expect(
      desk.done("plan", "--since", "2026-03-27") == """
        ticket 2: kept → late by 3 h, due 2026-04-01 19:00:00 → 2026-03-27 19:00:00
        of 1 verdicts frozen since 2026-03-27 00:00:00, 1 would have been different: 1 kept would be late, 0 late would be kept
        """)
    desk.fails(
      "plan", "--since", "marzo", code: 2,
      saying: "plazo: 'marzo' is no instant for --since; write it as 2026-03-27T09:00 or 2026-03-27T09:00:00-06:00")
  }
}
