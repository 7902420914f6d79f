internal import Desk
internal import Monitor
internal import SLA
internal import Text

let planCommand = Command(
  name: "plan", summary: "what the changed plazo.json5 would move, ticket by ticket; changes nothing",
  details: """
    Judges every open ticket by the policies and calendars in force and by those that plazo.json5 has now, at the same
    instant, and lists those whose deadline or situation differs. 'plazo apply' makes it so. Frozen verdicts never move.
    """, isForStaff: true
) { _, session in
  let desk = try session.open()
  let candidate = try desk.candidate(session.zones)
  let output = session.world.output
  if try SweepState.load(desk.connection) == nil {
    output.line("nothing was applied yet: the first 'plazo tick' applies plazo.json5 as it is")
    return .done
  }
  if try Plan.isApplied(candidate, on: desk.connection) {
    output.line("plazo.json5 says what is in force; nothing would move")
    return .done
  }
  let summary = try Plan.compare(candidate, on: desk.connection, now: desk.now) { move in
    output.line(planLine(of: move, in: desk.zone))
  }
  output.line(
    "of \(summary.open) open tickets, \(summary.deadlinesMoved) deadlines and \(summary.situationsMoved) situations would move"
  )
  for name in summary.ignoredMargins.sorted() {
    output.line(
      "policy '\(name)': the nearDue margin is not below the plazo of some tickets, and is left out of account there")
  }
  return .done
}

let applyCommand = Command(
  name: "apply", summary: "puts the changed plazo.json5 in force: every open clock is derived anew, once",
  details: "See first what it would move, with 'plazo plan'. Frozen verdicts stay as they are."
) { _, session in
  let desk = try session.open()
  try administratorOnly(session, desk, "apply a configuration")
  let candidate = try desk.candidate(session.zones)
  if try Plan.isApplied(candidate, on: desk.connection) {
    session.world.output.line("plazo.json5 is in force already")
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

/// How a plan tells a ticket that would move.
func planLine(of move: Plan.Move, in zone: Zone) -> String {
  func text(_ instant: Instant?) -> String { instant.map { $0.localText(in: zone) } ?? "—" }
  var words = ["ticket \(move.ticketID):"]
  if move.deadline.before != move.deadline.after {
    words.append("due \(text(move.deadline.before)) → \(text(move.deadline.after))")
  }
  if move.situation.before != move.situation.after {
    words.append("\(move.situation.before.rawValue) → \(move.situation.after.rawValue)")
  }
  if move.policy.before != move.policy.after {
    words.append("policy '\(move.policy.before)' → '\(move.policy.after)'")
  }
  return words.joined(separator: " ")
}
