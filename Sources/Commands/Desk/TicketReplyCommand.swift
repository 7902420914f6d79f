internal import Desk
internal import SLA
internal import Text

let ticketReplyCommand = Command(
  name: "ticket reply",
  summary: "follows a ticket up: text, files, number, plazo, who must act, assignment, closing, mail",
  operands: ["[NUMBER]"],
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
    .init("--at", "INSTANT", "when it happened, if that was earlier"), MailedTicket.option,
  ],
  details: """
    Everything given is done in one transaction, or nothing is. With nothing given, on a terminal, $VISUAL or $EDITOR
    opens for the text. With --from-mail the sender replies, or whoever --as names for the sender; the ticket is NUMBER,
    or the one that the mail answers: by its conversation, or by [#17] in its subject. What it quotes below its text is
    left out. A contact's mail opens a closed ticket again. None is recorded twice.
    """,
  examples: [
    "plazo ticket reply 54 --as bety --text \"Pedida.\" --waiting-on provider",
    """
    plazo ticket reply 56 --as luis --text "Ya abre el turno." \\
      --file demo/exports/corte-caja-1.txt --mail --close
    """,
    "plazo ticket reply 55 --from-mail - < demo/exports/correo.eml",
  ]
) { line, session in
  if let path = line.value("--from-mail") { return try replyFromMail(path, line, session) }
  let number = try line.number(0, "ticket")
  let desk = try session.open()
  var reply = try told(line, session, desk)
  reply.body = try text(line, "--text", file: "--text-file", session)
  reply.files = try files(line, "--file")
  reply.onBehalfOf = line.value("--for")
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

/// What is said besides the text and the files.
private func told(_ line: Line, _ session: Session, _ desk: OpenDesk) throws -> TicketActions.Reply {
  var reply = TicketActions.Reply()
  reply.externalNumber = try line.oneLine("--external")
  reply.plazo = line.value("--plazo")
  reply.waitingOn = try line.choice("--waiting-on", Party.self)
  reply.assigned = line.value("--assign")
  reply.closes = line.has("--close")
  reply.reopens = line.has("--reopen")
  reply.goesByMail = line.has("--mail")
  reply.happenedAt = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
  return reply
}

/// A mail becomes the reply to the ticket that is given, or that it answers.
private func replyFromMail(_ path: String, _ line: Line, _ session: Session) throws -> ExitCode {
  for option in ["--text", "--text-file", "--file", "--for"] where line.has(option) {
    throw UsageError(problem: "\(option) and --from-mail contradict each other", mend: "the mail has its own")
  }
  let given = try line.operand(0) == nil ? nil : line.number(0, "ticket")
  let desk = try session.open()
  let mail = try MailedTicket(path, session, desk)
  if try reportKnown(mail, session) { return .done }
  guard let number = try given ?? mail.ticketID() else {
    throw DeskError(
      "the mail answers no ticket that its sender may see",
      mend: "give the ticket's number, or open one with 'plazo ticket open --from-mail -'")
  }
  try reply(by: mail, to: number, try told(line, session, desk), session, desk)
  return .done
}

/// Records a mail as a reply, and prints the ticket's number.
func reply(
  by mail: MailedTicket, to number: Int64, _ told: TicketActions.Reply, _ session: Session, _ desk: OpenDesk
) throws {
  let (actor, contact) = try mail.people(ticketID: number)
  var reply = told
  reply.body = try mail.reply()
  reply.files = try mail.files()
  reply.mailID = mail.id
  reply.onBehalfOf = contact?.login
  // Whoever writes a mail sees no status: what comes in for a closed ticket must not lie unread.
  let isClosed = try Tickets(desk.connection).ticket(number)?.status == .closed
  if isClosed, contact != nil || actor.role == .client { reply.reopens = true }
  let row = try TicketActions(desk.connection, actor: actor, now: desk.now).reply(to: number, reply)
  session.world.output.line("\(row.id)")
}

/// Prints the ticket's number again for a mail that was read in before. - Returns: whether it was.
func reportKnown(_ mail: MailedTicket, _ session: Session) throws -> Bool {
  guard let ticketID = try mail.known() else { return false }
  session.world.output.line("\(ticketID)")
  session.world.talk.line("plazo: the mail is in ticket \(ticketID) already; nothing was recorded anew")
  return true
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
