import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// A desk in memory into which texts are imported.
final class ImportDesk {
  let connection: Connection
  var now = Instant(iso8601: "2026-03-27T12:00:00Z", in: .utc)!

  static let mapping = """
    {
      kind: "tickets", source: "old", times: "yyyy-MM-dd HH:mm",
      fields: {
        key: "id", client: "client", product: "product", title: "title", assigned: "who",
        status: { column: "state", values: { Open: "open", Shut: "closed" } },
        opened_at: "opened", closed_at: "closed",
      },
    }
    """

  static let eventMapping = """
    {
      kind: "events", source: "old", times: "yyyy-MM-dd HH:mm",
      fields: {
        key: "id", at: "at", sequence: "n",
        status: { column: "state", values: { Shut: "closed" }, otherwise: "open" },
        waiting_on: { column: "state", values: { Asked: "client", Ordered: "provider" }, otherwise: "support" },
        assigned: "who",
      },
    }
    """

  static let header = "id,client,product,title,who,state,opened,closed\n"
  static let eventHeader = "id,n,at,state,who\n"

  init() throws {
    connection = try Connection(path: ":memory:", mode: .create)
    try connection.migrate(DeskSchema.migrations, now: 0)
    try connection.execute(sql: "PRAGMA foreign_keys = ON")
  }

  static func mapping(_ text: String) throws -> Mapping {
    try Mapping(file: "map.json5", data: Data(text.utf8), zone: .utc, zones: zone)
  }

  static func zone(_ name: String) throws -> Zone {
    guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)") else {
      throw DeskError("there is no time zone '\(name)'", mend: "write an IANA name such as America/Mexico_City")
    }
    return try Zone(name: name, data: [UInt8](data))
  }

  static func file(_ bytes: some Sequence<UInt8>, _ name: String, _ mapping: String) throws -> ImportFile {
    var rest = Array(bytes)[...]
    return ImportFile(mapping: try Self.mapping(mapping), name: name) { buffer in
      let part = rest.prefix(buffer.count)
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
  }

  @discardableResult
  func tickets(
    _ rows: String, mapping: String = ImportDesk.mapping, header: String = ImportDesk.header,
    options: TicketImport.Options = .init()
  ) throws -> ImportResult {
    try run(tickets: header + rows, ticketMapping: mapping, options: options)
  }

  @discardableResult
  func events(_ rows: String, options: TicketImport.Options = .init()) throws -> ImportResult {
    try run(events: Self.eventHeader + rows, options: options)
  }

  @discardableResult
  func both(_ tickets: String, _ events: String, options: TicketImport.Options = .init()) throws -> ImportResult {
    try run(tickets: Self.header + tickets, events: Self.eventHeader + events, options: options)
  }

  private func run(
    tickets: String? = nil, ticketMapping: String = ImportDesk.mapping, events: String? = nil,
    options: TicketImport.Options
  ) throws -> ImportResult {
    try TicketImport(connection, now: now, actorID: nil).run(
      tickets: tickets.map { try Self.file($0.utf8, "tickets.csv", ticketMapping) },
      events: events.map { try Self.file($0.utf8, "events.csv", Self.eventMapping) }, options: options)
  }

  /// The faults of rows for which an import is refused, as they are told.
  func faults(_ rows: String, mapping: String = ImportDesk.mapping, header: String = ImportDesk.header) throws
    -> [String]
  {
    let refused = #expect(throws: ImportRefused.self) { try tickets(rows, mapping: mapping, header: header) }
    return refused.map { $0.description.split(separator: "\n").map(String.init) } ?? []
  }

  /// Every event of a ticket in the order of recording, such as `03-25 09:00 waiting client`.
  func history(_ key: String) throws -> [String] {
    let rows = try connection.rows(
      sql: """
        SELECT strftime('%m-%d %H:%M', happened_at, 'unixepoch') || ' ' || kind || coalesce(' ' ||
            iif(kind = 'assigned', (SELECT login FROM user WHERE id = value), value), '')
        FROM ticket_event WHERE ticket_id = (SELECT ticket_id FROM import_row WHERE source = 'old' AND key = ?)
        ORDER BY sequence
        """, .text(key))
    return rows.compactMap { $0[0].text }
  }

  func row(_ key: String) throws -> TicketRow? {
    let id = try connection.integer(
      sql: "SELECT ticket_id FROM import_row WHERE source = 'old' AND key = ?", .text(key))
    return try id.flatMap { try Tickets(connection).ticket($0) }
  }

  func count(_ table: String) throws -> Int64 { try connection.integer(sql: "SELECT count(*) FROM \(table)")! }
}
