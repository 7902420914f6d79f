import Desk
import FoundationEssentials
import SLA
import Testing
import Text

@Suite struct ImportRowTests {
  @Test func aTicketComesWithItsPeopleItsEndAndItsTexts() throws {
    let desk = try ImportDesk()
    let result = try desk.tickets(
      """
      7,Café Sol,Printer,"It says ""no"",
      then stops",Ana Núñez,Shut,2026-03-20 09:00,2026-03-25 10:00
      8,Café Sol,Mail,  slow  ,,Open,2026-03-26 09:00,\n
      """)
    #expect(
      result.lines == [
        "imported 2 rows: 2 new, 0 updated, 1 closed, 0 unchanged, 0 rejected", "wrote 4 events", "added 1 client",
        "added 2 products", "added 1 technician: ana.nunez",
      ])
    let row = try #require(try desk.row("7"))
    #expect(row.title == "It says \"no\",\nthen stops" && row.status == .closed && row.vobo == .pending)
    #expect(try desk.history("7") == ["03-20 09:00 opened", "03-20 09:00 assigned ana.nunez", "03-25 10:00 closed"])
    #expect(try desk.row("8")?.title == "slow")
    #expect(try desk.history("8") == ["03-26 09:00 opened"])
  }

  @Test func aTicketBringsItsOwnTargetOrPlazoItsWaitingAndItsSignOff() throws {
    let desk = try ImportDesk()
    let mapping = """
      { kind: "tickets", source: "old", times: "iso8601", null: ["?", "-"], fields: {
        key: "id", external_number: { column: "id", prefix: "X-" }, client: { constant: "ACME" }, opened_at: "opened",
        closed_at: "closed", target_at: { column: "due", null: "2059-12-31" }, vobo: { constant: "granted" },
        plazo: { column: "type", values: { Fast: "6h", Slow: "10d" }, otherwise: null },
        waiting_on: { column: "wait", default: "provider" }, changed_at: "changed" } }
      """
    try desk.tickets(
      """
      a,2026-03-20,2026-03-21,2026-03-22,Fast,?,?
      b,2026-03-20,,2059-12-31,Slow,client,2026-03-23
      c,2026-03-20,,-,Other,,2026-03-24\n
      """, mapping: mapping, header: "id,opened,closed,due,type,wait,changed\n")
    let due = Instant(iso8601: "2026-03-22", in: .utc)!.seconds
    #expect(
      try desk.history("a") == [
        "03-20 00:00 opened", "03-20 00:00 numbered X-a", "03-20 00:00 target \(due)", "03-21 00:00 waiting provider",
        "03-21 00:00 closed", "03-21 00:00 vobo granted",
      ])
    #expect(
      try desk.history("b")
        == ["03-20 00:00 opened", "03-20 00:00 numbered X-b", "03-20 00:00 plazo 10d", "03-23 00:00 waiting client"])
    #expect(try desk.row("a")?.title == "a")
    #expect(try desk.row("c")?.plazo == nil)
  }

  @Test func everyFaultOfEveryRowIsToldWithItsLineAndColumnAndNothingIsWritten() throws {
    let desk = try ImportDesk()
    #expect(
      try desk.faults(
        """
        1,ACME,P,t,w,Open,2026-03-20 09:00,
        2,ACME,P,"t
        u",w,Opne,31/02/2026,
        3,,P,t,w,Shut,2026-03-20 09:00,
        1,ACME,P,t,w,Open,2026-03-20 09:00,
        4,ACME,P,t,w,Shut,2026-03-20 09:00,2026-03-19 09:00
        5,ACME,P,t,w,Open,2027-03-20 09:00,
        6,ACME,P
        3,ACME,P,t,w,Open,2026-03-20 09:00,
        ,ACME,P,t,w,Open,2026-03-20 09:00,\n
        """) == [
          "tickets.csv:3: state: 'Opne' is not among the values of the mapping; did you mean 'Open'? add it at fields.status.values, or give an 'otherwise'",
          "tickets.csv:3: opened: '31/02/2026' is not a time of the form 'yyyy-MM-dd HH:mm'; mend it, or add its form to 'times'",
          "tickets.csv:5: client: it is empty; fill it, or give fields.client a default in the mapping",
          "tickets.csv:6: id: '1' is there twice; the first is on line 2; take one away, or write repeats: \"last\" in the mapping",
          "tickets.csv:7: closed: it is before the opening, 2026-03-20T09:00:00Z; mend the row; a ticket closes at or after its opening",
          "tickets.csv:8: opened: 2027-03-20T09:00:00Z is still to come; check the form, the zone and this machine's clock",
          "tickets.csv:9: the row has 3 cells, the header 8; add what is missing, or put a cell that holds a line break between quotes",
          "tickets.csv:10: id: '3' is there twice; the first is on line 5; take one away, or write repeats: \"last\" in the mapping",
          "tickets.csv:11: id: it is empty; fill it, or give fields.key a default in the mapping",
        ])
    for table in ["ticket", "ticket_event", "client", "user", "import", "import_row"] {
      #expect(try desk.count(table) == 0, "\(table)")
    }
  }

  @Test func aClosedTicketNeedsToSayWhen() throws {
    let desk = try ImportDesk()
    #expect(
      try desk.faults("1,ACME,P,t,w,Shut,2026-03-20 09:00,\n") == [
        "tickets.csv:2: closed: the ticket is closed and nothing says when; fill it, or map changed_at"
      ])
    // The word of the status counts: a ticket reopened often keeps the date of its first closing.
    try desk.tickets("1,ACME,P,t,w,Open,2026-03-20 09:00,2026-03-21 09:00\n")
    #expect(try desk.row("1")?.status == .open)
  }

  @Test func moreFaultsThanAnybodyReadsAreCounted() throws {
    let desk = try ImportDesk()
    let rows = String(repeating: "1,ACME,P,t,w,Bad,2026-03-20 09:00,\n", count: 1_234)
    let faults = try desk.faults(rows)
    #expect(faults.count == 1_001 && faults.last == "… and 234 more")
  }

  @Test func badRowsArePassedOverWhenAskedAndKeptAsTheyWere() throws {
    let desk = try ImportDesk()
    let path = FileManager.default.temporaryDirectory.appending(path: "rejects-\(UInt64.random(in: 0 ... .max)).csv")
      .path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let rows = """
      1,ACME,P,t,w,Open,2026-03-20 09:00,
      2,,P,"a ""b"" c",w,Opne,2026-03-20 09:00,
      3,"ACME,P\n
      """
    let result = try desk.tickets(rows, options: .init(rejects: path))
    #expect(result.new == 1 && result.rejected == 2 && result.faultCount == 3)
    #expect(
      String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self) == """
        "rejected_file","rejected_line","rejected_column","rejected_reason",id,client,product,title,who,state,opened,closed\r
        "tickets.csv","3","client","it is empty; fill it, or give fields.client a default in the mapping | state: 'Opne' is not among the values of the mapping; did you mean 'Open'? add it at fields.status.values, or give an 'otherwise'",2,,P,"a ""b"" c",w,Opne,2026-03-20 09:00,\r
        "tickets.csv","4","client","the quote that opens it is never closed; close it, or double the quotes inside the cell",3,"ACME,P\r\n
        """)
    // Mended, the rejects are a file like any other.
    let mended = "rejected_line,\(ImportDesk.header)3,2,ACME,P,t,w,Open,2026-03-20 09:00,\n"
    #expect(try desk.tickets(mended, header: "").new == 1)
  }

  @Test func aDryRunTellsAndWritesNothing() throws {
    let desk = try ImportDesk()
    let rows = "1,ACME,P,t,w,Shut,2026-03-20 09:00,2026-03-21 09:00\n"
    let dry = try desk.tickets(rows, options: .init(isDryRun: true))
    #expect(dry.lines.first == "would import 1 row: 1 new, 0 updated, 1 closed, 0 unchanged, 0 rejected")
    #expect(try desk.count("ticket") == 0 && desk.count("user") == 0)
    #expect(try desk.tickets(rows).new == 1)
  }

  @Test func aContactIsNotGivenWorkEvenUnderATechniciansName() throws {
    let desk = try ImportDesk()
    let client = try Directory(desk.connection).add("ACME", to: .client)
    try Directory(desk.connection).addUser(login: "w", name: "w", role: .client, clientID: client)
    let ana = try Directory(desk.connection).addUser(login: "ana", name: "Ana Núñez", role: .technician)
    let result = try desk.tickets(
      "1,ACME,P,t,w,Open,2026-03-20 09:00,\n2,ACME,P,t,Ana Núñez,Open,2026-03-20 09:00,\n3,ACME,P,t,ana,Open,2026-03-20 09:00,\n"
    )
    #expect(result.createdLogins == ["w.2"])
    #expect(try desk.row("2")?.assignedID == ana.id && desk.row("3")?.assignedID == ana.id)
  }

  @Test func aFewMinutesAheadAreTheOtherClocksFault() throws {
    let desk = try ImportDesk()
    try desk.tickets("1,ACME,P,t,w,Open,2026-03-27 12:05,\n")
    #expect(try desk.row("1")?.openedAt == desk.now)
  }

  @Test func latin1SemicolonsMarksAndCRLFAreNormalLife() throws {
    let desk = try ImportDesk()
    let mapping = """
      { kind: "tickets", source: "old", encoding: "latin-1", delimiter: "semicolon", times: "d/M/yyyy", fields: {
        key: "Número", client: "Cliente", opened_at: "Apertura" } }
      """
    var bytes: [UInt8] = []
    for scalar in "Número;Cliente;Apertura\r\n1;\"Peña; e Hijos\";1/2/2026\r\n".unicodeScalars {
      bytes.append(UInt8(scalar.value))
    }
    _ = try TicketImport(desk.connection, now: desk.now, actorID: nil).run(
      tickets: try ImportDesk.file(bytes, "a.csv", mapping), events: nil)
    #expect(try Directory(desk.connection).names(in: .client) == ["Peña; e Hijos"])
    try desk.tickets(
      "2,ACME,P,t,w,Open,2026-03-20 09:00,\r\n",
      header: "\u{feff}" + ImportDesk.header.replacing("\n", with: "\r\n"))
    #expect(try desk.count("ticket") == 2)
  }
}
