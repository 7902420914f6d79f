internal import Glibc
internal import Reports
internal import SLA
internal import SQLite
internal import Scheduler
internal import Text

let metricsCommand = Command(
  name: "metrics", summary: "how the desk stands, as a metrics file for Prometheus",
  options: [.init("--out", "FILE", "replaces FILE as a whole, readable by all; else standard output")],
  details: """
    For the textfile collector of node_exporter: FILE ends in .prom and lies in its folder. A job with do: "metrics"
    writes it by itself. Times are seconds since 1970; what is not known yet is left out. No names of people are in it.
    """,
  examples: ["plazo metrics", "plazo metrics --out plazo.prom"], isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  let text = try Metrics(session, desk).text()
  guard let path = line.value("--out") else {
    session.world.output.write(text)
    return .done
  }
  try WholeFile.write(text, to: path, mode: Metrics.mode)
  return .done
}

/// The metrics of a desk.
struct Metrics {
  private let session: Session
  private let desk: OpenDesk

  init(_ session: Session, _ desk: OpenDesk) {
    self.session = session
    self.desk = desk
  }

  /// Another user's collector reads it, and nothing in it is secret.
  static let mode: UInt32 = 0o644

  /// - Parameter file: from the desk's folder on when it is not absolute.
  func write(to file: String) throws {
    try WholeFile.write(text(), to: file.hasPrefix("/") ? file : "\(desk.folder)/\(file)", mode: Self.mode)
  }

  func text() throws -> String {
    let health = try DeskHealth(session, desk)
    var text = PrometheusText()
    text.add(
      "plazo_build_info", "The versions of plazo and of what it stands on.",
      [
        (
          [
            ("version", programVersion), ("sqlite", Connection.libraryVersion),
            ("tzdata", session.zones.version() ?? "unknown"),
          ], 1
        )
      ])
    text.add("plazo_collected_timestamp_seconds", "When these metrics were collected.", desk.now.seconds)
    text.add(
      "plazo_open_tickets", "Open tickets by situation; none: without a plazo.",
      [("late", health.late), ("near-due", health.nearDue), ("on-time", health.onTime), ("none", health.withoutPlazo)]
        .map { ([("situation", $0.0)], Int64($0.1)) })
    text.add(
      "plazo_open_tasks", "Tasks with a running clock, by situation.",
      Situation.allCases.map { ([("situation", $0.rawValue)], Int64(health.tasks[$0] ?? 0)) })
    text.add("plazo_last_sweep_timestamp_seconds", "When the desk was last swept.", health.sweptAt?.seconds)
    text.add("plazo_events_total", "Events of tickets and tasks recorded so far.", health.lastEvent, as: .counter)
    text.add(
      "plazo_rules_pending", "Whether plazo.json5 differs from the rules in force: 1 if so.", health.isInForce ? 0 : 1)
    addJobs(health, to: &text)
    text.add(
      "plazo_messages", "Messages of the outbox that are not delivered.",
      [([("state", "pending")], Int64(health.pending)), ([("state", "parked")], Int64(health.parked))])
    text.add(
      "plazo_oldest_pending_message_timestamp_seconds", "When the message that waits longest was made.",
      health.oldestPending?.seconds)
    text.add("plazo_last_backup_timestamp_seconds", "When the last backup was made.", health.lastBackup?.seconds)
    addSizes(to: &text)
    return text.text
  }

  private func addJobs(_ health: DeskHealth, to text: inout PrometheusText) {
    func samples(_ value: (JobStatus) -> Int64?) -> [(labels: [(String, String)], value: Int64)] {
      health.jobs.compactMap { job in value(job).map { ([("job", job.job.name)], $0) } }
    }
    text.add(
      "plazo_job_last_start_timestamp_seconds", "When the job last began.",
      samples { $0.last?.startedAt?.seconds })
    text.add(
      "plazo_job_last_duration_seconds", "How long the job's last run took.",
      samples { job in job.last.flatMap { last in last.finishedAt.flatMap { end in last.startedAt.map { end - $0 } } } }
    )
    text.add(
      "plazo_job_last_success", "Whether the job's last run ended well: 1 if so.",
      samples { $0.last.map { $0.state == .done ? 1 : 0 } })
    text.add("plazo_job_next_timestamp_seconds", "When the job runs next.", samples { $0.next.seconds })
    text.add("plazo_job_waiting_slots", "Times of the job that are due and not run.", samples { Int64($0.waiting) })
    text.add("plazo_job_missed_slots", "Times of the job skipped within a day.", samples { Int64($0.missed) })
    text.add("plazo_job_failed_slots", "Times of the job failed within a day.", samples { Int64($0.failed) })
  }

  private func addSizes(to text: inout PrometheusText) {
    text.add("plazo_database_bytes", "The size of desk.sqlite.", fileSize(session.databasePath))
    text.add(
      "plazo_write_ahead_log_bytes", "The size of what is not yet taken over into desk.sqlite.",
      fileSize("\(session.databasePath)-wal") ?? 0)
    var disk = statvfs()
    if statvfs(desk.folder, &disk) == 0 {
      text.add("plazo_free_bytes", "The room left on the desk's disk.", Int64(disk.f_bavail) * Int64(disk.f_frsize))
    }
  }
}
