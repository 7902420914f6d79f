import Desk
import Monitor
import SLA
import Testing

/// A transition bears the instant at which it became true, whenever a sweep sees it.
@Suite struct TransitionTests {
  private let opened = "2026-03-23T09:00"
  private let lateOnTuesday = ["on-time near-due 2026-03-24T13:48:00", "near-due late 2026-03-24T19:00:01"]

  /// A ticket that is late since Tuesday 19:00:01, as sweeps saw it.
  private func lateDesk() throws -> TestDesk {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    try desk.sweep("2026-03-24T20:00")
    #expect(try desk.transitions() == lateOnTuesday)
    return desk
  }

  @Test func aLateTicketThatGetsANewPlazoIsOnTimeFromThenOn() throws {
    let desk = try lateDesk()
    try desk.record(1, "2026-03-25T10:00", .plazo("3d"))
    try desk.sweep("2026-03-25T10:05")
    #expect(try desk.transitions() == lateOnTuesday + ["late on-time 2026-03-25T10:00:00"])
  }

  @Test func nothingGetsBetterBeforeItGotBad() throws {
    let desk = try lateDesk()
    // What was recorded on Wednesday had happened on Tuesday morning, before the ticket was found late.
    try desk.record(1, "2026-03-25T10:00", [(.plazo("3d"), "2026-03-24T10:00")])
    try desk.sweep("2026-03-25T10:05")
    #expect(try desk.transitions() == lateOnTuesday + ["late on-time 2026-03-24T19:00:01"])
  }

  @Test func nothingGetsBetterBeforeItGotNearDue() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    try desk.sweep("2026-03-24T14:00")
    try desk.record(1, "2026-03-24T16:00", [(.plazo("3d"), "2026-03-24T10:00")])
    try desk.sweep("2026-03-24T16:00")
    #expect(try desk.transitions().last == "near-due on-time 2026-03-24T13:48:00")
  }

  @Test func aPauseThatOpensMakesNothingBetter() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.sweep(opened)
    try desk.sweep("2026-03-24T14:00")
    try desk.record(id, "2026-03-24T17:00", .waiting(on: .client))
    try desk.sweep("2026-03-30T10:00")
    #expect(try desk.transitions() == ["on-time near-due 2026-03-24T13:48:00"])
    // Two hours were left; they begin again on Monday at 11:00.
    try desk.record(id, "2026-03-30T11:00", .waiting(on: .support))
    try desk.sweep("2026-03-30T17:00")
    #expect(try desk.transitions().count == 2)
    #expect(try desk.transitions().last == "near-due late 2026-03-30T13:00:01")
  }

  @Test func aTargetThatHasPassedMakesLateFromWhenItIsSet() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.sweep(opened)
    try desk.record(id, "2026-03-23T12:00", .target(TestDesk.instant("2026-03-20T12:00")))
    try desk.sweep("2026-03-23T12:05")
    #expect(try desk.transitions() == ["on-time late 2026-03-23T12:00:00"])
  }

  @Test func aTicketThatIsReopenedLateIsLateFromTheReopening() throws {
    let desk = try lateDesk()
    _ = try desk.actions("2026-03-25T10:00").close(1)
    try desk.sweep("2026-03-25T10:00")
    _ = try desk.actions("2026-03-26T10:00").reopen(1, reason: nil)
    try desk.sweep("2026-03-26T10:10")
    #expect(try desk.transitions() == lateOnTuesday + ["- late 2026-03-26T10:00:00"])
  }

  @Test func closedAndReopenedBetweenTwoSweepsItIsANewClockToo() throws {
    let desk = try lateDesk()
    _ = try desk.actions("2026-03-25T10:00").close(1)
    _ = try desk.actions("2026-03-26T10:00").reopen(1, reason: nil)
    try desk.sweep("2026-03-26T10:10")
    #expect(try desk.transitions() == lateOnTuesday + ["- late 2026-03-26T10:00:00"])
    #expect(try desk.dump("SELECT cycle, outcome FROM ticket_verdict") == ["1 late"])
  }

  @Test func anotherPolicyByACorrectionMakesLateFromTheCorrection() throws {
    let urgent = """
      policies: [{ name: "urgent", calendar: "office", when: { priority: "alta" },
        clocks: { resolution: { plazo: "1h" } } },
      """
    let desk = try TestDesk(rules: TestDesk.officeRules.replacing("policies: [", with: urgent))
    let id = try desk.open(opened)
    try desk.sweep(opened)
    try desk.record(id, "2026-03-23T12:00", .edited(.priority, "alta"))
    try desk.sweep("2026-03-23T12:05")
    #expect(try desk.transitions() == ["on-time late 2026-03-23T12:00:00"])
    #expect(try desk.dump("SELECT policy FROM ticket_clock") == ["urgent"])
  }

  @Test func whatAnApplyingChangesBecomesTrueWithIt() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    func apply(_ plazo: String, _ now: String) throws {
      let candidate = try TestDesk.candidate(TestDesk.officeRules.replacing("16h", with: plazo), now: desk.at(now))
      _ = try Sweep(desk.connection, now: desk.at(now)).apply(candidate)
    }
    try apply("1h", "2026-03-23T12:00")
    try apply("24h", "2026-03-23T13:00")
    #expect(
      try desk.transitions() == ["on-time late 2026-03-23T12:00:00", "late on-time 2026-03-23T13:00:00"])
  }

  @Test func aClockThatIsNewToTheMonitorTellsItsSituationOnce() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep("2026-03-25T10:00")
    #expect(try desk.transitions() == ["- late 2026-03-24T19:00:01"])
  }

  @Test func observersHearOnceWhatGotWorse() throws {
    final class Ear: TransitionObserver {
      var heard: [Transition] = []
      func situationGotWorse(_ transition: Transition) { heard.append(transition) }
    }
    let desk = try TestDesk()
    try desk.open(opened)
    let ear = Ear()
    func sweep(_ now: String) throws {
      _ = try Sweep(desk.connection, now: desk.at(now), observer: ear).run(candidate: desk.candidate)
    }
    try sweep(opened)
    // Through near due to late, which is told; then better, which is not.
    try sweep("2026-03-25T10:00")
    try desk.record(1, "2026-03-25T11:00", .plazo("3d"))
    try sweep("2026-03-25T11:00")
    #expect(
      ear.heard == [
        Transition(
          id: 2, ownerID: 1, clock: .resolution, cycle: 1, from: .nearDue, to: .late,
          happenedAt: desk.at("2026-03-24T19:00:01"),
          deadline: desk.at("2026-03-24T19:00"))
      ])
  }
}
