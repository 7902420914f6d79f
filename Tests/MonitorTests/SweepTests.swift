import Desk
import Monitor
import SLA
import SQLite
import Testing

@Suite struct SweepTests {
  // Monday 2026-03-23 09:00: 8 working hours a day, so 16 h are used up on Tuesday at 19:00.
  private let opened = "2026-03-23T09:00"

  @Test(arguments: [
    (now: "2026-03-24T13:47:59", situation: "on-time"),
    // 12 h 48 min of 16 h are 80 %.
    (now: "2026-03-24T13:48:00", situation: "near-due"),
    (now: "2026-03-24T19:00:00", situation: "near-due"),
    (now: "2026-03-24T19:00:01", situation: "late"),
  ])
  func situationsAroundTheThresholdAndTheDueSecond(now: String, situation: String) throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    try desk.sweep(now)
    #expect(try desk.dump("SELECT situation FROM ticket_clock") == [situation])
  }

  @Test func transitionsBearTheInstantAtWhichTheyBecameTrue() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    try desk.sweep("2026-04-20T12:00")
    let near = desk.at("2026-03-24T13:48:00").seconds
    let late = desk.at("2026-03-24T19:00:01").seconds
    #expect(
      try desk.dump("SELECT from_situation, to_situation, happened_at FROM ticket_transition ORDER BY id") == [
        "on-time near-due \(near)", "near-due late \(late)",
      ])
  }

  @Test func aSecondSweepAtTheSameInstantChangesNothing() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep("2026-03-25T10:00")
    let before = try desk.dump(TestDesk.clockSQL)
    let outcome = try desk.sweep("2026-03-25T10:00")
    #expect(outcome.rebuilt == 0 && outcome.judged == 0 && outcome.transitions == 0)
    #expect(try desk.dump(TestDesk.clockSQL) == before)
  }

  @Test func aSweepBeforeTheLastOneDoesNothingAndSaysSo() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep("2026-03-25T10:00")
    let before = try desk.dump(TestDesk.clockSQL)
    #expect(try desk.sweep("2026-03-25T09:59:59").laterSweep == desk.at("2026-03-25T10:00"))
    #expect(try desk.dump(TestDesk.clockSQL) == before)
  }

  @Test func closingFreezesOneVerdict() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.sweep(opened)
    _ = try desk.actions("2026-03-25T10:00").close(id)
    try desk.sweep("2026-03-25T10:00")
    try desk.sweep("2026-03-25T10:01")
    // Tuesday 19:00 was due; one working hour of Wednesday is over.
    #expect(try desk.dump("SELECT outcome, used_s, late_s, cycle FROM ticket_verdict") == ["late 61200 3600 1"])
    #expect(try desk.dump(TestDesk.clockSQL).isEmpty)
  }

  @Test func closingAtTheDueSecondKeepsThePlazo() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    _ = try desk.actions("2026-03-24T19:00").close(id)
    try desk.sweep("2026-03-25T10:00")
    #expect(try desk.dump("SELECT outcome, late_s FROM ticket_verdict") == ["kept 0"])
  }

  @Test func waitingOnAPausedPartyStopsTheClockAndItsDeadline() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.reply(id, "2026-03-23T10:00") { $0.waitingOn = .client }
    try desk.sweep("2026-03-30T10:00")
    #expect(try desk.dump("SELECT situation, deadline, next_change_at FROM ticket_clock") == ["on-time - -"])
    // Back after a week: 15 h are left from Monday 10:00, so it is due on Tuesday at 19:00.
    try desk.reply(id, "2026-03-30T10:00") { $0.waitingOn = .support }
    try desk.sweep("2026-03-30T10:00")
    #expect(try desk.dump("SELECT deadline FROM ticket_clock") == ["\(desk.at("2026-03-31T19:00").seconds)"])
  }

  @Test func aNewPlazoCountsFromWhenItIsSetAndTheFirstIsKept() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.reply(id, "2026-03-24T10:00") { $0.plazo = "3d" }
    try desk.sweep("2026-03-24T10:00")
    let final = desk.at("2026-03-27T19:00").seconds
    let original = desk.at("2026-03-24T19:00").seconds
    #expect(
      try desk.dump("SELECT deadline, original_deadline, moves, plazo FROM ticket_clock") == [
        "\(final) \(original) 1 3d"
      ])
    _ = try desk.actions("2026-03-25T10:00").close(id)
    try desk.sweep("2026-03-25T10:00")
    #expect(try desk.dump("SELECT outcome, original_outcome FROM ticket_verdict") == ["kept late"])
  }

  @Test(arguments: [
    // Closed on Monday at 11:00 with 2 h used, reopened on Tuesday at 09:00: 14 h are left, 8 of them on Tuesday.
    (mode: "continue", due: "2026-03-25T17:00"),
    (mode: "count-closed", due: "2026-03-24T19:00"),
    (mode: "restart", due: "2026-03-25T19:00"),
  ])
  func aReopenedTicketsClockGoesOnAsThePolicySays(mode: String, due: String) throws {
    let desk = try TestDesk(
      rules: TestDesk.officeRules.replacing(
        "calendar: \"office\",", with: "calendar: \"office\", reopening: \"\(mode)\","))
    let id = try desk.open(opened)
    _ = try desk.actions("2026-03-23T11:00").close(id)
    try desk.sweep("2026-03-23T11:00")
    _ = try desk.actions("2026-03-24T09:00").reopen(id, reason: nil)
    try desk.sweep("2026-03-24T09:00")
    #expect(try desk.dump("SELECT deadline, cycle FROM ticket_clock") == ["\(desk.at(due).seconds) 2"])
    #expect(try desk.dump("SELECT outcome, used_s FROM ticket_verdict") == ["kept 7200"])
  }

  @Test func factsFromBeforeTheStopSupersedeAVerdictAndBothAreKept() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    _ = try desk.actions("2026-03-25T10:00").close(id)
    try desk.sweep("2026-03-25T10:00")
    // It comes out later that the client was awaited all of Monday afternoon.
    try DeskWriter.transact(desk.connection, at: desk.at("2026-03-26T10:00"), by: nil) { writer in
      var row = try #require(try Tickets(desk.connection).ticket(id))
      try writer.append([.waiting(on: .client)], to: &row, at: desk.at("2026-03-23T16:00"))
      try writer.append([.waiting(on: .support)], to: &row, at: desk.at("2026-03-23T19:00"))
    }
    try desk.sweep("2026-03-26T10:00")
    #expect(
      try desk.dump("SELECT outcome, used_s, supersedes_id FROM ticket_verdict ORDER BY id") == [
        "late 61200 -", "kept 50400 1",
      ])
    try desk.sweep("2026-03-26T10:01")
    #expect(try desk.dump("SELECT count(*) FROM ticket_verdict") == ["2"])
  }

  @Test func theAppliedVersionJudgesUntilTheNextIsApplied() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    let changed = try TestDesk.candidate(
      TestDesk.officeRules.replacing("16h", with: "8h"), now: desk.at("2026-03-23T10:00"))
    _ = try Sweep(desk.connection, now: desk.at("2026-03-23T10:00")).run(candidate: changed)
    #expect(try desk.dump("SELECT deadline FROM ticket_clock") == ["\(desk.at("2026-03-24T19:00").seconds)"])
    #expect(try Plan.isApplied(changed, on: desk.connection) == false)
    var moves: [Plan.Move] = []
    let summary = try Plan.compare(changed, on: desk.connection, now: desk.at("2026-03-23T10:00")) { moves.append($0) }
    #expect(summary.deadlinesMoved == 1 && moves[0].after.deadline == desk.at("2026-03-23T19:00"))
    _ = try Sweep(desk.connection, now: desk.at("2026-03-23T10:00")).apply(changed)
    #expect(try desk.dump("SELECT deadline FROM ticket_clock") == ["\(desk.at("2026-03-23T19:00").seconds)"])
    #expect(try Plan.isApplied(changed, on: desk.connection))
  }
}
