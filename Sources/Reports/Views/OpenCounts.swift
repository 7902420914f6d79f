internal import SLA
internal import SQLite

/// Counts open tickets by one thing at a time, while they are judged: every summary of a large desk is then a sum over
/// some hundred rows rather than a walk over all of its tickets.
final class OpenCounts {
  private enum Group: String, CaseIterable {
    case all, client, product, technician, party
  }

  /// The counts of one client, product, technician or party: of each situation, with and without a plazo.
  private struct Counts {
    var all: [Count] = Array(repeating: Count(), count: 2 * Situation.allCases.count)
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
  /// By group, and in it by the number of the client, product or technician; of a party by its first letter, which no other
  /// has; -1 for none.
  private var counts: [[Int64: Counts]] = Array(repeating: [:], count: Group.allCases.count)
  /// The raw words behind the letters.
  private var parties: [UInt8: String] = [:]
  /// What the run is narrowed to: the numbers of a client, a technician and a product.
  private let only: (client: Int64?, technician: Int64?, product: Int64?)

  /// - Parameters:
  ///   - table: the rows of tickets, read side by side with their clocks, both in the order of their numbers.
  ///   - arguments: of the run.
  init(_ connection: Connection, tickets table: String, arguments: [String: String]) throws {
    self.connection = connection
    func number(_ sql: String, _ filter: ReportFilter) throws -> Int64? {
      guard let value = arguments[filter.rawValue] else { return nil }
      return try connection.prepare(sql: sql).rows(.text(value)).first?[0].integer ?? -1
    }
    only = (
      try number("SELECT id FROM client WHERE name = ?", .client),
      try number("SELECT id FROM user WHERE login = ?", .technician),
      try number("SELECT id FROM product WHERE name = ?", .product)
    )
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
    let client = tickets.integer(1)
    let product = tickets.integerOrNil(2) ?? -1
    let technician = tickets.integerOrNil(3) ?? -1
    if let wanted = only.client, wanted != client { return }
    if let wanted = only.technician, wanted != technician || wanted == -1 { return }
    if let wanted = only.product, wanted != product || wanted == -1 { return }
    let letter = tickets.firstByte(4)
    if parties[letter] == nil { parties[letter] = tickets.text(4) }
    let openedAt = tickets.integer(5)
    let hasPlazo = row.budget != nil || row.deadline != nil
    let index = Self.index(row.situation, hasPlazo: hasPlazo)
    func count(_ place: Int, _ id: Int64) {
      counts[place][id, default: Counts()].all[index].add(row, openedAt: openedAt)
    }
    count(0, -1)
    count(1, client)
    count(2, product)
    count(3, technician)
    count(4, Int64(letter))
  }

  func write() throws {
    let insert = try connection.prepare(sql: "INSERT INTO open_count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (place, group) in Group.allCases.enumerated() {
      for (key, counts) in counts[place] {
        func id(_ wanted: Group) -> Value { group == wanted && key != -1 ? .integer(key) : .null }
        for situation in Situation.allCases {
          for hasPlazo in [false, true] {
            let count = counts.all[Self.index(situation, hasPlazo: hasPlazo)]
            if count.tickets == 0 { continue }
            try insert.run(
              .text(group.rawValue), id(.client), id(.product), id(.technician),
              group == .party ? Value(parties[UInt8(key)]) : .null, .text(situation.rawValue), Value(hasPlazo),
              .integer(count.tickets), Value(count.worstLate), Value(count.nextDeadline), .integer(count.oldestAt))
          }
        }
      }
    }
  }

  private static func index(_ situation: Situation, hasPlazo: Bool) -> Int {
    let place =
      switch situation {
      case .onTime: 0
      case .nearDue: 1
      case .late: 2
      }
    return 2 * place + (hasPlazo ? 1 : 0)
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
