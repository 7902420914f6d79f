import SLA
import Testing

@Suite struct LedgerTests {
  private func lines(_ ledger: Ledger, _ desk: Desk) -> [String] {
    ledger.stretches.map { stretch in
      let clock = { (instant: Instant) in instant.localText(in: desk.zone).dropFirst(5).dropLast(3) }
      return "\(clock(stretch.from)) \(clock(stretch.to)) \(stretch.kind) \(stretch.counted / 60)"
    }
  }

  @Test func tellsWhereTheTimeWentDayByDay() throws {
    let desk = try Desk(days: [easterWeek2026])
    let promise = try desk.promise("8h", "2026-04-01 10:42")
    let pauses = [
      desk.pause("2026-04-01 17:00", "2026-04-01 17:30"), desk.pause("2026-04-01 13:00", "2026-04-01 15:00"),
    ]
    let due = try #require(desk.timeline.judge(promise, pauses: pauses, at: promise.start).deadline)
    let ledger = desk.timeline.ledger(
      promise, pauses: pauses, definition: desk.definition, zone: desk.zone, until: due)
    #expect(
      lines(ledger, desk) == [
        "04-01 10:42 04-01 13:00 counted 138", "04-01 13:00 04-01 14:00 paused(1) 0",
        "04-01 14:00 04-01 16:00 closed 0",
        "04-01 16:00 04-01 17:00 counted 60", "04-01 17:00 04-01 17:30 paused(0) 0",
        "04-01 17:30 04-01 19:00 counted 90", "04-01 19:00 04-02 00:00 closed 0",
        "04-02 00:00 04-03 00:00 holiday(\"Semana Santa\") 0", "04-03 00:00 04-04 00:00 holiday(\"Semana Santa\") 0",
        "04-04 00:00 04-05 00:00 closed 0", "04-05 00:00 04-06 00:00 closed 0", "04-06 00:00 04-06 09:00 closed 0",
        "04-06 09:00 04-06 12:12 counted 192",
      ])
    #expect(ledger.judgement.used == promise.budget)
    #expect(ledger.stretches.reduce(0) { $0 + $1.counted } == promise.budget)
  }

  @Test func timePastTheDeadlineIsCountedApart() throws {
    let desk = try Desk()
    let promise = try desk.promise("2h", "2026-03-23 09:00")
    let ledger = desk.timeline.ledger(
      promise, definition: desk.definition, zone: desk.zone, until: desk("2026-03-23 14:30"))
    #expect(
      lines(ledger, desk) == [
        "03-23 09:00 03-23 11:00 counted 120", "03-23 11:00 03-23 14:00 after 180", "03-23 14:00 03-23 14:30 closed 0",
      ])
    #expect(ledger.judgement.used == 5 * 3600)
    #expect(ledger.judgement.late == 3 * 3600)
  }

  @Test func aClockThatHasNotBegunIsBefore() throws {
    let desk = try Desk()
    let promise = try desk.promise("2h", "2026-03-23 09:00")
    let ledger = desk.timeline.ledger(
      promise, definition: desk.definition, zone: desk.zone, until: desk("2026-03-22 12:00"))
    #expect(lines(ledger, desk) == ["03-22 12:00 03-23 00:00 before 0", "03-23 00:00 03-23 09:00 before 0"])
    #expect(ledger.judgement.used == 0)
    let empty = desk.timeline.ledger(promise, definition: desk.definition, zone: desk.zone, until: promise.start)
    #expect(empty.stretches.isEmpty)
  }

  @Test func aHalfDayIsAHolidayOutsideOfItsHoursAndAnOverrideIsNone() throws {
    let half = DayRule(pattern: .date(day("2026-03-24")), label: "Puente", hours: hours("09:00-12:00"))
    let extra = DayRule(
      pattern: .date(day("2026-03-25")), label: "Guardia", hours: hours("09:00-20:00"), isOverride: true)
    let shut = DayRule(pattern: .date(day("2026-03-26")), label: "Mudanza", isOverride: true)
    let desk = try Desk(days: [half, extra, shut])
    let promise = try desk.promise("40h", "2026-03-24 11:00")
    let ledger = desk.timeline.ledger(
      promise, definition: desk.definition, zone: desk.zone, until: desk("2026-03-27 00:00"))
    #expect(
      lines(ledger, desk) == [
        "03-24 11:00 03-24 12:00 counted 60", "03-24 12:00 03-25 00:00 holiday(\"Puente\") 0",
        "03-25 00:00 03-25 09:00 closed 0", "03-25 09:00 03-25 20:00 counted 660", "03-25 20:00 03-26 00:00 closed 0",
        "03-26 00:00 03-27 00:00 holiday(\"Mudanza\") 0",
      ])
  }

  @Test func stretchesMeetAcrossAClockChangeAtMidnight() throws {
    for (zone, from, through, start, hours) in [
      ("America/Sao_Paulo", "2018-11-01", "2018-11-10", "2018-11-03 12:00", 23),
      (
        "America/Sao_Paulo", "2019-02-10",
        "2019-02-20", "2019-02-16 12:00", 24
      ), ("America/St_Johns", "2010-11-01", "2010-11-10", "2010-11-06 12:00", 25),
    ] as [(String, String, String, String, Seconds)] {
      let desk = try Desk(
        zone, week(Weekday.allCases, SLATests.hours("00:00-24:00")), from: from, through: through)
      let promise = try desk.promise("48h", start)
      let ledger = desk.timeline.ledger(
        promise, definition: desk.definition, zone: desk.zone, until: promise.start + 48 * 3600)
      #expect(ledger.stretches.count == 3)
      #expect(ledger.stretches[1].length == hours * 3600, "\(zone)")
      #expect(zip(ledger.stretches, ledger.stretches.dropFirst()).allSatisfy { $0.to == $1.from })
    }
  }
}
