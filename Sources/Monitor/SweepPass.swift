internal import Desk
internal import SLA
internal import SQLite

/// One pass of a sweep over what it has to read, within its transaction.
final class SweepPass {
  private let connection: Connection
  private let now: Instant
  private let lastEvent: Int64
  /// Rules are put in force by this pass, so that what they change becomes true now.
  private let isApplying: Bool
  private let store: ClockStore
  private let builder: ClockBuilder
  private let observer: (any TransitionObserver)?
  private var earlierBuilders: [Int64: ClockBuilder] = [:]
  private var rebuilt = 0
  private var judged = 0

  init(
    _ connection: Connection, rules: AppliedRules, now: Instant, lastEvent: Int64, isApplying: Bool = false,
    observer: (any TransitionObserver)?
  ) throws {
    self.connection = connection
    self.now = now
    self.lastEvent = lastEvent
    self.isApplying = isApplying
    self.observer = observer
    store = try ClockStore(connection, now: now)
    builder = try ClockBuilder(rules, on: connection)
  }

  /// Adds what the pass did.
  func count(into outcome: inout Sweep.Outcome) {
    outcome.rebuilt += rebuilt
    outcome.judged += judged
    outcome.transitions += store.transitionCount
    outcome.verdicts += store.verdictCount
  }

  /// Notes where the pass stands. - Returns: the last event that it has seen.
  @discardableResult
  func save() throws -> Int64 {
    let last = try connection.integer(sql: "SELECT last FROM event_sequence") ?? 0
    try connection.run(
      sql: """
        INSERT INTO sweep_state (id, swept_at, last_event, policy_version_id) VALUES (1, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET swept_at = excluded.swept_at, last_event = excluded.last_event,
            policy_version_id = excluded.policy_version_id
        """, .integer(now.seconds), .integer(last), .integer(builder.rules.versionID))
    return last
  }

  // MARK: What there is to read

  /// Every ticket. - Parameter isFirst: the desk has no clock and no verdict yet.
  func rebuildAll(isFirst: Bool) throws {
    let scan = try TicketScan(connection, newAfter: lastEvent)
    while try scan.next() { try rebuild(scan, isFirst: isFirst) }
  }

  /// The tickets with events that the last sweep has not seen.
  func rebuildChanged() throws {
    let ids = try TicketScan.changedTickets(since: lastEvent, on: connection)
    if ids.isEmpty { return }
    let scan = try TicketScan(on: connection, newAfter: lastEvent)
    for id in ids where try scan.stand(on: id) { try rebuild(scan, isFirst: false) }
  }

  /// The clocks whose situation can have changed by itself.
  func judgeDue() throws {
    let statement = try connection.prepare(
      sql: "SELECT \(ClockRow.columns) FROM ticket_clock WHERE next_change_at IS NOT NULL AND next_change_at <= ?")
    statement.bind(1, now.seconds)
    var rows: [ClockRow] = []
    while try statement.step() { rows.append(try ClockRow(statement)) }
    rows.sort { ($0.ticketID, $0.kind.rawValue) < ($1.ticketID, $1.kind.rawValue) }
    for old in rows {
      guard let promise = old.promise else { continue }
      let judgement = try judge(old, promise)
      var row = old
      row.take(judgement)
      try store.update(row)
      try tell(row, judgement, before: old.situation, runsSince: promise.start, betterSince: now)
      judged += 1
    }
  }

  // MARK: One ticket

  private func rebuild(_ scan: TicketScan, isFirst: Bool) throws {
    let built = try builder.build(scan.traits, scan.history)
    let before = isFirst ? [] : try store.clocks(of: scan.ticketID)
    for cycle in built.cycles {
      if let stop = cycle.stoppedAt {
        try freeze(cycle, scan, built, stoppedAt: stop, isFirst: isFirst)
      } else {
        let (row, judgement) = try builder.running(cycle, of: scan.ticketID, built, at: now)
        let kept = before.first { $0.kind == row.kind }
        // A clock of an earlier cycle ended, though no sweep looked in between.
        let old = kept?.cycle == row.cycle ? kept : nil
        let betterSince = try old.map { row.situation < $0.situation ? try improvement($0, scan) : now } ?? now
        try store.write(row, isKnown: kept != nil)
        if let judgement {
          let edited = old == nil ? nil : scan.latestNewEdit
          try tell(
            row, judgement, before: old?.situation,
            runsSince: isApplying && old != nil ? now : max(cycle.runsSince, edited ?? cycle.runsSince),
            betterSince: betterSince)
        }
      }
    }
    if scan.history.isClosed { for row in before { try store.remove(row) } }
    rebuilt += 1
  }

