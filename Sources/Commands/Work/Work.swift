internal import Alerts
internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Scheduler
internal import Text

/// One pass of the monitor: sweep, alerts, outbox, due reports. `tick` runs one, `run` one each minute.
struct Work {
  let session: Session
  let desk: OpenDesk

  init(_ session: Session, _ desk: OpenDesk) {
    self.session = session
    self.desk = desk
  }

  /// What a pass did, for the log: numbers, no personal data.
  struct Summary {
    var lines: [String] = []
    /// What went wrong, while the rest went on.
    var failures: [String] = []
  }

  func pass(shouldStop: () -> Bool = { false }) throws -> Summary {
    var summary = Summary()
    let candidate = try desk.candidate(session.zones)
    let outcome = try sweeping { try $0.run(candidate: candidate) }
    if let later = outcome.laterSweep { throw clockWentBack(later, desk) }
    if let applied = outcome.applied { summary.lines.append("applied plazo.json5 as version \(applied)") }
    if try !Plan.isApplied(candidate, on: desk.connection) {
      summary.lines.append(
        "plazo.json5 differs from the version in force, which still judges; see 'plazo plan', then 'plazo apply'")
    }
    summary.lines.append(
      "swept: \(outcome.rebuilt) tickets changed, \(outcome.judged) clocks due, \(outcome.transitions) transitions, \(outcome.verdicts) verdicts"
    )
    if shouldStop() { return summary }
    if let line = try compose() { summary.lines.append(line) }
    // Before the reports, which would else count the mails of this very pass as undelivered.
    if let line = try send(shouldStop: shouldStop) { summary.lines.append(line) }
    try runReports(&summary, shouldStop: shouldStop)
    return summary
  }

  /// A sweep whose transitions become alerts in its own transaction.
  func sweeping(_ body: (Sweep) throws -> Sweep.Outcome) throws -> Sweep.Outcome {
    let writer = try AlertDesk(session, desk).writer()
    return try withExtendedLifetime(writer) {
      try body(Sweep(desk.connection, now: desk.now, observer: writer))
    }
  }

  // MARK: Alerts

  private func compose() throws -> String? {
    let done = try AlertDesk(session, desk).compose()
    guard done != AlertSummary() else { return nil }
    return
      "alerts: \(done.grouped) in \(done.messages) messages, \(done.held) held, \(done.dropped) dropped"
  }

  func send(shouldStop: () -> Bool = { false }) throws -> String? {
    // Under --now the outbox keeps that clock, so that a trial at another instant leases and sends by it.
    let now = desk.now
    let done = try AlertDesk(session, desk).outbox().send(clock: { now }, shouldStop: shouldStop)
    guard done != Outbox.Summary() else { return nil }
    return "mail: \(done.sent) sent, \(done.waiting) to try again, \(done.parked) parked, \(done.outdated) outdated"
  }

  // MARK: Reports

  private func runReports(_ summary: inout Summary, shouldStop: () -> Bool) throws {
    let jobs = desk.configuration.jobs
    let now = desk.now
    let results = try Pass(ledger: SlotLedger(desk.connection), zone: desk.zone, clock: { now })
      .runDue(jobs.map(\.job), now: now, shouldStop: shouldStop) { job, slot in
        guard let reportJob = jobs.first(where: { $0.job.name == job.name }) else { return nil }
        return try ScheduledReport(session, desk, reportJob, slot).run()
      }
    for result in results {
      switch result.outcome {
      case .done(let detail): summary.lines.append("job \(result.slot.job): \(detail ?? "done")")
      case .skipped(let reason): summary.lines.append("job \(result.slot.job) skipped: \(reason)")
      case .failed(let reason):
        summary.failures.append("job \(result.slot.job) failed: \(reason.replacing("\n", with: ", and "))")
      }
    }
  }
}
