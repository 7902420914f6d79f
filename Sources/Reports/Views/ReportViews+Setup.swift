internal import SLA
internal import SQLite

extension ReportViews {
  /// Makes the views on a connection that stands in a transaction, and fills what they are judged by.
  ///
  /// Statements are the run's own: those that a connection keeps would keep the connection.
  static func make(
    on connection: Connection, asOf: Instant, zone: Zone,
    judge: (_ connection: Connection, _ insert: (JudgedRow) throws -> Void) throws -> Void
  ) throws {
    try ReportFunctions.add(to: connection, zone: zone)
    try connection.execute(sql: tables)
    try connection.prepare(sql: "INSERT INTO report_run VALUES (?, ?)")
      .run(.integer(asOf.seconds), .text(zone.date(at: asOf).description))
    let insert = try connection.prepare(sql: insertJudged)
    try judge(connection) { row in
      insert.reset()
      insert.bind(1, row.ticketID)
      insert.bind(2, row.clock.rawValue)
      insert.bind(3, row.situation.rawValue)
      insert.bind(4, row.deadline?.seconds)
      insert.bind(5, row.remaining)
      insert.bind(6, row.used)
      insert.bind(7, row.budget)
      insert.bind(8, row.late)
      insert.bind(9, row.nearAt?.seconds)
      insert.bind(10, row.isPaused ? Int64(1) : 0)
      insert.bind(11, row.policy)
      insert.bind(12, row.plazo)
      insert.bind(13, row.cycle)
      insert.bind(14, row.moves)
      insert.bind(15, row.originalDeadline?.seconds)
      while try insert.step() {}
    }
    try connection.execute(sql: fillWorst)
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
