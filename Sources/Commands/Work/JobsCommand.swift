internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Scheduler
internal import Text

let jobsCommand = Command(
  name: "jobs", summary: "the jobs: when each ran last, how that ended, when it runs next, what was missed",
  options: [
    .init("--next", "N", "the next N times of all jobs, instead"),
    .init("--history", "N", "the last N times of all jobs and what became of them, instead"),
    Listing.formatOption,
  ],
  details: """
    State: done; caught-up, done after its time; failed; retrying, failed and to be tried again; skipped; running;
    planned, due and not begun. Waiting: times due at which nothing ran, so no scheduler is at work. Missed and failed are
    counted over the last 30 days.
    """,
  examples: ["plazo jobs", "plazo jobs --next 10", "plazo jobs --history 50 --format csv"], isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  let next = try line.count("--next")
  let history = try line.count("--history")
  if next != nil, history != nil {
    throw UsageError(problem: "--next and --history are both given", mend: "give one or the other")
  }
  let list = JobList(desk)
  let table =
    try next.map { list.coming(Int(min($0, 10_000))) } ?? history.map { try list.past(Int($0)) } ?? list.standing()
  try table.print(
    line, session, desk, empty: .init(es: "plazo.json5 no tiene trabajos.", en: "plazo.json5 has no jobs."))
  return .done
}

/// The jobs of a desk as tables.
private struct JobList {
  private let desk: OpenDesk
  init(_ desk: OpenDesk) { self.desk = desk }

  private var jobs: [ScheduledJob] { desk.configuration.jobs }

  private func outcome(_ record: SlotRecord) -> PlainTable.Cell {
    let words = [
      "done": "hecho", "caught-up": "hecho tarde", "failed": "falló", "retrying": "se repetirá", "skipped": "omitido",
      "running": "en curso", "planned": "por hacer",
    ]
    return .word(record.outcome, Bilingual(es: words[record.outcome] ?? record.outcome, en: record.outcome))
  }

  private func does(_ kind: JobWork.Kind) -> PlainTable.Cell {
    let word =
      switch kind {
      case .report: "reporte"
      case .backup: "respaldo"
      case .retention: "limpieza"
      case .doctor: "revisión"
      case .metrics: "métricas"
      case .heartbeat: "latido"
      case .sweep: "pasada"
      case .alerts: "avisos"
      case .outbox: "envíos"
      }
    return .word(kind.rawValue, Bilingual(es: word, en: kind.rawValue))
  }

  /// How each stands.
  func standing() throws -> PlainTable {
    let statuses = try SlotLedger(desk.connection)
      .statuses(of: jobs.map(\.job), in: desk.zone, now: desk.now, since: desk.now - 30 * 86_400)
    return PlainTable(
      columns: [
        ("job", .init(es: "Trabajo", en: "Job")), ("at", .init(es: "Cuándo", en: "At")),
        ("last", .init(es: "Último", en: "Last")), ("state", .init(es: "Estado", en: "State")),
        ("next", .init(es: "Próximo", en: "Next")), ("waiting", .init(es: "En espera", en: "Waiting")),
        ("missed_30d", .init(es: "Omitidos", en: "Missed")),
        ("failed_30d", .init(es: "Fallidos", en: "Failed")), ("detail", .init(es: "Detalle", en: "Detail")),
      ],
      rows: statuses.map { status in
        [
          .text(status.job.name), .text(status.job.schedule.description),
          status.last.map { .instant($0.slot.plannedAt) } ?? .none, status.last.map { outcome($0) } ?? .none,
          .instant(status.next), .number(status.waiting), .number(status.missed), .number(status.failed),
          status.last?.detail.map { .text($0) } ?? .none,
        ]
      })
  }

  /// The next times of all jobs, those of one instant in the order in which they run.
  func coming(_ count: Int) -> PlainTable {
    var next = jobs.map { $0.job.next(after: desk.now, in: desk.zone) }
    var rows: [[PlainTable.Cell]] = []
    while rows.count < count, let first = next.indices.min(by: { (next[$0], $0) < (next[$1], $1) }) {
      let scheduled = jobs[first]
      rows.append([
        .instant(next[first]), .text(scheduled.job.name), does(scheduled.work.kind),
        .text(scheduled.job.schedule.description), .text((scheduled.job.zone ?? desk.zone).name),
      ])
      next[first] = scheduled.job.next(after: next[first], in: desk.zone)
    }
    return PlainTable(
      columns: [
        ("planned_at", .init(es: "Previsto", en: "Planned")), ("job", .init(es: "Trabajo", en: "Job")),
        ("does", .init(es: "Qué hace", en: "Does")), ("at", .init(es: "Cuándo", en: "At")),
        ("zone", .init(es: "Zona", en: "Zone")),
      ], rows: rows)
  }

  /// The last times of all jobs, the newest first.
  func past(_ count: Int) throws -> PlainTable {
    PlainTable(
      columns: [
        ("planned_at", .init(es: "Previsto", en: "Planned")), ("job", .init(es: "Trabajo", en: "Job")),
        ("state", .init(es: "Estado", en: "State")), ("started_at", .init(es: "Inicio", en: "Started")),
        ("finished_at", .init(es: "Fin", en: "Finished")), ("attempts", .init(es: "Intentos", en: "Attempts")),
        ("detail", .init(es: "Detalle", en: "Detail")),
      ],
      rows: try SlotLedger(desk.connection).history(limit: count).map { record in
        [
          .instant(record.slot.plannedAt), .text(record.slot.job), outcome(record),
          record.startedAt.map { .instant($0) } ?? .none, record.finishedAt.map { .instant($0) } ?? .none,
          .number(record.attempts), record.detail.map { .text($0) } ?? .none,
        ]
      })
  }
}
