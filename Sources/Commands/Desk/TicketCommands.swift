internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import SLA
internal import Text

let ticketCommands: [Command] = [
  Command(
    name: "ticket open", summary: "opens a ticket",
    options: [
      .init("--title", "TEXT", "what it is about, in a line"),
      .init("--text", "TEXT", "the problem or question; '-' reads standard input"),
      .init("--client", "NAME", "the company served; a contact's own by itself"),
      .init("--product", "NAME", "what it is about"), .init("--provider", "NAME", "the third party that must act"),
      .init("--priority", "WORD", "as the policies name it"),
      .init("--external", "NUMBER", "the provider's number for it"),
      .init("--plazo", "PLAZO", "3d working days, 6h or 90m working time; else the policy's"),
      .init("--responsible", "LOGIN", "who answers for it; else the technician who opens it"),
      .init("--assign", "LOGIN", "who works on it now"),
      .init("--at", "INSTANT", "when it was reported, if that was earlier"),
    ],
    examples: ["plazo ticket open --client \"Acme\" --title \"No imprime\" --text \"Desde ayer.\" --plazo 2d"]
  ) { line, session in
    let desk = try session.open()
    var opening = TicketActions.Opening(
      title: try line.required("--title"), description: try text(line, "--text", session) ?? "")
    opening.client = line.value("--client")
    opening.product = line.value("--product")
    opening.provider = line.value("--provider")
    opening.priority = line.value("--priority")
    opening.externalNumber = line.value("--external")
    opening.plazo = line.value("--plazo")
    opening.responsible = line.value("--responsible")
    opening.assigned = line.value("--assign")
    opening.happenedAt = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
    let row = try actions(session, desk).open(opening)
    session.world.output.line("\(row.id)")
    return .done
  },
  Command(
    name: "ticket reply", summary: "follows a ticket up: text, number, plazo, who must act, assignment, closing",
    operands: ["NUMBER"],
    options: [
      .init("--text", "TEXT", "the reply; '-' reads standard input"),
      .init("--external", "NUMBER", "the provider's number for the ticket"),
      .init("--plazo", "PLAZO", "a new plazo, which counts from now: 3d, 6h, 90m"),
      .init("--waiting-on", "PARTY", "who must act next: client, provider or support"),
      .init("--assign", "LOGIN", "who works on it from now on"), .init("--close", nil, "the problem is solved"),
      .init("--at", "INSTANT", "when it happened, if that was earlier"),
    ],
    details: "Everything given is done in one transaction, or nothing is.",
    examples: ["plazo ticket reply 17 --text \"Pedimos la pieza.\" --waiting-on provider --external P-881 --plazo 3d"]
  ) { line, session in
    let desk = try session.open()
    var reply = TicketActions.Reply()
    reply.body = try text(line, "--text", session)
    reply.externalNumber = line.value("--external")
    reply.plazo = line.value("--plazo")
    reply.waitingOn = try line.choice("--waiting-on", Party.self)
    reply.assigned = line.value("--assign")
    reply.closes = line.has("--close")
    reply.happenedAt = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
    let row = try actions(session, desk).reply(to: try line.number(0, "ticket"), reply)
    session.confirm("ticket \(row.id): recorded\(reply.closes ? ", and closed" : "")")
    return .done
  },
  ticketListCommand,
  ticketShowCommand,
  Command(
    name: "ticket assign", summary: "gives a ticket to a technician", operands: ["NUMBER", "LOGIN"],
    options: [.init("--responsible", nil, "makes the technician answer for it, too")]
  ) { line, session in
    let desk = try session.open()
    let number = try line.number(0, "ticket")
    _ = try actions(session, desk).assign(number, to: line.operand(1)!)
    if line.has("--responsible") {
      _ = try actions(session, desk).assign(number, to: line.operand(1)!, responsible: true)
    }
    session.confirm("ticket \(number): given to \(line.operand(1)!)")
    return .done
  },
  Command(
    name: "ticket close", summary: "closes a ticket: its verdict is frozen at the next sweep", operands: ["NUMBER"],
    options: [.init("--at", "INSTANT", "when it was closed, if that was earlier")]
  ) { line, session in
    let desk = try session.open()
    let at = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
    let row = try actions(session, desk).close(try line.number(0, "ticket"), at: at)
    session.confirm("ticket \(row.id): closed")
    return .done
  },
  Command(
    name: "ticket reopen", summary: "opens a closed ticket again", operands: ["NUMBER"],
    options: [.init("--reason", "TEXT", "why")]
  ) { line, session in
    let desk = try session.open()
    let row = try actions(session, desk).reopen(try line.number(0, "ticket"), reason: line.value("--reason"))
    session.confirm("ticket \(row.id): open again")
    return .done
  },
  Command(
    name: "ticket vobo", summary: "signs a closed ticket off for its client, or refuses and reopens it",
    operands: ["NUMBER", "granted|refused"], options: [.init("--reason", "TEXT", "why it is refused")]
  ) { line, session in
    let desk = try session.open()
    guard let vobo = VoBo(rawValue: line.operand(1)!), vobo != .pending else {
      throw UsageError(problem: "'\(line.operand(1)!)' is no VoBo", mend: "write granted or refused")
    }
    let row = try actions(session, desk).sign(try line.number(0, "ticket"), vobo, reason: line.value("--reason"))
    session.confirm("ticket \(row.id): VoBo \(vobo.rawValue)\(vobo == .refused ? ", and open again" : "")")
    return .done
  },
]

private func actions(_ session: Session, _ desk: OpenDesk) throws -> TicketActions {
  TicketActions(desk.connection, actor: try session.actor(desk), now: desk.now)
}

/// A text given on the line, or on standard input where it is `-`. - Throws: `DeskError` when that is not UTF-8.
func text(_ line: Line, _ option: String, _ session: Session) throws -> String? {
  guard let value = line.value(option), value == "-" else { return line.value(option) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 64 * 1024)
  while true {
    let count = read(STDIN_FILENO, &block, block.count)
    if count < 0, errno == EINTR { continue }
    if count <= 0 { break }
    bytes += block[..<count]
  }
  guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
    throw DeskError("the text on standard input is not UTF-8", mend: "convert it first, with 'iconv -t UTF-8' say")
  }
  return text.hasSuffix("\n") ? String(text.dropLast()) : text
}
