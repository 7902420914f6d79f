import Desk
import Monitor
import SLA
import SQLite
import Testing

/// Design, rules of the clock, 12. 16 h from Monday 09:00, due on Tuesday at 19:00, closed on Wednesday at 10:00.
@Suite struct FrozenVerdictTests {
  private static let rows = "SELECT cycle, outcome, used_s, supersedes_id FROM ticket_verdict ORDER BY id"

  private func desk(opened: String = "2026-03-23T09:00", closed: String = "2026-03-25T10:00") throws -> TestDesk {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    _ = try desk.actions(closed).close(id)
    try desk.sweep(closed)
    return desk
  }

  @Test func factsFromAfterTheStopChangeNothing() throws {
    let desk = try desk()
    try desk.record(1, "2026-03-26T10:00", [(.waiting(on: .client), "2026-03-25T10:00:01"), (.plazo("9d"), "2026-03-25T11:00")])
    try desk.sweep("2026-03-26T10:00")
    #expect(try desk.dump(Self.rows) == ["1 late 61200 -"])
  }

  @Test func aFactFromBeforeTheStopThatChangesNothingAddsNothing() throws {
    let desk = try desk()
    try desk.record(1, "2026-03-26T10:00", [(.waiting(on: .provider), "2026-03-24T10:00")])
    try desk.sweep("2026-03-26T10:00")
    #expect(try desk.dump(Self.rows) == ["1 late 61200 -"])
  }

  @Test func verdictsSupersedeOneAfterTheOther() throws {
    let desk = try desk()
    try desk.record(1, "2026-03-26T10:00", [(.waiting(on: .client), "2026-03-25T09:00")])
    try desk.sweep("2026-03-26T10:00")
    try desk.record(1, "2026-03-26T11:00", [(.waiting(on: .client), "2026-03-24T18:00")])
    try desk.sweep("2026-03-26T11:00")
    // A pause that begins after the deadline takes its hour out of the used time, and moves no deadline.
    #expect(try desk.dump(Self.rows) == ["1 late 61200 -", "1 late 57600 1", "1 kept 54000 2"])
    #expect(try desk.dump("SELECT count(*) FROM ticket_verdict WHERE reason IS NOT NULL") == ["2"])
  }

  @Test func aClosingThatWasEarlierSupersedesWithItsOwnStop() throws {
    let desk = try desk()
    try desk.record(1, "2026-03-26T10:00", [(.closed, "2026-03-24T10:00")])
    try desk.sweep("2026-03-26T10:00")
    #expect(try desk.dump(Self.rows) == ["1 late 61200 -", "1 kept 32400 1"])
    #expect(
      try desk.dump("SELECT stopped_at FROM ticket_verdict WHERE id = 2") == ["\(desk.at("2026-03-24T10:00").seconds)"])
  }

  @Test func aCycleThatComesOutLaterShiftsTheOthers() throws {
    let desk = try desk()
    try desk.record(
      1, "2026-03-26T10:00", [(.closed, "2026-03-23T11:00"), (.reopened(reason: nil), "2026-03-24T09:00")])
    try desk.sweep("2026-03-26T10:00")
    #expect(try desk.dump(Self.rows) == ["1 late 61200 -", "1 kept 7200 1", "2 kept 39600 -"])
  }

  @Test func aPlazoThatOnlyMovedInPaperSupersedesToo() throws {
    // Opened before hours, and given the same plazo before hours: deadline, used and late stay what they were.
    let desk = try desk(opened: "2026-03-23T08:00")
    try desk.record(1, "2026-03-26T10:00", [(.plazo("16h"), "2026-03-23T08:30")])
    try desk.sweep("2026-03-26T10:00")
    #expect(
      try desk.dump("SELECT moves, original_outcome, deadline, used_s, late_s FROM ticket_verdict ORDER BY id") == [
        "0 - \(desk.at("2026-03-24T19:00").seconds) 61200 3600",
        "1 late \(desk.at("2026-03-24T19:00").seconds) 61200 3600",
      ])
  }

  @Test func theRulesThatFrozeTheFirstJudgeTheOthers() throws {
    let desk = try desk()
    let changed = try TestDesk.candidate(
      TestDesk.officeRules.replacing("16h", with: "1h").replacing("[\"client\"]", with: "[]"),
      now: desk.at("2026-03-25T11:00"))
    _ = try Sweep(desk.connection, now: desk.at("2026-03-25T11:00")).apply(changed)
    #expect(try desk.dump(Self.rows) == ["1 late 61200 -"])
    try desk.record(1, "2026-03-26T10:00", [(.waiting(on: .client), "2026-03-24T18:00")])
    try desk.sweep("2026-03-26T10:00")
    #expect(
      try desk.dump("SELECT outcome, used_s, budget_s, policy_version_id FROM ticket_verdict ORDER BY id") == [
        "late 61200 57600 1", "kept 54000 57600 1",
      ])
  }

  @Test func aVerdictIsNeitherChangedNorRemoved() throws {
    let desk = try desk()
    for sql in ["UPDATE ticket_verdict SET outcome = 'kept'", "DELETE FROM ticket_verdict"] {
      #expect { try desk.connection.execute(sql: sql) } throws: {
        ($0 as? DatabaseError)?.message == "a verdict is frozen"
      }
    }
  }

  @Test func aVerdictIsFrozenWithItsVersionsAndWithTheInstantOfItsFreezing() throws {
    let desk = try TestDesk()
    let id = try desk.open("2026-03-23T09:00")
    try desk.record(id, "2026-03-23T10:00", .plazo("1d"))
    _ = try desk.actions("2026-03-23T11:00").close(id)
    try desk.sweep("2026-03-24T10:00")
    #expect(
      try desk.dump(
        """
        SELECT v.kind, v.policy, v.plazo, v.budget_s, v.late_s, v.moves, v.original_outcome, v.started_at, v.recorded_at,
            c.name, p.hash
          FROM ticket_verdict v JOIN calendar_version c ON c.id = v.calendar_id
          JOIN policy_version p ON p.id = v.policy_version_id
        """) == [
          "resolution default 1d 54000 0 1 kept \(desk.at("2026-03-23T10:00").seconds) \(desk.at("2026-03-24T10:00").seconds) office \(desk.candidate.hash)"
        ])
  }
}
