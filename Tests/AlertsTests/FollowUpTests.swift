import Monitor
import SLA
import Seeded
import Testing

@testable import Alerts

/// What follows when nobody mends: repeats and levels at their boundaries.
@Suite struct FollowUpTests {
  private let rules: AlertRules
  private let followUp: FollowUp
  private let deadline: Instant

  init() throws {
    rules = AlertRules()
    let office = try officeTimeline()
    followUp = FollowUp(rules, DeskHours { _ in office })
    // A Monday.
    deadline = Self.at("2026-03-23T12:00:00")
  }

  private static func at(_ time: String) -> Instant { Instant(iso8601: "\(time)-06:00", in: .utc)! }

  private func transition(
    to situation: Situation = .late, happenedAt: Instant? = nil, graceUntil: Instant? = nil
  ) -> Transition {
    Transition(
      id: 3, ownerID: 7, clock: .resolution, cycle: 1, from: nil, to: situation, happenedAt: happenedAt ?? deadline + 1,
      deadline: deadline, graceUntil: graceUntil)
  }

  private func armed(now: Instant? = nil, graceUntil: Instant? = nil) throws -> Watch {
    try #require(
      try followUp.armed(
        by: transition(graceUntil: graceUntil), late: 0, again: .workingDays(1), now: now ?? deadline + 1))
  }

  private func step(
    _ watch: Watch, at now: Instant, late: Seconds = 60, deadline: Instant? = nil, acknowledgedUntil: Instant? = nil,
    paused: Bool = false, situation: Situation = .late
  ) throws -> FollowUp.Step {
    try followUp.step(
      watch,
      FollowUp.ClockFacts(
        situation: situation, deadline: deadline ?? self.deadline, isPaused: paused, late: late, used: 28_800 + late,
        budget: 28_800),
      acknowledgedUntil: acknowledgedUntil, again: .workingDays(1), now: now)
  }

  @Test func itIsToldAgainAtTheOpeningOfEachWorkingDay() throws {
    var watch = try armed()
    #expect(watch.repeatAt == Self.at("2026-03-24T09:00:00"))
    #expect(try step(watch, at: Self.at("2026-03-24T08:59:59")).repetition == nil)
    for (number, day) in [(Int64(1), "24"), (2, "25"), (3, "26"), (4, "27"), (5, "30")] {
      let step = try step(watch, at: Self.at("2026-03-\(day)T09:00:00"))
      #expect(step.repetition == number, "\(day)")
      watch = step.watch
    }
    #expect(watch.repeatAt == Self.at("2026-03-31T09:00:00"))
  }

  @Test func whatIsLearntWhileClosedIsRepeatedADayAfterItCouldBeRead() throws {
    // Late at the closing on Friday: told on Monday, so again on Tuesday.
    let friday = Self.at("2026-03-27T19:00:01")
    let watch = try #require(
      try followUp.armed(by: transition(happenedAt: friday), late: 0, again: .workingDays(1), now: friday))
    #expect(watch.repeatAt == Self.at("2026-03-31T09:00:00"))
  }

  @Test func theResponsibleHearsOfItAfterOneWorkingDayAndTheAdministratorsAfterThree() throws {
    var watch = try armed()
    #expect(try step(watch, at: Self.at("2026-03-24T19:00:00")).levels == [])
    let first = try step(watch, at: Self.at("2026-03-24T19:00:01"))
    #expect(first.levels == [1])
    watch = first.watch
    #expect(try step(watch, at: Self.at("2026-03-26T19:00:00")).levels == [])
    #expect(try step(watch, at: Self.at("2026-03-26T19:00:01")).levels == [2])
    // After an outage all that is reached is told at once.
    #expect(try step(armed(), at: Self.at("2026-04-10T12:00:00")).levels == [1, 2])
  }

  /// One by working time may be reached before one by share that is named first, and the other way round.
  @Test func aLevelThatIsReachedLaterThanTheNextIsNotLost() throws {
    let rules = AlertRules(escalation: [
      EscalationLevel(.share(200), to: [.responsible]),
      EscalationLevel(.after(.workingTime(3600)), to: [.administrators]),
    ])
    let followUp = FollowUp(rules, DeskHours { _ in nil })
    var watch = try #require(try followUp.armed(by: transition(), late: 0, again: nil, now: deadline + 1))
    func levels(late: Seconds) throws -> [Int64] {
      let facts = FollowUp.ClockFacts(
        situation: .late, deadline: deadline, isPaused: false, late: late, used: 7200 + late, budget: 7200)
      let step = try followUp.step(watch, facts, acknowledgedUntil: nil, again: nil, now: deadline + 60)
      watch = step.watch
      return step.levels
    }
    #expect(try levels(late: 3600) == [2])
    #expect(watch.nextAt != nil)
    #expect(try levels(late: 7199) == [])
    #expect(try levels(late: 7200) == [1])
    #expect(try levels(late: 9000) == [] && watch.nextAt == nil)
  }

  @Test func whoWorksOnItHasTheTimeThatALevelGivesHoweverLateItIsLearnt() throws {
    let learnt = Self.at("2026-04-10T12:00:00")
    let watch = try armed(now: learnt)
    #expect(watch.isLateNews && watch.since == learnt)
    #expect(try step(watch, at: learnt, late: 400_000).levels == [])
    #expect(try step(watch, at: Self.at("2026-04-13T19:00:01"), late: 400_000).levels == [1])
  }

  /// Two hours after it happened it is no late news yet; a second more, and what follows counts from then.
  @Test func newsAreLateAfterTwoHours() throws {
    let happened = deadline + 1
    let inTime = try armed(now: happened + rules.lateNewsAfter)
    #expect(!inTime.isLateNews && inTime.since == happened)
    let late = try armed(now: happened + rules.lateNewsAfter + 1)
    #expect(late.isLateNews && late.since == happened + rules.lateNewsAfter + 1)
  }

  /// What is reopened has its working hour before anything is counted.
  @Test func whatFollowsCountsFromTheEndOfTheGrace() throws {
    #expect(try armed(graceUntil: deadline + 3600).since == deadline + 3600)
    #expect(try armed(graceUntil: deadline - 3600).since == deadline + 1)
  }

  @Test func levelsByWorkingTimeAndByShareOfTheBudget() throws {
    var rules = AlertRules(escalation: [
      EscalationLevel(.share(90), to: [.responsible]), EscalationLevel(.after(.workingTime(7200)), to: [.responsible]),
      EscalationLevel(.share(200), to: [.administrators]),
    ])
    let followUp = FollowUp(rules, DeskHours { _ in nil })
    func levels(_ situation: Situation, used: Seconds, from level: Int64 = 0) throws -> [Int64] {
      var watch = try #require(
        try followUp.armed(by: transition(to: .nearDue), late: 0, again: nil, now: deadline + 1))
      watch.reached.bits = (1 << level) - 1
      let facts = FollowUp.ClockFacts(
        situation: situation, deadline: deadline, isPaused: false, late: max(0, used - 28_800), used: used,
        budget: 28_800)
      return try followUp.step(watch, facts, acknowledgedUntil: nil, again: nil, now: deadline + 60).levels
    }
    #expect(try levels(.nearDue, used: 25_919) == [])
    #expect(try levels(.nearDue, used: 25_920) == [1])
    #expect(try levels(.late, used: 28_800 + 7199, from: 1) == [])
    #expect(try levels(.late, used: 28_800 + 7200, from: 1) == [2])
    #expect(try levels(.late, used: 57_599, from: 2) == [])
    #expect(try levels(.late, used: 57_600, from: 2) == [3])
    // Nothing that comes before it is late: a near due clock is not watched.
    rules.escalation.removeFirst()
    #expect(
      try FollowUp(rules, DeskHours { _ in nil }).armed(
        by: transition(to: .nearDue), late: 0, again: nil, now: deadline) == nil)
  }

  @Test func nothingFollowsWhileItIsAcknowledgedOrStandsStill() throws {
    let late = Self.at("2026-04-10T12:00:00")
    let known = try step(armed(), at: late, acknowledgedUntil: late + 1)
    #expect(known.levels.isEmpty && known.repetition == nil && known.watch.nextAt == late + 1)
    #expect(try step(known.watch, at: late + 1, acknowledgedUntil: late + 1).levels == [1, 2])
    let paused = try step(armed(), at: late, paused: true)
    #expect(paused.levels.isEmpty && paused.repetition == nil && paused.watch.nextAt == late + 900)
  }

  @Test func aNewPlazoThatLeavesItLateArmsItAnew() throws {
    let now = Self.at("2026-04-10T12:00:00")
    let told = try step(armed(), at: now).watch
    #expect(told.reached.bits == 0b11)
    let moved = try step(told, at: now + 60, deadline: now - 60)
    #expect(moved.levels.isEmpty && moved.watch.reached.bits == 0 && moved.watch.since == now + 60)
    #expect(moved.watch.repeatAt == Self.at("2026-04-13T09:00:00"))
  }

  @Test func itIsNeverLookedAtLaterThanSomethingIsDue() throws {
    var random = Dice(seed: 5)
    for _ in 0..<300 {
      let rules = AlertRules(escalation: [
        EscalationLevel(.after(.workingTime(Int64(random.upTo(100_000)))), to: [.responsible]),
        EscalationLevel(.share(random.upTo(300) + 1), to: [.administrators]),
      ])
      let office = try officeTimeline()
      let followUp = FollowUp(rules, DeskHours { _ in office })
      let budget = Int64(random.upTo(50_000) + 1)
      var watch = try #require(
        try followUp.armed(by: transition(), late: 0, again: .workingDays(1), now: deadline + 1))
      // The clock counts by the same office: what is due at any second shows when every second is asked.
      func facts(_ now: Instant) -> FollowUp.ClockFacts {
        let late = (office as Timeline?).worked(from: deadline, to: now)
        return FollowUp.ClockFacts(
          situation: .late, deadline: deadline, isPaused: false, late: late, used: budget + late, budget: budget)
      }
      var now = deadline + 1
      for _ in 0..<40 {
        let next = try #require(watch.nextAt)
        // Just before, nothing is due yet.
        if next - 1 > now {
          let early = try followUp.step(
            watch, facts(next - 1), acknowledgedUntil: nil, again: .workingDays(1), now: next - 1)
          #expect(early.levels.isEmpty && early.repetition == nil, "due before \(next.seconds)")
        }
        now = max(next, now)
        let step = try followUp.step(watch, facts(now), acknowledgedUntil: nil, again: .workingDays(1), now: now)
        #expect(try #require(step.watch.nextAt) > now)
        watch = step.watch
      }
    }
  }
}
