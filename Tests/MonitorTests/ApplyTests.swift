import Desk
import Monitor
import SLA
import SQLite
import Testing

/// Design, rules of the clock, 13.
@Suite struct ApplyTests {
  private let opened = "2026-03-23T09:00"

  @discardableResult
  private func apply(_ desk: TestDesk, _ now: String, _ edits: [(String, String)]) throws -> Sweep.Outcome {
    let text = edits.reduce(TestDesk.officeRules) { $0.replacing($1.0, with: $1.1) }
    return try Sweep(desk.connection, now: desk.at(now)).apply(TestDesk.candidate(text, now: desk.at(now)))
  }

  @Test func pauseRulesJudgeTheWholeHistoryOfOpenClocks() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.record(id, "2026-03-23T10:00", .waiting(on: .client))
    try desk.record(id, "2026-03-23T12:00", .waiting(on: .provider))
    try desk.sweep("2026-03-23T13:00")
    #expect(try desk.deadline() == "2026-03-25T11:00:00")
    // Applied while another pause is open: the client's two hours count again, the provider's no more.
    try apply(desk, "2026-03-23T16:00", [("[\"client\"]", "[\"provider\"]")])
    #expect(try desk.deadline() == "-")
    try desk.record(id, "2026-03-23T17:00", .waiting(on: .support))
    try desk.sweep("2026-03-23T17:00")
    // Three hours used until noon; 13 h are left from Monday 17:00.
    #expect(try desk.deadline() == "2026-03-25T12:00:00")
  }

  @Test func whatWasClosedBeforeIsJudgedByTheVersionThatWasInForceThen() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.open(opened)
    try desk.sweep(opened)
    // No sweep looks between the closing and the applying.
    _ = try desk.actions("2026-03-23T18:00").close(id)
    let outcome = try apply(desk, "2026-03-23T18:30", [("16h", "1h")])
    #expect(outcome.rebuilt == 2 && outcome.verdicts == 1 && outcome.transitions == 1)
    #expect(
      try desk.dump("SELECT outcome, budget_s, policy_version_id FROM ticket_verdict") == ["kept 57600 1"])
  }

  @Test func anApplyingBeforeTheLastSweepDoesNothingAndSaysSo() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    let outcome = try apply(desk, "2026-03-23T08:59:59", [("16h", "1h")])
    #expect(outcome.laterSweep == desk.at(opened) && outcome.applied == nil)
    #expect(try desk.dump("SELECT count(*) FROM policy_version") == ["1"])
  }

  @Test func anEarlierVersionThatComesBackIsTheSameVersion() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    try apply(desk, "2026-03-23T10:00", [("16h", "1h")])
    try apply(desk, "2026-03-23T12:00", [])
    #expect(
      try desk.dump("SELECT policy_version_id, applied_at FROM policy_application ORDER BY id") == [
        "1 \(desk.at(opened).seconds)", "2 \(desk.at("2026-03-23T10:00").seconds)",
        "1 \(desk.at("2026-03-23T12:00").seconds)",
      ])
    #expect(try desk.deadline() == "2026-03-24T19:00:00")
    #expect(try Plan.isApplied(desk.candidate, on: desk.connection))
  }

  @Test func aVersionKeepsItsZonesData() throws {
    // The first data of Mexico City are those of Madrid: so may a later release of the zone database differ.
    let desk = try TestDesk()
    let madrid = try TestDesk.zone("Europe/Madrid")
    func candidate(_ zone: @escaping (String) throws -> Zone) throws -> AppliedRules.Candidate {
      try TestDesk.candidate(TestDesk.officeRules, now: desk.at(opened), zone: zone)
    }
    let old = try candidate { try Zone(name: $0, data: madrid.data) }
    let new = try candidate(TestDesk.zone)
    try desk.open(opened)
    _ = try Sweep(desk.connection, now: desk.at(opened)).run(candidate: old)
    // Nine in the morning is four in the afternoon in Madrid: three hours, eight, five.
    #expect(try desk.deadline() == "2026-03-25T07:00:00")
    _ = try Sweep(desk.connection, now: desk.at("2026-03-23T10:00")).run(.full, candidate: new)
    #expect(try desk.deadline() == "2026-03-25T07:00:00")
    #expect(try Plan.isApplied(new, on: desk.connection) == false)
    _ = try Sweep(desk.connection, now: desk.at("2026-03-23T10:00")).apply(new)
    #expect(try desk.deadline() == "2026-03-24T19:00:00")
  }

  @Test func aCalendarThatNeverOpensIsRefusedByName() throws {
    let text = """
      { timeZone: "America/Mexico_City", calendars: { fair: { overrides: { "2020-03-28": "09:00-17:00" } } },
        policies: [{ name: "default", calendar: "fair" }] }
      """
    #expect(
      throws: DeskError("the calendar 'fair' never opens within 10 years", mend: "give it hours in plazo.json5")
    ) { try TestDesk.candidate(text, now: TestDesk.instant(opened)) }
  }

  @Test func aPlanTellsWhatWouldMoveAndWritesNothing() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.open(opened, plazo: "1h")
    let closed = try desk.open(opened)
    _ = try desk.actions("2026-03-23T09:30").close(closed)
    try desk.sweep("2026-03-23T10:30")
    let tables = ["policy_version", "policy_application", "calendar_version", "ticket_clock", "ticket_transition"]
    let before = try tables.map { try desk.dump("SELECT count(*) FROM \($0)") }
    let changed = try TestDesk.candidate(
      TestDesk.officeRules.replacing("plazo: \"16h\",", with: "plazo: \"1h\", nearDue: { margin: \"1h\" },"),
      now: desk.at("2026-03-23T10:30"))
    var moves: [Plan.Move] = []
    let summary = try Plan.compare(changed, on: desk.connection, now: desk.at("2026-03-23T10:30")) { moves.append($0) }
    #expect(summary.openTickets == 2 && summary.deadlinesMoved == 1 && summary.situationsMoved == 1)
    // A margin that is not below the plazo is ignored, and told.
    #expect(summary.ignoredMargins == ["default"])
    #expect(moves.map(\.ownerID) == [1])
    #expect(moves[0].before.deadline == desk.at("2026-03-24T19:00"))
    #expect(moves[0].after.deadline == desk.at("2026-03-23T10:00"))
    #expect(moves[0].before.situation == .onTime && moves[0].after.situation == .late)
    #expect(try tables.map { try desk.dump("SELECT count(*) FROM \($0)") } == before)
  }

  @Test func holidaysOverridesAndTheCalendarThatIsAlwaysOpenCount() throws {
    let text = """
      { timeZone: "America/Mexico_City",
        calendars: { office: {
          weekly: { mon: "09:00-17:00", tue: "09:00-17:00", wed: "09:00-17:00", thu: "09:00-17:00", fri: "09:00-17:00" },
          holidays: [{ from: "2026-04-02", to: "2026-04-03", name: "Semana Santa" }],
          overrides: { "2026-04-03": "10:00-12:00", "2026-04-04": ["09:00-10:00"] } } },
        policies: [
          { name: "natural", calendar: "always", when: { client: ["Acme"], priority: "baja" },
            clocks: { resolution: { plazo: "2d" } } },
          { name: "default", calendar: "office", clocks: { resolution: { plazo: "10h" } } }] }
      """
    let desk = try TestDesk(rules: text)
    try desk.open("2026-04-01T10:00")
    var opening = TicketActions.Opening(title: "x", description: "")
    opening.client = "Acme"
    opening.priority = "baja"
    _ = try desk.actions("2026-04-01T10:00").open(opening)
    try desk.sweep("2026-04-01T10:00")
    // Seven hours on Wednesday, none on Thursday, two by override on the other holiday, one on the Saturday.
    #expect(
      try desk.connection.rows(sql: "SELECT policy, deadline FROM ticket_clock ORDER BY ticket_id").map {
        "\($0[0].text!) \(desk.local(Instant($0[1].integer!)))"
      } == ["default 2026-04-04T10:00:00", "natural 2026-04-04T00:00:00"])
  }
}
