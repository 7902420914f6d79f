internal import SLA
internal import SQLite
internal import Text

/// A report bound to a desk: its queries prepared, its values bound, ready to be read once.
struct Dataset {
  let head: ReportHead
  private let queries: [(section: ReportSection, statement: Statement, places: [Int32])]

  /// - Throws: `Faults` with everything in the definition's SQL that the desk cannot answer.
  init(_ definition: ReportDefinition, request: ReportRequest, desk: OpenDesk, hasFiles: Bool) throws {
    try Self.check(request, fits: definition)
    let zone = request.zone
    let period = request.period ?? definition.period.flatMap { Period($0, asOf: request.asOf, in: zone) }
    // The day before by the wall clock: 86,400 seconds of it, not of the time line.
    let since =
      request.since ?? zone.instant(atLocalSeconds: zone.localSeconds(at: request.asOf) - 86_400)
    head = ReportHead(
      definition: definition, request: request, period: period, since: since, lastEvent: desk.lastEvent,
      lastChange: desk.lastChange,
      swept: desk.swept, hasFiles: hasFiles)

    var values = try Self.values(head)
    values[":since_event"] = definition.uses("since_event") ? .integer(try desk.lastEvent(recordedBy: since)) : .null
    var faults: [Fault] = []
    var queries: [(section: ReportSection, statement: Statement, places: [Int32])] = []
    for (index, section) in definition.sections.enumerated() {
      func fail(_ problem: String, mend: String) {
        let field = "sections[\(index)].sql (\(section.id))"
        faults.append(Fault(file: definition.file, field: field, problem: problem, mend: mend))
      }
      do {
        let statement = try desk.connection.prepare(sql: section.sql(narrowedBy: request.arguments))
        for case let name? in statement.parameterNames where values[name] == nil {
          let guess = nearest(to: name, among: values.keys.sorted()).map { "did you mean \($0)? " } ?? ""
          fail(
            "\(name) is no parameter",
            mend: "\(guess)the parameters are: \(values.keys.sorted().joined(separator: ", "))")
        }
        if statement.parameterNames.contains(nil) {
          fail("a parameter has no name", mend: "write :name instead of ?")
        }
        for (name, value) in values { statement.bind(named: name, value) }
        queries.append((section, statement, Self.places(of: section.columns, in: statement.columnNames, fail)))
      } catch let error as DatabaseError {
        fail(error.message, mend: "reports/README.md tells the views and their columns")
      }
    }
    guard faults.isEmpty else { throw Faults(faults) }
    self.queries = queries
  }

  /// - Throws: `ReportError.badArgument` for what a run gives and the report does not take.
  private static func check(_ request: ReportRequest, fits definition: ReportDefinition) throws {
    let legal = definition.legalArguments.joined(separator: ", ")
    func refuse(_ name: String, _ problem: String) -> ReportError {
      .badArgument(
        report: definition.name, name: name,
        problem: "\(problem); the report takes \(legal.isEmpty ? "none" : legal)")
    }
    if request.period != nil, !definition.takesPeriod { throw refuse("period", "has no part in it") }
    for name in request.arguments.keys.sorted() where !definition.parameters.contains(where: { $0.name == name }) {
      guard let filter = ReportFilter(rawValue: name) else { throw refuse(name, "is unknown") }
      if !definition.filters.contains(filter) { throw refuse(name, "has no part in it") }
    }
  }

  /// Where the statement has each column of the section: the two must have the same ones.
  private static func places(
    of columns: [ReportColumn], in names: [String], _ fail: (_ problem: String, _ mend: String) -> Void
  ) -> [Int32] {
    for name in names where !columns.contains(where: { $0.name == name }) {
      fail("the query yields '\(name)', which no column describes", "add it to columns, or leave it out of the query")
    }
    return columns.map { column in
      if let place = names.firstIndex(of: column.name) { return Int32(place) }
      fail("the query does not yield the column '\(column.name)'", "select it under that name")
      return 0
    }
  }

  /// What the parameters of a query are bound to, by name with its colon.
  private static func values(_ head: ReportHead) throws -> [String: Value] {
    let request = head.request
    var values: [String: Value] = [
      ":as_of": .integer(request.asOf.seconds), ":since": .integer(head.since.seconds),
      ":from": Value(head.period?.from.seconds), ":to": Value(head.period?.to.seconds),
      ":before": Value(head.period?.before(in: request.zone).from.seconds),
      ":zone": .text(request.zone.name), ":language": .text(request.language.rawValue),
      ":today": .text(request.zone.date(at: request.asOf).description),
    ]
    for filter in ReportFilter.allCases { values[":\(filter.rawValue)"] = Value(request.arguments[filter.rawValue]) }
    let definition = head.definition
    for parameter in definition.parameters {
      let text = request.arguments[parameter.name] ?? parameter.fallback
      values[":\(parameter.name)"] = try text.map { try value($0, of: parameter, head) } ?? .null
    }
    return values
  }

  private static func value(_ text: String, of parameter: ReportParameter, _ head: ReportHead) throws -> Value {
    func bad(_ expected: String) -> ReportError {
      .badArgument(report: head.definition.name, name: parameter.name, problem: "is '\(text)', which is no \(expected)")
    }
    switch parameter.kind {
    case .text: return .text(text)
    case .integer:
      guard let number = Int64(text) else { throw bad("whole number") }
      return .integer(number)
    case .date:
      guard let date = LocalDate(text) else { throw bad("date such as 2026-03-27") }
      return .text(date.description)
    case .instant:
      guard let instant = Instant(iso8601: text, in: head.zone) else { throw bad("instant such as 2026-03-27T17:00") }
      return .integer(instant.seconds)
    }
  }

  /// Reads every section once and tells each row to all formats.
  /// - Returns: how many rows the primary section has.
  func send(to sinks: [any Sink]) throws -> Int64 {
    var rows: Int64 = 0
    for sink in sinks { try sink.begin(head) }
    for query in queries {
      for sink in sinks { try sink.begin(query.section) }
      var totals = Totals(query.section.columns)
      let row = Row(of: query.statement, places: query.places)
      do {
        while try row.next() {
          totals.add(row)
          for sink in sinks { try sink.row(row) }
        }
      } catch let error as DatabaseError where error.isInterrupted {
        throw ReportError.stopped(report: head.definition.name, section: query.section.id)
      }
      if query.section.id == head.definition.primary.id { rows = totals.end.rowCount }
      for sink in sinks { try sink.end(query.section, totals.end) }
    }
    for sink in sinks { try sink.end() }
    return rows
  }
}
