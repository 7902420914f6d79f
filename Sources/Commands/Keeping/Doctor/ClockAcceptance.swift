internal import Alerts
internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Scheduler

/// What becomes of a desk after a clock that ran ahead.
struct ClockAcceptance {
  private let session: Session

  init(_ session: Session) { self.session = session }

  /// Judges anew as of now, and lets jobs and mails go on.
  func run() throws -> ExitCode {
    let desk = try session.open()
    let lock = try DeskLock(path: lockPath(desk), command: "plazo doctor", now: session.world.clock())
    return try withExtendedLifetime(lock) {
      let output = session.world.output
      let swept = try SweepState.load(desk.connection)?.sweptAt
      let jobs = try SlotLedger(desk.connection).acceptClock(now: desk.now)
      let mails = try Outbox.acceptClock(on: desk.connection, now: desk.now)
      if let swept, swept > desk.now {
        let outcome = try Work(session, desk).sweeping { try $0.acceptClock() }
        output.line(
          "the last sweep was at \(swept.iso8601(in: desk.zone)), ahead of \(desk.now.iso8601(in: desk.zone)): \(outcome.rebuilt) tickets judged anew, \(outcome.transitions) situations changed"
        )
      }
      if !jobs.isEmpty { output.line("jobs that run again: \(jobs.joined(separator: ", "))") }
      if mails > 0 { output.line("mails that are due now: \(mails)") }
      if jobs.isEmpty, mails == 0, swept.map({ $0 <= desk.now }) ?? true {
        output.line("nothing was recorded ahead of the clock; nothing to do")
      }
      let ahead = try RecordedAhead(on: desk.connection, after: desk.now)
      if !ahead.isNothing {
        output.line(
          "what stays as it was recorded, with later times: \(ahead.events) events, \(ahead.verdicts) verdicts, \(ahead.transitions) transitions"
        )
      }
      return .done
    }
  }

  /// What doctor says of a clock that is behind what the desk has recorded.
  static func findings(_ examination: Examination) throws -> [Finding] {
    let connection = try examination.desk()
    var findings: [Finding] = []
    let mend = "check the machine's clock; if it is right now, 'plazo doctor --accept-clock'"
    if let state = try SweepState.load(connection), state.sweptAt > examination.now {
      findings.append(
        Finding(
          "the desk was swept at \(state.sweptAt.iso8601(in: examination.zone)), later than now (\(examination.now.iso8601(in: examination.zone)))",
          mend: mend))
    }
    guard let configuration = examination.configuration else { return findings }
    let ahead = try SlotLedger(connection).statuses(
      of: configuration.jobs.map(\.job), in: examination.zone, now: examination.now, since: examination.now
    ).filter { $0.aheadUntil != nil }
    for status in ahead {
      findings.append(
        Finding(
          "job '\(status.job.name)' does not run before \(status.aheadUntil!.iso8601(in: examination.zone)): a clock ran ahead",
          mend: mend))
    }
    return findings
  }
}
