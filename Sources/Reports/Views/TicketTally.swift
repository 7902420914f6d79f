internal import Desk
internal import SLA
internal import SQLite

/// Counts tickets while they are judged: one walk over their rows, side by side with the clocks of the open ones, answers
/// what each section of a page would else walk over all of them for. What is counted is narrowed as the run is.
final class TicketTally {
  /// What is counted of a row. A number is -1 for none.
  struct Line {
    var id: Int64
    var client: Int64
    var product: Int64
    var technician: Int64
    /// The first letter of the party that it waits on, which no other has.
    var party: UInt8
    var openedAt: Int64
    /// `nil`: open.
    var closedAt: Int64?
  }

  private let connection: Connection
  private let asOf: Int64
  private let tickets: Statement
  private let only: (client: Int64?, technician: Int64?, product: Int64?)
  private let counts: OpenCounts?
  private let days: RecentDays?

  /// - Parameter use: which of `openCounts` and `recentDays` are wanted.
  init(_ connection: Connection, _ use: LazyTables.Use, for request: ReportRequest) throws {
    func number(_ sql: String, _ filter: ReportFilter) throws -> Int64? {
      guard let value = request.arguments[filter.rawValue] else { return nil }
      // What is not there has none of the tickets.
      return try connection.prepare(sql: sql).rows(.text(value)).first?[0].integer ?? .min
    }
    self.connection = connection
    asOf = request.asOf.seconds
    only = (
      try number("SELECT id FROM client WHERE name = ?", .client),
      try number("SELECT id FROM user WHERE login = ?", .technician),
      try number("SELECT id FROM product WHERE name = ?", .product)
    )
    counts = use.contains(.openCounts) ? OpenCounts() : nil
    days = try use.contains(.recentDays) ? RecentDays(connection, asOf: request.asOf, zone: request.zone) : nil
    tickets = try connection.prepare(
      sql: """
        SELECT id, client_id, product_id, assigned_id, waiting_on, opened_at, closed_at
        FROM \(request.past == nil ? "ticket" : PastDesk.ticketTable) ORDER BY id
        """)
  }

  /// Takes the worst clock of the next open ticket. The tickets must come in the order of their numbers.
  func add(_ row: JudgedRow) throws {
    while let line = try next() {
      if line.id == row.ownerID {
        guard isWanted(line) else { return }
        counts?.add(line, row)
        try days?.add(line, row)
        return
      }
      if line.id > row.ownerID {
        ahead = line
        return
      }
      if isWanted(line) { try days?.add(line, nil) }
    }
  }

  /// Counts the tickets after the last open one, and writes what was counted.
  func finish() throws {
    if days != nil {
      while let line = try next() { if isWanted(line) { try days?.add(line, nil) } }
    }
    try counts?.write(to: connection)
    try days?.write(to: connection)
  }

  private var isAtEnd = false
  /// Read, and not counted yet.
  private var ahead: Line?

  private func next() throws -> Line? {
    if let line = ahead {
      ahead = nil
      return line
    }
    if isAtEnd { return nil }
    isAtEnd = try !tickets.step()
    if isAtEnd { return nil }
    return Line(
      id: tickets.integer(0), client: tickets.integer(1), product: tickets.integerOrNil(2) ?? -1,
      technician: tickets.integerOrNil(3) ?? -1, party: tickets.firstByte(4), openedAt: tickets.integer(5),
      closedAt: tickets.integerOrNil(6))
  }

  private func isWanted(_ line: Line) -> Bool {
    if line.openedAt > asOf { return false }
    if let wanted = only.client, wanted != line.client { return false }
    if let wanted = only.technician, wanted != line.technician { return false }
    if let wanted = only.product, wanted != line.product { return false }
    return true
  }
}
