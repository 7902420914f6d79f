internal import Desk
internal import SLA
public import SQLite
internal import Text

/// Runs reports over one unchanging view of a desk: every section, every format and every report of a run agree.
///
/// Rows stream from SQLite to all formats at once, so that memory does not grow with them.
public struct ReportRunner {
  /// Gives the judge of a run, on the connection that stands in the transaction in which the report reads.
  public typealias Judging = (_ connection: Connection, _ request: ReportRequest) throws -> any ReportJudge

  private let open: () throws -> Connection
  private let judge: Judging
  private let shouldStop: () -> Bool

  /// - Parameters:
  ///   - open: a connection of the run's own, which may be read-only; it is closed at the end.
  ///   - shouldStop: asked now and then while a query runs; `true` ends the run with `ReportError.stopped`.
  public init(
    open: @escaping () throws -> Connection, judge: @escaping Judging, shouldStop: @escaping () -> Bool = { false }
  ) {
    self.open = open
    self.judge = judge
    self.shouldStop = shouldStop
  }

  /// Runs the reports and writes what was asked for; files appear whole, all together, or not at all.
  ///
  /// - Returns: the paths of the files written; none for a stream, or when there is nothing to tell and the request says so.
  /// - Throws: `Faults` for a definition that does not fit the desk, `ReportError`, `DatabaseError`.
  @discardableResult
  public func run(
    _ definitions: [ReportDefinition], _ request: ReportRequest, to destination: ReportDestination
  ) throws -> [String] {
    let outlets = try Outlets(destination, request: request, reportCount: definitions.count)
    let (desk, request) = try connect(request, for: definitions)
    let datasets = try definitions.map { try Dataset($0, request: request, desk: desk, hasFiles: outlets.hasFiles) }
    var rows: Int64 = 0
    for dataset in datasets { rows += try dataset.send(to: outlets.sinks(for: dataset.head)) }
    // What was begun goes with the outlets.
    if rows == 0, request.skipsWhenEmpty { return [] }
    return try outlets.finish()
  }

  /// Asks whether a definition's queries fit the desk, without running them.
  /// - Throws: `Faults`.
  public func check(_ definition: ReportDefinition, _ request: ReportRequest) throws {
    let (desk, request) = try connect(request, for: [])
    _ = try Dataset(definition, request: request, desk: desk, hasFiles: false)
  }

  /// - Parameter definitions: those whose queries will be run; what they read is judged.
  /// - Returns: the desk, and the request in the names of its instant.
  private func connect(
    _ request: ReportRequest, for definitions: [ReportDefinition]
  ) throws -> (OpenDesk, ReportRequest) {
    let connection = try open()
    // Sorting half a million rows in pieces of two megabytes on disk takes longer than in memory.
    try connection.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768")
    // The transaction ends with the connection: after `allowOnlyReading` not even a COMMIT is let through.
    try connection.execute(sql: "BEGIN")
    var request = request
    let desk = try ReportViews.make(on: connection, for: request)
    try desk.names.map { try request.narrow(by: $0) }
    let lazy = try LazyTables(connection, for: request)
    let use = try lazy.use(of: definitions.flatMap(\.sections).map { $0.sql(narrowedBy: request.arguments) })
    if !use.isEmpty {
      var judged = request
      judged.period = try period(judgedFor: definitions, request, lazy)
      try lazy.fill(use, from: judge(connection, judged))
    }
    connection.allowOnlyReading()
    connection.interrupt(when: shouldStop)
    return (desk, request)
  }

  /// The period in which the judge tells where time went: that of the request, else the one that the definitions name.
  /// - Throws: `ReportError.badArgument` for two of a run that name different ones: it is told once a run.
  private func period(
    judgedFor definitions: [ReportDefinition], _ request: ReportRequest, _ lazy: LazyTables
  ) throws -> Period? {
    if let period = request.period { return period }
    var first: (report: String, period: Period?)?
    for definition in definitions {
      let queries = definition.sections.map { $0.sql(narrowedBy: request.arguments) }
      guard try lazy.use(of: queries).contains(.timeSpent) else { continue }
      let period = definition.period.flatMap { Period($0, asOf: request.asOf, in: request.zone) }
      if let first, first.period != period {
        throw ReportError.badArgument(
          report: definition.name, name: "period",
          problem: "is another than that of '\(first.report)'; run one after the other, or give one for both")
      }
      first = (definition.name, period)
    }
    return first?.period
  }
}

/// A connection that stands in the transaction of a run, with the views made.
struct OpenDesk {
  let connection: Connection
  let lastEvent: Int64
  /// The number of the last change of people and names that counts.
  let lastChange: Int64
  let swept: ReportSweep?
  /// Of a report of the past: what people and things were called.
  let names: PastDirectory?

  /// The sequence of the last event that was recorded by an instant: events are recorded in the order of time, so a few
  /// looks find it among millions.
  func lastEvent(recordedBy instant: Instant) throws -> Int64 {
    let at = try connection.prepare(
      sql: "SELECT sequence, recorded_at FROM ticket_event WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1")
    var (known, later) = (Int64(0), lastEvent + 1)
    while later - known > 1 {
      let middle = known + (later - known) / 2
      at.reset()
      at.bind(1, middle)
      if try at.step(), at.integer(1) > instant.seconds { later = at.integer(0) } else { known = middle }
    }
    // Where none was recorded by then, none is the last.
    at.reset()
    at.bind(1, known)
    return try at.step() ? known : 0
  }
}

extension ReportRequest {
  /// Narrows a report of the past by the names of then: whoever asks may know those of today.
  fileprivate mutating func narrow(by names: PastDirectory) throws {
    for filter in ReportFilter.allCases {
      let list = filter == .technician ? "user" : filter.rawValue
      arguments[filter.rawValue] = try arguments[filter.rawValue].map { try names.name(then: $0, in: list) }
    }
  }
}
