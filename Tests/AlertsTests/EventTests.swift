import Desk
import SLA
import SQLite
import Testing
import Text

@testable import Alerts

/// Alerts of what people do, from the desk's own actions.
@Suite struct EventTests {
  private func desk() throws -> TestDesk {
    let desk = try TestDesk()
    try desk.addUser(1, "ana", name: "Ana Núñez")
    try desk.addUser(2, "luis")
    try desk.addUser(3, "eva", role: "administrator")
    try desk.connection.execute(
      sql: """
        INSERT INTO user (id, login, name, role, mail, client_id)
          VALUES (4, 'carla', 'Carla', 'client', 'carla@norte.example', 1),
                 (5, 'dora', 'Dora', 'client', 'dora@norte.example', 1)
        """)
    return desk
  }

  private func actions(_ desk: TestDesk, _ login: String) throws -> TicketActions {
    TicketActions(
      desk.connection, actor: try #require(try Desk.Directory(desk.connection).user(login: login)), now: desk.now)
  }

  private func tasks(_ desk: TestDesk, _ login: String) throws -> Tasks {
    Tasks(desk.connection, actor: try #require(try Desk.Directory(desk.connection).user(login: login)), now: desk.now)
  }

  private func open(
    _ desk: TestDesk, by login: String = "ana", client: String? = "Comercial del Norte"
  ) throws -> Int64 {
    var opening = TicketActions.Opening(title: "No imprime", description: "Desde ayer")
    opening.client = client
    return try actions(desk, login).open(opening).id
  }

  @Test func whoeverIsHandedATicketIsToldOnceAndNobodyWhoTakesOne() throws {
    let desk = try desk()
    let id = try open(desk)
    _ = try actions(desk, "ana").assign(id, to: "luis")
    #expect(try desk.compose() == told(1, in: 1))
    #expect(try desk.compose() == AlertSummary())
    #expect(try desk.alerts() == ["assigned 1 → 2: grouped"])
    #expect(try desk.subjects() == ["Ticket 1 asignado: No imprime"])
    _ = try actions(desk, "ana").assign(id, to: "ana")
    #expect(try desk.compose() == AlertSummary())
  }

  @Test func aTicketHandedOnBeforeThePassIsToldToTheLast() throws {
    let desk = try desk()
    let id = try open(desk)
    _ = try actions(desk, "ana").assign(id, to: "luis")
    _ = try actions(desk, "ana").assign(id, to: "eva")
    try desk.compose()
    #expect(try desk.alerts() == ["assigned 1 → 3: grouped"])
  }

  /// What a pass has read no later one reads again, whatever became of it.
  @Test func eachEventIsReadOnce() throws {
    let desk = try desk()
    let id = try open(desk)
    _ = try actions(desk, "ana").assign(id, to: "luis")
    try desk.connection.execute(sql: "UPDATE user SET active = 0 WHERE id = 2")
    try desk.compose()
    #expect(try desk.alerts().first == "assigned 1 → 2: dropped, recipient-inactive")
    let before = try desk.alerts()
    try desk.connection.execute(sql: "UPDATE user SET active = 1 WHERE id = 2")
    #expect(try desk.compose() == AlertSummary())
    #expect(try desk.alerts() == before)
    #expect(
      try desk.connection.integer(sql: "SELECT last_event FROM alert_mark")
        == desk.connection.integer(sql: "SELECT last FROM event_sequence"))
  }

  /// An administrator who closes the task that she gave knows that it waits for her sign-off.
  @Test func whoDidItIsNotTold() throws {
    let desk = try desk()
    let id = try tasks(desk, "eva").add(.init(title: "Inventario", technician: "eva"))
    try tasks(desk, "eva").close(id)
    try desk.compose()
    #expect(try desk.alerts().isEmpty)
  }

  @Test func anImportTellsNobody() throws {
    let desk = try desk()
    let id = try open(desk)
    try desk.connection.execute(
      sql: "INSERT INTO import (id, kind, file, source, started_at) VALUES (1, 'tickets', 'f', 's', 0)")
    try DeskWriter.transact(desk.connection, at: desk.now, by: nil) { writer in
      writer.importID = 1
      var row = try #require(try Tickets(desk.connection).ticket(id))
      try writer.append([.assigned(to: 2), .closed], to: &row, at: desk.now)
    }
    #expect(try desk.compose() == AlertSummary())
  }

  private func reply(_ desk: TestDesk, _ id: Int64, _ body: String, closes: Bool = false, mail: Bool = true) throws {
    var reply = TicketActions.Reply()
    reply.body = body
    reply.closes = closes
    reply.goesByMail = mail
    _ = try actions(desk, "ana").reply(to: id, reply)
  }

  @Test func aReplyWithItsWishGoesToTheContactWhoOpenedTheTicket() throws {
    let desk = try desk()
    let id = try open(desk, by: "carla", client: nil)
    try reply(desk, id, "Sin correo", mail: false)
    try reply(desk, id, "Reinicie el equipo.\n\nBcc: x@y\n.\nFrom aquí")
    #expect(try desk.compose() == told(1, in: 1))
    #expect(try desk.compose() == AlertSummary())
    let mail = try #require(try desk.mails().first)
    #expect(try mail.header("To") == "Carla <carla@norte.example>")
    #expect(try mail.header("Subject") == "Ticket 1: No imprime (Respuesta)")
    #expect(
      mail.text == """
        Ticket 1: No imprime
        Soporte Belenus · viernes 27 de marzo, 16:05

        Ana Núñez respondió el viernes 27 de marzo, 16:05:

        Reinicie el equipo.

        Bcc: x@y
        .
        From aquí

        -- \("")
        Mensaje de plazo en nombre de Soporte Belenus.

        """)
    #expect(!mail.text.contains("plazo ticket"), "a client has no command line")
  }

