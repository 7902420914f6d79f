import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// Articles, and what holds of mappings of every kind.
@Suite struct ImportRecordTests {
  private let desk: RecordDesk

  init() throws { desk = try RecordDesk() }

  @Test func articlesComeWithAVersionForEachChange() throws {
    let fields =
      "key: 'id', title: 't', problem: 'p', solution: 's', product: 'on', author: 'by', written_at: 'w', changed_at: 'c'"
    let header = "id,t,p,s,on,by,w,c\n"
    let first = "1,Impresora,No imprime,Reiniciar,Nómina,ana,2026-03-01 09:00,2026-03-01 09:00\n"
    #expect(try desk.run("articles", fields, header + first).new == 1)
    #expect(try desk.run("articles", fields, header + first).unchanged == 1)
    #expect(
      try desk.run(
        "articles", fields,
        header + first.replacing("Reiniciar", with: "Cambiar tóner").replacing("01 09:00\n", with: "09 09:00\n")
      ).updated == 1)
    let sheet = try #require(try ArticleSheet(1, on: desk.office.connection))
    #expect(sheet.author == "Ana" && sheet.versions.map(\.solution) == ["Reiniciar", "Cambiar tóner"])
    #expect(sheet.changedAt == Instant(iso8601: "2026-03-09T09:00", in: .utc))
    #expect(try ArticleSearch(desk.office.connection).find("toner").hits.map(\.id) == [1])
    #expect(
      try desk.faults("articles", fields, header + "2,,x,x,,,,\n") == [
        "rows.csv:2: t: it is empty; fill it, or give fields.title a default in the mapping"
      ])
  }

  @Test func rowsThatTheMappingPassesOverDoNotCount() throws {
    let result = try desk.run(
      "clients", "key: 'name'", "name,kind,gone\nA,x,\nB,y,\nC,x,1\n,x,\nD,x,\n",
      extra: "only: { kind: 'x' }, skip: { gone: ['1', '2'], name: '' },")
    #expect(result.lines == ["imported 2 rows: 2 new, 0 updated, 0 unchanged, 0 rejected, 3 more passed over"])
    let faults = #expect(throws: Faults.self) {
      try desk.run("clients", "key: 'name'", "name\nA\n", extra: "skip: { kid: 'x' },")
    }
    #expect(faults?.description == "map.json5: skip.kid: 'kid' is no column of rows.csv; its columns: name")
  }

  @Test func aMappingOfHoursSaysHowLongAndWhen() {
    let faults = #expect(throws: Faults.self) {
      try ImportDesk.mapping(
        "{ kind: 'activities', source: 'old', fields: { key: 'id', technician: 'who', description: 'what', ticket: { column: 't', unit: 'hours' } } }"
      )
    }
    #expect(
      faults?.description == """
        map.json5: fields.started_at: is missing; map it, or day
        map.json5: fields.time: is missing; map it, or ended_at
        map.json5: fields.ticket.unit: unknown key; legal keys: column, constant, values, otherwise, default, null, trim, firstLine, prefix
        """)
  }
}
