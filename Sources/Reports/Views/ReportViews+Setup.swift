internal import SLA
internal import SQLite

extension ReportViews {
  /// Makes the views on a connection that stands in a transaction. What they are judged by is filled later, and only
  /// where a query reads it: see `JudgedFill`.
  ///
  /// Statements are the run's own: those that a connection keeps would keep the connection.
  static func make(on connection: Connection, asOf: Instant, zone: Zone) throws {
    try ReportFunctions.add(to: connection, zone: zone)
    try connection.execute(sql: tables)
    try connection.prepare(sql: "INSERT INTO report_run VALUES (?, ?)")
      .run(.integer(asOf.seconds), .text(zone.date(at: asOf).description))
    for (name, sql) in all { try connection.execute(sql: "CREATE TEMP VIEW \(name) AS \(sql)") }
    for view in ofAlerts {
      let exists =
        try connection.prepare(sql: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
        .rows(.text(view.table)).isEmpty == false
      let nothing = "SELECT \(view.columns.map { "NULL AS \($0.name)" }.joined(separator: ", ")) WHERE 0"
      let all = "SELECT \(view.columns.map { "\($0.sql) AS \($0.name)" }.joined(separator: ", ")) \(view.from)"
      try connection.execute(sql: "CREATE TEMP VIEW \(view.name) AS \(exists ? all : nothing)")
    }
  }
}
