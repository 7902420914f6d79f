internal import Reports
internal import Scheduler

/// A job as plazo.json5 has it: when, and what.
struct ScheduledJob: Sendable {
  var job: Job
  var work: JobWork
}

/// What a job does. The raw values of `Kind` are the words after `do:`.
enum JobWork: Sendable {
  case sweep, alerts, outbox
  case report(Configuration.ReportJob)
  /// Into a folder; `nil`: the one of the settings.
  case backup(folder: String?)
  case retention, doctor
  /// Writes the instant of the last good pass to a file, whose age a watcher then knows.
  case heartbeat(file: String)
  case metrics(file: String)

  enum Kind: String, CaseIterable, Sendable {
    case report, backup, retention, doctor, metrics, heartbeat, sweep, alerts, outbox
  }

  var kind: Kind {
    switch self {
    case .sweep: .sweep
    case .alerts: .alerts
    case .outbox: .outbox
    case .report: .report
    case .backup: .backup
    case .retention: .retention
    case .doctor: .doctor
    case .heartbeat: .heartbeat
    case .metrics: .metrics
    }
  }
}
