internal import SLA
internal import SQLite

/// Writes judged clocks into one of the tables of such.
///
/// Neighbours have most of their words in common, and a statement keeps what it was given: a word is handed over only
/// when it is another one.
final class JudgedTable {
  private let statement: Statement
  private var kind: ClockKind?
  private var situation: Situation?
  private var policy: String?
  private var calendar: String??

  init(_ table: String, on connection: Connection) throws {
    statement = try connection.prepare(
      sql: "INSERT INTO \(table) VALUES (\(Array(repeating: "?", count: 16).joined(separator: ", ")))")
  }

  func insert(_ row: JudgedRow) throws {
    statement.bind(1, row.ownerID)
    if row.clock != kind {
      kind = row.clock
      statement.bind(2, row.clock.rawValue)
    }
    if row.situation != situation {
      situation = row.situation
      statement.bind(3, row.situation.rawValue)
    }
    statement.bind(4, row.deadline?.seconds)
    statement.bind(5, row.remaining)
    statement.bind(6, row.used)
    statement.bind(7, row.budget)
    statement.bind(8, row.late)
    statement.bind(9, row.nearAt?.seconds)
    statement.bind(10, row.isPaused ? Int64(1) : 0)
    if row.policy != policy {
      policy = row.policy
      statement.bind(11, row.policy)
    }
    statement.bind(12, row.plazo)
    statement.bind(13, row.cycle)
    statement.bind(14, row.moves)
    statement.bind(15, row.originalDeadline?.seconds)
    if row.calendar != calendar {
      calendar = .some(row.calendar)
      statement.bind(16, row.calendar)
    }
    // At its end the statement is reset, its values kept.
    while try statement.step() {}
  }
}
