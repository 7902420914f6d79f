internal import Alerts
internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import Monitor
internal import SLA
internal import SQLite
internal import Scheduler
internal import Text

/// What doctor looks at of the work that runs by itself.
let workChecks: [DoctorCheck] = [
  DoctorCheck("sweep", "the desk was swept within the last hour") { examination in
    let connection = try examination.desk()
    guard let state = try SweepState.load(connection) else {
      let hasTickets = try connection.integer(sql: "SELECT EXISTS (SELECT 1 FROM ticket)") == 1
      return hasTickets
        ? [
          Finding(
            "the desk has tickets and was never swept", mend: "start plazo's service, or run 'plazo tick' from cron")
        ]
        : []
    }
    let age = examination.now - state.sweptAt
    if age <= 3600 { return [] }
    return [
      Finding(
        "the last sweep was at \(state.sweptAt.iso8601(in: examination.zone))",
        mend: "nothing seems to be at work: start plazo's service, or run 'plazo tick' from cron")
    ]
  },
  DoctorCheck("jobs", "every job ran when it was due, and ended well") { examination in
    let connection = try examination.desk()
    let configuration = try examination.settings()
    let statuses = try SlotLedger(connection).statuses(
      of: configuration.jobs.map(\.job), in: examination.zone, now: examination.now,
      since: examination.now - 30 * 86_400)
    var findings: [Finding] = []
    for (status, scheduled) in zip(statuses, configuration.jobs) {
      // Its own last word would else be a finding for ever.
      if examination.isJob, scheduled.work.kind == .doctor { continue }
      let name = status.job.name
      if status.waiting > 0, !examination.isJob {
        findings.append(
          Finding(
            "job '\(name)' was due \(counted(status.waiting, "time")), and nothing ran",
            mend: "start plazo's service, or run 'plazo tick' from cron"))
      }
      if let last = status.last, last.state == .failed {
        findings.append(
          Finding(
            "job '\(name)' failed at its last time, \(last.slot.plannedAt.iso8601(in: examination.zone)): \(last.detail ?? "")",
            mend: "mend the cause; it runs again at \(status.next.iso8601(in: examination.zone))"))
      }
    }
    return findings
  },
  DoctorCheck("backups", "no backup is overdue, and the last one is whole") { examination in
    let settings = examination.configuration?.keeping ?? KeepingSettings()
    let place = settings.backupFolder(of: examination.folder)
    let all = BackupName.all(of: examination.folder, in: place)
    // After an outage the weekly look may have its turn before the night's backup, which is caught up next.
    if examination.isJob, try isBackupDue(examination) { return [] }
    guard let last = all.last else {
      let oldest = try examination.connection?.integer(sql: "SELECT min(applied_at) FROM migration")
      // A desk of today has its first night before it.
      guard let oldest, examination.now.seconds - oldest > oldestBackup else { return [] }
      return [Finding("'\(place)' has no backup of this desk", mend: "run 'plazo backup', and keep a job that does")]
    }
    var findings: [Finding] = []
    if examination.now - last.madeAt > oldestBackup {
      findings.append(
        Finding(
          "the last backup is of \(last.madeAt.iso8601(in: examination.zone))",
          mend: "run 'plazo backup', and keep a job that does"))
    }
    do {
      let file = "\(place)/\(last.text)"
      try BackupCheck(connection: Connection(path: file, mode: .readOnly), path: file).check(.quick, counts: [:])
    } catch {
      findings.append(
        Finding(
          "the last backup, '\(last.text)', is not whole", mend: "remove it and run 'plazo backup'; look at its disk"))
    }
    return findings
  },
]

private func isBackupDue(_ examination: Examination) throws -> Bool {
  let jobs = try examination.settings().jobs.filter { $0.work.kind == .backup }.map(\.job)
  return try SlotLedger(examination.desk()).statuses(
    of: jobs, in: examination.zone, now: examination.now, since: examination.now
  ).contains { $0.waiting > 0 }
}

/// A day and some hours, so that a daily backup is never told of for being a little late; in seconds.
private let oldestBackup: Seconds = 50 * 3600

/// What doctor looks at of the roads by which messages leave.
let channelChecks: [DoctorCheck] = [
  DoctorCheck("outbox", "no mail is stuck") { examination in
    let connection = try examination.desk()
    var findings: [Finding] = []
    let parked = try connection.integer(sql: "SELECT count(*) FROM message WHERE state = 'parked'") ?? 0
    if parked > 0 {
      findings.append(
        Finding(
          "\(parked) message\(parked == 1 ? " is" : "s are") parked: no attempt to deliver helped",
          mend: "see why with 'plazo outbox list', then 'plazo outbox retry'"))
    }
    let oldest = try connection.integer(sql: "SELECT min(created_at) FROM message WHERE state = 'pending'")
    if let oldest, examination.now.seconds - oldest > oldestMessage {
      findings.append(
        Finding(
          "a message waits since \(Instant(oldest).iso8601(in: examination.zone))",
          mend: "see why with 'plazo outbox list'"))
    }
    return findings
  },
  // Whoever sets up a road for mails and leaves it at that still finds them in the Maildirs.
  DoctorCheck("channels", "every channel that is set up has something to carry") { examination in
    let alerts = try examination.settings().alerts
    let used = Set(
      [alerts.rules.channel] + alerts.rules.routes.compactMap(\.channel) + alerts.rules.escalation.compactMap(\.channel)
    )
    return alerts.channels.map(\.name).filter { $0 != MaildirChannel.name && !used.contains($0) }.map { name in
      Finding(
        "nothing goes by the channel '\(name)'; what has no channel of its own goes by '\(alerts.rules.channel)'",
        mend: "write channel: \"\(name)\" in alerts of plazo.json5 for all, or in the routes that it is for")
    }
  },
  DoctorCheck("maildir", "mails can be put into the desk's Maildirs") { examination in
    let path = "\(examination.folder)/mail"
    guard access(path, F_OK) == 0 else { return [] }
    if access(path, W_OK | X_OK) == 0 { return [] }
    let reason = String(cString: strerror(errno)).lowercased()
    return [Finding("'\(path)' cannot be written (\(reason))", mend: "give it to the desk's owner")]
  },
]

private let oldestMessage: Seconds = 6 * 3600
