public import SLA
public import SQLite

/// Tickets and tasks as they were: what happened by an instant, as far as it was recorded up to an event.
///
/// Events recorded later than the last one asked for have no part, whenever they happened: history that is imported
/// afterwards changes nothing that was told before.
public struct PastDesk {
  /// The temporary tables that `fill` makes, with the columns of `ticket` and of `task`, descriptions left out.
  public static let ticketTable = "ticket_at"
  public static let taskTable = "task_at"

  public enum Extent: Sendable {
    /// Rows whose every event counts are the desk's own, and only the others are made anew.
    case changed
    /// Every row is made anew from its events, for comparing.
    case all
  }

  private let connection: Connection
  private let instant: Instant
  private let last: Int64

  /// - Parameters:
  ///   - instant: Leaves out what happened later.
  ///   - through: The sequence of the last event that counts.
  public init(_ connection: Connection, at instant: Instant, through last: Int64) {
    self.connection = connection
    self.instant = instant
    self.last = last
  }

  /// Makes and fills both tables, on a connection that stands in the transaction of the reading.
  public func fill(_ extent: Extent = .changed) throws {
    try makeTable(Self.ticketTable, like: TicketRow.columns)
    try makeTable(Self.taskTable, like: TaskRow.columns)
    try connection.execute(sql: "CREATE TEMP TABLE ticket_replayed (id INTEGER PRIMARY KEY) STRICT")
    switch extent {
    case .all: try connection.execute(sql: "INSERT INTO ticket_replayed SELECT id FROM ticket")
    case .changed:
      try connection.run(
        sql: """
          INSERT OR IGNORE INTO ticket_replayed SELECT ticket_id FROM ticket_event WHERE happened_at > ? OR sequence > ?
          """, .integer(instant.seconds), .integer(last))
    }
    try copyTickets()
    try replayTickets()
    try replayTasks()
  }

  private func makeTable(_ name: String, like columns: String) throws {
    let others = columns.split(separator: ", ").dropFirst().joined(separator: ", ")
    try connection.execute(sql: "CREATE TEMP TABLE \(name) (id INTEGER PRIMARY KEY, \(others))")
  }

  private func copyTickets() throws {
    let kept = TicketRow.columns.replacing(", description", with: "")
    try connection.execute(
      sql: """
        INSERT INTO \(Self.ticketTable) (\(kept)) SELECT \(kept) FROM ticket
          WHERE id NOT IN (SELECT id FROM ticket_replayed)
        """)
  }

  private func replayTickets() throws {
    let ids = try connection.prepare(sql: "SELECT id FROM ticket_replayed ORDER BY id")
    let events = try connection.prepare(
      sql: """
        SELECT ticket_id, sequence, kind, happened_at, value, detail FROM ticket_event
          WHERE ticket_id = ? AND sequence <= ? AND happened_at <= ? ORDER BY sequence
        """)
    events.bind(2, last)
    events.bind(3, instant.seconds)
    let insert = try connection.prepare(
      sql: TicketRow.insertSQL.replacing("INTO ticket ", with: "INTO \(Self.ticketTable) "))
    while try ids.step() {
      events.reset()
      events.bind(1, ids.integer(0))
      var row: TicketRow?
      while try events.step() { try Replay.take(events, into: &row) }
      guard var row else { continue }
      row.description = ""
      row.bind(to: insert)
      while try insert.step() {}
    }
  }

  private func replayTasks() throws {
    let events = try connection.prepare(
      sql: """
        SELECT task_id, sequence, kind, happened_at, actor_id, value, detail FROM task_event
          WHERE sequence <= ? AND happened_at <= ? ORDER BY task_id, sequence
        """)
    events.bind(1, last)
    events.bind(2, instant.seconds)
    let marks = TaskRow.columns.split(separator: ", ").map { _ in "?" }.joined(separator: ", ")
    let insert = try connection.prepare(sql: "INSERT INTO \(Self.taskTable) (\(TaskRow.columns)) VALUES (\(marks))")
    var row: TaskRow?
    func write() throws {
      guard var done = row else { return }
      done.description = ""
      try insert.run(done.values)
    }
    while try events.step() {
      if let known = row, known.id != events.integer(0) {
        try write()
        row = nil
      }
      Replay.take(events, into: &row)
    }
    try write()
  }
}

extension PastDesk {
  /// Whether the desk as it stands is the desk at an instant: nothing was recorded later.
  public static func isPresent(_ instant: Instant, on connection: Connection) throws -> Bool {
    for latest in [
      "SELECT recorded_at FROM ticket_event ORDER BY sequence DESC LIMIT 1",
      "SELECT recorded_at FROM task_event ORDER BY sequence DESC LIMIT 1",
      "SELECT happened_at FROM directory_event ORDER BY id DESC LIMIT 1",
    ] {
      let latest = try connection.integer(sql: latest)
      if let latest, latest > instant.seconds { return false }
    }
    return true
  }
}
