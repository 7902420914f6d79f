import FoundationEssentials
import SLA
import Seeded
import Testing

@Suite struct CalculatorTests {
  private func calculator(
    _ zone: String = mexico, _ weekly: [Weekday: [Hours]] = week(hours("09:00-14:00", "16:00-19:00")),
    _ days: [DayRule] = []
  ) throws -> Calculator {
    Calculator(CalendarDefinition(zone: zone, weekly: weekly, days: days), zone: try systemZone(zone))
  }

  @Test(
    arguments: [
      ("2026-03-27 18:00", 0, "2026-03-27 18:00"), ("2026-03-27 18:00", 3600, "2026-03-27 19:00"),
      ("2026-03-27 18:00", 3601, "2026-03-30 09:00:01"), ("2026-03-27 19:00", 1, "2026-03-30 09:00:01"),
      // Nothing to count is the start, even in closed hours.
      ("2026-03-28 12:00", 0, "2026-03-28 12:00"), ("2026-03-28 12:00", 5 * 3600, "2026-03-30 14:00"),
      ("2026-03-27 15:00", 3 * 3600, "2026-03-27 19:00"),
    ] as [(String, Seconds, String)])
  func addsToTheEarliestInstant(start: String, seconds: Seconds, due: String) throws {
    let office = try calculator()
    #expect(try office.add(seconds, to: at(start, office.zone)) == at(due, office.zone))
  }

  @Test func countsBetweenInstantsAndNothingBackwards() throws {
    let office = try calculator()
    func between(_ from: String, _ to: String) -> Seconds {
      office.between(at(from, office.zone), at(to, office.zone))
    }
    #expect(between("2026-03-27 13:00", "2026-03-30 10:00") == 5 * 3600)
    #expect(between("2026-03-30 10:00", "2026-03-27 13:00") == 0)
    #expect(between("2026-03-27 14:00", "2026-03-27 16:00") == 0)
    #expect(between("2026-03-27 13:59:59", "2026-03-27 16:00:01") == 2)
    // 52 weeks of 40 hours and a Monday.
    #expect(between("2001-01-01", "2002-01-01") == (52 * 40 + 8) * 3600)
  }

