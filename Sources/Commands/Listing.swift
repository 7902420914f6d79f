internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

/// A list that a command prints: a report of one table, so that it has the same views and words as any report. Text is
/// the table and a count; JSON an array of objects; CSV as RFC 4180 has it.
struct Listing {
  var title: Bilingual
  /// Over the views of `reports/README.md`, and the desk's tables.
  var sql: String
  /// In text the first ones matter most: where the terminal is narrow the last are left out.
  var columns: [ReportColumn]
  var parameters: [ReportParameter] = []
  var arguments: [String: String] = [:]
  /// What is said in place of an empty list.
  var empty = Bilingual(es: "No hay nada.", en: "There is nothing.")
  /// Whether the rows need tickets judged at this instant.
  var needsJudging = false
  /// How many rows a text shows at most on a terminal; the count is of all.
  var terminalRows = Self.textRows

  /// How many rows a text shows at most: widths of columns need them all at once.
  private static let textRows = 10_000

  enum Format: String, CaseIterable, Sendable {
    case text, csv, json
  }

  static let formatOption = Command.Option(
    "--format", "text|csv|json", "how the list is printed; JSON, an array of objects, is the stable one")

  static func format(_ line: Line) throws -> Format { try line.choice("--format", Format.self) ?? .text }

  /// - Parameter desk: the desk, opened at least for reading.
  func print(_ line: Line, _ session: Session, _ desk: OpenDesk) throws -> ExitCode {
    let format = try Self.format(line)
    let definition = ReportDefinition(
      name: "list", title: title,
      sections: [
        ReportSection(id: "rows", title: title, empty: empty, isPrimary: true, sql: sql, columns: columns)
      ], parameters: parameters)
    let output = session.world.output
    output.flush()
    var request = ReportRequest(
      desk: desk.configuration.name, asOf: desk.now, zone: desk.zone, language: desk.language,
      formats: [ReportFormat(rawValue: format.rawValue)!], arguments: arguments)
    request.list = ReportList(
      width: output.width, rowLimit: output.isTerminal ? terminalRows : Self.textRows,
      isColoured: output.isTerminal && session.world.variable("NO_COLOR") == nil,
      more: Bilingual(es: "--limit muestra más, csv y json todos", en: "--limit shows more, csv and json all"))
    try ReportRun(session, desk).runner(judges: needsJudging)
      .run([definition], request, to: .stream(output.descriptor))
    return .done
  }

  /// SQL that gives people the words for the raw values of a column, and programs the values.
  static func worded(
    _ column: String, _ line: Line, _ language: Language, _ words: [(raw: String, word: Bilingual)]
  ) throws -> String {
    guard try format(line) == .text else { return column }
    let cases = words.map { "WHEN '\($0.raw)' THEN '\($0.word(language).replacing("'", with: "''"))'" }.joined(
      separator: " ")
    return "CASE \(column) \(cases) ELSE \(column) END"
  }
}

/// How reports get at a desk: a connection of their own, and the judge.
struct ReportRun {
  let session: Session
  let desk: OpenDesk

  /// How long the queries of one run may take, in seconds.
  static let timeLimitSeconds: Int64 = 300

  /// A job's own limit, in place of the usual one.
  private let limit: TimeLimit?

  init(_ session: Session, _ desk: OpenDesk, limit: TimeLimit? = nil) {
    self.session = session
    self.desk = desk
    self.limit = limit
  }

  func runner(judges: Bool = true) throws -> ReportRunner {
    let path = session.databasePath
    let now = desk.now
    let candidate = try desk.candidate(session.zones)
    let clock = session.world.clock
    let stopAt = clock() + Self.timeLimitSeconds
    let hours = WorkingHours(desk.configuration, session.zones)
    func open() throws -> Connection {
      let connection = try DeskFile.open(at: path, mode: .readOnly, migrations: allMigrations, now: now)
      try connection.addFunction(named: "folded", arguments: 1) { $0[0].text.map { .text(folded($0)) } ?? .null }
      let search = FoldedSearch()
      try connection.addPredicate(named: "found") { search.finds($0, in: $1) }
      try hours.addUnlikelyTime(to: connection)
      return connection
    }
    let limit = limit
    let shouldStop = { limit?.isOver ?? (clock() > stopAt) }
    return judges
      ? ReportRunner(open: open, candidate: candidate, shouldStop: shouldStop)
      : ReportRunner(open: open, judge: { _, _ in NoJudge() }, shouldStop: shouldStop)
  }
}
