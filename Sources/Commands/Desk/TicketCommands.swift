internal import Desk
internal import SLA
internal import Text

let ticketCommands: [Command] =
  [ticketOpenCommand, ticketReplyCommand, ticketListCommand, ticketShowCommand] + ticketFileCommands
  + ticketChangeCommands

/// What changes a ticket without a word: the rest of its life.
private let ticketChangeCommands: [Command] = [
  Command(
    name: "ticket assign", summary: "gives a ticket to a technician", operands: ["NUMBER", "LOGIN"],
    options: [.init("--responsible", nil, "makes the technician answer for it, too")],
    examples: ["plazo ticket assign 46 ana --as rocio", "plazo ticket assign 46 ana --as rocio --responsible"]
  ) { line, session in
    let desk = try session.open()
    let number = try line.number(0, "ticket")
    _ = try actions(session, desk).assign(number, to: line.operand(1)!, responsible: line.has("--responsible"))
    session.confirm("ticket \(number): given to \(line.operand(1)!)")
    return .done
  },
  Command(
    name: "ticket aside", summary: "puts a ticket aside until a date: its clocks stand still", operands: ["NUMBER"],
    options: [
      .init("--until", "DATE", "when it is taken up again, by itself: 2026-04-10, or with a time, 2026-04-10T12:00"),
      .init("--resume", nil, "takes it up now"),
    ],
    details: "A date alone is the beginning of that day.",
    examples: [
      "plazo ticket aside 54 --until 2026-11-10 --as bety\nplazo ticket aside 54 --resume --as bety"
    ]
  ) { line, session in
    guard line.has("--until") != line.has("--resume") else {
      throw UsageError(problem: "either --until or --resume is needed", mend: "see 'plazo help ticket aside'")
    }
    let desk = try session.open()
    let until = try line.value("--until").map { try session.instant($0, "--until", in: desk.zone) }
    let row = try actions(session, desk).putAside(try line.number(0, "ticket"), until: until)
    let what = until.map { "put aside until \($0.localText(in: desk.zone).dropLast(3))" } ?? "taken up again"
    session.confirm("ticket \(row.id): \(what)")
    return .done
  },
  Command(
    name: "ticket close", summary: "closes a ticket: its verdict is frozen at the next sweep", operands: ["NUMBER"],
    options: [.init("--at", "INSTANT", "when it was closed, if that was earlier")],
    details: "The client's VoBo is then pending: see 'plazo help ticket vobo'.",
    examples: ["plazo ticket close 45 --as ana", "plazo ticket close 45 --as ana --at 2026-10-30T11:30"]
  ) { line, session in
    let desk = try session.open()
    let at = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
    let row = try actions(session, desk).close(try line.number(0, "ticket"), at: at)
    session.confirm("ticket \(row.id): closed")
    return .done
  },
  Command(
    name: "ticket reopen", summary: "opens a closed ticket again", operands: ["NUMBER"],
    options: [
      .init("--reason", "TEXT", "why"), .init("--at", "INSTANT", "when it was opened again, if that was earlier"),
    ],
    examples: ["plazo ticket reopen 50 --reason \"Falla otra vez\" --as luis"]
  ) { line, session in
    let desk = try session.open()
    let at = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
    let row = try actions(session, desk).reopen(
      try line.number(0, "ticket"), reason: line.value("--reason"), at: at)
    session.confirm("ticket \(row.id): open again")
    return .done
  },
  Command(
    name: "ticket vobo", summary: "signs a closed ticket off for its client, or refuses and reopens it",
    operands: ["NUMBER", "granted|refused"],
    options: [
      .init("--reason", "TEXT", "why it is refused"),
      .init("--for", "CONTACT", "this contact of the client said so, by telephone say; who recorded it is kept"),
    ],
    details: """
      The client's contact signs. Support records a contact's word with --for; an administrator may sign without one, and a
      technician may not.
      """,
    examples: [
      "plazo ticket vobo 50 granted --as tono", "plazo ticket vobo 50 refused --reason \"Sigue igual\" --as tono",
      "plazo ticket vobo 50 granted --for tono --as luis",
    ]
  ) { line, session in
    let (number, sign) = (try line.number(0, "ticket"), try line.sign(1))
    let desk = try session.open()
    let row = try actions(session, desk).sign(
      number, sign, reason: line.value("--reason"), onBehalfOf: line.value("--for"))
    let what = row.status == .open ? "refused, and open again" : "granted"
    session.confirm("ticket \(row.id): VoBo \(what)")
    return .done
  },
]

func actions(_ session: Session, _ desk: OpenDesk) throws -> TicketActions {
  TicketActions(desk.connection, actor: try session.actor(desk), now: desk.now)
}

extension Line {
  /// A VoBo given by place. - Throws: `UsageError`.
  func sign(_ index: Int) throws -> VoBo {
    let legal = [VoBo.granted, .refused]
    let text = operand(index) ?? ""
    if let sign = legal.first(where: { $0.rawValue == text }) { return sign }
    let guess = nearest(to: text, among: legal.map(\.rawValue)).map { "did you mean '\($0)'? " } ?? ""
    throw UsageError(problem: "'\(text)' is no VoBo", mend: "\(guess)write granted or refused")
  }
}
