import Desk
import SLA
import Testing
import Text

@Suite struct ImportAgainTests {
  private let first = """
    1,ACME,P,t,ana,Open,2026-03-20 09:00,
    2,ACME,P,t,ana,Shut,2026-03-20 09:00,2026-03-21 09:00\n
    """

  @Test func theSameFileAgainChangesNothing() throws {
    let desk = try ImportDesk()
    try desk.tickets(first)
    let before = try desk.count("ticket_event")
    desk.now = desk.now + 86_400
    let again = try desk.tickets(first)
    #expect(again.unchanged == 2 && again.written == 0)
    #expect(try desk.count("ticket_event") == before && desk.count("import") == 1)
    // Nor does another order, nor a column that the mapping does not read.
    let turned = first.split(separator: "\n").reversed().map { "\($0),noise" }.joined(separator: "\n")
    #expect(try desk.tickets(turned, header: ImportDesk.header.replacing("\n", with: ",more\n")).unchanged == 2)
  }

  @Test func aNewerFileUpdatesAndCloses() throws {
    let desk = try ImportDesk()
    try desk.tickets(first)
    desk.now = Instant(iso8601: "2026-03-28T12:00:00Z", in: .utc)!
    let result = try desk.tickets(
      """
      1,ACME,Q,t,beto,Shut,2026-03-20 09:00,2026-03-28 08:00
      2,ACME,P,t,ana,Shut,2026-03-20 09:00,2026-03-21 09:00
      3,ACME,P,t,ana,Open,2026-03-28 09:00,\n
      """)
    #expect(result.new == 1 && result.updated == 1 && result.closed == 1 && result.unchanged == 1)
    #expect(
      try desk.history("1") == [
        "03-20 09:00 opened", "03-20 09:00 assigned ana", "03-28 08:00 edited 2", "03-28 08:00 assigned beto",
        "03-28 08:00 closed",
      ])
  }

  @Test func whatDiffersHappensWhenTheSourceSaysOrElseNow() throws {
    let desk = try ImportDesk()
    let mapping = ImportDesk.mapping.replacing("opened_at:", with: "changed_at: \"changed\", opened_at:")
    let header = ImportDesk.header.replacing("\n", with: ",changed\n")
    try desk.tickets("1,ACME,P,t,ana,Open,2026-03-20 09:00,,2026-03-20 09:00\n", mapping: mapping, header: header)
    try desk.tickets("1,ACME,P,t,beto,Open,2026-03-20 09:00,,2026-03-24 10:00\n", mapping: mapping, header: header)
    try desk.tickets("1,ACME,P,t,,Open,2026-03-20 09:00,,\n", mapping: mapping, header: header)
    #expect(
      try desk.history("1").dropFirst(2) == ["03-24 10:00 assigned beto", "03-27 12:00 assigned"])
  }

  @Test func aTicketOpenAgainIsReopenedAndMayCloseAgain() throws {
    let desk = try ImportDesk()
    try desk.tickets(first)
    try desk.tickets("2,ACME,P,t,ana,Open,2026-03-20 09:00,\n")
    #expect(try desk.row("2")?.status == .open)
    desk.now = desk.now + 86_400
    try desk.tickets("2,ACME,P,t,ana,Shut,2026-03-20 09:00,2026-03-28 09:00\n")
    #expect(
      try desk.history("2").suffix(3) == ["03-21 09:00 closed", "03-27 12:00 reopened", "03-28 09:00 closed"])
    // A source that keeps the date of the first closing: it closes no earlier than it was reopened.
    let other = try ImportDesk()
    try other.tickets(first)
    try other.tickets("2,ACME,P,t,ana,Open,2026-03-20 09:00,\n")
    try other.tickets(first)
    #expect(try other.history("2").suffix(2) == ["03-27 12:00 reopened", "03-27 12:00 closed"])
  }

  @Test func aClosingPutRightTakesTheOthersPlace() throws {
    let desk = try ImportDesk()
    try desk.tickets(first)
    try desk.tickets("2,ACME,P,t,ana,Shut,2026-03-20 09:00,2026-03-22 09:00\n")
    #expect(try desk.history("2").suffix(2) == ["03-21 09:00 closed", "03-22 09:00 closed corrected"])
    #expect(try desk.row("2")?.closedAt?.iso8601(in: .utc) == "2026-03-22T09:00:00Z" && desk.row("2")?.reopened == 0)
    try desk.tickets("2,ACME,P,t,ana,Shut,2026-03-20 09:00,2026-03-21 15:00\n")
    #expect(try desk.row("2")?.closedAt?.iso8601(in: .utc) == "2026-03-21T15:00:00Z")
  }

  @Test func aTicketThatVanishedIsToldAndStays() throws {
    let desk = try ImportDesk()
    try desk.tickets(first)
    let result = try desk.tickets("2,ACME,P,t,ana,Shut,2026-03-20 09:00,2026-03-21 09:00\n")
    #expect(result.vanished == 1 && result.vanishedKeys == ["1"])
    #expect(
      result.lines.last == "1 open ticket of this source no longer in the file, and left open: 1")
    #expect(try desk.row("1")?.status == .open)
    // A closed one that is left out is normal life, and so is any where the file has only some.
    #expect(try desk.tickets("1,ACME,P,t,ana,Open,2026-03-20 09:00,\n").vanished == 0)
    let some = ImportDesk.mapping.replacing("source:", with: "covers: \"some\", source:")
    #expect(try desk.tickets("", mapping: some).vanished == 0)
  }

  @Test func rowsOfOneKeyFollowOneAnotherWhereTheMappingSaysSo() throws {
    let desk = try ImportDesk()
    let last = ImportDesk.mapping.replacing("source:", with: "repeats: \"last\", source:")
    let result = try desk.tickets(
      "1,ACME,P,t,ana,Open,2026-03-20 09:00,\n1,ACME,P,t,beto,Open,2026-03-20 09:00,\n", mapping: last)
    #expect(result.new == 1 && result.updated == 1)
  }

  @Test func aChangedMappingIsReadAnew() throws {
    let desk = try ImportDesk()
    try desk.tickets(first)
    let mapping = ImportDesk.mapping.replacing("key: \"id\",", with: "key: \"id\", priority: { constant: \"high\" },")
    #expect(try desk.tickets(first, mapping: mapping).updated == 2)
    #expect(try desk.row("1")?.priority == "high")
  }

  @Test func anOpeningThatTheSourceMovesIsKeptAndTold() throws {
    let desk = try ImportDesk()
    try desk.tickets(first)
    let result = try desk.tickets("1,ACME,P,t,ana,Open,2026-03-20 08:00,\n")
    #expect(result.openingsKept == 1 && result.unchanged == 1)
  }
}
