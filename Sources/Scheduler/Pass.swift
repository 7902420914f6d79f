public import SLA
internal import SQLite

/// What became of one slot in a pass.
public struct SlotResult: Hashable, Sendable {
  public let slot: Slot
  public let outcome: Outcome

  public enum Outcome: Hashable, Sendable {
    /// The work ended, with what it said of itself.
    case done(String?)
    /// The work threw this, or its process ended under it.
    case failed(String)
    /// The work threw this, and is tried again then.
    case postponed(String, until: Instant)
    /// It was not run, for this reason.
    case skipped(String)
  }
}

/// One look at all jobs: records what has come due, then runs it, one slot after the other.
///
/// Every slot is recorded before and after its work. Work is therefore done at least once: when the process ends in the
/// middle, the slot runs again, marked as caught up, unless the job's `catchUp` has it stand back; ended in the middle
/// `Job.mostAttempts` times, it has failed. Work that throws is tried again as often as the job says.
public struct Pass {
  /// How many missed slots of one job a pass makes up for; the next pass goes on. A month of hourly reports must not
  /// keep sweeps and alerts waiting.
  public static let mostCaughtUp = 10

  let ledger: SlotLedger
  let zone: Zone
  /// Read when the work of a slot begins and when it ends; nothing is decided by it.
  let clock: () -> Instant
  /// What the ledger keeps of an error.
  let describe: (any Error) -> String

  public init(
    ledger: SlotLedger, zone: Zone, clock: @escaping () -> Instant,
    describe: @escaping (any Error) -> String = { String(describing: $0) }
  ) {
    self.ledger = ledger
    self.zone = zone
    self.clock = clock
    self.describe = describe
  }

  /// Runs every slot due at `now`: oldest first, and in the order of `jobs` where they are due together. Of missed slots
  /// of a job that makes up for all it runs `mostCaughtUp`, and leaves the others for the next pass.
  ///
  /// A job not seen before counts from `now` on: nothing of its past is due.
  /// - Parameters:
  ///   - jobs: all jobs of the desk, names unique. One that is missing is forgotten, and counts as new when it is back.
  ///   - shouldStop: asked before each slot; once it says so, the rest stays recorded as due for the next pass.
  ///   - run: the work. It may use the ledger's connection, no transaction being open. What it returns is kept as the
  ///     slot's detail; what it throws is kept as the reason for its failure, and the other slots run all the same.
  /// - Returns: what ended in this pass, in order.
  /// - Throws: only what the database refuses. A slot whose end could not be recorded runs again.
  @discardableResult
  public func runDue(
    _ jobs: [Job], now: Instant, shouldStop: () -> Bool = { false }, run: (Job, Slot) throws -> String?
  ) throws -> [SlotResult] {
    var (due, results) = try record(jobs, now: now)
    due.sort { ($0.slot.plannedAt, $0.order) < ($1.slot.plannedAt, $1.order) }
    var caughtUp = [Int](repeating: 0, count: jobs.count)
    for (order, slot) in due {
      if shouldStop() { break }
      let job = jobs[order]
      if slot.isCaughtUp {
        if caughtUp[order] == Self.mostCaughtUp { continue }
        caughtUp[order] += 1
      }
      // Another process may have been quicker: it has its turn then.
      guard try ledger.begin(slot, at: clock(), timeLimit: job.timeLimit) else { continue }
      let outcome: SlotResult.Outcome
      do { outcome = .done(try run(job, slot)) } catch { outcome = .failed(describe(error)) }
      if let outcome = try finish(slot, of: job, outcome) { results.append(SlotResult(slot: slot, outcome: outcome)) }
    }
    return results
  }

  /// Writes down how a run ended. - Returns: that; `nil` when it took so long that another process has the slot by now.
  private func finish(_ slot: Slot, of job: Job, _ outcome: SlotResult.Outcome) throws -> SlotResult.Outcome? {
    switch outcome {
    case .done(let detail): return try ledger.end(slot, as: .done, detail: detail, at: clock()) ? outcome : nil
    case .failed(let message), .skipped(let message), .postponed(let message, _):
      if try ledger.attempts(of: slot) <= job.retries {
        let until = clock() + job.retryAfter
        return try ledger.postpone(slot, until: until, because: message) ? .postponed(message, until: until) : nil
      }
      return try ledger.end(slot, as: .failed, detail: message, at: clock()) ? outcome : nil
    }
  }

  /// Writes down, in one transaction, what is due and what is dropped.
  private func record(
    _ jobs: [Job], now: Instant
  ) throws -> (due: [(order: Int, slot: Slot)], dropped: [SlotResult]) {
    try ledger.connection.write {
      var due: [(order: Int, slot: Slot)] = []
      var dropped: [SlotResult] = []
      try ledger.retire(allBut: Set(jobs.map(\.name)), at: now)
      for (order, job) in jobs.enumerated() {
        let decisions = job.plan(
          open: try ledger.openSlots(job: job.name, now: now),
          countedThrough: try ledger.countedThrough(job: job.name) ?? now,
          in: zone, now: now)
        for decision in decisions {
          let slot = Slot(
            job: job.name, plannedAt: decision.plannedAt, isCaughtUp: decision.action == .runCaughtUp)
          switch decision.action {
          case .run, .runCaughtUp:
            if try ledger.plan(slot) { due.append((order, slot)) }
          case .skip(let reason):
            let reason = reason.text(in: zone, wasBegun: false)
            if try ledger.drop(slot, as: .skipped, because: reason, at: now) {
              dropped.append(SlotResult(slot: slot, outcome: .skipped(reason)))
            }
          case .fail(let reason):
            let reason = reason.text(in: zone, wasBegun: true)
            if try ledger.drop(slot, as: .failed, because: reason, at: now) {
              dropped.append(SlotResult(slot: slot, outcome: .failed(reason)))
            }
          }
        }
        try ledger.count(job: job.name, through: now)
        if !decisions.isEmpty { try ledger.prune(job: job.name, before: now - Job.horizonSeconds) }
      }
      return (due, dropped)
    }
  }
}
