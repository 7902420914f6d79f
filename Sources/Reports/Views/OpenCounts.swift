internal import SLA
internal import SQLite

/// Counts open tickets by what reports group them by, while they are judged: every summary of a large desk is then a sum
/// over some hundred rows rather than a walk over all of its tickets.
final class OpenCounts {
  private struct Key: Hashable {
    var clientID: Int64
    var productID: Int64?
    var assignedID: Int64?
    /// The first letter of the party that must act, which no other has.
    var waitingOn: UInt8
    var situation: Situation
    var hasPlazo: Bool
  }

  fileprivate struct Count {
    var tickets: Int64 = 0
    var worstLate: Seconds?
    var nextDeadline: Int64?
    var oldestAt = Int64.max
  }

  private let connection: Connection
  private let tickets: Statement
  private var isAtEnd = false
  private var counts: [Key: Count] = [:]
  /// The raw words behind the letters.
  private var parties: [UInt8: String] = [:]

  /// - Parameter table: the rows of tickets, read side by side with their clocks, both in the order of their numbers.
  init(_ connection: Connection, tickets table: String) throws {
    self.connection = connection
    tickets = try connection.prepare(
      sql: "SELECT id, client_id, product_id, assigned_id, waiting_on, opened_at FROM \(table) ORDER BY id")
  }

  /// Takes the worst clock of the next open ticket.
  func add(_ row: JudgedRow) throws {
    repeat {
      if isAtEnd { return }
      isAtEnd = try !tickets.step()
    } while !isAtEnd && tickets.integer(0) < row.ownerID
    guard !isAtEnd, tickets.integer(0) == row.ownerID else { return }
    let letter = tickets.firstByte(4)
    if parties[letter] == nil { parties[letter] = tickets.text(4) }
    let key = Key(
      clientID: tickets.integer(1), productID: tickets.integerOrNil(2), assignedID: tickets.integerOrNil(3),
      waitingOn: letter, situation: row.situation, hasPlazo: row.budget != nil || row.deadline != nil)
    counts[key, default: Count()].add(row, openedAt: tickets.integer(5))
  }

  func write() throws {
    let insert = try connection.prepare(sql: "INSERT INTO open_count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (key, count) in counts {
      try insert.run(
        .integer(key.clientID), Value(key.productID), Value(key.assignedID), .text(parties[key.waitingOn] ?? ""),
        .text(key.situation.rawValue), Value(key.hasPlazo), .integer(count.tickets), Value(count.worstLate),
        Value(count.nextDeadline), .integer(count.oldestAt))
    }
  }
}

extension OpenCounts.Count {
  mutating func add(_ row: JudgedRow, openedAt: Int64) {
    tickets += 1
    oldestAt = min(oldestAt, openedAt)
    if row.situation == .late {
      worstLate = max(worstLate ?? 0, row.late ?? 0)
    } else if let deadline = row.deadline {
      nextDeadline = min(nextDeadline ?? .max, deadline.seconds)
    }
  }
}
