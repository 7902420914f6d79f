import SLA
import Testing

/// Mexico, 09:00–14:00 and 16:00–19:00 on weekdays. 23 March 2026 is a Monday.
@Suite struct JudgementTests {
  /// 8 h from Monday's opening: near due at 17:24, due at 19:00.
  @Test(
    arguments: [
      ("2026-03-23 09:00:00", Situation.onTime, 0, 0, "2026-03-23 17:24:00"),
      ("2026-03-23 15:00:00", .onTime, 18_000, 0, "2026-03-23 17:24:00"),
      ("2026-03-23 17:23:59", .onTime, 23_039, 0, "2026-03-23 17:24:00"),
      ("2026-03-23 17:24:00", .nearDue, 23_040, 0, "2026-03-23 19:00:01"),
      ("2026-03-23 19:00:00", .nearDue, 28_800, 0, "2026-03-23 19:00:01"),
      ("2026-03-23 19:00:01", .late, 28_800, 0, nil),
      ("2026-03-24 09:00:00", .late, 28_800, 0, nil),
      ("2026-03-24 09:00:01", .late, 28_801, 1, nil),
      ("2026-03-24 10:00:00", .late, 32_400, 3600, nil),
      // Before it begins nothing is used.
      ("2026-03-20 12:00:00", .onTime, 0, 0, "2026-03-23 17:24:00"),
    ] as [(String, Situation, Seconds, Seconds, String?)])
  func judgesAroundEveryChange(
    now: String, situation: Situation, used: Seconds, late: Seconds, nextChange: String?
  ) throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    let judgement = desk.timeline.judge(promise, at: desk(now))
    #expect(
      judgement
        == Judgement(
          situation: situation, deadline: desk("2026-03-23 19:00"), remaining: 28_800 - used, used: used, late: late,
          nearSince: desk("2026-03-23 17:24"), nextChange: nextChange.map { desk($0) }, isPaused: false))
  }

  @Test(arguments: [
    // The whole of a morning; into the lunch; across the night; only closed hours.
    ([("2026-03-23 10:00", "2026-03-23 11:00")], "2026-03-24 10:00"),
    ([("2026-03-23 13:00", "2026-03-23 15:00")], "2026-03-24 10:00"),
    ([("2026-03-23 18:00", "2026-03-24 10:00")], "2026-03-24 11:00"),
    ([("2026-03-23 14:00", "2026-03-23 16:00")], "2026-03-23 19:00"),
    // Begun before the clock: only what is after the start counts.
    ([("2026-03-22 10:00", "2026-03-23 10:00")], "2026-03-24 10:00"),
    ([("2026-03-20 10:00", "2026-03-23 09:00")], "2026-03-23 19:00"),
    // Overlapping and touching ones count once, in whatever order they come.
    ([("2026-03-23 10:30", "2026-03-23 12:00"), ("2026-03-23 10:00", "2026-03-23 11:00")], "2026-03-24 11:00"),
    ([("2026-03-23 10:00", "2026-03-23 11:00"), ("2026-03-23 11:00", "2026-03-23 12:00")], "2026-03-24 11:00"),
    // At or after the deadline it comes too late.
    ([("2026-03-23 19:00", "2026-03-24 12:00")], "2026-03-23 19:00"),
    ([("2026-03-24 09:00", "2026-03-24 12:00")], "2026-03-23 19:00"),
    ([("2026-03-23 18:59:59", "2026-03-24 09:00")], "2026-03-24 09:00:01"),
    // A second pause begins before the deadline only because the first one moved it.
    ([("2026-03-23 10:00", "2026-03-23 11:00"), ("2026-03-24 09:30", "2026-03-24 10:30")], "2026-03-24 11:00"),
    ([("2026-03-23 10:00", "2026-03-23 11:00"), ("2026-03-24 10:00", "2026-03-24 10:30")], "2026-03-24 10:00"),
    // Empty and reversed ones are none.
    ([("2026-03-23 10:00", "2026-03-23 10:00")], "2026-03-23 19:00"),
    ([("2026-03-23 11:00", "2026-03-23 10:00")], "2026-03-23 19:00"),
  ])
  func aPauseMovesADeadlineOnlyIfItBeginsBeforeIt(pauses: [(String, String)], due: String) throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    let list = pauses.map { desk.pause($0.0, $0.1) }
    for now in [promise.start, desk("2026-03-23 10:30"), desk("2026-03-30 12:00")] {
      #expect(desk.timeline.judge(promise, pauses: list, at: now).deadline == desk(due))
    }
    #expect(desk.timeline.judge(promise, pauses: list, at: desk(due)).situation != .late)
    #expect(desk.timeline.judge(promise, pauses: list, at: desk(due) + 1).situation == .late)
  }

  @Test func anOpenPauseHoldsTheSituationAndHidesTheDeadline() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    let pause = [desk.pause("2026-03-23 12:00", nil)]
    for now in ["2026-03-23 12:00", "2026-03-24 12:00", "2026-06-24 12:00"] {
      let judgement = desk.timeline.judge(promise, pauses: pause, at: desk(now))
      #expect(
        judgement
          == Judgement(
            situation: .onTime, deadline: nil, remaining: 5 * 3600, used: 3 * 3600, late: 0, nearSince: nil,
            nextChange: nil, isPaused: true))
    }
  }

  @Test func anOpenPauseLeavesNearDueWhatIsNearDueAndLateWhatIsLate() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    let near = desk.timeline.judge(promise, pauses: [desk.pause("2026-03-23 18:00", nil)], at: desk("2026-04-01"))
    #expect(near.situation == .nearDue)
    #expect(near.deadline == nil && near.nextChange == nil && near.isPaused)
    #expect(near.nearSince == desk("2026-03-23 17:24"))

    let late = desk.timeline.judge(promise, pauses: [desk.pause("2026-03-24 10:00", nil)], at: desk("2026-04-01"))
    #expect(late.situation == .late && late.isPaused)
    #expect(late.deadline == desk("2026-03-23 19:00"))
    #expect(late.late == 3600, "lateness stands still while paused")
  }

  @Test func aPauseThatBeginsWhereNearDueBeginsDoesNotPutItOff() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    let judgement = desk.timeline.judge(
      promise, pauses: [desk.pause("2026-03-23 17:24", "2026-03-24 17:24")], at: desk("2026-03-23 18:00"))
    #expect(judgement.situation == .nearDue)
    #expect(judgement.nearSince == desk("2026-03-23 17:24"))
    #expect(judgement.deadline == desk("2026-03-24 19:00"))
  }

  @Test func aPauseHoldsFromItsStartToBeforeItsEnd() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    let pause = [desk.pause("2026-03-23 12:00", "2026-03-23 13:00")]
    for (now, isPaused) in [
      ("2026-03-23 11:59:59", false), ("2026-03-23 12:00:00", true), ("2026-03-23 12:59:59", true),
      ("2026-03-23 13:00:00", false),
    ] {
      #expect(desk.timeline.judge(promise, pauses: pause, at: desk(now)).isPaused == isPaused)
    }
    #expect(desk.timeline.judge(promise, pauses: pause, at: desk("2026-03-23 12:30")).used == 3 * 3600)
    // Used time is 6 h 24 min at 18:24, an hour later than without the pause.
    #expect(
      desk.timeline.judge(promise, pauses: pause, at: desk("2026-03-23 12:30")).nextChange == desk("2026-03-23 18:24"))
  }

  @Test func aPauseAfterTheDeadlineIsCutOutOfTheLateness() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    let pause = [desk.pause("2026-03-24 10:00", "2026-03-24 12:00")]
    let judgement = desk.timeline.judge(promise, pauses: pause, at: desk("2026-03-24 13:00"))
    #expect(judgement.late == 2 * 3600)
    #expect(judgement.remaining == -2 * 3600)
  }

  @Test func aTermOfNothingIsLateASecondAfterItsStartAndNeverNearDue() throws {
    let desk = try Desk()
    let promise = try desk.promise("0h", "2026-03-22 12:00", near: NearDueRule(sharePercent: 0, marginSeconds: 0))
    let pauses = [desk.pause("2026-03-22 11:00", "2026-03-24 11:00")]
    for list in [[], pauses] {
      let judgement = desk.timeline.judge(promise, pauses: list, at: promise.start)
      #expect(judgement.situation == .onTime)
      #expect(judgement.deadline == promise.start)
      #expect(judgement.nextChange == promise.start + 1)
      #expect(desk.timeline.judge(promise, pauses: list, at: promise.start + 1).situation == .late)
    }
  }

  @Test func aShareOfNothingIsNearDueFromTheStartAndNotBefore() throws {
    let desk = try Desk()
    let promise = try desk.promise("2h", "2026-03-22 12:00", near: NearDueRule(sharePercent: 0))
    #expect(desk.timeline.judge(promise, at: promise.start - 1).situation == .onTime)
    #expect(desk.timeline.judge(promise, at: promise.start).situation == .nearDue)
    #expect(desk.timeline.judge(promise, at: promise.start - 1).nextChange == promise.start)
  }

  @Test func withoutARuleNothingIsNearDue() throws {
    let desk = try Desk()
    let promise = try desk.promise("2h", "2026-03-23 09:00", near: NearDueRule())
    let judgement = desk.timeline.judge(promise, at: desk("2026-03-23 11:00"))
    #expect(judgement.situation == .onTime)
    #expect(judgement.nearSince == nil)
    #expect(judgement.nextChange == desk("2026-03-23 11:00:01"))
  }

  @Test func aPauseMovesATargetFromOutside() throws {
    let desk = try Desk()
    // 21:30 is closed: 8 h of working time lie before it.
    let promise = desk.timeline.promise(target: desk("2026-03-23 21:30"), from: desk("2026-03-23 09:00"))
    for (from, to, due) in [
      ("2026-03-23 10:00", "2026-03-23 11:00", "2026-03-24 10:00"),
      ("2026-03-23 14:00", "2026-03-23 16:00", "2026-03-23 21:30"),
      ("2026-03-23 20:00", "2026-03-24 11:00", "2026-03-23 21:30"),
    ] {
      #expect(
        desk.timeline.judge(promise, pauses: [desk.pause(from, to)], at: desk("2026-03-23 12:00")).deadline == desk(due)
      )
    }
    let open = desk.timeline.judge(promise, pauses: [desk.pause("2026-03-23 12:00", nil)], at: desk("2026-03-25"))
    #expect(open.deadline == nil && open.situation == .onTime)
  }

  @Test func aTargetBeforeTheStartIsLateFromTheBeginningAndNoPauseHelps() throws {
    let desk = try Desk()
    let promise = desk.timeline.promise(target: desk("2026-03-20 12:00"), from: desk("2026-03-23 09:00"))
    let judgement = desk.timeline.judge(
      promise, pauses: [desk.pause("2026-03-23 09:00", "2026-03-23 10:00")], at: desk("2026-03-23 11:00"))
    #expect(judgement.situation == .late)
    #expect(judgement.deadline == desk("2026-03-20 12:00"))
    #expect(judgement.late == 3600)
  }

  @Test func aDeadlinePushedBeyondTheHorizonIsAskedAboutAgainThere() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-12-30 17:00", near: NearDueRule())
    let judgement = desk.timeline.judge(
      promise, pauses: [desk.pause("2026-12-30 18:00", "2026-12-31 12:00")], at: desk("2026-12-31 10:00"))
    #expect(judgement.deadline == nil)
    #expect(judgement.nextChange == desk("2027-01-01"))
  }

  @Test func pausesOfABufferGiveTheSame() throws {
    let desk = try Desk()
    let promise = try desk.promise("8h", "2026-03-23 09:00")
    let pauses = [desk.pause("2026-03-23 10:00", "2026-03-23 11:00"), desk.pause("2026-03-24 09:30", nil)]
    let now = desk("2026-03-24 12:00")
    let fromBuffer = pauses.withUnsafeBufferPointer { desk.timeline.judge(promise, pauses: $0, at: now) }
    #expect(fromBuffer == desk.timeline.judge(promise, pauses: pauses.reversed(), at: now))
  }
}
