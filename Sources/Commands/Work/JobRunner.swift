internal import Desk
internal import SLA
internal import SQLite
internal import Scheduler

/// Runs the jobs of a desk that are due in a pass.
struct JobRunner {
  let work: Work
  private var session: Session { work.session }
  private var desk: OpenDesk { work.desk }

  init(_ work: Work) { self.work = work }

  func run(_ summary: inout Work.Summary, shouldStop: () -> Bool) throws {
    let jobs = desk.configuration.jobs
    let now = desk.now
    var failed = !summary.failures.isEmpty
    let pass = Pass(
      ledger: SlotLedger(desk.connection), zone: desk.zone, clock: { now },
      describe: { lines(of: $0, folder: session.folder).joined(separator: ", ") })
    let results = try pass.runDue(jobs.map(\.job), now: now, shouldStop: shouldStop) { job, slot in
      guard let scheduled = jobs.first(where: { $0.job.name == job.name }) else { return nil }
      do {
        return try work.limit.hold(seconds: job.timeLimit) {
          try perform(scheduled, slot, hasFailed: failed, shouldStop: { shouldStop() || work.limit.isOver })
        }
      } catch let error as DatabaseError where error.isInterrupted {
        failed = true
        throw DeskError(
          "it was stopped after its time limit of \(job.timeLimit) s",
          mend: "give the job a longer timeLimit, or look at what holds it up")
      } catch {
        failed = true
        throw error
      }
    }
    for result in results {
      let name = result.slot.job
      switch result.outcome {
      case .done(let detail):
        // What runs all the time is told only when it has something to tell.
        if let detail { summary.lines.append("job \(name): \(detail)") }
      case .skipped: continue
      case .postponed(let reason, let until):
        summary.failures.append("job \(name) failed, and is tried again at \(until.iso8601(in: desk.zone)): \(reason)")
      case .failed(let reason): summary.failures.append("job \(name) failed: \(reason)")
      }
    }
    for job in jobs { tellSkipped(results.filter { $0.slot.job == job.job.name }, &summary) }
  }

  /// What was skipped, in a line for each job: after a month's outage thousands of slots may have been.
  private func tellSkipped(_ results: [SlotResult], _ summary: inout Work.Summary) {
    let skipped = results.compactMap { result -> (slot: Slot, reason: String)? in
      if case .skipped(let reason) = result.outcome { (result.slot, reason) } else { nil }
    }
    guard let first = skipped.first, let last = skipped.last else { return }
    let times =
      skipped.count == 1
      ? ""
      : " \(skipped.count) times, from \(first.slot.plannedAt.iso8601(in: desk.zone)) to \(last.slot.plannedAt.iso8601(in: desk.zone))"
    summary.lines.append("job \(last.slot.job) skipped\(times): \(last.reason)")
  }

  /// - Returns: what was done, for the ledger; `nil` when there was nothing to do.
  private func perform(
    _ scheduled: ScheduledJob, _ slot: Slot, hasFailed: Bool, shouldStop: () -> Bool
  ) throws -> String? {
    switch scheduled.work {
    case .sweep: return try work.sweep().joined(separator: "; ")
    case .alerts: return try work.compose()
    case .outbox: return try work.send(shouldStop: shouldStop)
    case .report(let report): return try ScheduledReport(session, desk, report, slot, limit: work.limit).run()
    case .backup(let folder):
      let place = folder.map { ($0.hasPrefix("/") ? $0 : "\(desk.folder)/\($0)") + "/" }
      let result = try Backup(session, desk.configuration).run(to: place, now: desk.now, shouldStop: shouldStop)
      return result.lines.joined(separator: "; ")
    case .retention: return try Retention(desk).run(shouldStop: shouldStop)
    case .doctor: return try examine()
    case .metrics(let file):
      try Metrics(session, desk).write(to: file)
      return nil
    case .heartbeat(let file):
      guard !hasFailed else { throw DeskError("something failed in this pass", mend: "see 'plazo jobs'") }
      try Heartbeat(desk).write(to: file)
      return nil
    }
  }

  /// Findings are a failure, which `jobs`, `check` and the log then tell.
  private func examine() throws -> String {
    let rows = Doctor(try Examination(session, desk.configuration, now: desk.now)).rows()
    let found = rows.filter { $0.outcome == .finding }
    guard let first = found.first else { return "\(rows.count) checks, nothing found" }
    let others = found.count == 1 ? "" : " and \(found.count - 1) more"
    throw DeskError("\(first.check.name): \(first.problem ?? "")\(others)", mend: "see 'plazo doctor'")
  }
}
