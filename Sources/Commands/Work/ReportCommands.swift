internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let reportCommands: [Command] = [
  Command(
    name: "report list", summary: "the reports that this desk can run"
  ) { line, session in
    let desk = try session.open(.readOnly)
    for definition in try ReportFiles(desk).all() {
      let origin = definition.isOfTheDesk ? desk.language(es: " (de esta mesa)", en: " (this desk's own)") : ""
      session.world.output.line("\(definition.name)\(origin)\n    \(definition.about(desk.language))")
    }
    return .done
  },
  Command(
    name: "report run", summary: "makes reports, as of now", operands: ["NAME…"],
    options: [
      .init("--format", "F,F…", "csv, html, text, json; text on standard output by itself", isRepeatable: true),
      .init(
        "--period", "P",
        "today, yesterday, this-week, last-week, this-month, last-month, 2026, 2026-10, 2026-W44, 2026-10-31"),
      .init("--from", "DATE", "the first day, with --to"), .init("--to", "DATE", "the last day, included"),
      .init("--csv", "PROFILE", "excel-es, excel-en or rfc4180; else as plazo.json5 says"),
      .init(
        "--headers", "names|labels", "what heads the columns of CSV: stable names, or words in the reader's language"),
      .init(
        "--out", "DIR", "where the files go; else out/DATE in the desk, or standard output for one report in one format"
      ),
      .init("--set", "NAME=VALUE", "a parameter that the report declares", isRepeatable: true),
      .init("--width", "COLUMNS", "of text, 60 to 100; else the terminal's, and 100 where there is none"),
    ],
    details: """
      One view of the desk feeds all formats: a file never disagrees with the screen. Files appear whole or not at all;
      a datapackage.json beside them describes every CSV.
      """,
    examples: [
      "plazo report run daily-sla", "plazo report run daily-sla tickets --format html,csv --out /srv/reports",
      "plazo report run technician-hours --period last-month --format csv > hours.csv",
    ], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let reports = ReportFiles(desk)
    var formats = try line.choices("--format", ReportFormat.self)
    let isStream = line.value("--out") == nil && line.operands.count == 1 && formats.count < 2
    if formats.isEmpty { formats = isStream ? [.text] : [.html, .csv, .text] }
    let definitions = try line.operands.map { try reports.definition(named: $0) }
    var request = try reports.request(
      formats: formats.map(\.rawValue), csv: line.value("--csv"), headers: line.value("--headers"))
    request.period = try reports.period(line)
    for pair in line.values("--set") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        throw UsageError(problem: "--set \(pair) has no '='", mend: "write --set NAME=VALUE")
      }
      request.arguments[parts[0]] = parts[1]
    }
    let runner = try ReportRun(session, desk).runner()
    request.text = try textStyle(line, session.world, isTerminal: isStream)
    if isStream {
      session.world.output.flush()
      try runner.run(definitions, request, to: .stream(session.world.output.descriptor))
      return .done
    }
    let folder = line.value("--out") ?? "\(desk.folder)/out/\(desk.zone.date(at: desk.now))"
    let paths = try Folders.making(folder) { try runner.run(definitions, request, to: .folder(folder)) }
    for path in paths { session.world.output.line(path) }
    return .done
  },
]

/// How a report looks as text where this run writes it.
/// - Parameter isTerminal: whether it goes to standard output, rather than into files.
func textStyle(_ line: Line, _ world: World, isTerminal: Bool) throws -> ReportTextStyle {
  var style = ReportTextStyle()
  let legal = ReportTextStyle.narrowest...ReportTextStyle.pageWidth
  if let text = line.value("--width") {
    guard let width = Int(text), legal.contains(width) else {
      throw UsageError(problem: "'\(text)' is no width for --width", mend: "give a number of columns from 60 to 100")
    }
    style.width = width
  } else if isTerminal {
    style.width = min(max(world.output.width, legal.lowerBound), legal.upperBound)
  }
  style.isColoured = isTerminal && world.output.isTerminal && world.variable("NO_COLOR") == nil
  return style
}

/// The reports of a desk, and what a run of them is asked for.
struct ReportFiles {
  let desk: OpenDesk
  init(_ desk: OpenDesk) { self.desk = desk }

  private var catalog: ReportCatalog { ReportCatalog(folder: "\(desk.folder)/reports") }

  func all() throws -> [ReportDefinition] {
    let catalog = catalog
    return try catalog.names.map { try catalog.definition(named: $0) }
  }

  /// - Throws: `Faults` with the nearest name, or everything that is wrong with the definition.
  func definition(named name: String) throws -> ReportDefinition { try catalog.definition(named: name) }

  func request(formats: [String], csv: String?, headers: String?) throws -> ReportRequest {
    func word<Word: RawRepresentable & CaseIterable>(_ text: String, _ what: String, _: Word.Type) throws -> Word
    where Word.RawValue == String {
      if let word = Word(rawValue: text) { return word }
      let legal = Word.allCases.map(\.rawValue)
      throw UsageError(problem: "'\(text)' is no \(what)", mend: "legal values: \(legal.joined(separator: ", "))")
    }
    return ReportRequest(
      desk: desk.configuration.name, asOf: desk.now, zone: desk.zone, language: desk.language,
      formats: try formats.map { try word($0, "format", ReportFormat.self) },
      csvProfile: try csv.map { try word($0, "CSV profile", CSVProfile.self) } ?? desk.configuration.csvProfile,
      csvHeaders: try word(headers ?? "names", "kind of header", CSVHeaders.self), versions: try versions())
  }

  /// The policies in force, as every head names them.
  private func versions() throws -> [ReportVersion] {
    guard let rules = try AppliedRules.current(on: desk.connection, now: desk.now) else { return [] }
    return [ReportVersion(name: desk.language(es: "políticas", en: "policies"), value: rules.hash)]
  }

  func period(_ text: String, _ option: String) throws -> Period {
    guard let period = Period(text, asOf: desk.now, in: desk.zone) else {
      throw UsageError(
        problem: "'\(text)' is no period for \(option)",
        mend:
          "write today, yesterday, this-week, last-week, this-month, last-month, 2026, 2026-10, 2026-W44 or 2026-10-31")
    }
    return period
  }

  func period(_ line: Line) throws -> Period? {
    let ends = [line.value("--from"), line.value("--to")]
    if let text = line.value("--period") {
      guard ends == [nil, nil] else {
        throw UsageError(problem: "--period and --from or --to are both given", mend: "give one or the other")
      }
      return try period(text, "--period")
    }
    if ends == [nil, nil] { return nil }
    guard let first = ends[0].flatMap({ LocalDate($0) }), let last = ends[1].flatMap({ LocalDate($0) }), first <= last
    else {
      throw UsageError(
        problem: "--from and --to are not two dates in order", mend: "write --from 2026-10-01 --to 2026-10-31")
    }
    return Period(
      from: desk.zone.instant(on: first, secondOfDay: 0),
      to: desk.zone.instant(on: last.adding(days: 1), secondOfDay: 0))
  }
}
