internal import SLA
internal import SQLite

/// Rows of events, checked and put aside on disk until their ticket's turn, so that neither the order of the file nor
/// its size matters.
final class EventStage {
  struct Entry {
    var at: Instant
    var hash: Int64
    var values: RowValues
  }

  /// The fields that are kept as text, in the order of their columns.
  private static let texts = ImportKind.events.fields.filter { field in
    switch field.kind {
    case .text, .word, .plazo: field != .key
    case .instant, .integer, .day, .duration: false
    }
  }

  private let insert: Statement
  private let select: Statement
  private let keys: Statement
  private let rows: Statement
  private(set) var isEmpty = true

  init(_ connection: Connection) throws {
    let columns = Self.texts.map(\.name)
    try connection.execute(
      sql: """
        CREATE TEMP TABLE import_event (
          key TEXT, at INTEGER, sequence INTEGER, line INTEGER, hash INTEGER, target_at INTEGER, raw BLOB,
          \(columns.joined(separator: ", ")), PRIMARY KEY (key, at, sequence, line)
        ) WITHOUT ROWID
        """)
    let all = "key, at, sequence, line, hash, target_at, raw, " + columns.joined(separator: ", ")
    let marks = Array(repeating: "?", count: columns.count + 7).joined(separator: ", ")
    insert = try connection.prepare(sql: "INSERT INTO temp.import_event (\(all)) VALUES (\(marks))")
    select = try connection.prepare(
      sql: """
        SELECT at, hash, target_at, \(columns.joined(separator: ", ")) FROM temp.import_event WHERE key = ?
        ORDER BY at, sequence, line
        """)
    // The next key is sought each time, so that the tickets between may be written.
    keys = try connection.prepare(sql: "SELECT min(key) FROM temp.import_event WHERE key > ?")
    rows = try connection.prepare(sql: "SELECT line, raw FROM temp.import_event WHERE key = ? ORDER BY line")
  }

  func put(_ values: RowValues, key: String, line: Int, hash: Int64, raw: [UInt8]?) throws {
    isEmpty = false
    insert.reset()
    insert.bind(1, key)
    insert.bind(2, values[instant: .at]!.seconds)
    insert.bind(3, values[.sequence].flatMap { Int64($0) } ?? 0)
    insert.bind(4, Int64(line))
    insert.bind(5, hash)
    insert.bind(6, values[instant: .targetAt]?.seconds)
    insert.bind(7, raw.map(Value.blob) ?? .null)
    for (place, field) in Self.texts.enumerated() { insert.bind(Int32(place + 8), values[field]) }
    while try insert.step() {}
  }

  /// The rows of a ticket in the order of their instants.
  func entries(of key: String) throws -> [Entry] {
    if isEmpty { return [] }
    var entries: [Entry] = []
    select.reset()
    select.bind(1, key)
    while try select.step() {
      var entry = Entry(at: Instant(select.integer(0)), hash: select.integer(1), values: RowValues())
      entry.values[instant: .targetAt] = select.integerOrNil(2).map { Instant($0) }
      for (place, field) in Self.texts.enumerated() { entry.values[field] = select.textOrNil(Int32(place + 3)) }
      entries.append(entry)
    }
    return entries
  }

  func key(after key: String) throws -> String? {
    keys.reset()
    keys.bind(1, key)
    defer { keys.reset() }
    return try keys.step() ? keys.textOrNil(0) : nil
  }

  /// The lines of a ticket's rows, with the rows themselves where they were kept.
  func lines(of key: String) throws -> [(line: Int, raw: [UInt8])] {
    var lines: [(line: Int, raw: [UInt8])] = []
    rows.reset()
    rows.bind(1, key)
    while try rows.step() { lines.append((Int(rows.integer(0)), rows.withBytes(1) { Array($0) })) }
    return lines
  }
}
