internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Text

let planCommand = Command(
  name: "plan", summary: "what changed settings and calendars would move, ticket by ticket; changes nothing",
  options: [
    .init("--since", "DATE", "instead: which verdicts frozen since then would have been others; such as 2026-03-01")
  ],
  details: """
    Judges every open ticket by the policies and calendars in force and by those that plazo.json5 and calendars/ have
    now, at the same instant, and lists those whose deadline or situation differs. 'plazo apply' makes it so. Jobs
    whose report or recipients the desk does not know are told, too. Frozen verdicts never move: with --since, those
    of a time are judged once more by what the files have now and by the facts of their freezing, and what would have
    been different is listed and counted.
    """, examples: ["plazo plan", "plazo plan --since 2026-10-01"], isForStaff: true
) { line, session in
  let desk = try session.open()
  if let text = line.value("--since") {
    return try tellWhatIf(since: session.instant(text, "--since", in: desk.zone), session, desk)
  }
  let candidate = try desk.candidate(session.zones)
  let output = session.world.output
  // What no plan moves and would else be found out when the job is due.
  for fault in try JobArguments(session, desk).faults() {
    session.world.talk.line("plazo: \(oneLine(fault.description))")
  }
  if try SweepState.load(desk.connection) == nil {
    output.line("nothing was applied yet: the first 'plazo tick' applies plazo.json5 and calendars/ as they are")
    return .done
  }
  if try Plan.isApplied(candidate, on: desk.connection) {
    output.line("plazo.json5 and calendars/ are what is in force; nothing would move")
    return .done
  }
  let summary = try Plan.compare(candidate, on: desk.connection, now: desk.now) { move in
    output.line(planLine(of: move, in: desk.zone))
  }
  output.line(planTotal(summary))
  for name in summary.ignoredMargins.sorted() {
    output.line(
      "policy '\(name)': the nearDue margin is not below the plazo of some tickets, and is left out of account there")
  }
  return .done
}

/// How many clocks a plan would move, of how many.
func planTotal(_ summary: Plan.Summary) -> String {
  let tasks = summary.openTasks > 0 ? " and \(summary.openTasks) open tasks" : ""
  let clocks = summary.clocksChanged > 0 ? "; \(summary.clocksChanged) clocks would start or end" : ""
  return """
    of \(summary.openTickets) open tickets\(tasks), \(summary.deadlinesMoved) deadlines and \
    \(summary.situationsMoved) situations would move\(clocks)
    """
}

/// `ticket 12: due 2026-03-27 19:00:00 → 2026-03-30 14:00:00 near-due → on-time`.
func planLine(of move: Plan.Move, in zone: Zone) -> String {
  func text(_ instant: Instant?) -> String { instant.map { $0.localText(in: zone) } ?? "—" }
  let clock = move.clock == .resolution || move.clock == .completion ? "" : ", \(move.clock.rawValue)"
  var words = ["\(move.clock.owner.rawValue) \(move.ownerID)\(clock):"]
  let (before, after) = (move.before, move.after)
  if !before.runs { words.append("would begin to run,") }
  if !after.runs { words.append("would no longer run,") }
  if before.deadline != after.deadline { words.append("due \(text(before.deadline)) → \(text(after.deadline))") }
  if before.situation != after.situation {
    words.append("\(before.situation.rawValue) → \(after.situation.rawValue)")
  }
  if before.policy != after.policy { words.append("policy '\(before.policy)' → '\(after.policy)'") }
  return words.joined(separator: " ")
}

/// Lists the frozen verdicts that the configuration would have made others.
private func tellWhatIf(since: Instant, _ session: Session, _ desk: OpenDesk) throws -> ExitCode {
  let candidate = try desk.candidate(session.zones)
  let output = session.world.output
  let summary = try desk.connection.read {
    try WhatIf.compare(candidate, since: since, on: desk.connection, now: desk.now) { change in
      output.line(whatIfLine(of: change, in: desk.zone))
    }
  }
  output.line(
    """
    of \(summary.verdicts) verdicts frozen since \(since.localText(in: desk.zone)), \(summary.different) would have been \
    different: \(summary.keptToLate) kept would be late, \(summary.lateToKept) late would be kept
    """)
  return .done
}

/// `ticket 12: late by 2 h → kept, due 2026-03-27 19:00:00 → 2026-03-30 14:00:00`.
private func whatIfLine(of change: WhatIf.Change, in zone: Zone) -> String {
  let words = DateWords(.en)
  func text(_ standing: WhatIf.Standing?) -> String {
    guard let standing else { return "no verdict" }
    return standing.outcome == "late" ? "late by \(words.duration(standing.late))" : standing.outcome
  }
  func due(_ instant: Instant?) -> String { instant.map { $0.localText(in: zone) } ?? "—" }
  let kind = change.clock == .resolution || change.clock == .completion ? "" : ", \(change.clock.rawValue)"
  let cycle = change.cycle > 1 ? ", run \(change.cycle)" : ""
  var line =
    "\(change.clock.owner.rawValue) \(change.ownerID)\(kind)\(cycle): \(text(change.before)) → \(text(change.after))"
  if let after = change.after, after.deadline != change.before.deadline {
    line += ", due \(due(change.before.deadline)) → \(due(after.deadline))"
  }
  if let after = change.after, after.policy != change.before.policy {
    line += ", policy '\(change.before.policy)' → '\(after.policy)'"
  }
  return line
}

let applyCommand = Command(
  name: "apply", summary: "puts changed settings and calendars in force: every open clock is derived anew, once",
  details: "See first what it would move, with 'plazo plan'. Frozen verdicts stay as they are.",
  examples: ["plazo apply --as rocio"]
) { _, session in
  let desk = try session.open()
  try administratorOnly(session, desk, "apply a configuration")
  let candidate = try desk.candidate(session.zones)
  if try Plan.isApplied(candidate, on: desk.connection) {
    session.world.output.line("plazo.json5 and calendars/ are in force already")
    return .done
  }
  let work = Work(session, desk)
  let outcome = try work.sweeping { try $0.apply(candidate) }
  if let later = outcome.laterSweep { throw clockWentBack(later, desk) }
  session.world.output.line(
    "applied version \(outcome.applied ?? ""): \(outcome.rebuilt) tickets judged anew, \(outcome.transitions) situations changed"
  )
  return .done
}

func clockWentBack(_ later: Instant, _ desk: OpenDesk) -> DeskError {
  DeskError(
    "the desk was swept at \(later.iso8601(in: desk.zone)), which is later than now (\(desk.now.iso8601(in: desk.zone)))",
    mend: "check the clock or --now; nothing was done")
}
