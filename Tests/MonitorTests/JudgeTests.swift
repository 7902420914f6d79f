import Desk
import Monitor
import SLA
import Testing

@Suite struct JudgeTests {
  private let opened = "2026-03-23T09:00"

  private func told(_ desk: TestDesk, _ now: String) throws -> [String] {
    try desk.judged(now).map { judged in
      "\(judged.ownerID) \(judged.situation.rawValue) \(judged.judgement?.deadline.map(desk.local) ?? "-")"
    }
  }

  @Test func anInstantBeforeTheLastSweepIsJudgedByWhatHadHappenedThen() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.record(id, "2026-03-23T12:00", .waiting(on: .client))
    try desk.record(id, "2026-03-24T12:00", .waiting(on: .support))
    try desk.record(id, "2026-03-24T13:00", .closed)
    try desk.open("2026-03-24T15:00")
    try desk.sweep("2026-03-25T09:00")
    #expect(try told(desk, "2026-03-23T08:59:59").isEmpty)
    #expect(try told(desk, "2026-03-23T11:59:59") == ["1 on-time 2026-03-24T19:00:00"])
    #expect(try told(desk, "2026-03-23T12:00:00") == ["1 on-time -"])
    #expect(try told(desk, "2026-03-24T12:59:59") == ["1 on-time 2026-03-25T19:00:00"])
    #expect(try told(desk, "2026-03-24T13:00:00").isEmpty)
    #expect(try told(desk, "2026-03-24T15:00:00") == ["2 on-time 2026-03-26T14:00:00"])
    #expect(try Judge(desk.connection, now: desk.at("2026-03-24T12:00"), candidate: desk.candidate).one(2) == nil)
    let one = try Judge(desk.connection, now: desk.at("2026-03-23T12:00"), candidate: desk.candidate).one(id)
    #expect(one?.judgement?.isPaused == true)
  }

  @Test func anInstantBeforeTheLastSweepIsJudgedByTheRulesThatWereInForceThen() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    for (now, plazo) in [("2026-03-23T12:00", "1h"), ("2026-03-23T16:00", "16h")] {
      let text = TestDesk.officeRules.replacing("16h", with: plazo)
      _ = try Sweep(desk.connection, now: desk.at(now)).apply(TestDesk.candidate(text, now: desk.at(now)))
    }
    try desk.sweep("2026-03-23T18:00")
    // Before anything was applied, the first version stands in.
    for now in ["2026-03-23T09:00:00", "2026-03-23T11:59:59", "2026-03-23T16:00:00", "2026-03-23T18:00:00"] {
      #expect(try told(desk, now) == ["1 on-time 2026-03-24T19:00:00"], "\(now)")
    }
    for now in ["2026-03-23T12:00:00", "2026-03-23T15:59:59"] {
      #expect(try told(desk, now) == ["1 late 2026-03-23T10:00:00"], "\(now)")
    }
  }

  @Test func aTicketIsJudgedAsItWasBeforeItWasPutRight() throws {
    let urgent = """
      policies: [{ name: "urgent", calendar: "office", when: { priority: "alta", client: "Acme", product: "Nómina" },
        clocks: { resolution: { plazo: "1h" } } },
      """
    let desk = try TestDesk(rules: TestDesk.officeRules.replacing("policies: [", with: urgent))
    let payroll = try Directory(desk.connection).add("Nómina", to: .product)
    let id = try desk.open(opened)
    try desk.record(id, "2026-03-23T10:00", .edited(.product, "\(payroll)"))
    try desk.record(id, "2026-03-23T11:00", .edited(.priority, "alta"))
    try desk.record(id, "2026-03-23T12:00", .edited(.title, "Otro"))
    try desk.record(id, "2026-03-23T13:00", .edited(.priority, nil))
    try desk.sweep("2026-03-23T17:00")
    func policy(_ now: String) throws -> [String] { try desk.judged(now).map(\.policy) }
    #expect(try policy("2026-03-23T10:59:59") == ["default"])
    #expect(try policy("2026-03-23T11:00:00") == ["urgent"])
    #expect(try policy("2026-03-23T12:59:59") == ["urgent"])
    #expect(try policy("2026-03-23T13:00:00") == ["default"])
  }

  @Test func whatNoSweepHasSeenIsJudgedAsASweepWould() throws {
    let desk = try TestDesk()
    for _ in 1...4 { try desk.open(opened) }
    try desk.sweep(opened)
    try desk.record(2, "2026-03-23T10:00", .plazo("1h"))
    _ = try desk.actions("2026-03-23T10:00").close(3)
    try desk.open("2026-03-23T10:00")
    let before = try told(desk, "2026-03-23T12:00")
    #expect(
      before == [
        "1 on-time 2026-03-24T19:00:00", "2 late 2026-03-23T11:00:00", "4 on-time 2026-03-24T19:00:00",
        "5 on-time 2026-03-25T10:00:00",
      ])
    #expect(try desk.dump("SELECT count(*) FROM ticket_verdict") == ["0"])
    try desk.sweep("2026-03-23T12:00")
    #expect(try told(desk, "2026-03-23T12:00") == before)
  }

  @Test func whatHappensLaterThanAnInstantAfterTheLastSweepHasNoPartInIt() throws {
    let desk = try TestDesk()
    for _ in 1...3 { try desk.open(opened) }
    try desk.sweep("2026-03-23T10:00")
    try desk.record(1, "2026-03-23T10:30", .closed)
    try desk.record(2, "2026-03-23T10:30", .plazo("1h"))
    try desk.open("2026-03-23T10:30")
    let asBefore = (1...3).map { "\($0) on-time 2026-03-24T19:00:00" }
    // At the very instant of the sweep, after it, and a second before.
    for now in ["2026-03-23T10:00:00", "2026-03-23T10:29:59"] {
      #expect(try told(desk, now) == asBefore, "\(now)")
      let judge = try Judge(desk.connection, now: desk.at(now), candidate: desk.candidate)
      #expect(try judge.one(1) != nil)
      #expect(try judge.one(4) == nil)
      var unfrozen = 0
      try judge.eachUnfrozen { _ in unfrozen += 1 }
      #expect(unfrozen == 0)
    }
    #expect(
      try told(desk, "2026-03-23T10:30:00") == [
        "2 on-time 2026-03-23T11:30:00", "3 on-time 2026-03-24T19:00:00", "4 on-time 2026-03-25T10:30:00",
      ])
    var unfrozen: [Int64] = []
    try Judge(desk.connection, now: desk.at("2026-03-23T10:30"), candidate: desk.candidate)
      .eachUnfrozen { unfrozen.append($0.ownerID) }
    #expect(unfrozen == [1])
  }

  @Test func aDeskThatNoSweepHasSeenIsJudgedByItsConfiguration() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    #expect(try told(desk, "2026-03-24T19:00:01") == ["1 late 2026-03-24T19:00:00"])
    var worst: [Situation?] = []
    try Judge(desk.connection, now: desk.at(opened), candidate: desk.candidate).eachTicket {
      worst.append($1?.situation)
    }
    #expect(worst == [.onTime])
  }

  @Test func aSingleClockIsJudgedAsItIsKept() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.sweep(opened)
    let lookup = try ClockLookup(desk.connection, now: desk.at("2026-03-24T10:00"))
    #expect(try lookup.judgement(id, .resolution)?.remaining == 7 * 3600)
    #expect(try lookup.judgement(id, .firstResponse) == nil)
    #expect(try lookup.judgement(id + 1, .resolution) == nil)
  }
}
