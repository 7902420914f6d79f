internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Text

/// Why a deadline is what it is, to the second.
let explainCommands: [Command] = [
  explainCommand(
    "ticket", example: 45,
    summary: "why a ticket is on time or late: where the time of every clock went, to the second"
  ) { number, judge, session, desk in
    guard let row = try Tickets(desk.connection).ticket(number) else { return nil }
    if let reader = try session.reader(desk), reader.role == .client, reader.clientID != row.clientID { return nil }
    return try judge.explain(ticket: number, zone: desk.zone)
  },
  explainCommand(
    "task", example: 3, summary: "why a task is on time or late: where the time of its clocks went, to the second",
    isForStaff: true
  ) { number, judge, _, desk in
    try judge.explain(task: number, zone: desk.zone)
  },
]

private func explainCommand(
  _ owner: String, example: Int, summary: String, isForStaff: Bool = false,
  _ explain: @escaping @Sendable (Int64, Judge, Session, OpenDesk) throws -> Explanation?
) -> Command {
  Command(
    name: "\(owner) explain", summary: summary, operands: ["NUMBER"],
    options: [
      .init("--clock", "CLOCK", "only this one, such as resolution", isRepeatable: true),
      .init("--all", nil, "every stretch on a line of its own, however many"),
      .init("--format", "text|html|json", "text, a fragment of HTML, or JSON with every stretch, the stable one"),
    ],
    details: """
      For each clock, running or stopped: its plazo and who set it, the policy and why it was chosen, the pauses with
      their reasons, the versions, and a ledger of what counted, what was closed, and what was paused, which sums to the
      second. It is the same computation as the sweep's. A stopped clock is told by the rules by which its verdict was
      frozen.
      """,
    examples: ["plazo \(owner) explain \(example)", "plazo \(owner) explain \(example) --format html > porque.html"],
    isForStaff: isForStaff
  ) { line, session in
    enum Format: String, CaseIterable { case text, html, json }
    let format = try line.choice("--format", Format.self) ?? .text
    let kinds = try line.choices("--clock", ClockKind.self)
    let number = try line.number(0, owner)
    let desk = try session.open(.readOnly)
    let candidate = try desk.candidate(session.zones)
    let explanation = try desk.connection.read {
      try explain(number, Judge(desk.connection, now: desk.now, candidate: candidate), session, desk)
    }
    guard var explanation else {
      throw DeskError("there is no \(owner) \(number)", mend: "see 'plazo \(owner) list'")
    }
    if !kinds.isEmpty { explanation.clocks = explanation.clocks.filter { kinds.contains($0.kind) } }
    switch format {
    case .text:
      let text = explanation.text(desk.language, isWhole: line.has("--all"))
      session.world.output.write(wrapped(text, width: session.world.output.width, hanging: 2).joined(separator: "\n"))
    case .html: session.world.output.write(explanation.html(desk.language, isWhole: line.has("--all")))
    case .json: session.world.output.line(try explanation.json())
    }
    return .done
  }
}