  @Test func aPauseMovesADeadlineOnlyIfItBeginsBeforeIt() throws {
    let office = try calculator()
    func due(_ pauses: (String, String?)...) throws -> Instant? {
      try office.deadline(
        of: 2 * 3600, from: at("2026-03-27 09:00", office.zone),
        pauses: pauses.map { Pause(from: at($0.0, office.zone), to: $0.1.map { at($0, office.zone) }) })
    }
    #expect(try due() == at("2026-03-27 11:00", office.zone))
    #expect(try due(("2026-03-27 10:00", "2026-03-27 10:30")) == at("2026-03-27 11:30", office.zone))
    #expect(try due(("2026-03-27 10:59:59", nil)) == nil)
    #expect(try due(("2026-03-27 11:00", nil)) == at("2026-03-27 11:00", office.zone))
    #expect(try due(("2026-03-26 10:00", "2026-03-27 09:30")) == at("2026-03-27 11:30", office.zone))
    // One in another, and one backwards, which is none.
    #expect(
      try due(("2026-03-27 10:00", "2026-03-27 12:00"), ("2026-03-27 10:30", "2026-03-27 11:00"))
        == at("2026-03-27 13:00", office.zone))
    #expect(try due(("2026-03-27 10:30", "2026-03-27 10:00")) == at("2026-03-27 11:00", office.zone))
    // Until far ahead: the timeline grows to where it ends.
    #expect(try due(("2026-03-27 10:00", "2046-03-27 10:00")) == at("2046-03-27 11:00", office.zone))
    #expect(try due(("2046-03-27 10:00", nil)) == at("2026-03-27 11:00", office.zone))
    // Both beyond what is looked at first, the deadline before the pause: 1,000 hours are 25 weeks.
    let far = Pause(from: at("2030-01-01", office.zone), to: nil)
    #expect(
      try calculator().deadline(of: 1000 * 3600, from: at("2026-03-27 19:00", office.zone), pauses: [far])
        == at("2026-09-18 19:00", office.zone))
  }

  @Test func aCalendarThatNeverOpensIsRefusedAndCountsNothing() throws {
    let never = try calculator(mexico, [:])
    let start = at("2026-03-27 09:00", never.zone)
    #expect(throws: CalendarError.self) { try never.add(1, to: start) }
    #expect(try never.add(0, to: start) == start)
    #expect(never.between(start, start + 86_400) == 0)
    let once = try calculator(
      mexico, [:],
      [DayRule(pattern: .date(day("2006-01-06")), label: "", hours: hours("10:00-14:00"), isOverride: true)])
    let before = at("2006-01-01", once.zone)
    #expect(try once.add(4 * 3600, to: before) == at("2006-01-06 14:00", once.zone))
    #expect(throws: CalendarError.beyondHorizon(from: day("1900-01-01"), through: day("2199-12-31"))) {
      try once.add(4 * 3600 + 1, to: before)
    }
    #expect(throws: CalendarError.neverOpens(from: day("2006-01-06"))) {
      try once.add(1, to: at("2006-01-06 14:00", once.zone))
    }
    #expect(try once.add(1, to: at("1950-01-01", once.zone)) == at("2006-01-06 10:00:01", once.zone))
  }

  @Test func theEndOfTheYearsIsToldAndNotReached() throws {
    let office = try calculator()
    let start = at("2199-12-31 18:00", office.zone)
    #expect(throws: CalendarError.self) { try office.add(100 * 3600, to: start) }
    #expect(throws: CalendarError.self) { try office.add(.max, to: start) }
    #expect(try office.add(60 * 3600, to: at("1900-01-02 09:00", office.zone)) > at("1900-01-02", office.zone))
  }

  /// Random calendars, starts, amounts and pauses against a walk step by step.
  @Test func agreesWithTheOracle() throws {
    let cases = randomCases(40)
    let first = firstSeed()
    for seed in first..<first + cases {
      var maker = ScenarioMaker(random: Dice(seed: UInt64(seed)), step: 60, days: 9)
      let scenario = try maker.scenario()
      let (start, end) = (scenario.start.seconds, scenario.start.seconds + 9 * 86_400)
      let oracle = Oracle(scenario.calendar, zone: scenario.zone, begin: start - 86_400, end: end, step: 60)
      if oracle.isUndecided { continue }
      let calculator = Calculator(scenario.calendar, zone: scenario.zone)
      for question in scenario.questions where question.seconds < end {
        let steps = oracle.isOpen.indices.map { oracle.begin + Int64($0) * 60 }
        var expected: Seconds = 0
        for (open, at) in zip(oracle.isOpen, steps) where open && at >= start && at < question.seconds {
          expected += min(60, question.seconds - at)
        }
        #expect(calculator.between(scenario.start, question) == expected, "PLAZO_SEED=\(seed)")
      }
      for pauses in [[], scenario.pauses] {
        for _ in 0..<4 {
          let amount = Seconds(maker.random.number(0...30 * 3600))
          let clock = OracleClock(
            oracle, start: start, budget: amount, target: nil, near: NearDueRule(), pauses: pauses)
          if clock.isBeyond { continue }
          #expect(
            try calculator.deadline(of: amount, from: scenario.start, pauses: pauses)
              == clock.deadline.map(Instant.init), "PLAZO_SEED=\(seed) \(amount) s\n\(scenario)")
        }
      }
    }
  }

  /// However it grew, a timeline answers as one that was made for the question.
  @Test func grownTimelinesAnswerAsFreshOnes() throws {
    var random = Dice(seed: 11)
    let easter = DayRule(pattern: .easter(offset: -2), label: "Viernes Santo")
    let old = try calculator("Europe/Madrid", week(hours("22:00-30:00")), [easter])
    for _ in 0..<300 {
      let start = Instant(Int64.random(in: -2_000_000_000...6_000_000_000, using: &random))
      let seconds = Seconds(random.number(0...3_000_000))
      let fresh = try calculator("Europe/Madrid", week(hours("22:00-30:00")), [easter])
      #expect(try old.add(seconds, to: start) == fresh.add(seconds, to: start))
      #expect(old.between(start, start + seconds * 9) == fresh.between(start, start + seconds * 9))
    }
  }
}
