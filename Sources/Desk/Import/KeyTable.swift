internal import SQLite

/// Remembers which row of a source became which record of the desk, and what the row was when it was last read; within
/// one run also on which line it was met.
final class KeyTable {
  private let source: String
  private let find: Statement
  private let insert: Statement
  private let update: Statement
  private let all: Statement
  /// By record, the line on which this run met it; 0 for not yet. Four bytes a record are all that grows with a file.
  private var lines: [UInt32] = []

  /// - Parameter kind: of tickets and events, which are tickets' both, `import_row`; of anything else `import_record`.
  init(_ connection: Connection, kind: ImportKind, source: String) throws {
    self.source = source
    let isOfTickets = kind == .tickets || kind == .events
    let (table, id) = isOfTickets ? ("import_row", "ticket_id") : ("import_record", "record_id")
    // The kind is one of our own words.
    let place = isOfTickets ? "source = ?1 AND key = ?2" : "kind = '\(kind.rawValue)' AND source = ?1 AND key = ?2"
    find = try connection.prepare(sql: "SELECT \(id), hash FROM \(table) WHERE \(place)")
    insert = try connection.prepare(
      sql: isOfTickets
        ? "INSERT INTO import_row (source, key, ticket_id, hash) VALUES (?1, ?2, ?3, ?4)"
        : "INSERT INTO import_record (kind, source, key, record_id, hash) VALUES ('\(kind.rawValue)', ?1, ?2, ?3, ?4)")
    update = try connection.prepare(sql: "UPDATE \(table) SET \(id) = ?3, hash = ?4 WHERE \(place)")
    all = try connection.prepare(
      sql: """
        SELECT key, \(id) FROM \(table) WHERE \(isOfTickets ? "" : "kind = '\(kind.rawValue)' AND ")source = ? ORDER BY key
        """)
  }

  func record(_ key: String) throws -> (id: Int64, hash: Int64)? {
    find.reset()
    find.bind(1, source)
    find.bind(2, key)
    defer { find.reset() }
    return try find.step() ? (find.integer(0), find.integer(1)) : nil
  }

  func add(_ key: String, id: Int64, hash: Int64) throws { try write(insert, key, id, hash) }

  func remember(_ key: String, id: Int64, hash: Int64) throws { try write(update, key, id, hash) }

  private func write(_ statement: Statement, _ key: String, _ id: Int64, _ hash: Int64) throws {
    statement.reset()
    statement.bind(1, source)
    statement.bind(2, key)
    statement.bind(3, id)
    statement.bind(4, hash)
    while try statement.step() {}
  }

  /// The line on which this run met the record before.
  func firstLine(of id: Int64) -> Int? {
    guard id < lines.count, lines[Int(id)] > 0 else { return nil }
    return Int(lines[Int(id)])
  }

  func see(_ id: Int64, line: Int) {
    if Int(id) >= lines.count { lines += [UInt32](repeating: 0, count: Int(id) + 1024 - lines.count) }
    if lines[Int(id)] == 0 { lines[Int(id)] = UInt32(clamping: line) }
  }

  /// The keys of earlier runs that this one did not meet, in their order.
  func forEachUnseen(_ body: (_ key: String, _ id: Int64) throws -> Void) throws {
    all.reset()
    all.bind(1, source)
    while try all.step() {
      let id = all.integer(1)
      if firstLine(of: id) == nil { try body(all.text(0), id) }
    }
  }
}