  @Test func aTicketThatSupportOpenedIsAnsweredToEveryContact() throws {
    let desk = try desk()
    let id = try open(desk)
    try reply(desk, id, "Hola")
    #expect(try desk.compose() == told(2, in: 2))
    #expect(
      try desk.mails().map { try $0.header("To") } == ["Carla <carla@norte.example>", "Dora <dora@norte.example>"])
  }

  @Test func aReplyThatClosesIsOneLetterWithTheWishForTheVoBo() throws {
    let desk = try desk()
    let id = try open(desk, by: "carla", client: nil)
    try reply(desk, id, "Listo.", closes: true)
    #expect(try desk.compose() == told(2, in: 1))
    let mail = try #require(try desk.mails().first)
    #expect(mail.text.contains("Listo.") && mail.text.contains("falta su visto bueno (VoBo)"))
  }

  /// As many as people write, each at once; and none of them counts among the digests of an hour.
  @Test func lettersPassTheGateAndUseUpNoDigest() throws {
    let desk = try desk()
    (desk.rules.window, desk.rules.cap) = (900, 1)
    desk.rules.routes = [AlertRoute(match: AlertMatch(kinds: [.late]), to: [.contact])]
    let id = try open(desk, by: "carla", client: nil)
    for body in ["Uno", "Dos", "Tres"] {
      try reply(desk, id, body)
      #expect(try desk.compose() == told(1, in: 1), "\(body)")
      desk.now = desk.now + 60
    }
    try desk.addClock(id, .resolution, situation: .late, deadline: "2026-03-27T15:00:00-06:00", plazo: "1h")
    try desk.sweep((id, .late))
    #expect(try desk.compose() == told(1, in: 1))
    #expect(
      try desk.connection.rows(sql: "SELECT kind, recipient FROM message ORDER BY id").map { $0.compactMap(\.text) }
        == [["letter", "carla@norte.example"], ["letter", "carla@norte.example"], ["letter", "carla@norte.example"]]
        + [["digest", "carla@norte.example"]])
  }

  @Test func lettersOfATicketShareTheThreadOfItsDigests() throws {
    let desk = try desk()
    let id = try open(desk, by: "carla", client: nil)
    _ = try actions(desk, "eva").assign(id, to: "ana")
    try desk.compose()
    try reply(desk, id, "Uno")
    try desk.compose()
    try reply(desk, id, "Dos")
    try desk.compose()
    let mails = try desk.mails()
    #expect(mails.count == 3)
    #expect(Set(try mails.map { try $0.header("References") }).count == 1)
    #expect(Set(try mails.map { try $0.header("Message-ID") }).count == 3)
  }

  @Test func filesOfTheReplyGoWithIt() throws {
    let desk = try desk()
    let id = try open(desk, by: "carla", client: nil)
    var reply = TicketActions.Reply()
    reply.body = "Vea el archivo"
    reply.goesByMail = true
    reply.files = [try Attachment(name: "guía \"a\"/b.pdf", content: [0, 13, 10, 255])]
    _ = try actions(desk, "ana").reply(to: id, reply)
    try desk.compose()
    let content = try desk.connection.rows(sql: "SELECT content FROM message")[0][0]
    guard case .blob(let bytes) = content else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("Content-Type: multipart/mixed; boundary=\"=_plazo-files-"))
    #expect(text.contains("Content-Disposition: attachment;\r\n filename=\"b.pdf\"\r\n"))
    #expect(text.contains("\r\n\r\nAA0K/w==\r\n"))
  }

  /// By RFC 2231, in as many parts as their lines take; read back by the reader of mails that come in.
  @Test(arguments: [
    "año.png", "Captura de pantalla del módulo de facturación, 27 de marzo, señal débil.png", "100 %.txt",
  ])
  func namesOfFilesBeyondASCIIArrive(name: String) throws {
    let desk = try desk()
    let id = try open(desk, by: "carla", client: nil)
    var reply = TicketActions.Reply()
    reply.body = "Vea el archivo: señal débil."
    reply.goesByMail = true
    reply.files = [try Attachment(name: name, content: [1, 2, 3])]
    _ = try actions(desk, "ana").reply(to: id, reply)
    try desk.compose()
    let messageID = try #require(try desk.connection.integer(sql: "SELECT id FROM message"))
    let message = try #require(try Outbox.message(messageID, on: desk.connection))
    let mail = try MailMessage(message.content)
    #expect(mail.files.map(\.name) == [name] && mail.files.map(\.content) == [[1, 2, 3]])
    #expect(message.text.contains("Vea el archivo: señal débil."))
    #expect(message.content.split(separator: 10).allSatisfy { $0.count <= 79 })
  }

  @Test func tasksAreToldToTheirTechnicianAndTheirVoBoToTheGiver() throws {
    let desk = try desk()
    try desk.addUser(6, "fey", role: "administrator")
    let id = try tasks(desk, "eva").add(.init(title: "Cambiar tóner", technician: "luis"))
    try desk.compose()
    #expect(try desk.alerts() == ["task-assigned task 1 → 2: grouped"])
    #expect(try desk.subjects() == ["Tarea 1 asignada: Cambiar tóner"])
    try tasks(desk, "luis").close(id)
    try desk.compose()
    #expect(try desk.alerts().last == "vobo-wanted task 1 → 3: grouped")
    #expect(try desk.mails().last?.text.contains("Dar el VoBo: plazo task vobo 1 granted") == true)
    // Signed before the mail left: it is not told.
    try tasks(desk, "eva").sign(id, .granted, reason: nil)
    let channel = MaildirChannel(root: "\(desk.folder)/mail")
    #expect(try desk.outbox(channel).send(clock: { desk.now }).outdated == 2)
  }

  @Test func aTaskGivenByATechnicianIsSignedByAnyAdministrator() throws {
    let desk = try desk()
    let id = try tasks(desk, "ana").add(.init(title: "Inventario", technician: "luis"))
    try tasks(desk, "luis").close(id)
    try desk.compose()
    #expect(
      try desk.alerts() == ["task-assigned task 1 → 2: dropped, ticket-closed", "vobo-wanted task 1 → 3: grouped"])
  }

  @Test func aTaskThatIsLateIsToldToItsTechnician() throws {
    let desk = try desk()
    _ = try tasks(desk, "eva").add(.init(title: "Cambiar tóner", technician: "luis"))
    try desk.compose()
    try desk.connection.execute(
      sql: """
        INSERT INTO task_clock (task_id, kind, calendar_id, started_at, situation, deadline, cycle, moves, policy)
        VALUES (1, 'completion', 1, 0, 'late', 1774000000, 1, 0, 'tareas')
        """)
    try desk.sweep((1, .late), clock: .completion)
    try desk.compose()
    #expect(try desk.alerts().last == "task-late task 1 → 2: grouped")
    #expect(try desk.subjects().last == "Tarea 1 retrasada: Cambiar tóner")
    let text = try #require(try desk.mails().last).text
    #expect(text.contains("Cerrarla cuando esté hecha: plazo task close 1"))
    #expect(text.contains("plazo alert ack --task 1"))
  }
}
