internal import Desk
internal import SLA
internal import SQLite

extension ReportViews {
  /// Makes the views on a connection that stands in a transaction. What they are judged by is filled later, and only
  /// where a query reads it: see `JudgedFill`.
  ///
  /// Statements are the run's own: those that a connection keeps would keep the connection.
  static func make(on connection: Connection, for request: ReportRequest) throws -> OpenDesk {
    try ReportFunctions.add(to: connection, zone: request.zone)
    try connection.execute(sql: tables)
    let desk = OpenDesk(
      connection: connection, lastEvent: try lastEvent(request, on: connection),
      lastChange: min(request.past?.changes ?? .max, try PastDirectory.lastChange(on: connection)),
      swept: try sweep(request, on: connection), names: try names(request, on: connection))
    try connection.prepare(sql: "INSERT INTO report_run VALUES (?, ?, ?, ?, ?)").run(
      .integer(request.asOf.seconds), .text(request.zone.date(at: request.asOf).description), .integer(desk.lastEvent),
      Value(desk.swept?.at.seconds), Value(desk.swept?.event))
    if request.past != nil { try PastDesk(connection, at: request.asOf, through: desk.lastEvent).fill() }
    for (name, sql) in all(isPast: request.past != nil) {
      try connection.execute(sql: "CREATE TEMP VIEW \(name) AS \(sql)")
    }
    for view in optional {
      let exists =
        try connection.prepare(sql: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
        .rows(.text(view.table)).isEmpty == false
      let nothing = "SELECT \(view.columns.map { "NULL AS \($0.name)" }.joined(separator: ", ")) WHERE 0"
      let all = "SELECT \(view.columns.map { "\($0.sql) AS \($0.name)" }.joined(separator: ", ")) \(view.from)"
      try connection.execute(sql: "CREATE TEMP VIEW \(view.name) AS \(exists ? all : nothing)")
    }
    return desk
  }

  /// What people and things were called at an earlier instant takes the place of what they are called, for the views and
  /// for the judge.
  private static func names(_ request: ReportRequest, on connection: Connection) throws -> PastDirectory? {
    guard let past = request.past else { return nil }
    let names = PastDirectory(connection, at: request.asOf, through: past.changes)
    try names.shadow()
    return names
  }

  private static func lastEvent(_ request: ReportRequest, on connection: Connection) throws -> Int64 {
    if let past = request.past { return past.through }
    return try connection.prepare(sql: "SELECT last FROM event_sequence WHERE id = 1").rows().first?[0].integer ?? 0
  }

  private static func sweep(_ request: ReportRequest, on connection: Connection) throws -> ReportSweep? {
    if let past = request.past, let swept = past.swept { return swept }
    let row = try connection.prepare(sql: "SELECT swept_at, last_event FROM sweep_state WHERE id = 1").rows().first
    guard let at = row?[0].integer, let event = row?[1].integer, at <= request.asOf.seconds else { return nil }
    if let past = request.past, event > past.through { return nil }
    return ReportSweep(at: Instant(at), event: event)
  }
}
