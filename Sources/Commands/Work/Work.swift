internal import Alerts
internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Text

/// One pass of the monitor: sweep, alerts, outbox, due reports. `tick` runs one, `run` one each minute.
struct Work {
  let session: Session
  let desk: OpenDesk
  /// That of the job at work, if it is one.
  let limit: TimeLimit

  /// - Parameter onProgress: is called now and then while something goes on.
  init(_ session: Session, _ desk: OpenDesk, onProgress: @escaping () -> Void = {}) {
    self.session = session
    self.desk = desk
    let limit = TimeLimit(onProgress: onProgress)
    self.limit = limit
    desk.connection.interrupt { limit.isOver }
  }

  /// What a pass did, for the log: numbers, no personal data.
  struct Summary {
    var lines: [String] = []
    /// What went wrong, while the rest went on.
    var failures: [String] = []
  }

  func pass(shouldStop: () -> Bool = { false }) throws -> Summary {
    var summary = Summary()
    // What no job of its own does, each pass does.
    let kinds = Set(desk.configuration.jobs.map(\.work.kind))
    if !kinds.contains(.sweep) { summary.lines += try sweep() }
    if shouldStop() { return summary }
    if !kinds.contains(.alerts), let line = try compose() { summary.lines.append(line) }
    // Before the reports, which would else count the mails of this very pass as undelivered.
    if !kinds.contains(.outbox), let line = try send(shouldStop: shouldStop) { summary.lines.append(line) }
    try JobRunner(self).run(&summary, shouldStop: shouldStop)
    if summary.failures.isEmpty, !kinds.contains(.heartbeat), !shouldStop() { try Heartbeat(desk).write() }
    return summary
  }

  /// What is said, after their names, of settings that are edited and not applied.
  static let notice = "differs from the version in force, which still judges"

  /// Judges what is due by the version in force. - Returns: what it did, in lines.
  func sweep() throws -> [String] {
    var lines: [String] = []
    let candidate = try desk.candidate(session.zones)
    let outcome = try sweeping { try $0.run(candidate: candidate) }
    if let later = outcome.laterSweep { throw clockWentBack(later, desk) }
    if let applied = outcome.applied { lines.append("applied plazo.json5 as version \(applied)") }
    if let files = try desk.changedFiles(candidate) {
      lines.append("\(files) \(Self.notice); see 'plazo plan', then 'plazo apply'")
    }
    lines.append(
      "swept: \(outcome.rebuilt) tickets changed, \(outcome.judged) clocks due, \(outcome.transitions) transitions, \(outcome.verdicts) verdicts"
    )
    return lines
  }

  /// A sweep whose transitions become alerts in its own transaction.
  func sweeping(_ body: (Sweep) throws -> Sweep.Outcome) throws -> Sweep.Outcome {
    let writer = try AlertDesk(session, desk).writer()
    return try withExtendedLifetime(writer) {
      try body(Sweep(desk.connection, now: desk.now, observer: writer))
    }
  }

  // MARK: Alerts

  func compose() throws -> String? {
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
}
