internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

/// A list that a command prints: a report of one table, so that it has the same formats, views and words as any report.
struct Listing {
  var title: Bilingual
  /// Over the views of `reports/README.md`, and the desk's tables.
  var sql: String
  var columns: [ReportColumn]
  var parameters: [ReportParameter] = []
  var arguments: [String: String] = [:]
  /// What is said in place of an empty list.
  var empty = Bilingual(es: "No hay nada.", en: "There is nothing.")
  /// Whether the rows need tickets judged at this instant.
  var needsJudging = false

  enum Format: String, CaseIterable, Sendable {
    case text, csv, json
  }

  static let formatOption = Command.Option(
    "--format", "text|csv|json", "how the list is printed; JSON is the stable one")

  func print(_ line: Line, _ session: Session) throws -> ExitCode {
    let format = try line.choice("--format", Format.self) ?? .text
    let desk = try session.open()
    let definition = ReportDefinition(
      name: "list", title: title,
      sections: [
        ReportSection(id: "rows", title: title, empty: empty, isPrimary: true, sql: sql, columns: columns)
      ], parameters: parameters)
    session.world.output.flush()
    let request = ReportRequest(
      desk: desk.configuration.name, asOf: desk.now, zone: desk.zone, language: desk.language,
      formats: [ReportFormat(rawValue: format.rawValue)!], arguments: arguments)
    try ReportRun(session, desk).runner(judges: needsJudging)
      .run([definition], request, to: .stream(session.world.output.descriptor))
    return .done
  }
}

/// How reports get at a desk: a connection of their own, and the judge.
struct ReportRun {
  let session: Session
  let desk: OpenDesk

  /// How long the queries of one run may take, in seconds.
  static let timeLimitSeconds: Int64 = 300

  init(_ session: Session, _ desk: OpenDesk) {
    self.session = session
    self.desk = desk
  }

  func runner(judges: Bool = true) throws -> ReportRunner {
    let path = session.databasePath
    let now = desk.now
    let candidate = try desk.candidate(session.zones)
    let clock = session.world.clock
    let stopAt = clock() + Self.timeLimitSeconds
    return ReportRunner(
      open: { try DeskFile.open(at: path, mode: .readOnly, migrations: allMigrations, now: now) },
      judge: { connection, insert in
        guard judges else { return }
        try Judge(connection, now: now, candidate: candidate).each { try insert(JudgedRow($0)) }
      },
      shouldStop: { clock() > stopAt })
  }
}

extension JudgedRow {
  init(_ judged: Judge.Judged) {
    let judgement = judged.judgement
    self.init(
      ticketID: judged.ticketID, clock: judged.kind, situation: judged.situation, deadline: judgement?.deadline,
      remaining: judgement?.remaining, used: judgement?.used, budget: judged.promise?.budget, late: judgement?.late,
      nearAt: judgement?.nearSince, isPaused: judgement?.isPaused ?? false, policy: judged.policy, plazo: judged.plazo,
      cycle: judged.cycle, moves: judged.moves, originalDeadline: judged.originalDeadline)
  }
}
