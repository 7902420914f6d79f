import Desk
import Monitor
import SLA
import Testing

/// Design, rules of the clock, 4, 5, 9, 11 and 14.
@Suite struct PlazoMoveTests {
  private let opened = "2026-03-23T09:00"
  private static let clock = "SELECT deadline, original_deadline, moves, plazo FROM ticket_clock"

  @Test func theFirstPlazoIsKeptHoweverOftenItMoves() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.record(id, "2026-03-24T10:00", .plazo("3d"))
    try desk.record(id, "2026-03-25T10:00", .plazo("8h"))
    try desk.sweep("2026-03-25T10:00")
    let original = desk.at("2026-03-24T19:00").seconds
    #expect(try desk.dump(Self.clock) == ["\(desk.at("2026-03-26T10:00").seconds) \(original) 2 8h"])
    try desk.record(id, "2026-03-25T11:00", .plazo(nil))
    try desk.sweep("2026-03-25T11:00")
    // Back to the policy's 16 h, which count from now on.
    #expect(try desk.dump(Self.clock) == ["\(desk.at("2026-03-27T11:00").seconds) \(original) 3 16h"])
  }

  @Test func aPlazoGivenAtTheOpeningIsTheFirst() throws {
    let desk = try TestDesk()
    try desk.open(opened, plazo: "1d")
    try desk.sweep(opened)
    #expect(try desk.dump(Self.clock) == ["\(desk.at("2026-03-24T19:00").seconds) - 0 1d"])
  }

  @Test(arguments: [
    (plazo: "0h", opened: "2026-03-23T10:00", due: "2026-03-23T10:00:00"),
    (plazo: "0h", opened: "2026-03-23T15:00", due: "2026-03-23T15:00:00"),
    (plazo: "0d", opened: "2026-03-23T10:00", due: "2026-03-23T19:00:00"),
    (plazo: "0d", opened: "2026-03-23T19:00", due: "2026-03-24T19:00:00"),
    (plazo: "0d", opened: "2026-03-28T12:00", due: "2026-03-30T19:00:00"),
    (plazo: "1d", opened: "2026-03-27T20:00", due: "2026-03-30T19:00:00"),
    (plazo: "8h", opened: "2026-03-23T09:00", due: "2026-03-23T19:00:00"),
  ])
  func plazosAtTheirEdges(plazo: String, opened: String, due: String) throws {
    let desk = try TestDesk()
    try desk.open(opened, plazo: plazo)
    try desk.sweep(opened)
    #expect(try desk.deadline() == due)
    let instant = desk.at(due)
    try desk.sweep(instant.iso8601(in: .utc))
    #expect(try desk.dump("SELECT situation FROM ticket_clock") != ["late"])
    try desk.sweep((instant + 1).iso8601(in: .utc))
    #expect(try desk.dump("SELECT situation FROM ticket_clock") == ["late"])
  }

  @Test func aTicketWithoutAPlazoIsOnTimeAndItsVerdictSaysSo() throws {
    let desk = try TestDesk(rules: TestDesk.officeRules.replacing("plazo: \"16h\",", with: ""))
    let id = try desk.open(opened)
    try desk.sweep("2026-06-23T09:00")
    #expect(
      try desk.dump("SELECT situation, deadline, budget_s, next_change_at, policy FROM ticket_clock") == [
        "on-time - - - default"
      ])
    #expect(try desk.judged("2026-06-23T09:00").map(\.judgement) == [nil])
    _ = try desk.actions("2026-06-23T10:00").close(id)
    try desk.sweep("2026-06-23T10:00")
    #expect(try desk.dump("SELECT outcome, used_s, late_s, deadline FROM ticket_verdict") == ["no-plazo - - -"])
  }

  @Test func aTicketThatNoPolicyFitsRunsWithoutAPlazoUnlessItBringsOne() throws {
    let rules = TestDesk.officeRules.replacing(
      "calendar: \"office\",", with: "calendar: \"office\", when: { client: \"Otra\" },")
    let desk = try TestDesk(rules: rules)
    try desk.open(opened)
    try desk.open(opened, plazo: "2h")
    try desk.sweep(opened)
    // Without a policy there is no calendar but the one that is always open.
    #expect(
      try desk.dump("SELECT policy, deadline FROM ticket_clock ORDER BY ticket_id") == [
        " -", " \(desk.at("2026-03-23T11:00").seconds)",
      ])
  }

  @Test(arguments: [
    // In closed hours it holds to the second.
    (target: "2026-03-24T21:30:00", situation: "on-time", deadline: "2026-03-24T21:30:00"),
    // Before it was set.
    (target: "2026-03-23T08:00:00", situation: "late", deadline: "2026-03-23T08:00:00"),
    (target: "3000-01-01T00:00:00", situation: "on-time", deadline: "3000-01-01T00:00:00"),
  ])
  func aTargetHoldsToTheSecond(target: String, situation: String, deadline: String) throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.record(id, "2026-03-23T10:00", .target(TestDesk.instant(target)))
    try desk.sweep("2026-03-23T10:00")
    #expect(try desk.dump("SELECT situation, moves, plazo FROM ticket_clock") == ["\(situation) 1 -"])
    #expect(try desk.deadline() == deadline)
    if situation == "late" { return }
    try desk.sweep(target)
    #expect(try desk.dump("SELECT situation FROM ticket_clock") == ["near-due"])
    try desk.sweep((desk.at(target) + 1).iso8601(in: .utc))
    #expect(try desk.dump("SELECT situation FROM ticket_clock") == ["late"])
  }

  @Test(arguments: ["2026-03-23T13:00:00", "2026-03-23T13:00:01", "2026-03-23T18:00:00"])
  func aPlazoSetAfterTheStopIsOfTheNextCycle(set: String) throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    _ = try desk.actions("2026-03-23T13:00").close(id)
    try desk.record(id, set, .plazo("1h"))
    try desk.sweep("2026-03-23T18:30")
    #expect(try desk.dump("SELECT outcome, used_s, moves, plazo FROM ticket_verdict") == ["kept 14400 0 16h"])
    _ = try desk.actions("2026-03-24T09:00").reopen(id, reason: nil)
    try desk.sweep("2026-03-24T09:00")
    // Its hour counts from the reopening, since closed time does not.
    #expect(
      try desk.dump("SELECT deadline, moves, plazo FROM ticket_clock") == [
        "\(desk.at("2026-03-24T10:00").seconds) 1 1h"
      ])
  }

  @Test func openedClosedAndPromisedInOneSecondItStillHadThePolicysPlazo() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.record(id, opened, .closed)
    try desk.record(id, opened, .plazo("1h"))
    try desk.sweep(opened)
    #expect(try desk.dump("SELECT outcome, used_s, moves, plazo FROM ticket_verdict") == ["kept 0 0 16h"])
  }

  @Test(arguments: ["9999d", "99999h"])
  func aPlazoOfManyYearsIsCounted(plazo: String) throws {
    let desk = try TestDesk()
    try desk.open(opened, plazo: plazo)
    try desk.sweep(opened)
    // 9,999 working days are 1,999 weeks and four days; 99,999 hours of 40 a week are 2,499 weeks and 39 hours.
    #expect(try desk.deadline() == (plazo == "9999d" ? "2064-07-18T19:00:00" : "2074-02-16T18:00:00"))
  }

  @Test(arguments: ["9999d", "99999h"])
  func aPlazoThatEndsAfterAnyCalendarHasNoKnownDeadlineAndStopsNoSweep(plazo: String) throws {
    let desk = try TestDesk(
      rules: """
        { timeZone: "America/Mexico_City", calendars: { weekend: { weekly: { sat: ["09:00-10:00"] } } },
          policies: [{ name: "default", calendar: "weekend", clocks: { resolution: { plazo: "1h" } } }] }
        """)
    let id = try desk.open(opened, plazo: plazo)
    try desk.open(opened)
    try desk.sweep(opened)
    #expect(
      try desk.dump("SELECT situation, deadline FROM ticket_clock ORDER BY ticket_id") == [
        "on-time -", "on-time \(desk.at("2026-03-28T10:00").seconds)",
      ])
    _ = try desk.actions("2026-04-23T10:00").close(id)
    try desk.sweep("2026-04-23T10:00")
    #expect(try desk.dump("SELECT outcome, used_s, late_s, deadline FROM ticket_verdict") == ["kept 14400 0 -"])
  }

  @Test func aTicketPutAsideForDecadesHasTheSameDeadlineWhoeverAsks() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.record(id, "2026-03-23T10:00", .aside(until: TestDesk.instant("2061-03-23T09:00")))
    try desk.sweep("2026-03-23T10:00")
    #expect(try desk.deadline() == "2061-03-24T18:00:00")
    let judged = try desk.judged("2026-03-23T10:00").map(\.judgement?.deadline)
    #expect(judged == [desk.at("2061-03-24T18:00")])
    #expect(try desk.judged("2026-03-23T09:59:59").map(\.judgement?.deadline) == [desk.at("2026-03-24T19:00")])
  }

  @Test func aCalendarThatOpensNoMoreStillJudges() throws {
    let desk = try TestDesk(
      rules: """
        { timeZone: "America/Mexico_City", calendars: { fair: { overrides: { "2026-03-28": "09:00-17:00" } } },
          policies: [{ name: "default", calendar: "fair", clocks: { resolution: { plazo: "9h" } } }] }
        """)
    try desk.sweep(opened)
    try desk.open("2045-03-23T09:00")
    try desk.sweep("2045-03-23T09:00")
    #expect(try desk.dump("SELECT situation, deadline FROM ticket_clock") == ["on-time -"])
    // A ticket from before the fair used up eight of its nine hours there.
    try desk.record(1, "2045-03-23T10:00", .closed)
    var opening = TicketActions.Opening(title: "x", description: "")
    opening.client = "Acme"
    opening.happenedAt = desk.at(opened)
    _ = try desk.actions("2045-03-23T10:00").open(opening)
    try desk.sweep("2045-03-23T10:00", .full)
    #expect(try desk.dump("SELECT situation, deadline FROM ticket_clock") == ["near-due -"])
  }
}
