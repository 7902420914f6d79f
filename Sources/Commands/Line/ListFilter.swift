internal import Desk
internal import Reports
internal import SLA
internal import Text

/// The conditions of a list as they come together from its options, with the values that they bind.
struct ListFilter {
  private(set) var conditions: [String] = []
  private(set) var arguments: [String: String] = [:]

  var clause: String { conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))" }
  var parameters: [ReportParameter] { arguments.keys.sorted().map { ReportParameter(name: $0, kind: .text) } }

  mutating func add(_ condition: String) { conditions.append(condition) }

  /// A name for a value that SQL binds.
  mutating func bind(_ value: String) -> String {
    let name = "p\(arguments.count)"
    arguments[name] = value
    return ":\(name)"
  }

  /// One of several values, where there are any. - Parameter cast: what the column is, when that is not text.
  mutating func add(_ column: String, isOneOf values: [String], cast: String? = nil) {
    if values.isEmpty { return }
    let list = values.map { value in
      let name = bind(value)
      return cast.map { "CAST(\(name) AS \($0))" } ?? name
    }
    add("\(column) IN (\(list.joined(separator: ", ")))")
  }

  /// `--opened-since` and `--opened-until` and their like. A date alone is the whole day.
  mutating func addPeriod(_ line: Line, _ name: String, _ column: String, _ session: Session, in zone: Zone) throws {
    if let text = line.value("--\(name)-since") {
      let since = bind("\(try session.instant(text, "--\(name)-since", in: zone).seconds)")
      add("\(column) >= CAST(\(since) AS INTEGER)")
    }
    if let text = line.value("--\(name)-until") {
      var until = try session.instant(text, "--\(name)-until", in: zone)
      if let date = LocalDate(text) { until = zone.instant(on: date.adding(days: 1), secondOfDay: 0) - 1 }
      add("\(column) <= CAST(\(bind("\(until.seconds)")) AS INTEGER)")
    }
  }
}

/// The order of a list, as `--sort` has it.
struct ListOrder {
  static func option(_ example: String) -> Command.Option {
    .init(
      "--sort", "FIELD,…", "in the order of these columns of the csv format; -FIELD the other way round: \(example)")
  }

  /// SQL, or `nil` without `--sort`. Texts are in the order of a reader, what is absent comes last.
  /// - Throws: `UsageError` with the nearest column.
  static func sql(_ line: Line, _ columns: [ReportColumn], prefix: String) throws -> String? {
    guard let text = line.value("--sort") else { return nil }
    return try fields(text, "--sort").map { field in
      let isDescending = field.hasPrefix("-")
      let column = try column(isDescending ? String(field.dropFirst()) : field, columns, "--sort")
      let name = "\(prefix)\(column.name)"
      let key: String =
        switch column.kind {
        case .situation: "instr('on-time near-due late', \(name))"
        case .text: "folded(\(name))"
        default: name
        }
      return "\(name) IS NULL, \(key)\(isDescending ? " DESC" : "")"
    }.joined(separator: ", ")
  }

  /// The columns that `--columns` asks for, in its order; `nil` without it.
  static func columns(_ line: Line, _ columns: [ReportColumn]) throws -> [ReportColumn]? {
    try line.value("--columns").map { text in
      try fields(text, "--columns").map { try column($0, columns, "--columns") }
    }
  }

  private static func fields(_ text: String, _ option: String) throws -> [String] {
    let fields = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    guard !fields.isEmpty else {
      throw UsageError(problem: "\(option) is empty", mend: "name a column, or leave it out")
    }
    return fields
  }

  private static func column(_ name: String, _ columns: [ReportColumn], _ option: String) throws -> ReportColumn {
    if let column = columns.first(where: { $0.name == name }) { return column }
    let names = columns.map(\.name)
    let guess = nearest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
    throw UsageError(
      problem: "there is no column '\(name)' for \(option)", mend: "\(guess)there are: \(names.joined(separator: ", "))"
    )
  }
}

/// Which rows of a list are printed.
struct ListPage {
  static let options: [Command.Option] = [
    .init("--limit", "N", "at most so many; else a terminal shows 50 and counts all"),
    .init("--page", "N", "the N-th page of so many, 50 unless --limit says"),
    .init("--offset", "N", "or leaves out the first N"),
  ]

  let sql: String

  init(_ line: Line) throws {
    var limit = try line.count("--limit") ?? -1
    var offset = try line.count("--offset") ?? 0
    if let page = try line.count("--page") {
      guard !line.has("--offset") else {
        throw UsageError(problem: "--page and --offset contradict each other", mend: "give one of them")
      }
      if limit < 0 { limit = 50 }
      guard page > 0, !page.multipliedReportingOverflow(by: max(1, limit)).overflow else {
        throw UsageError(problem: "'\(line.value("--page")!)' is no page", mend: "the first one is 1")
      }
      offset = (page - 1) * limit
    }
    sql = "LIMIT \(limit) OFFSET \(offset)"
  }
}
