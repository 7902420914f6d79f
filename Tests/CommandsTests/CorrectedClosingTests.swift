import FoundationEssentials
import Testing

/// A source that puts a closing right: the ticket was closed once, and its verdict is of the last word.
@Suite("A closing put right by its source") struct CorrectedClosingTests {
  private let desk = TestDesk()

  /// Imports closings of tickets that were opened at nine with a plazo of four hours, then sweeps.
  private func bring(_ closings: [String], at now: String) {
    let rows = closings.enumerated().map { "\($0 + 1),Acme,Uno,2026-03-24 09:00,2026-03-24 \($1),4h\n" }
    desk.write("ID,C,T,O,X,P\n" + rows.joined(), to: "tickets.csv")
    desk.now = now
    desk.done("import", "tickets", "tickets.csv", "--as", "ana", "--map", "map.json5")
    desk.done("tick")
  }

  @Test("later, earlier, or later and earlier again counts once, and opens nothing")
  func countsOnce() throws {
    desk.write(
      """
      { kind: "tickets", source: "s", times: ["yyyy-MM-dd HH:mm"],
        fields: { key: "ID", client: "C", title: "T", opened_at: "O", closed_at: "X", plazo: "P" } }
      """, to: "map.json5")
    bring(["12:00", "12:00", "12:00", "12:00"], at: "2026-03-25T09:00")
    bring(["13:30", "11:00", "13:30", "13:30"], at: "2026-03-25T10:00")
    bring(["13:30", "11:00", "12:30", "11:30"], at: "2026-03-25T11:00")
    func rows(_ report: String, _ columns: String) throws -> [String] {
      let text = desk.done("report", "run", report, "--csv", "rfc4180", "--period", "2026-03", "--format", "csv")
      let lines = text.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      let places = try columns.split(separator: ",").map { try #require(lines[0].firstIndex(of: $0)) }
      return lines.dropFirst().map { line in places.map { String(line[$0]) }.joined(separator: " ") }.sorted()
    }
    #expect(
      try rows("sla-compliance", "ticket,stopped_at,outcome,used_hours") == [
        "1 2026-03-24 13:30:00 late 4.5", "2 2026-03-24 11:00:00 kept 2",
        "3 2026-03-24 12:30:00 kept 3.5", "4 2026-03-24 11:30:00 kept 2.5",
      ])
    #expect(try rows("where-time-went", "number,used_hours,unassigned_hours") == ["1 4.5 4.5"])
    #expect(desk.done("ticket", "list", "--status", "closed", "--format", "json").contains("\"reopened\": 0"))
    #expect(!desk.done("ticket", "list", "--status", "closed", "--format", "json").contains("\"reopened\": 1"))
    #expect(desk.done("ticket", "show", "1").contains("corrige su cierre"))
    let doctor = desk.run("doctor", "--format", "csv")
    #expect(doctor.data.contains("replay,ok"))
    // The same file again changes nothing.
    let before = desk.done("ticket", "show", "3")
    bring(["13:30", "11:00", "12:30", "11:30"], at: "2026-03-25T12:00")
    #expect(desk.done("ticket", "show", "3") == before)
  }
}
