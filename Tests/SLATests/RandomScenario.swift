import SLA
import Seeded

/// Scenarios of all kinds, most of them near a change of the clock.
struct ScenarioMaker {
  static let zones = [
    "America/Mexico_City", "Europe/Madrid", "America/New_York", "America/Sao_Paulo", "Asia/Beirut",
    "Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca",
    "Asia/Tehran", "America/Santiago", "Pacific/Chatham", "Asia/Gaza", "Antarctica/Troll", "America/Caracas",
  ]

  var random: Dice
  let step: Int64
  let days: Int64

  mutating func scenario() throws -> Scenario {
    let zone = try systemZone(Self.zones.randomElement(using: &random)!)
    // 2000 to the end of November 2037.
    var anchor = Instant(Int64.random(in: 946_700_000...2_143_000_000, using: &random))
    if random.chance(70), let change = zone.nextChange(after: anchor), change.seconds < 2_143_000_000 {
      anchor = change
    }
    let start = instant(near: anchor, hours: -60...30)
    let date = zone.date(at: start)
    var calendar = CalendarDefinition(zone: zone.name, weekly: [:])
    for day in Weekday.allCases where random.chance(75) { calendar.weekly[day] = hoursOfDay() }
    for _ in 0..<random.number(0...4) { calendar.days.append(rule(near: date)) }
    var pauses: [Pause] = []
    for _ in 0..<max(0, random.number(-2...4)) {
      let from = instant(near: start, hours: -48...120)
      let to = instant(near: from, hours: 0...48)
      pauses.append(Pause(from: from, to: random.chance(15) ? nil : max(from, to)))
    }
    return Scenario(
      zone: zone, calendar: calendar, start: start, term: term(start), near: near(), pauses: pauses,
      questions: (0..<5).map { _ in start + Seconds(random.number(-3600...Int(days) * 86_000)) }, step: step, days: days
    )
  }

  /// On the step, and often on a full hour, so that edges meet.
  private mutating func instant(near anchor: Instant, hours: ClosedRange<Int>) -> Instant {
    let unit = random.chance(50) ? 3600 : step
    let seconds = anchor.seconds + Int64(random.number(hours.lowerBound * 3600...hours.upperBound * 3600))
    return Instant(seconds / unit * unit)
  }

  private mutating func term(_ start: Instant) -> Scenario.Term {
    switch random.number(0...9) {
    case 0...2: return .plazo(.workingDays(random.number(0...3)))
    case 3...4: return .target(start + Seconds(random.number(-24...Int(days) * 20) * 1800))
    case 5: return .plazo(.workingTime(Seconds(random.number(0...20) * 3600)))
    default: return .plazo(.workingTime(Seconds(random.number(0...Int(days) * 3600 * 4))))
    }
  }

  private mutating func near() -> NearDueRule {
    NearDueRule(
      sharePercent: random.chance(75) ? random.number(0...100) : nil,
      marginSeconds: random.chance(40) ? Seconds(random.number(0...8 * 3600)) : nil)
  }

  /// One to three intervals, which may overlap.
  private mutating func hoursOfDay() -> [Hours] {
    if random.chance(10) { return [Hours(opens: 0, closes: 86_400)] }
    return (0..<random.number(1...3)).map { _ in
      // Half of them begin in the hours at which clocks change; some run past midnight.
      let opens = (random.chance(50) ? random.number(0...239) : random.number(0...1439)) * 60
      let unit = random.chance(30) ? 1800 : 60
      let opening = opens / unit * unit
      let length = random.chance(10) ? random.number(1...24 * 60) : random.number(1...6 * 60)
      let closing = random.chance(15) ? 86_400 : min(172_800, (opening + length * 60 + unit - 1) / unit * unit)
      return Hours(opens: opening, closes: max(opening + 60, closing))
    }
  }

  private mutating func rule(near date: LocalDate) -> DayRule {
    let date = date.adding(days: random.number(-2...6))
    let (year, month, day) = date.parts
    let end = date.adding(days: random.number(0...4))
    let pattern: DayPattern
    switch random.number(0...6) {
    case 0: pattern = .date(date)
    case 1: pattern = .span(date, end)
    case 2: pattern = .yearly(month: month, day: day)
    case 3:
      pattern = .yearlySpan(
        from: MonthDay(month: month, day: day), to: MonthDay(month: end.month, day: end.day))
    case 4: pattern = .nthWeekday((day + 6) / 7, date.weekday, month: month)
    case 5: pattern = .nthWeekday(-1, date.weekday, month: month)
    default:
      let easter = DayPattern.easter(offset: 0).dates(in: year)[0]
      pattern = .easter(offset: date.dayNumber - easter.dayNumber)
    }
    return DayRule(
      pattern: pattern, label: "Fiesta", hours: random.chance(50) ? [] : hoursOfDay(), isOverride: random.chance(30))
  }
}
