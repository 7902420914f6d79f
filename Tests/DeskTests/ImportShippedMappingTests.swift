import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// The mappings for other help desks under `samples/mappings` read the small files beside them, and read them again
/// without a change.
@Suite struct ImportShippedMappingTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "samples/mappings").path

  private func file(_ path: String, _ mapping: String) throws -> ImportFile {
    let folder = path.split(separator: "/")[0]
    let name = "\(folder)/\(mapping)"
    let data = try #require(FileManager.default.contents(atPath: "\(Self.root)/\(name)"), "\(name)")
    let source = try FileSource("\(Self.root)/\(path)")
    let read = try Mapping(file: name, data: data, zone: .utc, zones: ImportDesk.zone)
    return ImportFile(mapping: read, name: path) { try source.read(into: $0) }
  }

  /// Imports a file twice. - Returns: every ticket, with what happened to it, in the zone of the mapping.
  private func tickets(
    _ path: String, _ mapping: String, events: (path: String, mapping: String)? = nil, skipped: Int = 0
  ) throws -> [String] {
    let desk = try ImportDesk()
    func run() throws -> ImportResult {
      try TicketImport(desk.connection, now: desk.now, actorID: nil).run(
        tickets: file(path, mapping), events: events.map { try file($0.path, $0.mapping) })
    }
    let first = try run()
    #expect(first.rejected == 0 && first.eventsRejected == 0 && first.new == first.read && first.skipped == skipped)
    let again = try run()
    #expect(again.unchanged == first.read && again.written == 0 && again.vanished == 0)
    let rows = try desk.connection.rows(
      sql: """
        SELECT r.key || ' ' || t.status || ' ' || c.name || coalesce(' [' || p.name || ']', '') || ' ' || t.title ||
            coalesce(', ' || u.name, '') || coalesce(', ' || t.priority, '') || iif(t.status = 'open', ', ' || t.waiting_on, '') ||
            coalesce(', due ' || strftime('%m-%d %H:%M', t.target_at, 'unixepoch'), '') || ': ' || (
              SELECT group_concat(kind || coalesce(' ' || iif(kind = 'replied', value, NULL), '') || ' ' ||
                strftime('%m-%d %H:%M', happened_at, 'unixepoch'), ', ')
              FROM (SELECT * FROM ticket_event WHERE ticket_id = t.id AND kind IN ('opened', 'closed', 'replied') ORDER BY sequence))
          FROM ticket t JOIN client c ON c.id = t.client_id LEFT JOIN product p ON p.id = t.product_id
            LEFT JOIN user u ON u.id = t.assigned_id JOIN import_row r ON r.ticket_id = t.id AND r.source NOT LIKE '%/events'
          ORDER BY t.id
        """)
    return rows.compactMap { $0[0].text }
  }

  @Test func requestTracker() throws {
    #expect(
      try tickets("request-tracker/tickets.tsv", "tickets.json5") == [
        "1021 closed compras@acme.example [Soporte] No imprime la del segundo piso, ana, 50, due 03-06 00:00: opened 03-02 15:15, closed 03-03 17:40",
        "1022 open ti@bolt.example [Redes] VPN \"se cae\" a ratos, luis, 20, client: opened 03-03 16:02",
        "1023 open compras@acme.example [Soporte] (No subject), 0, support: opened 03-04 18:00",
        "1024 closed (nobody) [Soporte] Publicidad, 0: opened 03-04 18:30, closed 03-04 18:31",
      ])
  }

  @Test func glpi() throws {
    #expect(
      try tickets("glpi/tickets-es.csv", "tickets.json5") == [
        "311 closed Acme [Hardware > Impresoras] No imprime la del segundo piso, Muñoz Ana, Alta, due 03-06 00:00: opened 03-02 15:15, closed 03-03 17:40",
        "312 open Bolt [Redes] VPN \"se cae\" a ratos, Paz Luis, Mediana, client: opened 03-03 16:02",
        "313 open Acme Alta de usuario, Baja, support, due 03-09 18:00: opened 03-04 18:00",
      ])
    #expect(
      try tickets("glpi/tickets-en.csv", "tickets.json5") == [
        "311 closed Acme [Hardware > Printers] Printer jams, Muñoz Ana, High, due 03-06 00:00: opened 03-02 15:15, closed 03-03 17:40",
        "312 open Bolt [Network] VPN drops, Paz Luis, Medium, client: opened 03-03 16:02",
      ])
  }

  @Test func zammad() throws {
    #expect(
      try tickets("zammad/tickets.csv", "tickets.json5", skipped: 2) == [
        "67001 closed Acme [Soporte] No imprime la del segundo piso, Ana Muñoz, 3 high, due 03-06 00:00: opened 03-02 15:15, closed 03-03 17:40",
        "67002 open Bolt [Redes] VPN \"se cae\" a ratos, Luis Paz, 2 normal, client: opened 03-03 16:02",
        "67003 open (no organization) [Soporte] Alta de usuario, 2 normal, support: opened 03-04 18:00",
        "67004 closed Acme [Soporte] Repetido, 1 low: opened 03-04 18:30, closed 03-04 18:31",
      ])
    #expect(
      try tickets(
        "zammad/tickets-api.csv", "tickets-api.json5", events: ("zammad/articles-api.csv", "articles-api.json5"),
        skipped: 2) == [
          "3 closed Acme [Soporte] No imprime, ana@example.com, 3 high: opened 03-02 15:15, replied client 03-02 15:15, "
            + "replied support 03-02 17:30, replied client 03-03 15:00, closed 03-03 17:40",
          "4 open Bolt [Redes] VPN \"se cae\", luis@example.com, 2 normal, client, due 03-06 00:00: opened 03-03 16:02, "
            + "replied support 03-03 16:02",
          "5 open (no organization) [Soporte] Alta de usuario, 2 normal, support: opened 03-04 18:00",
        ])
  }

  @Test func serviceNow() throws {
    #expect(
      try tickets("servicenow/incidents.csv", "incidents.json5") == [
        "INC0010021 closed Acme [Hardware] No imprime la del segundo piso, Ana Muñoz, 2 - High: opened 03-02 15:15, closed 03-03 17:40",
        "INC0010022 open Bolt [Network] VPN \"se cae\" a ratos, Luis Paz, 3 - Moderate, client: opened 03-03 16:02",
        "INC0010023 open (no company) [Inquiry / Help] Alta de usuario, 4 - Low, support: opened 03-04 18:00",
        "INC0010024 closed Acme [Hardware] Duplicado, 4 - Low: opened 03-04 18:30, closed 03-04 18:31",
      ])
  }

  @Test func everyMappingThatIsShippedIsTested() throws {
    var mappings: [String] = []
    for folder in try FileManager.default.contentsOfDirectory(atPath: Self.root) {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(Self.root)/\(folder)")
      where name.hasSuffix(".json5") {
        mappings.append("\(folder)/\(name)")
      }
    }
    #expect(
      mappings.sorted() == [
        "glpi/tickets.json5", "request-tracker/tickets.json5", "servicenow/incidents.json5",
        "zammad/articles-api.json5", "zammad/tickets-api.json5", "zammad/tickets.json5",
      ])
  }
}
