internal import SLA
internal import SQLite
internal import Text

/// Remembers which row of a source became which ticket, over the runs and within one.
final class ImportLedger {
  private let writer: DeskWriter
  private let source: String
  private let tickets: KeyTable
  private let events: KeyTable
  private let insertEvent: Statement
  private let isOpen: Statement
  private let begins: () throws -> Void

  init(_ writer: DeskWriter, tickets: RowReader?, events: RowReader?) throws {
    self.writer = writer
    let mapping = tickets?.mapping ?? events?.mapping
    source = mapping?.source ?? ""
    let (kind, source) = (mapping?.kind ?? .tickets, source)
    let file = [tickets, events].compactMap { $0?.reader.file }.joined(separator: ", ")
    begins = { try writer.beginImport(kind, file: file, source: source) }
    let connection = writer.connection
    self.tickets = try KeyTable(connection, kind: .tickets, source: source)
    // A row of events is known by what it says, under a name of its own that no source can have.
    self.events = try KeyTable(connection, kind: .events, source: source + "/events")
    insertEvent = try connection.prepare(
      sql: "INSERT OR IGNORE INTO import_row (source, key, ticket_id, hash) VALUES (?, ?, ?, 0)")
    isOpen = try connection.prepare(sql: "SELECT 1 FROM ticket WHERE id = ? AND status = 'open'")
  }

  /// Notes the run itself, once, before the first thing that it writes: one that changes nothing leaves no trace.
  func begin() throws { try begins() }

  // MARK: Tickets

  func ticket(_ key: String) throws -> (id: Int64, hash: Int64)? { try tickets.record(key) }
  func add(_ key: String, ticket id: Int64, hash: Int64) throws { try tickets.add(key, id: id, hash: hash) }
  func remember(_ key: String, ticket id: Int64, hash: Int64) throws { try tickets.remember(key, id: id, hash: hash) }
  func firstLine(of id: Int64) -> Int? { tickets.firstLine(of: id) }
  func see(_ id: Int64, line: Int) { tickets.see(id, line: line) }

  func forEachUnseenOpenTicket(_ body: (String) throws -> Void) throws {
    try tickets.forEachUnseen { key, id in
      isOpen.reset()
      isOpen.bind(1, id)
      defer { isOpen.reset() }
      if try isOpen.step() { try body(key) }
    }
  }

  // MARK: Events

  private var eventSource: String { source + "/events" }
  private func name(_ hash: Int64, _ key: String) -> String {
    key + "/" + String(UInt64(bitPattern: hash), radix: 36)
  }

  func knows(event hash: Int64, of key: String) throws -> Bool { try events.record(name(hash, key)) != nil }

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
