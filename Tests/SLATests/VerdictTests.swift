import SLA
import Testing

@Suite struct VerdictTests {
  @Test(
    arguments: [
      ("2026-03-23 18:59:59", Verdict.Outcome.kept, 28_799, 0), ("2026-03-23 19:00:00", .kept, 28_800, 0),
      ("2026-03-23 19:00:01", .late, 28_800, 0), ("2026-03-24 09:00:01", .late, 28_801, 1),
    ] as [(String, Verdict.Outcome, Seconds, Seconds)])
  func isKeptAtTheDueSecond(stop: String, outcome: Verdict.Outcome, used: Seconds, late: Seconds) throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    #expect(
      desk.timeline.verdict(promise, stoppedAt: desk(stop))
        == Verdict(outcome: outcome, deadline: desk("2026-03-23 19:00"), used: used, late: late))
  }

  @Test func aPauseThatIsOpenEndsWithTheClock() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    #expect(
      desk.timeline.verdict(promise, pauses: [desk.pause("2026-03-23 12:00", nil)], stoppedAt: desk("2026-03-24 12:00"))
        == Verdict(outcome: .kept, deadline: desk("2026-03-24 19:00"), used: 3 * 3600, late: 0))
    // A pause put aside until a date ends with the clock too.
    #expect(
      desk.timeline.verdict(
        promise, pauses: [desk.pause("2026-03-23 12:00", "2026-06-01")], stoppedAt: desk("2026-03-24 12:00"))
        == Verdict(outcome: .kept, deadline: desk("2026-03-24 19:00"), used: 3 * 3600, late: 0))
  }

  @Test func whatComesAfterTheStopDoesNotCount() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    for later in [desk.pause("2026-03-23 13:00", nil), desk.pause("2026-03-23 12:00", "2026-03-23 13:00")] {
      #expect(
        desk.timeline.verdict(promise, pauses: [later], stoppedAt: desk("2026-03-23 12:00"))
          == Verdict(outcome: .kept, deadline: desk("2026-03-23 19:00"), used: 3 * 3600, late: 0))
    }
  }

  @Test func aPauseBegunTooLateDoesNotSaveIt() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    #expect(
      desk.timeline.verdict(promise, pauses: [desk.pause("2026-03-24 10:00", nil)], stoppedAt: desk("2026-03-25 12:00"))
        == Verdict(outcome: .late, deadline: desk("2026-03-23 19:00"), used: 9 * 3600, late: 3600))
  }
}
