public import SLA
public import SQLite

/// Everything that is written in one transaction of the desk: events and the rows that they make, with who did it.
///
/// Get one from `DeskWriter.transact`; it ends with the transaction.
public final class DeskWriter {
  public let connection: Connection
  /// When the transaction records; events may have happened earlier.
  public let recordedAt: Instant
  /// Who acts; `nil` for an import or the program itself.
  public let actorID: Int64?
  public var importID: Int64?

  private var lastSequence: Int64
  private let insertEvent: Statement
  private let insertOpening: Statement
  private let insertReply: Statement
  private let insertTicket: Statement
  private let updateTicket: Statement

  /// Runs `body` in one transaction; when it throws, nothing was written.
  public static func transact<T>(
    _ connection: Connection, at now: Instant, by actorID: Int64?, _ body: (DeskWriter) throws -> T
  ) throws -> T {
    try connection.write {
      let writer = try DeskWriter(connection, now: now, actorID: actorID)
      let result = try body(writer)
      try connection.run(sql: "UPDATE event_sequence SET last = ?", .integer(writer.lastSequence))
      return result
    }
  }

  private init(_ connection: Connection, now: Instant, actorID: Int64?) throws {
    self.connection = connection
    self.recordedAt = now
    self.actorID = actorID
    lastSequence = try connection.integer(sql: "SELECT last FROM event_sequence") ?? 0
    let columns = "ticket_id, sequence, kind, happened_at, recorded_at, actor_id, import_id, value, detail"
    insertEvent = try connection.prepare(
      sql: "INSERT INTO ticket_event (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    insertOpening = try connection.prepare(
      sql: """
        INSERT INTO ticket_event (\(columns)) VALUES (?1, ?2, 'opened', ?3, ?4, ?5, ?6, NULL, json_object(
          'client', ?7, 'product', ?8, 'provider', ?9, 'priority', ?10, 'registered_by', ?11, 'title', ?12,
          'description', ?13))
        """)
    insertReply = try connection.prepare(sql: "INSERT INTO reply (sequence, ticket_id, body) VALUES (?, ?, ?)")
    insertTicket = try connection.prepare(sql: TicketRow.insertSQL)
    updateTicket = try connection.prepare(sql: TicketRow.updateSQL)
  }

  /// The next number in the order of all events.
  public func nextSequence() -> Int64 {
    lastSequence += 1
    return lastSequence
  }

  // MARK: Tickets

  /// Opens a ticket and applies what else is known of it at once. - Returns: its row.
  public func openTicket(
    _ opening: TicketOpening, at happenedAt: Instant, then changes: [(change: TicketChange, at: Instant)] = []
  ) throws -> TicketRow {
    let id = try nextTicketID()
    var row = TicketRow(id: id, opening: opening, at: happenedAt)
    // The row first, for the events refer to it; then the events, each made true of it; then the row as it ended.
    let opened = nextSequence()
    row.lastEvent = opened
    for (change, instant) in changes { row.apply(change, at: instant) }
    row.lastEvent = opened + Int64(changes.count)
    row.bind(to: insertTicket)
    while try insertTicket.step() {}
    lastTicketID = id
    try write(opening, ticketID: id, sequence: opened, at: happenedAt)
    for (change, instant) in changes { try write(change, ticketID: id, sequence: nextSequence(), at: instant) }
    return row
  }

  /// Records changes of a ticket, in their order, and the row that they make.
  public func append(_ changes: [(change: TicketChange, at: Instant)], to row: inout TicketRow) throws {
    guard !changes.isEmpty else { return }
    for (change, instant) in changes {
      row.apply(change, at: instant)
      row.lastEvent = nextSequence()
      try write(change, ticketID: row.id, sequence: row.lastEvent, at: instant)
    }
    row.bind(to: updateTicket)
    while try updateTicket.step() {}
  }

  public func append(_ changes: [TicketChange], to row: inout TicketRow, at instant: Instant) throws {
    try append(changes.map { ($0, instant) }, to: &row)
  }

  private var lastTicketID: Int64?

  private func nextTicketID() throws -> Int64 {
    let last = try lastTicketID ?? connection.integer(sql: "SELECT max(id) FROM ticket") ?? 0
    return last + 1
  }

  private func write(_ opening: TicketOpening, ticketID: Int64, sequence: Int64, at instant: Instant) throws {
    let statement = insertOpening
    statement.reset()
    statement.bind(1, ticketID)
    statement.bind(2, sequence)
    statement.bind(3, instant.seconds)
    statement.bind(4, recordedAt.seconds)
    statement.bind(5, actorID)
    statement.bind(6, importID)
    statement.bind(7, opening.clientID)
    statement.bind(8, opening.productID)
    statement.bind(9, opening.providerID)
    statement.bind(10, opening.priority)
    statement.bind(11, opening.registeredBy)
    statement.bind(12, opening.title)
    statement.bind(13, opening.description)
    while try statement.step() {}
  }

  private func write(_ change: TicketChange, ticketID: Int64, sequence: Int64, at instant: Instant) throws {
    let statement = insertEvent
    statement.reset()
    statement.bind(1, ticketID)
    statement.bind(2, sequence)
    statement.bind(3, change.kind.rawValue)
    statement.bind(4, instant.seconds)
    statement.bind(5, recordedAt.seconds)
    statement.bind(6, actorID)
    statement.bind(7, importID)
    statement.bind(8, change.value)
    statement.bind(9, change.detail)
    while try statement.step() {}
    if case .replied(_, let body, _) = change {
      insertReply.reset()
      insertReply.bind(1, sequence)
      insertReply.bind(2, ticketID)
      insertReply.bind(3, body)
      while try insertReply.step() {}
    }
    if case .vobo(_, _, let contactID?) = change {
      try connection.run(
        sql: "INSERT INTO sign_off (sequence, ticket_id, contact_id) VALUES (?, ?, ?)", .integer(sequence),
        .integer(ticketID), .integer(contactID))
    }
  }
}

extension DeskWriter {
  /// Notes the run of an import, once, before the first thing that it writes: one that changes nothing leaves no trace.
  func beginImport(_ kind: ImportKind, file: String, source: String) throws {
    if importID != nil { return }
    try connection.run(
      sql: "INSERT INTO import (kind, file, source, started_at, actor_id) VALUES (?, ?, ?, ?, ?)",
      .text(kind.rawValue), .text(file), .text(source), .integer(recordedAt.seconds), Value(actorID))
    importID = connection.lastInsertedID
  }
}
