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

  @Test("of a task supersedes its verdict, too")
  func ofATask() throws {
    desk.write(
      """
      { kind: "tasks", source: "s", times: "yyyy-MM-dd HH:mm",
        fields: { key: "ID", title: "T", technician: "W", opened_at: "O", plazo: "P", status: "S", closed_at: "X" } }
      """, to: "tasks.json5")
    func bring(_ closing: String, _ status: String = "closed", by technician: String = "beto") {
      desk.write(
        "ID,T,W,O,P,S,X\n1,Uno,\(technician),2026-03-23 09:00,2d,\(status),\(closing)\n", to: "tasks.csv")
      desk.done("import", "tasks", "tasks.csv", "--as", "ada", "--map", "tasks.json5")
      desk.done("tick")
    }
    func verdicts() -> String {
      desk.done("report", "run", "sla-compliance", "--csv", "rfc4180", "--period", "2026-03", "--format", "csv")
    }
    desk.now = "2026-03-27T09:00"
    bring("2026-03-24 12:00")
    #expect(verdicts().contains("2026-03-24 12:00:00,kept"))
    desk.now = "2026-03-27T10:00"
    bring("2026-03-26 12:00")
    #expect(verdicts().contains("2026-03-26 12:00:00,late") && !verdicts().contains("kept"))
    desk.now = "2026-03-27T11:00"
    bring("2026-03-25 12:00")
    #expect(verdicts().contains("2026-03-25 12:00:00,kept") && !verdicts().contains(",late,"))
    #expect(desk.done("task", "show", "1").contains("corrige su cierre"))
    #expect(desk.run("doctor", "--format", "csv").data.contains("replay,ok"))
    desk.now = "2026-03-27T12:00"
    bring("", "open", by: "ana")
    let show = desk.done("task", "show", "1")
    #expect(show.contains("la asigna a ana") && show.contains("la reabre") && show.contains("Abierta"))
    let log = desk.done("report", "run", "activity-log", "--period", "2026-03", "--format", "json")
    #expect(log.contains("\"detail\"") && !log.contains("\"said\": \"2\""))
  }

  @Test("by the log of its events stands until its row opens it again, however both came in")
  func byTheLog() throws {
    desk.write(
      """
      { kind: "tickets", source: "s", times: "yyyy-MM-dd HH:mm", fields: { key: "ID", client: "C", title: "T",
        status: "S", opened_at: "O", closed_at: "X", changed_at: "M", plazo: "P" } }
      """, to: "map.json5")
    desk.write(
      """
      { kind: "events", source: "s", times: "yyyy-MM-dd HH:mm", fields: { key: "ID", at: "A", status: "S" } }
      """, to: "events.json5")
    desk.write(
      "ID,C,T,S,O,X,M,P\nA,Acme,Uno,open,2026-03-23 09:00,,2026-03-26 10:00,3d\n", to: "tickets.csv")
    desk.write("ID,A,S\nA,2026-03-23 09:00,open\nA,2026-03-24 09:00,closed\n", to: "events.csv")
    desk.now = "2026-03-27T09:00"
    desk.done(
      "import", "tickets", "tickets.csv", "--as", "ana", "--map", "map.json5", "--events", "events.csv",
      "--events-map", "events.json5")
    desk.done("tick")
    let show = desk.done("ticket", "show", "1")
    #expect(show.contains("2026-03-24 09:00  ") && show.contains("2026-03-26 10:00  "), "\(show)")
    let list = desk.done("ticket", "list", "--status", "all", "--format", "json")
    #expect(list.contains("\"status\": \"open\"") && list.contains("\"reopened\": 1"), "\(list)")
    // A reopening that is told late, of before the one that is known, is no second one.
    desk.write(
      "ID,A,S\nA,2026-03-23 09:00,open\nA,2026-03-24 09:00,closed\nA,2026-03-25 09:00,open\n", to: "events.csv")
    desk.now = "2026-03-27T10:00"
    desk.done(
      "import", "tickets", "tickets.csv", "--as", "ana", "--map", "map.json5", "--events", "events.csv",
      "--events-map", "events.json5")
    desk.done("tick")
    #expect(desk.done("ticket", "list", "--status", "all", "--format", "json").contains("\"reopened\": 1"))
    #expect(desk.run("doctor", "--format", "csv").data.contains("replay,ok"))
  }
}
