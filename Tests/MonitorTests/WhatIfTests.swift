import Desk
import Monitor
import SLA
import Testing

@Suite struct WhatIfTests {
  private func changes(
    _ desk: TestDesk, _ rules: String, since: String, now: String
  ) throws -> (WhatIf.Summary, [WhatIf.Change]) {
    var changes: [WhatIf.Change] = []
    let summary = try WhatIf.compare(
      TestDesk.candidate(rules, now: desk.at(now)), since: desk.at(since), on: desk.connection, now: desk.at(now)
    ) { changes.append($0) }
    return (summary, changes)
  }

  /// Two tickets closed after six hours of work, and one after one, by a plazo of sixteen.
  private func desk() throws -> TestDesk {
    let desk = try TestDesk()
    for (opened, closed) in [
      ("2026-03-23T10:00", "2026-03-23T18:00"), ("2026-03-24T10:00", "2026-03-24T11:00"),
      ("2026-03-25T10:00", "2026-03-25T18:00"),
    ] {
      let id = try desk.open(opened)
      try desk.reply(id, closed) { $0.closes = true }
    }
    try desk.sweep("2026-03-26T09:00")
    return desk
  }

  @Test func tellsWhichVerdictsAShorterPlazoWouldHaveMadeLate() throws {
    let desk = try desk()
    let shorter = TestDesk.officeRules.replacing("16h", with: "2h")
    let verdicts = try desk.dump("SELECT * FROM ticket_verdict")
    let (summary, changes) = try changes(desk, shorter, since: "2026-03-23T00:00", now: "2026-03-27T09:00")
    #expect([summary.verdicts, summary.different, summary.keptToLate, summary.lateToKept] == [3, 3, 2, 0])
    #expect(changes.map(\.ownerID) == [1, 2, 3])
    #expect(changes[0].before.outcome == "kept" && changes[0].after?.outcome == "late")
    #expect(changes[0].after?.late == Seconds(4 * 3600))
    #expect(changes[1].after?.outcome == "kept" && changes[1].after?.deadline == desk.at("2026-03-24T12:00"))
    // Nothing was written.
    #expect(try desk.dump("SELECT * FROM ticket_verdict") == verdicts)
  }

  @Test func onlyStopsOfTheTimeAskedForCount() throws {
    let desk = try desk()
    let shorter = TestDesk.officeRules.replacing("16h", with: "2h")
    #expect(try changes(desk, shorter, since: "2026-03-24T11:00", now: "2026-03-27T09:00").0.verdicts == 2)
    #expect(try changes(desk, shorter, since: "2026-03-24T11:00:01", now: "2026-03-27T09:00").0.verdicts == 1)
    #expect(try changes(desk, shorter, since: "2026-03-23T00:00", now: "2026-03-25T17:59").0.verdicts == 2)
  }

  @Test func theSameConfigurationChangesNothing() throws {
    let desk = try desk()
    let (summary, changes) = try changes(desk, TestDesk.officeRules, since: "2026-01-01T00:00", now: "2026-03-27T09:00")
    #expect(summary.verdicts == 3 && summary.different == 0 && changes.isEmpty)
  }

  /// A correction of the ticket after the freezing has no part in what would have been.
  @Test func judgesByTheFactsOfTheFreezing() throws {
    let desk = try desk()
    let byPriority = TestDesk.officeRules.replacing(
      "policies: [",
      with:
        "policies: [{ name: \"urgent\", when: { priority: \"alta\" }, calendar: \"office\", clocks: { resolution: { plazo: \"1h\" } } }, "
    )
    try desk.record(1, "2026-03-26T10:00", .edited(.priority, "alta"))
    #expect(try changes(desk, byPriority, since: "2026-03-23T00:00", now: "2026-03-27T09:00").0.different == 0)
  }
}
