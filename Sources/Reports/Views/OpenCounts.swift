internal import Desk
internal import SLA
internal import SQLite

/// How many tickets are open, by one thing at a time: every summary of a large desk is then a sum over some hundred rows
/// rather than a walk over all of its tickets.
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

  /// By group, and in it by the number of the client, product or technician; of a party by its first letter, which no other
  /// has; -1 for none.
  private var counts: [[Int64: Counts]] = Array(repeating: [:], count: Group.allCases.count)

  /// - Parameter row: the worst clock of the ticket, which is open.
  func add(_ ticket: TicketTally.Line, _ row: JudgedRow) {
    let index = Self.index(row.situation, hasPlazo: row.budget != nil || row.deadline != nil)
    func count(_ place: Int, _ id: Int64) {
      counts[place][id, default: Counts()].all[index].add(row, openedAt: ticket.openedAt)
    }
    count(0, -1)
    count(1, ticket.client)
    count(2, ticket.product)
    count(3, ticket.technician)
    count(4, Int64(ticket.party))
  }

  func write(to connection: Connection) throws {
    let parties = Dictionary(uniqueKeysWithValues: Party.allCases.map { (Int64($0.rawValue.utf8.first!), $0.rawValue) })
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
              group == .party ? Value(parties[key]) : .null, .text(situation.rawValue), Value(hasPlazo),
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
