internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

/// The reports of a desk, and what a run of them is asked for.
struct ReportFiles {
  let desk: OpenDesk
  init(_ desk: OpenDesk) { self.desk = desk }

  var catalog: ReportCatalog { ReportCatalog(folder: "\(desk.folder)/reports") }

  /// Every definition that can be read, and what is wrong with the others.
  func readable() -> (definitions: [ReportDefinition], faults: [any Error]) {
    let catalog = catalog
    var definitions: [ReportDefinition] = []
    var faults: [any Error] = []
    for name in catalog.names {
      do { definitions.append(try catalog.definition(named: name)) } catch { faults.append(error) }
    }
    return (definitions, faults)
  }

  /// - Throws: `Faults` with the nearest name, or everything that is wrong with the definition.
  func definition(named name: String) throws -> ReportDefinition { try catalog.definition(named: name) }

  /// A run as of now, without arguments.
  func request(formats: [ReportFormat]) throws -> ReportRequest {
    var request = ReportRequest(
      desk: desk.configuration.name, asOf: desk.now, zone: desk.zone, language: desk.language, formats: formats,
      csvProfile: desk.configuration.reports.csvProfile)
    try setPast(&request)
    request.versions = try versions(at: request.asOf)
    return request
  }

  /// The run that a command line asks for.
  func request(_ line: Line, _ session: Session, formats: [ReportFormat]) throws -> ReportRequest {
    var request = try request(formats: formats)
    if let text = line.value("--as-of") {
      request.asOf = try asOf(text, session)
      try setPast(&request)
      request.versions = try versions(at: request.asOf)
    }
    if request.past == nil { request.versions += try notices(session) }
    request.csvProfile = try line.choice("--csv", CSVProfile.self) ?? request.csvProfile
    request.csvHeaders = try line.choice("--headers", CSVHeaders.self) ?? .names
    request.period = try period(line, asOf: request.asOf)
    request.arguments = try arguments(line, isPast: request.past != nil)
    return request
  }

  // MARK: When

  /// Looks back where the desk as it stands says more than was known at the report's instant.
  private func setPast(_ request: inout ReportRequest) throws {
    let isPresent = try PastDesk.isPresent(request.asOf, on: desk.connection)
    let state = try SweepState.load(desk.connection)
    guard !isPresent || (state.map { $0.sweptAt > request.asOf } ?? false) else {
      request.past = nil
      return
    }
    request.past = ReportPast(through: try desk.connection.integer(sql: "SELECT last FROM event_sequence") ?? 0)
  }

  private func asOf(_ text: String, _ session: Session) throws -> Instant {
    let isDate = LocalDate(text) != nil
    let given =
      try LocalDate(text).map { desk.zone.instant(on: $0.adding(days: 1), secondOfDay: 0) - 1 }
      ?? session.instant(text, "--as-of", in: desk.zone)
    if isDate, given > desk.now, let date = LocalDate(text), date == desk.zone.date(at: desk.now) { return desk.now }
    guard given <= desk.now else {
      throw UsageError(
        problem: "--as-of \(text) is still to come", mend: "give an instant up to \(desk.now.iso8601(in: desk.zone))")
    }
    return given
  }

  /// The policies in force, as every head names them.
  func versions(at instant: Instant) throws -> [ReportVersion] {
    guard let rules = try AppliedRules.inForce(at: instant, on: desk.connection) else { return [] }
    return [ReportVersion(name: Self.policies(desk.language), value: rules.hash)]
  }

  /// What a reader of the present must know of the settings: that they are edited and not in force.
  func notices(_ session: Session) throws -> [ReportVersion] {
    guard let files = try desk.changedFiles(desk.candidate(session.zones)) else { return [] }
    return [
      ReportVersion(
        name: desk.language(es: "aviso", en: "notice"),
        value: desk.language(
          es: "\(files.replacing(" or ", with: " o ")) tiene cambios sin aplicar; vea 'plazo plan'",
          en: "\(files) has changes that are not applied; see 'plazo plan'"))
    ]
  }

  static func policies(_ language: Language) -> String { language(es: "políticas", en: "policies") }

  func period(_ text: String, _ option: String, asOf: Instant) throws -> Period {
    guard let period = Period(text, asOf: asOf, in: desk.zone) else {
      throw UsageError(problem: "'\(text)' is no period for \(option)", mend: "write \(Period.legal)")
    }
    return period
  }

  private func period(_ line: Line, asOf: Instant) throws -> Period? {
    let (from, to) = (line.value("--from"), line.value("--to"))
    if let text = line.value("--period") {
      guard from == nil, to == nil else {
        throw UsageError(problem: "--period and --from or --to are both given", mend: "give one or the other")
      }
      return try period(text, "--period", asOf: asOf)
    }
    guard let from else {
      guard to == nil else { throw UsageError(problem: "--to is given without --from", mend: "give both") }
      return nil
    }
    let last = to ?? desk.zone.date(at: asOf).description
    guard let period = Period(from: from, to: last, in: desk.zone) else {
      throw UsageError(
        problem: "--from \(from) and --to \(last) are not two dates or instants in order",
        mend: "write --from 2026-10-01 --to 2026-10-31, or instants such as 2026-10-31T17:00")
    }
    return period
  }

  // MARK: What

  /// - Parameter isPast: whether a name of then is one, too.
  private func arguments(_ line: Line, isPast: Bool) throws -> [String: String] {
    var arguments: [String: String] = [:]
    for pair in line.values("--set") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        throw UsageError(problem: "--set \(pair) has no '='", mend: "write --set NAME=VALUE")
      }
      arguments[parts[0]] = parts[1]
    }
    for filter in ReportFilter.allCases {
      guard let text = line.value("--\(filter.rawValue)") else { continue }
      arguments[filter.rawValue] = try value(text, of: filter, isPast: isPast)
    }
    return arguments
  }

  /// The name as the desk writes it. A misspelt one would make an empty report.
  /// - Throws: `DeskError` with the nearest.
  func value(_ text: String, of filter: ReportFilter, isPast: Bool = false) throws -> String {
    let sql =
      switch filter {
      case .client: "SELECT name, name FROM client"
      case .product: "SELECT name, name FROM product"
      case .technician: "SELECT login, name FROM user WHERE role <> 'client'"
      }
    let known = try desk.connection.rows(sql: sql).compactMap { row in row[0].text.map { ($0, row[1].text ?? $0) } }
    let wanted = folded(text)
    if let exact = known.first(where: { $0.0 == text }) { return exact.0 }
    if isPast, let former = try formerName(text, of: filter) { return former }
    let alike = known.filter { folded($0.0) == wanted || folded($0.1) == wanted }
    if alike.count == 1 { return alike[0].0 }
    if alike.count > 1 {
      throw DeskError(
        "several users are called '\(text)'", mend: "give a login: \(alike.map(\.0).joined(separator: ", "))")
    }
    let names = Set(known.flatMap { [$0.0, $0.1] }).sorted()
    let guess = nearest(to: text, among: names).map { "did you mean '\($0)'?" } ?? "see 'plazo \(list(filter)) list'"
    throw DeskError("there is no \(filter.rawValue) '\(text)'", mend: guess)
  }

  private func formerName(_ text: String, of filter: ReportFilter) throws -> String? {
    try desk.connection.rows(
      sql: "SELECT before FROM directory_event WHERE list = ? AND field = ? AND before = ? LIMIT 1",
      .text(list(filter)), .text(filter == .technician ? "login" : "name"), .text(text)
    ).first?[0].text
  }

  private func list(_ filter: ReportFilter) -> String { filter == .technician ? "user" : filter.rawValue }
}
