import Desk
import Testing
import Text

@Suite struct ImportMappingTests {
  private func faults(_ text: String) -> String {
    #expect(throws: Faults.self) { try ImportDesk.mapping(text) }?.description ?? ""
  }

  @Test func everythingWrongInAMappingIsToldAtOnce() {
    #expect(
      faults(
        """
        {
          kind: "tickets", source: "old", encodng: "utf-8", delimiter: "comma!", times: ["DD/MM/YYYY"], timeZone: "Mars/Base",
          fields: {
            key: "id", client: { constant: "ACME", column: "client" }, opend_at: "opened",
            status: { column: "state", values: { New: "opne", Done: "closed" } },
            plazo: { column: "sla", default: "2 days" }, title: {},
            waiting_on: { column: "state", otherwise: "support" },
          },
        }
        """) == """
          map.json5:2: encodng: unknown key; did you mean 'encoding'? legal keys: kind, source, encoding, delimiter, null, timeZone, times, repeats, covers, header, only, skip, fields
          map.json5:2: delimiter: 'comma!' is not legal; legal values: comma, semicolon, tab, pipe
          map.json5:2: times[0]: 'DD/MM/YYYY' is not the form of a time: 'DD' is no part of a pattern; write it like d/M/yyyy HH:mm, yyyy-MM-dd HH:mm:ss, iso8601, epoch
          map.json5:2: timeZone: there is no time zone 'Mars/Base'; write an IANA name such as America/Mexico_City
          map.json5:4: fields.opend_at: unknown key; did you mean 'opened_at'? legal keys: key, external_number, client, product, provider, priority, title, description, registered_by, responsible, assigned, status, waiting_on, vobo, opened_at, closed_at, changed_at, target_at, plazo
          map.json5:3: fields.opened_at: is missing; every mapping of tickets needs it
          map.json5:4: fields.client: names both a column and a constant; write column: "…" or constant: "…"
          map.json5:6: fields.title: names neither a column nor a constant; write column: "…" or constant: "…"
          map.json5:5: fields.status.values.New: 'opne' is not legal; did you mean 'open'? legal values: open, closed
          map.json5:7: fields.waiting_on.otherwise: has no 'values' to be otherwise than; add values: { … }, or take it away
          map.json5:6: fields.plazo.default: '2 days' is not a plazo; write working days as 3d, working time as 6h, 90m or 1h30m
          """)
  }

  @Test func aMappingSaysWhatItIsOf() {
    #expect(
      faults("{ source: 'a/b', fields: {} }") == """
        map.json5: kind: is missing; say what the file is of: tickets, events, users, clients, products, providers, tasks, activities, articles
        map.json5: source: 'a/b' is no name; name the system that the file comes from, without '/'
        """)
    #expect(
      faults("{ kind: 'tickets', source: 'old' }") == "map.json5: fields: is missing; say which column is which field")
  }

  @Test func timesNeedAForm() {
    #expect(
      faults("{ kind: 'events', source: 'old', fields: { key: 'id', at: 'at' } }")
        == "map.json5: times: is missing; write it like d/M/yyyy HH:mm, yyyy-MM-dd HH:mm:ss, iso8601, epoch")
  }

  @Test func aColumnThatTheFileLacksIsToldBeforeAnyRowIsRead() throws {
    let desk = try ImportDesk()
    let faults = #expect(throws: Faults.self) {
      try desk.tickets("x,y,z,a,b,c,d,e\n", header: "id,client,prodct,title,who,state,opened,opened\n")
    }
    #expect(
      faults?.description == """
        map.json5: fields.product: 'product' is no column of tickets.csv; did you mean 'prodct'? its columns: id, client, prodct, title, who, state, opened, opened
        map.json5: fields.opened_at: tickets.csv has 2 columns 'opened'; give them names of their own
        map.json5: fields.closed_at: 'closed' is no column of tickets.csv; its columns: id, client, prodct, title, who, state, opened, opened
        """)
    let single = #expect(throws: Faults.self) { try desk.tickets("", header: "id;client\n") }
    #expect(
      single?.description
        == "tickets.csv:1: its cells seem to be parted by semicolons; write delimiter: \"semicolon\" in map.json5")
    let empty = #expect(throws: Faults.self) { try desk.tickets("", header: "") }
    #expect(empty?.description == "tickets.csv: it is empty; export it again, with its header")
  }

  @Test func aMappingOfAnotherKindOrSourceIsRefused() throws {
    let desk = try ImportDesk()
    let kind = #expect(throws: Faults.self) { try desk.tickets("", mapping: ImportDesk.eventMapping) }
    #expect(
      kind?.description
        == "map.json5: kind: it maps events, and tickets are to be imported; name another mapping, or import events")
  }
}