  /// When a clock's situation got better: with the last of the new events, yet not before it had got bad.
  private func improvement(_ old: ClockRow, _ scan: TicketScan) throws -> Instant {
    guard !isApplying, let event = scan.latestNew, let promise = old.promise else { return now }
    let bad = try old.situation == .late ? old.deadline.map { $0 + 1 } : judge(old, promise).nearSince
    return min(now, max(event, bad ?? event))
  }

  /// A clock as the desk keeps it, judged now.
  private func judge(_ row: ClockRow, _ promise: Promise) throws -> Judgement {
    try store.pauses(of: row).withUnsafeBufferPointer {
      try builder.rules.judge(promise, pauses: $0, calendarID: row.calendarID, at: now)
    }
  }

  /// Freezes the verdict of a cycle once. Facts from before the stop that came in later add one that supersedes it,
  /// judged by the rules that froze the first.
  private func freeze(
    _ cycle: ClockCycle, _ scan: TicketScan, _ built: ClockBuilder.Built, stoppedAt stop: Instant, isFirst: Bool
  ) throws {
    let frozen =
      isFirst ? nil : try store.verdict(ticketID: scan.ticketID, kind: .resolution, cycle: cycle.number)
    guard let frozen else {
      return try store.write(builder.verdict(cycle, of: scan.ticketID, built, stoppedAt: stop))
    }
    guard let earliest = scan.earliestNew, earliest <= frozen.row.stoppedAt else { return }
    let builder = try builder(ofVersion: frozen.row.policyVersionID)
    let rebuilt = try builder.build(scan.traits, scan.history)
    guard let again = rebuilt.cycles.first(where: { $0.number == cycle.number }) else { return }
    let verdict = try builder.verdict(again, of: scan.ticketID, rebuilt, stoppedAt: stop)
    if verdict != frozen.row {
      try store.write(verdict, supersedes: frozen.id, reason: "facts from before the stop came in later")
    }
  }

  private func builder(ofVersion id: Int64) throws -> ClockBuilder {
    if id == builder.rules.versionID { return builder }
    if let known = earlierBuilders[id] { return known }
    let earlier = try ClockBuilder(AppliedRules(versionID: id, on: connection, now: now), on: connection)
    earlierBuilders[id] = earlier
    return earlier
  }

  /// Writes the transitions between two situations, each with the instant at which it became true.
  ///
  /// - Parameters:
  ///   - before: how the clock stood; `nil` for one that is new to the monitor.
  ///   - runsSince: since when it runs as it does now. Whatever its deadline, it got worse no earlier.
  ///   - betterSince: since when it is better, if it is.
  private func tell(
    _ row: ClockRow, _ judgement: Judgement, before: Situation?, runsSince: Instant, betterSince: Instant
  ) throws {
    let from = before ?? .onTime
    guard row.situation != from else { return }
    func write(_ from: Situation?, _ to: Situation, at instant: Instant) throws -> Transition {
      try store.write(
        Transition(
          id: 0, ticketID: row.ticketID, clock: row.kind, from: from, to: to, happenedAt: min(instant, now),
          deadline: judgement.deadline))
    }
    guard row.situation > from else {
      // Only what somebody did makes a situation better.
      _ = try write(before, row.situation, at: betterSince)
      return
    }
    let nearSince = judgement.nearSince.map { max($0, runsSince) }
    let last: Transition
    if row.situation == .nearDue {
      last = try write(before, .nearDue, at: nearSince ?? now)
    } else {
      let lateSince = judgement.deadline.map { max($0 + 1, runsSince) } ?? now
      var from = before
      if before == .onTime, let nearSince, nearSince < lateSince {
        // It passed through near due while no sweep looked.
        from = try write(before, .nearDue, at: nearSince).to
      }
      last = try write(from, .late, at: lateSince)
    }
    try observer?.situationGotWorse(last)
  }
}
