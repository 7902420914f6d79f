internal import Desk
internal import SLA
internal import Text

let ticketOpenCommand = Command(
  name: "ticket open", summary: "opens a ticket, and prints its number",
  options: [
    .init("--title", "TEXT", "what it is about, in a line"),
    .init("--text", "TEXT", "the problem or question; '-' reads standard input"),
    .init("--text-file", "PATH", "or the file that holds it"),
    .init("--file", "PATH", "adds a file, of 1 MiB at most", isRepeatable: true),
    .init("--client", "NAME", "the company served; a contact's own by itself"),
    .init("--for", "CONTACT", "opens it for this contact of a client, who called say"),
    .init("--product", "NAME", "what it is about"), .init("--provider", "NAME", "the third party that must act"),
    .init("--priority", "WORD", "as the policies name it"),
    .init("--external", "NUMBER", "the provider's number for it"),
    .init("--plazo", "PLAZO", "3d working days, 6h or 90m working time; else the policy's"),
    .init("--responsible", "LOGIN", "who answers for it; else the technician who opens it"),
    .init("--assign", "LOGIN", "who works on it now"),
    .init("--at", "INSTANT", "when it was reported, if that was earlier"), MailedTicket.option,
  ],
  details: """
    A client's contact gives title, text, product and files; the rest is for support to say. With --from-mail the sender
    acts, found by address among contacts and staff, or whoever --as names for the sender: the subject is the title, and
    what is attached comes along. A mail that answers a ticket becomes a reply to it, and none is recorded twice; those
    that no person wrote are refused.
    """,
  examples: [
    """
    plazo ticket open --as ana --client "Colegio Bugambilias" \\
      --title "No imprime" --plazo 2d
    """,
    "plazo ticket open --as ana --for carmen --title \"No imprime\" --assign luis",
    """
    plazo ticket open --as tono --title "No abre la caja 2" \\
      --file demo/exports/corte-caja-1.txt
    """,
    "plazo ticket open --from-mail - < demo/exports/correo.eml",
  ]
) { line, session in
  let desk = try session.open()
  if let path = line.value("--from-mail") { return try openFromMail(path, line, session, desk) }
  _ = try line.required("--title")
  var opening = TicketActions.Opening(
    title: try line.oneLine("--title")!, description: try text(line, "--text", file: "--text-file", session) ?? "")
  opening.onBehalfOf = line.value("--for")
  opening.files = try files(line, "--file")
  try fill(&opening, line, session, desk)
  session.world.output.line("\(try actions(session, desk).open(opening).id)")
  return .done
}

/// What is said of a ticket besides its title and text.
private func fill(
  _ opening: inout TicketActions.Opening, _ line: Line, _ session: Session, _ desk: OpenDesk
) throws {
  opening.client = line.value("--client")
  opening.product = line.value("--product")
  opening.provider = line.value("--provider")
  opening.priority = try line.oneLine("--priority")
  opening.externalNumber = try line.oneLine("--external")
  opening.plazo = line.value("--plazo")
  opening.responsible = line.value("--responsible")
  opening.assigned = line.value("--assign")
  opening.happenedAt = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
}

/// A mail becomes a ticket, or the reply to the one that it answers.
private func openFromMail(_ path: String, _ line: Line, _ session: Session, _ desk: OpenDesk) throws -> ExitCode {
  for option in ["--text", "--text-file", "--file"] where line.has(option) {
    throw UsageError(problem: "\(option) and --from-mail contradict each other", mend: "the mail has its own")
  }
  let mail = try MailedTicket(path, session, desk)
  if try reportKnown(mail, session) { return .done }
  if let ticketID = try mail.ticketID() {
    try reply(by: mail, to: ticketID, TicketActions.Reply(), session, desk)
    return .done
  }
  let (actor, contact) = try mail.people(ticketID: nil)
  var opening = TicketActions.Opening(
    title: try line.oneLine("--title") ?? mail.title, description: mail.description)
  opening.onBehalfOf = line.value("--for") ?? contact?.login
  opening.files = try mail.files()
  opening.mailID = mail.id
  try fill(&opening, line, session, desk)
  guard actor.role == .client || opening.client != nil || opening.onBehalfOf != nil else {
    throw DeskError("the sender is of support, and the ticket has no client", mend: "give --client or --for")
  }
  let row = try TicketActions(desk.connection, actor: actor, now: desk.now).open(opening)
  session.world.output.line("\(row.id)")
  return .done
}
