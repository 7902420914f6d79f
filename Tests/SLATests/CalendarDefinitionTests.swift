import SLA
import Testing

@Suite struct CalendarDefinitionTests {
  private let christmas = DayRule(pattern: .yearly(month: 12, day: 25), label: "Navidad")

  private func definition(_ days: [DayRule]) -> CalendarDefinition {
    CalendarDefinition(zone: mexico, weekly: week(hours("09:00-18:00")), days: days)
  }

  @Test func aHolidayReplacesTheWeeksHours() {
    let calendar = definition([christmas])
    #expect(calendar.hours(on: day("2026-12-24")).hours == hours("09:00-18:00"))
    #expect(calendar.hours(on: day("2026-12-25")).hours == [])
    #expect(calendar.hours(on: day("2026-12-25")).rule == christmas)
    #expect(calendar.hours(on: day("2026-12-26")).hours == [])
    #expect(calendar.hours(on: day("2026-12-26")).rule == nil)
  }

  @Test func anOverrideWinsOverAnyHolidayWhateverTheOrder() {
    let shift = DayRule(
      pattern: .span(day("2026-12-24"), day("2026-12-31")), label: "Guardia", hours: hours("10:00-12:00"),
      isOverride: true)
    for days in [[christmas, shift], [shift, christmas]] {
      #expect(definition(days).hours(on: day("2026-12-25")).hours == hours("10:00-12:00"))
    }
  }

  @Test func aClosureSwallowsAHalfDayWhateverTheOrder() {
    let eve = DayRule(pattern: .yearly(month: 12, day: 24), label: "Nochebuena", hours: hours("09:00-14:00"))
    let closure = DayRule(
      pattern: .yearlySpan(from: MonthDay(month: 12, day: 20), to: MonthDay(month: 1, day: 6)), label: "Vacaciones")
    for days in [[eve, closure], [closure, eve]] {
      #expect(definition(days).hours(on: day("2026-12-24")).rule == closure)
      #expect(definition(days).hours(on: day("2026-12-25")).hours == [])
    }
    #expect(definition([eve]).hours(on: day("2026-12-24")).hours == hours("09:00-14:00"))
  }

  @Test func ofTwoOverridesTheNarrowerWinsWhateverTheOrder() {
    let week = DayRule(
      pattern: .span(day("2026-06-01"), day("2026-06-05")), label: "Inventario", hours: hours("08:00-12:00"),
      isOverride: true)
    let wednesday = DayRule(
      pattern: .date(day("2026-06-03")), label: "Cierre", hours: hours("08:00-20:00"), isOverride: true)
    for days in [[week, wednesday], [wednesday, week]] {
      #expect(definition(days).hours(on: day("2026-06-03")).rule == wednesday)
      #expect(definition(days).hours(on: day("2026-06-04")).rule == week)
    }
  }

  /// In 2010 both name the 29th of September; as many dates, as much time.
  @Test func rulesThatAreEqualInAllElseAreSettledByTheirTextWhateverTheOrder() {
    let yearly = DayRule(
      pattern: .yearly(month: 9, day: 29), label: "Fiesta", hours: hours("01:00-03:30", "09:30-10:30"), isOverride: true
    )
    let easter = DayRule(pattern: .easter(offset: 178), label: "Fiesta", hours: hours("02:00-05:30"), isOverride: true)
    for days in [[yearly, easter], [easter, yearly]] {
      #expect(definition(days).hours(on: day("2010-09-29")).rule == yearly)
    }
  }

  @Test func findsTheFirstWorkingDayOrSaysThatThereIsNone() throws {
    let zone = try systemZone(mexico)
    #expect(definition([]).firstWorkingDay(from: day("2026-03-28"), in: zone) == day("2026-03-30"))
    let never = CalendarDefinition(zone: mexico, weekly: [:], days: [christmas])
    #expect(never.firstWorkingDay(from: day("2026-01-01"), in: zone) == nil)
    // Hours that lie wholly in a gap are none.
    let gap = DayRule(
      pattern: .date(day("2026-03-29")), label: "", hours: hours("02:00-03:00"), isOverride: true)
    let onlyGap = CalendarDefinition(zone: "Europe/Madrid", weekly: [:], days: [gap])
    #expect(onlyGap.firstWorkingDay(from: day("2026-01-01"), in: try systemZone("Europe/Madrid")) == nil)
  }

  @Test func aLegalCalendarWhoseOpeningIsFarAwayIsNotRefused() throws {
    let far = DayRule(pattern: .date(day("2034-01-02")), label: "", hours: hours("09:00-10:00"), isOverride: true)
    let calendar = CalendarDefinition(zone: mexico, weekly: [:], days: [far])
    #expect(calendar.firstWorkingDay(from: day("2026-01-01"), in: try systemZone(mexico)) == day("2034-01-02"))
  }
}

@Suite struct CalendarVersionTests {
  private let holidays = [
    DayRule(pattern: .yearly(month: 12, day: 25), label: "Navidad"),
    DayRule(pattern: .easter(offset: -2), label: "Viernes\nSanto", hours: hours("09:00-12:00", "11:00-13:00")),
  ]

  @Test func theTextSaysEverythingOnOneLineEach() {
    let calendar = CalendarDefinition(
      zone: mexico,
      weekly: [.tuesday: hours("16:00-19:00", "09:00-14:00"), .monday: hours("09:00-14:00"), .sunday: []],
      days: holidays)
    #expect(
      calendar.canonicalText == """
        zone America/Mexico_City
        mon 09:00-14:00
        tue 09:00-14:00,16:00-19:00
        holiday 12-25 closed Navidad
        holiday easter-2 09:00-13:00 Viernes\\nSanto

        """)
  }

  @Test func orderWithoutMeaningLeavesNoTrace() {
    let one = CalendarDefinition(
      zone: mexico, weekly: week(hours("09:00-14:00", "16:00-19:00")), days: holidays)
    let other = CalendarDefinition(
      zone: mexico, weekly: week(workdays.reversed(), hours("16:00-19:00", "09:00-13:00", "13:00-14:00")),
      days: holidays.reversed() + holidays)
    #expect(one.canonicalText == other.canonicalText)
    #expect(one.version(zoneData: [1, 2]) == other.version(zoneData: [1, 2]))
  }

  @Test func whateverMovesADeadlineMovesTheVersion() throws {
    let calendar = CalendarDefinition(zone: mexico, weekly: week(hours("09:00-14:00")), days: holidays)
    let version = calendar.version(zoneData: [1, 2])
    #expect(version.utf8.count == 16)
    var changed = [calendar, calendar, calendar, calendar, calendar]
    changed[0].zone = "America/Cancun"
    changed[1].weekly[.monday] = hours("09:00-14:01")
    changed[2].days.removeLast()
    changed[3].days[0].isOverride = true
    changed[4].days[0].pattern = .yearly(month: 12, day: 26)
    #expect(Set(changed.map { $0.version(zoneData: [1, 2]) } + [version]).count == 6)
    #expect(calendar.version(zoneData: [1, 3]) != version)
  }

  @Test(arguments: [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")])
  func hashesAsTheStandardsVectorsSay(text: String, hash: String) { #expect(ContentHash.hex(text.utf8) == hash) }
}
