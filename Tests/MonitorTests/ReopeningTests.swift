import Desk
import Monitor
import SLA
import Testing

/// Design, rules of the clock, 10. 16 h from Monday 09:00.
@Suite struct ReopeningTests {
  private func desk(_ mode: String) throws -> TestDesk {
    try TestDesk(
      rules: TestDesk.officeRules.replacing(
        "calendar: \"office\",", with: "calendar: \"office\", reopening: \"\(mode)\","))
  }

  /// Each day the client is awaited for a while, and the ticket closed and opened again in the next morning.
  private func threeCycles(_ desk: TestDesk, sweeps: Bool) throws {
    let id = try desk.open("2026-03-23T09:00")
    let facts: [(String, TicketChange)] = [
      ("2026-03-23T10:00", .waiting(on: .client)), ("2026-03-23T12:00", .waiting(on: .support)),
      ("2026-03-23T13:00", .closed), ("2026-03-24T09:00", .reopened(reason: nil)),
      ("2026-03-24T10:00", .waiting(on: .client)), ("2026-03-24T11:00", .waiting(on: .support)),
      ("2026-03-24T12:00", .closed), ("2026-03-25T09:00", .reopened(reason: "again")),
    ]
    for (at, change) in facts {
      try desk.record(id, at, change)
      if sweeps { try desk.sweep(at) }
    }
    try desk.sweep("2026-03-25T09:00")
  }

  @Test(
    arguments: [
      (mode: "continue", due: "2026-03-26T13:00:00", used: [7200, 14400]),
      (mode: "count-closed", due: "2026-03-25T12:00:00", used: [7200, 28800]),
      (mode: "restart", due: "2026-03-26T19:00:00", used: [7200, 7200]),
    ], [false, true])
  func everyCycleHasItsVerdictWhetherASweepSawItOrNot(
    _ one: (mode: String, due: String, used: [Int]), sweeps: Bool
  ) throws {
    let desk = try desk(one.mode)
    try threeCycles(desk, sweeps: sweeps)
    #expect(try desk.deadline() == one.due)
    #expect(try desk.dump("SELECT cycle, moves FROM ticket_clock") == ["3 0"])
    #expect(
      try desk.dump("SELECT cycle, outcome, used_s, stopped_at FROM ticket_verdict ORDER BY id") == [
        "1 kept \(one.used[0]) \(desk.at("2026-03-23T13:00").seconds)",
        "2 kept \(one.used[1]) \(desk.at("2026-03-24T12:00").seconds)",
      ])
  }

  @Test func aRestartedClockIsHeldAgainstWhatItsOwnCyclePromisedFirst() throws {
    let desk = try desk("restart")
    let id = try desk.open("2026-03-23T09:00")
    try desk.record(id, "2026-03-23T10:00", .plazo("4h"))
    try desk.record(id, "2026-03-23T13:00", .closed)
    try desk.record(id, "2026-03-24T09:00", .reopened(reason: nil))
    try desk.sweep("2026-03-24T09:00")
    let sql = "SELECT deadline, original_deadline, moves, plazo FROM ticket_clock"
    let first = desk.at("2026-03-24T13:00").seconds
    #expect(try desk.dump(sql) == ["\(first) - 0 4h"])
    try desk.record(id, "2026-03-24T10:00", .plazo("8h"))
    try desk.sweep("2026-03-24T10:00")
    #expect(try desk.dump(sql) == ["\(desk.at("2026-03-25T10:00").seconds) \(first) 1 8h"])
    #expect(try desk.dump("SELECT moves, original_outcome FROM ticket_verdict") == ["1 kept"])
  }

  @Test(arguments: ["2026-03-23T18:00:00", "2026-03-24T09:00:00"])
  func aPlazoGivenWhileClosedOrAtTheReopeningIsTheRestartedClocksFirst(at: String) throws {
    let desk = try desk("restart")
    let id = try desk.open("2026-03-23T09:00")
    try desk.record(id, "2026-03-23T13:00", .closed)
    if at < "2026-03-24" { try desk.record(id, at, .plazo("2h")) }
    try desk.record(id, "2026-03-24T09:00", .reopened(reason: nil))
    if at > "2026-03-24" { try desk.record(id, at, .plazo("2h")) }
    try desk.sweep("2026-03-24T09:00")
    #expect(
      try desk.dump("SELECT deadline, original_deadline, moves FROM ticket_clock") == [
        "\(desk.at("2026-03-24T11:00").seconds) - 0"
      ])
  }

  @Test func aPauseDoesNotReachAcrossARestart() throws {
    let desk = try desk("restart")
    let id = try desk.open("2026-03-23T09:00")
    try desk.record(id, "2026-03-23T10:00", .waiting(on: .client))
    try desk.record(id, "2026-03-23T13:00", .closed)
    try desk.record(id, "2026-03-24T09:00", .reopened(reason: nil))
    try desk.sweep("2026-03-24T10:00")
    // Whoever opens it again expects support to act.
    #expect(try desk.deadline() == "2026-03-25T19:00:00")
  }

  /// Whoever reopens a ticket whose term is over is not told so at once: one working hour is left to act.
  @Test(
    arguments: [
      (mode: "continue", hasGrace: true), (mode: "count-closed", hasGrace: true),
      (mode: "restart", hasGrace: false),
    ])
  func aTicketReopenedLateHasAWorkingHourOfGrace(mode: String, hasGrace: Bool) throws {
    let desk = try desk(mode)
    let id = try desk.open("2026-03-23T09:00")
    let ear = Ear()
    func sweep(_ now: String) throws {
      _ = try Sweep(desk.connection, now: desk.at(now), observer: ear).run(candidate: desk.candidate)
    }
    try sweep("2026-03-25T10:00")
    // Late while it was open, as anybody saw: no grace.
    #expect(ear.worse.map(\.to) == [.late] && ear.worse[0].graceUntil == nil && ear.worse[0].cycle == 1)
    try desk.record(id, "2026-03-25T11:00", .closed)
    try desk.record(id, "2026-03-25T13:30", .reopened(reason: nil))
    try sweep("2026-03-25T13:30")
    let last = ear.worse.last
    #expect(last?.graceUntil.map(desk.local) == (hasGrace ? "2026-03-25T16:30:00" : nil))
    #expect(last?.cycle == (hasGrace ? 2 : 1))
    // Given more time, it is better, and late again there is no grace.
    try desk.record(id, "2026-03-25T13:30", .plazo("1h"))
    try sweep("2026-03-25T13:30")
    try sweep("2026-03-25T18:00")
    #expect(ear.worse.last?.to == .late && ear.worse.last?.graceUntil == nil)
    #expect(ear.better.map(\.to) == (hasGrace ? [.onTime] : []))
  }

  private final class Ear: TransitionObserver {
    var worse: [Transition] = []
    var better: [Transition] = []
    func situationGotWorse(_ transition: Transition) { worse.append(transition) }
    func situationGotBetter(_ transition: Transition) { better.append(transition) }
  }
}
