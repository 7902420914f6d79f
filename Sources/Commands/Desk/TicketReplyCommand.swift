internal import Desk
internal import SLA
internal import Text

let ticketReplyCommand = Command(
  name: "ticket reply",
  summary: "follows a ticket up: text, files, number, plazo, who must act, assignment, closing, mail",
  operands: ["NUMBER"],
  options: [
    .init("--text", "TEXT", "the reply; '-' reads standard input"),
    .init("--text-file", "PATH", "or the file that holds it"),
    .init("--file", "PATH", "adds a file, of 1 MiB at most", isRepeatable: true),
    .init("--external", "NUMBER", "the provider's number for the ticket; '' takes it away"),
    .init("--plazo", "PLAZO", "a new plazo, which counts from now: 3d, 6h, 90m"),
    .init("--waiting-on", "PARTY", "who must act next: client, provider or support"),
    .init("--assign", "LOGIN", "who works on it from now on"), .init("--close", nil, "the problem is solved"),
    .init("--reopen", nil, "opens a closed ticket again"),
    .init("--mail", nil, "the client gets the reply by mail, too"),
    .init("--for", "CONTACT", "these are the words of this contact of the client, who called say"),
    .init("--at", "INSTANT", "when it happened, if that was earlier"),
  ],
  details: """
    Everything given is done in one transaction, or nothing is. With nothing given, on a terminal, $VISUAL or $EDITOR
    opens for the text.
    """,
  examples: [
    "plazo ticket reply 17 --text \"Pedimos la pieza.\" --waiting-on provider --plazo 3d",
    "plazo ticket reply 17 --text-file respuesta.txt --file pantalla.png --mail --close",
    "plazo ticket reply 17",
  ]
) { line, session in
  let number = try line.number(0, "ticket")
  let desk = try session.open()
  var reply = TicketActions.Reply()
  reply.body = try text(line, "--text", file: "--text-file", session)
  reply.externalNumber = try line.oneLine("--external")
  reply.plazo = line.value("--plazo")
  reply.waitingOn = try line.choice("--waiting-on", Party.self)
  reply.assigned = line.value("--assign")
  reply.closes = line.has("--close")
  reply.reopens = line.has("--reopen")
  reply.goesByMail = line.has("--mail")
  reply.onBehalfOf = line.value("--for")
  reply.happenedAt = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
  reply.files = try files(line, "--file")
  let actions = try actions(session, desk)
  func record(_ reply: TicketActions.Reply) throws {
    let row = try actions.reply(to: number, reply)
    session.confirm("ticket \(row.id): recorded\(reply.closes ? ", and closed" : "")")
    // Nobody looks at a closed ticket, so whoever writes to one should know.
    if row.status == .closed, !reply.closes {
      session.world.talk.line(
        "plazo: ticket \(row.id) is closed and stays so; open it again with 'plazo ticket reopen \(row.id)'")
    }
  }
  let says = ["--text", "--text-file", "--file", "--external", "--plazo", "--waiting-on", "--assign", "--close"]
  if !says.contains(where: line.has), let editor = Editor(session.world) {
    guard let row = try Tickets(desk.connection).ticket(number, for: actions.actor) else {
      throw DeskError("there is no ticket \(number)", mend: "see 'plazo ticket list'")
    }
    try editor.compose(note: try note(row, desk), in: session.world) { text in
      reply.body = text
      try record(reply)
    }
  } else {
    try record(reply)
  }
  return .done
}

/// What whoever writes a reply in an editor has before the eyes: the ticket and what was said last.
private func note(_ row: TicketRow, _ desk: OpenDesk) throws -> String {
  let last = try FollowUp(of: row.id, on: desk.connection).entries.last { $0.kind == .replied }
  let say = desk.language
  let head = say(
    es: "Escriba la respuesta arriba de esa línea; lo que sigue no se guarda. Sin texto, no se registra nada.",
    en: "Write the reply above that line; what follows is not kept. Without a text, nothing is recorded.")
  let text = last.map { "\($0.actor ?? ""): \($0.value ?? "")" } ?? row.description
  return "\(head)\n\nTicket \(row.id): \(printable(row.title))\n\n\(printable(text))"
}
