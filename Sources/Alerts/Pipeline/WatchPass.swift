internal import Monitor
public import SLA
internal import SQLite

/// How a running clock stands now; `nil` when it does not run or has no plazo. The connection's transaction is open while
/// it is asked.
public typealias ClockJudge = (_ owner: AlertOwner, _ clock: ClockKind) throws -> Judgement?

/// Follows up the clocks that went bad: writes the repeats and escalations that are due.
struct WatchPass {
  let connection: Connection
  let rules: AlertRules
  let moment: Moment
  let store: AlertStore
  let judge: ClockJudge

  func run() throws {
    let watches = try WatchStore(on: connection)
    let due = try watches.due(at: moment.now)
    if due.isEmpty { return }
    let parties = try PartiesLookup(on: connection)
    let followUp = FollowUp(rules, moment.hours)
    for watch in due {
      guard let cycle = try cycle(of: watch), cycle == watch.cycle,
        let judgement = try judge(watch.owner, watch.clock), judgement.situation != .onTime,
        let parties = try parties.parties(of: watch.owner)
      else {
        // It stopped, or is on time again: what makes it bad once more arms another.
        try watches.remove(watch)
        continue
      }
      var facts = RouteFacts(
        kind: .stillLate, isTask: watch.owner.isTask, clock: watch.clock == .vobo ? .vobo : nil, level: 0,
        parties: parties, late: moment.router.asksForLateness ? judgement.late : 0)
      let clock = FollowUp.ClockFacts(
        situation: judgement.situation, deadline: judgement.deadline, isPaused: judgement.isPaused,
        late: judgement.late, used: judgement.used, budget: judgement.used + judgement.remaining)
      let step = try followUp.step(
        watch, clock,
        acknowledgedUntil: try Acknowledgement.until(watch, deadline: judgement.deadline, on: connection),
        again: rules.off.contains(.stillLate) ? nil : moment.router.route(facts)?.again, now: moment.now)
      try watches.write(step.watch)
      if let number = step.repetition { try write(.stillLate, number, step.watch, facts, judgement) }
      facts.kind = .escalation
      for level in step.levels {
        facts.level = level
        try write(.escalation, level, step.watch, facts, judgement)
      }
    }
  }

  private func write(
    _ kind: AlertKind, _ level: Int64, _ watch: Watch, _ facts: RouteFacts, _ judgement: Judgement
  ) throws {
    let alert = NewAlert(
      owner: watch.owner, kind: kind, clock: watch.clock, cycle: watch.cycle, deadline: watch.deadline,
      situation: judgement.situation, level: level, late: facts.late, transitionID: watch.transitionID,
      happenedAt: moment.now)
    for routing in moment.routings(facts) { try store.write(alert, to: routing, hours: moment.hours) }
  }

  private func cycle(of watch: Watch) throws -> Int64? {
    let owner = watch.owner.table
    return try connection.integer(
      sql: "SELECT cycle FROM \(owner)_clock WHERE \(owner)_id = ? AND kind = ?", .integer(watch.owner.id),
      .text(watch.clock.rawValue))
  }
}
