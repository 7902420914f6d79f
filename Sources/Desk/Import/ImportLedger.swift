internal import SLA
internal import SQLite
internal import Text

/// Remembers which row of a source became which ticket, over the runs and within one.
final class ImportLedger {
  private let writer: DeskWriter
  private let source: String
  private let kind: ImportKind
  private let file: String
  private let find: Statement
  private let insert: Statement
  private let update: Statement
  private let insertEvent: Statement
  /// By ticket, the line on which this run met it; 0 for not yet. Four bytes a ticket are all that grows with a file.
  private var lines: [UInt32] = []

  init(_ writer: DeskWriter, tickets: RowReader?, events: RowReader?) throws {
    self.writer = writer
    let mapping = tickets?.mapping ?? events?.mapping
    source = mapping?.source ?? ""
    kind = mapping?.kind ?? .tickets
    file = [tickets, events].compactMap { $0?.reader.file }.joined(separator: ", ")
    let connection = writer.connection
    find = try connection.prepare(sql: "SELECT ticket_id, hash FROM import_row WHERE source = ? AND key = ?")
    insert = try connection.prepare(sql: "INSERT INTO import_row (source, key, ticket_id, hash) VALUES (?, ?, ?, ?)")
    update = try connection.prepare(sql: "UPDATE import_row SET hash = ? WHERE source = ? AND key = ?")
    insertEvent = try connection.prepare(
      sql: "INSERT OR IGNORE INTO import_row (source, key, ticket_id, hash) VALUES (?, ?, ?, 0)")
  }

  /// Notes the run itself, once, before the first thing that it writes: one that changes nothing leaves no trace.
  func begin() throws {
    if writer.importID != nil { return }
    let connection = writer.connection
    try connection.run(
      sql: "INSERT INTO import (kind, file, source, started_at, actor_id) VALUES (?, ?, ?, ?, ?)",
      .text(kind.rawValue), .text(file), .text(source), .integer(writer.recordedAt.seconds), Value(writer.actorID))
    writer.importID = connection.lastInsertedID
  }

  // MARK: Tickets

  func ticket(_ key: String) throws -> (id: Int64, hash: Int64)? {
    find.reset()
    find.bind(1, source)
    find.bind(2, key)
    defer { find.reset() }
    return try find.step() ? (find.integer(0), find.integer(1)) : nil
  }

  func add(_ key: String, ticket id: Int64, hash: Int64) throws {
    insert.reset()
    insert.bind(1, source)
    insert.bind(2, key)
    insert.bind(3, id)
    insert.bind(4, hash)
    while try insert.step() {}
  }

  func remember(_ key: String, hash: Int64) throws {
    update.reset()
    update.bind(1, hash)
    update.bind(2, source)
    update.bind(3, key)
    while try update.step() {}
  }

  /// The line on which this run met the ticket before.
  func firstLine(of id: Int64) -> Int? {
    guard id < lines.count, lines[Int(id)] > 0 else { return nil }
    return Int(lines[Int(id)])
  }

  func see(_ id: Int64, line: Int) {
    if Int(id) >= lines.count { lines += [UInt32](repeating: 0, count: Int(id) + 1024 - lines.count) }
    if lines[Int(id)] == 0 { lines[Int(id)] = UInt32(clamping: line) }
  }

  func forEachUnseenOpenTicket(_ body: (String) throws -> Void) throws {
    let statement = try writer.connection.prepare(
      sql: """
        SELECT import_row.key, ticket_id FROM import_row JOIN ticket ON ticket.id = ticket_id
        WHERE import_row.source = ? AND ticket.status = 'open' ORDER BY import_row.key
        """)
    statement.bind(1, source)
    while try statement.step() {
      if firstLine(of: statement.integer(1)) == nil { try body(statement.text(0)) }
    }
  }

  // MARK: Events

  // A row of events is known by what it says, under a name of its own that no source can have.
  private var eventSource: String { source + "/events" }
  private func name(_ hash: Int64, _ key: String) -> String {
    key + "/" + String(UInt64(bitPattern: hash), radix: 36)
  }

  func knows(event hash: Int64, of key: String) throws -> Bool {
    find.reset()
    find.bind(1, eventSource)
    find.bind(2, name(hash, key))
    defer { find.reset() }
    return try find.step()
  }

  func add(entries hashes: [Int64], of key: String, ticket id: Int64) throws {
    for hash in hashes {
      insertEvent.reset()
      insertEvent.bind(1, eventSource)
      insertEvent.bind(2, name(hash, key))
      insertEvent.bind(3, id)
      while try insertEvent.step() {}
    }
  }
}
