internal import SLA
internal import SQLite

/// Fills the tables of judged clocks, as far as the queries of a run read them: judging a large desk takes longer than
/// many a report.
final class JudgedFill {
  private let connection: Connection
  private let clocks: Statement
  private let worst: Statement
  /// The pages at which the two tables begin, by which a query's program names them.
  private let clocksPage, worstPage: Int64

  /// Call, and fill, before the connection is limited to reading.
  init(_ connection: Connection) throws {
    self.connection = connection
    let marks = Array(repeating: "?", count: 15).joined(separator: ", ")
    clocks = try connection.prepare(sql: "INSERT INTO judged VALUES (\(marks))")
    worst = try connection.prepare(
      sql: """
        INSERT INTO report_worst (ticket_id, kind, situation, deadline, remaining_s, used_s, budget_s, late_s, near_at,
          is_paused, policy, plazo, cycle, moves, original_deadline) VALUES (\(marks))
        """)
    func page(_ table: String) throws -> Int64 {
      try connection.prepare(sql: "SELECT rootpage FROM sqlite_temp_schema WHERE name = ?").rows(.text(table))[0][0]
        .integer ?? 0
    }
    clocksPage = try page("judged")
    worstPage = try page("report_worst")
  }

  /// What some queries read of judged clocks.
  struct Use: OptionSet {
    let rawValue: Int
    /// Every clock.
    static let clocks = Use(rawValue: 1)
    /// Each ticket's worst.
    static let worst = Use(rawValue: 2)
  }

  /// What queries read. A join that an answer does not need is left out by SQLite, and so it is here. Nothing is run; a
  /// query that is wrong reads nothing, and is told as a fault when it is prepared in earnest.
  /// - Source: <https://www.sqlite.org/opcode.html>, `OpenRead`: P2 is the root page, P3 the database, 1 being temporary.
  func use(of queries: [String]) throws -> Use {
    var use: Use = []
    for sql in queries {
      guard let program = try? connection.prepare(sql: "EXPLAIN \(sql)") else { continue }
      while try program.step() {
        guard program.text(1) == "OpenRead", program.integer(4) == 1 else { continue }
        if program.integer(3) == clocksPage { use.insert(.clocks) }
        if program.integer(3) == worstPage { use.insert(.worst) }
      }
    }
    return use
  }

  /// - Parameter judge: gives the clocks of one ticket after the other.
  func fill(_ use: Use, judge: (_ insert: (JudgedRow) throws -> Void) throws -> Void) throws {
    guard !use.isEmpty else { return }
    var pending: JudgedRow?
    try judge { row in
      if use.contains(.clocks) { try insert(row, with: clocks) }
      guard use.contains(.worst) else { return }
      guard let known = pending, known.ticketID == row.ticketID else {
        if let pending { try insert(pending, with: worst) }
        pending = row
        return
      }
      if row.isWorse(than: known) { pending = row }
    }
    if let pending { try insert(pending, with: worst) }
  }

  private func insert(_ row: JudgedRow, with statement: Statement) throws {
    statement.reset()
    statement.bind(1, row.ticketID)
    statement.bind(2, row.clock.rawValue)
    statement.bind(3, row.situation.rawValue)
    statement.bind(4, row.deadline?.seconds)
    statement.bind(5, row.remaining)
    statement.bind(6, row.used)
    statement.bind(7, row.budget)
    statement.bind(8, row.late)
    statement.bind(9, row.nearAt?.seconds)
    statement.bind(10, row.isPaused ? Int64(1) : 0)
    statement.bind(11, row.policy)
    statement.bind(12, row.plazo)
    statement.bind(13, row.cycle)
    statement.bind(14, row.moves)
    statement.bind(15, row.originalDeadline?.seconds)
    while try statement.step() {}
  }
}

extension JudgedRow {
  /// A ticket's worst clock is the one in the worst situation, and of those the one that is due first.
  fileprivate func isWorse(than other: JudgedRow) -> Bool {
    if situation != other.situation { return situation > other.situation }
    guard let deadline else { return false }
    return other.deadline.map { deadline < $0 } ?? true
  }
}
