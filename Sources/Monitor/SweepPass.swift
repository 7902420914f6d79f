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
  private let tickets: ClockStore
  private let tasks: ClockStore
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
    tickets = try ClockStore(connection, of: .ticket, now: now)
    tasks = try ClockStore(connection, of: .task, now: now)
    builder = try ClockBuilder(rules, on: connection)
  }

  /// Adds what the pass did.
  func count(into outcome: inout Sweep.Outcome) {
    outcome.rebuilt += rebuilt
    outcome.judged += judged
    outcome.transitions += tickets.transitionCount + tasks.transitionCount
    outcome.verdicts += tickets.verdictCount + tasks.verdictCount
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

  /// Every ticket and task. - Parameter isFirst: the desk has no clock and no verdict yet.
  func rebuildAll(isFirst: Bool) throws {
    // On a desk that is new to the monitor all that happened is new; only the openings are asked about it.
    let scan = try TicketScan(connection, newAfter: lastEvent, passingOver: isFirst ? builder.idleKinds : [])
    while try scan.next() { try rebuild(scan, isFirst: isFirst) }
    for id in try TaskHistory.ids(since: nil, on: connection) { try rebuildTask(id, isFirst: isFirst) }
  }

  /// The tickets and tasks with events that the last sweep has not seen.
  func rebuildChanged() throws {
    let ids = try TicketScan.changedTickets(since: lastEvent, on: connection)
    if !ids.isEmpty {
      let scan = try TicketScan(on: connection, newAfter: lastEvent)
      for id in ids where try scan.stand(on: id) { try rebuild(scan, isFirst: false) }
    }
    for id in try TaskHistory.ids(since: lastEvent, on: connection) { try rebuildTask(id, isFirst: false) }
  }

  /// The clocks whose situation can have changed by itself.
  func judgeDue() throws {
    for store in [tickets, tasks] {
      for old in try store.dueClocks() {
        guard let promise = old.promise else { continue }
        let judgement = try judge(old, promise, in: store)
        var row = old
        row.take(judgement)
        try store.update(row)
        try tell(row, judgement, before: old.situation, runsSince: promise.start, betterSince: now, in: store)
        judged += 1
      }
    }
  }

  // MARK: One ticket or task

  /// A ticket or task that is derived anew.
  private struct Subject {
    let id: Int64
    let store: ClockStore
    let news: News
    /// Its clocks under the rules of some version.
    let build: (ClockBuilder) throws -> ClockBuilder.Built
  }

  private func rebuild(_ scan: TicketScan, isFirst: Bool) throws {
    try rebuild(
      Subject(id: scan.ticketID, store: tickets, news: scan.news) { try $0.build(scan.traits, scan.history) },
      isFirst: isFirst)
  }

  private func rebuildTask(_ id: Int64, isFirst: Bool) throws {
    guard let history = try TaskHistory(id, on: connection, newAfter: lastEvent) else { return }
    try rebuild(Subject(id: id, store: tasks, news: history.news) { try $0.build(history) }, isFirst: isFirst)
  }

  private func rebuild(_ subject: Subject, isFirst: Bool) throws {
    let built = try subject.build(builder)
    var ended = isFirst ? [] : try subject.store.clocks(of: subject.id)
    for cycle in built.cycles {
      if let stop = cycle.stoppedAt {
        try freeze(cycle, of: subject, built, stoppedAt: stop, isFirst: isFirst)
      } else {
        let (row, judgement) = try builder.running(cycle, of: subject.id, built, at: now)
        let index = ended.firstIndex { $0.kind == row.kind }
        let kept = index.map { ended.remove(at: $0) }
        // A clock of an earlier cycle ended, though no sweep looked in between.
        let old = kept?.cycle == row.cycle ? kept : nil
        let betterSince = try old.map { row.situation < $0.situation ? try improvement($0, subject) : now } ?? now
        try subject.store.write(row, isKnown: kept != nil)
        if let judgement {
          let edited = old == nil ? nil : subject.news.latestEdit
          try tell(
            row, judgement, before: old?.situation,
            runsSince: isApplying && old != nil ? now : max(cycle.runsSince, edited ?? cycle.runsSince),
            betterSince: betterSince, in: subject.store)
        }
      }
    }
    for row in ended { try subject.store.remove(row) }
    rebuilt += 1
  }

  /// When a clock's situation got better: with the last of the new events, yet not before it had got bad.
  private func improvement(_ old: ClockRow, _ subject: Subject) throws -> Instant {
    guard !isApplying, let event = subject.news.latest, let promise = old.promise else { return now }
    let bad =
      try old.situation == .late ? old.deadline.map { $0 + 1 } : judge(old, promise, in: subject.store).nearSince
    return min(now, max(event, bad ?? event))
  }

  /// A clock as the desk keeps it, judged now.
  private func judge(_ row: ClockRow, _ promise: Promise, in store: ClockStore) throws -> Judgement {
    try store.pauses(of: row).withUnsafeBufferPointer {
      try builder.rules.judge(promise, pauses: $0, calendarID: row.calendarID, at: now)
    }
  }

  /// Freezes the verdict of a cycle once. Facts from before the stop that came in later add one that supersedes it,
  /// judged by the rules that froze the first.
  ///
  /// A cycle that stopped before the last sweep and was not timed then was not promised anything: rules that come to time
  /// it later do not freeze a verdict on what is past.
  private func freeze(
    _ cycle: ClockCycle, of subject: Subject, _ built: ClockBuilder.Built, stoppedAt stop: Instant, isFirst: Bool
  ) throws {
    guard let earliest = subject.news.earliest, earliest <= stop else { return }
    let frozen = isFirst ? nil : try subject.store.verdict(of: subject.id, cycle.kind, cycle: cycle.number)
    guard let frozen else {
      return try subject.store.write(builder.verdict(cycle, of: subject.id, built, stoppedAt: stop))
    }
    guard earliest <= frozen.row.stoppedAt else { return }
    let builder = try builder(ofVersion: frozen.row.policyVersionID)
    let rebuilt = try subject.build(builder)
    guard let again = rebuilt.cycles.first(where: { $0.kind == cycle.kind && $0.number == cycle.number }),
      let stop = again.stoppedAt
    else { return }
    let verdict = try builder.verdict(again, of: subject.id, rebuilt, stoppedAt: stop)
    if verdict != frozen.row {
      try subject.store.write(verdict, supersedes: frozen.id, reason: "facts from before the stop came in later")
    }
  }

  private func builder(ofVersion id: Int64) throws -> ClockBuilder {
    if id == builder.rules.versionID { return builder }
    if let known = earlierBuilders[id] { return known }
    let earlier = try ClockBuilder(AppliedRules(versionID: id, on: connection, now: now), on: connection)
    earlierBuilders[id] = earlier
    return earlier
  }

  // MARK: Transitions

  /// Writes the transitions between two situations, each with the instant at which it became true.
  ///
  /// - Parameters:
  ///   - before: how the clock stood; `nil` for one that is new to the monitor.
  ///   - runsSince: since when it runs as it does now. Whatever its deadline, it got worse no earlier.
  ///   - betterSince: since when it is better, if it is.
  private func tell(
    _ row: ClockRow, _ judgement: Judgement, before: Situation?, runsSince: Instant, betterSince: Instant,
    in store: ClockStore
  ) throws {
    let from = before ?? .onTime
    guard row.situation != from else { return }
    func write(_ from: Situation?, _ to: Situation, at instant: Instant) throws -> Transition {
      try store.write(
        Transition(
          id: 0, ownerID: row.ownerID, clock: row.kind, cycle: row.cycle, from: from, to: to,
          happenedAt: min(instant, now), deadline: judgement.deadline))
    }
    guard row.situation > from else {
      // Only what somebody did makes a situation better.
      let better = try write(before, row.situation, at: betterSince)
      try observer?.situationGotBetter(better)
      return
    }
    let nearSince = judgement.nearSince.map { max($0, runsSince) }
    var last: Transition
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
      if row.cycle > 1, before == nil, lateSince == runsSince {
        last.graceUntil = try grace(row, from: runsSince)
      }
    }
    try observer?.situationGotWorse(last)
  }

  /// When one working hour of a reopened clock has passed.
  private func grace(_ row: ClockRow, from start: Instant) throws -> Instant? {
    let line = try builder.rules.timeline(row.calendarID, from: start, through: now)
    return line.instant(whenWorked: line.workedSeconds(until: start) + 3600)
  }
}
