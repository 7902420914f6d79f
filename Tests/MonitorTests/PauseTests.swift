import Desk
import Monitor
import SLA
import Testing

/// Design, rules of the clock, 8. Opened on Monday at 09:00 with 16 h, due on Tuesday at 19:00.
@Suite struct PauseTests {
  private let opened = "2026-03-23T09:00"

  private func desk(_ facts: [(change: TicketChange, at: String)]) throws -> TestDesk {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    for fact in facts { try desk.record(id, fact.at, fact.change) }
    return desk
  }

  @Test func onePauseCanBeginBeforeTheClockDoes() throws {
    let desk = try desk([
      (.waiting(on: .client), "2026-03-23T10:00"), (.plazo("8h"), "2026-03-23T11:00"),
      (.waiting(on: .support), "2026-03-23T16:00"),
    ])
    try desk.sweep("2026-03-23T17:00")
    // Three hours of Monday are left from 16:00 on, five are of Tuesday.
    #expect(try desk.deadline() == "2026-03-24T14:00:00")
  }

  @Test func pausesThatOverlapCountOnce() throws {
    let desk = try desk([
      (.waiting(on: .client), "2026-03-23T10:00"), (.aside(until: TestDesk.instant("2026-03-23T17:00")), "2026-03-23T12:00"),
      (.waiting(on: .support), "2026-03-23T13:00"),
    ])
    try desk.sweep("2026-03-23T18:00")
    // From 10:00 to 17:00 lie five working hours.
    #expect(try desk.deadline() == "2026-03-25T14:00:00")
    #expect(try desk.dump("SELECT count(*) FROM ticket_clock_pause") == ["1"])
  }

  @Test(arguments: [
    (from: "2026-03-24T18:59:59", deadline: "-", situation: "near-due"),
    (from: "2026-03-24T19:00:00", deadline: "2026-03-24T19:00:00", situation: "late"),
    (from: "2026-03-25T10:00:00", deadline: "2026-03-24T19:00:00", situation: "late"),
  ])
  func onlyAPauseThatBeginsBeforeTheDeadlineMovesIt(from: String, deadline: String, situation: String) throws {
    let desk = try desk([(.waiting(on: .client), from)])
    try desk.sweep("2026-03-26T10:00")
    #expect(try desk.deadline() == deadline)
    #expect(try desk.dump("SELECT situation FROM ticket_clock") == [situation])
  }

  @Test func closingEndsAnOpenPause() throws {
    let desk = try desk([(.waiting(on: .client), "2026-03-23T10:00"), (.closed, "2026-03-25T10:00")])
    try desk.sweep("2026-03-26T10:00")
    // One hour used; had the client answered at the closing, 15 h would have been left.
    let deadline = desk.at("2026-03-26T19:00").seconds
    #expect(try desk.dump("SELECT outcome, used_s, deadline FROM ticket_verdict") == ["kept 3600 \(deadline)"])
  }

  @Test func whatIsPutAsideHasADeadlineAtOnce() throws {
    let desk = try desk([(.aside(until: TestDesk.instant("2026-03-25T09:00")), "2026-03-23T10:00")])
    try desk.sweep("2026-03-23T10:00")
    #expect(try desk.deadline() == "2026-03-26T18:00:00")
    try desk.sweep("2026-03-24T20:00")
    #expect(try desk.dump("SELECT situation FROM ticket_clock") == ["on-time"])
  }

  @Test(arguments: [(until: String?.none, due: "2026-03-25T18:00:00"), ("2026-03-24T11:00", "2026-03-26T10:00:00")])
  func whatIsPutAsideCanBeTakenUpEarlier(until: String?, due: String) throws {
    let desk = try desk([
      (.aside(until: TestDesk.instant("2026-03-27T09:00")), "2026-03-23T10:00"),
      (.aside(until: until.map(TestDesk.instant)), "2026-03-24T09:00"),
    ])
    try desk.sweep("2026-03-24T12:00")
    #expect(try desk.deadline() == due)
  }

  @Test func puttingAsideUntilAnInstantThatHasPassedIsNoPause() throws {
    let desk = try desk([(.aside(until: TestDesk.instant("2026-03-23T09:30")), "2026-03-23T10:00")])
    try desk.sweep("2026-03-23T10:00")
    #expect(try desk.deadline() == "2026-03-24T19:00:00")
    #expect(try desk.dump(TestDesk.pauseSQL).isEmpty)
  }

  @Test func whomThePolicyDoesNotNameIsNotWaitedFor() throws {
    let desk = try desk([(.waiting(on: .provider), "2026-03-23T10:00")])
    try desk.sweep("2026-03-23T12:00")
    #expect(try desk.deadline() == "2026-03-24T19:00:00")
  }

  @Test func factsThatAreRecordedOutOfOrderTakeTheirPlace() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.record(id, "2026-03-24T10:00", .waiting(on: .support))
    try desk.sweep("2026-03-24T10:00")
    try desk.record(id, "2026-03-24T11:00", [(.waiting(on: .client), "2026-03-23T11:00")])
    try desk.sweep("2026-03-24T11:00")
    // Two hours were used on Monday; 14 h are left from Tuesday 10:00.
    #expect(try desk.deadline() == "2026-03-25T18:00:00")
  }
}
