import FoundationEssentials
import Testing

/// Mails on standard input become tickets and replies.
@Suite("Mails that come in") struct MailInTests {
  private let desk = TestDesk()

  init() {
    desk.done("--as", "ada", "user", "edit", "carla", "--mail", "Carla@Acme.example")
  }

  private func mail(_ headers: String..., text: String = "Desde ayer.", id: String = "uno") -> String {
    (["Message-ID: <\(id)@acme.example>"] + headers).joined(separator: "\r\n") + "\r\n\r\n" + text + "\r\n"
  }

  private var from: String { "From: Carla <carla@acme.example>" }

  private func rows() -> [String] {
    desk.done(
      "ticket", "list", "--status", "all", "--columns", "number,status,title,registered_by,client", "--format", "csv"
    )
    .split(separator: "\r\n").dropFirst().map { String($0.split(separator: "\r")[0]) }
  }

  @Test("open a ticket as their sender, once")
  func opens() {
    let text = mail(from, "Subject: Re: No   imprime")
    #expect(desk.done("ticket", "open", "--from-mail", "-", input: text) == "1")
    #expect(rows() == ["1,open,No imprime,Carla Díaz,Acme"])
    // A mail that is delivered again is no second ticket.
    let again = desk.run("ticket", "open", "--from-mail", "-", input: text)
    #expect(
      again == .init(code: 0, data: "1\n", talk: "plazo: the mail is in ticket 1 already; nothing was recorded anew\n"))
    // Without a Message-ID it is known by what it holds.
    let nameless = "\(from)\nSubject: Otra\n\nx\n"
    #expect(desk.done("ticket", "open", "--from-mail", "-", input: nameless) == "2")
    #expect(desk.run("ticket", "open", "--from-mail", "-", input: nameless).data == "2\n")
    #expect(rows().count == 2)
  }

  @Test("are read from a file, recorded by whom --as names, and say more by the options")
  func recordedByAnother() {
    desk.write(mail(from, "Subject: No imprime"), to: "mensaje.eml")
    #expect(
      desk.done("--as", "ana", "ticket", "open", "--from-mail", "mensaje.eml", "--assign", "beto", "--plazo", "1d")
        == "1")
    let text = desk.done("ticket", "show", "1")
    #expect(text.contains("ana por carla: registra el ticket, plazo 1d, responsable ana, asignado a beto"))
  }

  @Test(
    "reply to the ticket that they answer",
    arguments: [
      "Subject: Re: [#1] No imprime", "Subject: RV: RE: Ticket 1 retrasado: No imprime",
      "Subject: x\r\nIn-Reply-To: <plazo.ticket.1.0123456789abcdef@localhost>",
      "Subject: x\r\nReferences: <a@b.c>\r\n <plazo.ticket.1.0123456789abcdef@example.com>",
    ])
  func replies(headers: String) {
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "No imprime")
    desk.done("--as", "ana", "ticket", "reply", "1", "--text", "¿Ya?", "--waiting-on", "client")
    let text = mail(
      from, headers, text: "Sí, gracias.\r\n\r\nEl vie, 27 mar 2026, Soporte escribió:\r\n> ¿Ya?", id: "dos")
    // Either command, for whoever pipes mails in cannot know.
    #expect(desk.done("ticket", "open", "--from-mail", "-", input: text) == "1")
    #expect(desk.run("ticket", "reply", "--from-mail", "-", input: text).data == "1\n")
    let json = desk.done("ticket", "show", "1", "--format", "json")
    #expect(json.contains("\"value\":\"Sí, gracias.\"") && json.contains("\"waiting_on\":\"support\""))
    #expect(json.split(separator: "\"kind\":\"replied\"").count == 3)
  }

  @Test("open a closed ticket again, since its sender sees no status; support's do not")
  func reopens() {
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "No imprime")
    desk.done("--as", "ana", "ticket", "close", "1")
    desk.done("ticket", "reply", "1", "--from-mail", "-", input: mail("From: ana@example.com", text: "Nota.", id: "a"))
    #expect(rows()[0].hasPrefix("1,closed"))
    desk.done("ticket", "reply", "1", "--from-mail", "-", input: mail(from, text: "Sigue igual.", id: "b"))
    #expect(rows()[0].hasPrefix("1,open"))
    #expect(desk.done("ticket", "show", "1").contains("carla: reabierto por el cliente, escribe el cliente"))
  }

  @Test("of another company do not reach a ticket by its number")
  func another() {
    desk.done("--as", "ana", "ticket", "open", "--client", "Bolt", "--title", "Ajeno")
    let text = mail(from, "Subject: Re: [#1] Ajeno")
    desk.write(text, to: "m.eml")
    desk.fails(
      "ticket", "reply", "--from-mail", "m.eml",
      saying: "plazo: the mail answers no ticket that its sender may see; give the ticket's number, or open one with "
        + "'plazo ticket open --from-mail -'")
    desk.fails(
      "ticket", "reply", "1", "--from-mail", "m.eml", saying: "plazo: there is no ticket 1; see 'plazo ticket list'")
    #expect(desk.done("ticket", "open", "--from-mail", "m.eml") == "2")
  }

  @Test("bring their files, each of 1 MiB at most; one that is larger leaves nothing behind")
  func files() {
    func text(_ count: Int) -> String {
      let head = "Content-Type: multipart/mixed; boundary=b"
      let body = "--b\r\n\r\nVa.\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\n\r\n"
      return mail(
        from, "Subject: Archivo", head, text: body + String(repeating: "x", count: count) + "\r\n--b--", id: "\(count)")
    }
    let outcome = desk.run("ticket", "open", "--from-mail", "-", input: text(1_048_577))
    #expect(
      outcome
        == .init(
          code: 1, data: "",
          talk:
            "plazo: 'a.zip' has 1048577 bytes, and a file may have at most 1048576 (1 MiB); make it smaller or split it; "
            + "nothing was recorded\n"))
    #expect(rows() == [])
    #expect(desk.done("ticket", "open", "--from-mail", "-", input: text(1_048_576)) == "1")
    #expect(desk.done("ticket", "file", "list", "1", "--format", "csv").contains("a.zip,1048576,"))
  }

  @Test(
    "that nobody here can have written are refused, and nothing is recorded",
    arguments: [
      (
        "From: nadie@example.com",
        "nobody on this desk has the sender's address; add the contact with 'plazo user add … --mail', or give the address to one with 'plazo user edit'"
      ),
      ("Subject: x", "the mail has no sender that can be read; check its header From; nothing was recorded"),
      (
        "From: carla@acme.example\r\nAuto-Submitted: auto-replied",
        "the mail was not written by a person (Auto-Submitted: auto-replied); nothing was recorded"
      ),
      (
        "From: carla@acme.example\r\nPrecedence: bulk",
        "the mail was not written by a person (Precedence: bulk); nothing was recorded"
      ),
      ("From: ana@example.com", "the sender is of support, and the ticket has no client; give --client or --for"),
    ])
  func refused(headers: String, talk: String) {
    let outcome = desk.run("ticket", "open", "--from-mail", "-", input: mail(headers, "Subject: Hola"))
    #expect(outcome == .init(code: 1, data: "", talk: "plazo: \(talk)\n"))
    #expect(rows() == [])
  }

  /// A mail that the desk itself sent, and that came back, must start nothing.
  @Test("of the desk itself are refused")
  func loop() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "1h", "--assign", "beto")
    desk.done("tick")
    desk.now = "2026-03-27T10:30"
    desk.done("tick")
    let name = desk.names(in: "mesa/mail/beto/new").first ?? ""
    let own = desk.file("mesa/mail/beto/new/\(name)") ?? ""
    let outcome = desk.run("ticket", "reply", "--from-mail", "-", input: own)
    #expect(outcome.code == 1 && outcome.talk.contains("was not written by a person (Auto-Submitted: auto-generated)"))
    // And what a technician answers to it reaches its ticket, by the conversation that its headers name.
    let thread = own.split(whereSeparator: \.isNewline).first { $0.hasPrefix("References: ") } ?? ""
    let answer = mail("From: beto@example.com", "Subject: Re: x", String(thread), text: "Voy.", id: "voy")
    #expect(desk.done("ticket", "reply", "--from-mail", "-", input: answer) == "1")
  }

  @Test("leave the rest of a reply to the options")
  func options() {
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "No imprime")
    desk.write(mail("From: ana@example.com", text: "Listo."), to: "m.eml")
    desk.fails(
      "ticket", "reply", "1", "--from-mail", "m.eml", "--text", "x", code: 2,
      saying: "plazo: --text and --from-mail contradict each other; the mail has its own")
    desk.done("ticket", "reply", "1", "--from-mail", "m.eml", "--close", "--mail")
    #expect(rows()[0].hasPrefix("1,closed"))
  }
}
