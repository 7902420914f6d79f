import SLA
import Testing

/// Opening hours where clocks change, each as the two instants that they become.
@Suite struct ClockChangeTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let zone, date, hours: String
    /// `nil` when the change empties the hours.
    let opening: (from: String, to: String)?

    init(_ zone: String, _ date: String, _ hours: String, _ from: String? = nil, _ to: String = "") {
      (self.zone, self.date, self.hours) = (zone, date, hours)
      opening = from.map { ($0, to) }
    }

    var testDescription: String { "\(zone) \(date) \(hours)" }
  }

  @Test(arguments: [
    // Forward at two, back at three.
    Case("Europe/Madrid", "2026-03-29", "01:00-04:00", "2026-03-29T00:00Z", "2026-03-29T02:00Z"),
    Case("Europe/Madrid", "2026-03-29", "02:30-05:00", "2026-03-29T01:00Z", "2026-03-29T03:00Z"),
    Case("Europe/Madrid", "2026-03-29", "01:00-02:30", "2026-03-29T00:00Z", "2026-03-29T01:00Z"),
    Case("Europe/Madrid", "2026-03-29", "02:00-03:00"),
    Case("Europe/Madrid", "2026-03-29", "02:15-02:45"),
    Case("Europe/Madrid", "2026-03-29", "02:10-02:20,02:30-05:00", "2026-03-29T01:00Z", "2026-03-29T03:00Z"),
    Case("Europe/Madrid", "2026-03-29", "01:59-02:00", "2026-03-29T00:59Z", "2026-03-29T01:00Z"),
    Case("Europe/Madrid", "2026-03-28", "22:00-26:30", "2026-03-28T21:00Z", "2026-03-29T01:00Z"),
    Case("Europe/Madrid", "2026-10-25", "02:00-03:00", "2026-10-25T00:00Z", "2026-10-25T02:00Z"),
    Case("Europe/Madrid", "2026-10-25", "02:30-02:45", "2026-10-25T00:30Z", "2026-10-25T00:45Z"),
    Case("Europe/Madrid", "2026-10-25", "01:00-02:30", "2026-10-24T23:00Z", "2026-10-25T00:30Z"),
    Case("Europe/Madrid", "2026-10-25", "02:30-04:00", "2026-10-25T00:30Z", "2026-10-25T03:00Z"),
    Case("Europe/Madrid", "2026-10-24", "22:00-26:30", "2026-10-24T20:00Z", "2026-10-25T00:30Z"),
    // A day of 23 hours and one of 25.
    Case("America/New_York", "2026-03-08", "00:00-24:00", "2026-03-08T05:00Z", "2026-03-09T04:00Z"),
    Case("America/New_York", "2026-11-01", "00:00-24:00", "2026-11-01T04:00Z", "2026-11-02T05:00Z"),
    // Changes at midnight: 24:00 lies in the gap, or is reached an hour later.
    Case("America/Sao_Paulo", "2018-11-03", "22:00-24:00", "2018-11-04T01:00Z", "2018-11-04T03:00Z"),
    Case("America/Sao_Paulo", "2018-11-03", "22:00-24:30", "2018-11-04T01:00Z", "2018-11-04T03:00Z"),
    Case("America/Sao_Paulo", "2018-11-04", "00:00-24:00", "2018-11-04T03:00Z", "2018-11-05T02:00Z"),
    Case("America/Sao_Paulo", "2018-11-04", "00:00-01:00"),
    Case("America/Sao_Paulo", "2019-02-16", "22:00-24:00", "2019-02-17T00:00Z", "2019-02-17T03:00Z"),
    Case("America/Sao_Paulo", "2019-02-16", "23:00-23:30", "2019-02-17T01:00Z", "2019-02-17T01:30Z"),
    Case("America/Sao_Paulo", "2019-02-17", "00:00-01:00", "2019-02-17T03:00Z", "2019-02-17T04:00Z"),
    Case("Asia/Beirut", "2022-03-26", "20:00-24:00", "2022-03-26T18:00Z", "2022-03-26T22:00Z"),
    Case("Asia/Beirut", "2022-03-27", "00:30-02:00", "2022-03-26T22:00Z", "2022-03-26T23:00Z"),
    Case("Asia/Beirut", "2022-10-29", "22:00-24:00", "2022-10-29T19:00Z", "2022-10-29T22:00Z"),
    // Egypt took them up again in 2023: forward on a Friday at midnight, back on a Thursday at 24:00.
    Case("Africa/Cairo", "2023-04-28", "00:00-24:00", "2023-04-27T22:00Z", "2023-04-28T21:00Z"),
    Case("Africa/Cairo", "2023-04-28", "00:15-00:45"),
    Case("Africa/Cairo", "2023-04-27", "22:00-24:00", "2023-04-27T20:00Z", "2023-04-27T22:00Z"),
    Case("Africa/Cairo", "2023-10-26", "22:00-24:00", "2023-10-26T19:00Z", "2023-10-26T22:00Z"),
    Case("Africa/Cairo", "2022-04-29", "00:00-24:00", "2022-04-28T22:00Z", "2022-04-29T22:00Z"),
    // Half an hour.
    Case("Australia/Lord_Howe", "2026-10-04", "01:30-03:00", "2026-10-03T15:00Z", "2026-10-03T16:00Z"),
    Case("Australia/Lord_Howe", "2026-10-04", "02:00-02:30"),
    Case("Australia/Lord_Howe", "2026-10-04", "02:10-02:40", "2026-10-03T15:30Z", "2026-10-03T15:40Z"),
    Case("Australia/Lord_Howe", "2026-04-05", "01:30-02:00", "2026-04-04T14:30Z", "2026-04-04T15:30Z"),
    Case("Australia/Lord_Howe", "2026-04-05", "01:45-02:00", "2026-04-04T14:45Z", "2026-04-04T15:30Z"),
    // Mexico changed its clocks for the last time in October 2022.
    Case("America/Mexico_City", "2022-04-03", "00:00-24:00", "2022-04-03T06:00Z", "2022-04-04T05:00Z"),
    Case("America/Mexico_City", "2022-10-30", "00:00-24:00", "2022-10-30T05:00Z", "2022-10-31T06:00Z"),
    Case("America/Mexico_City", "2023-04-02", "00:00-24:00", "2023-04-02T06:00Z", "2023-04-03T06:00Z"),
    Case("America/Mexico_City", "2026-07-01", "09:00-19:00", "2026-07-01T15:00Z", "2026-07-02T01:00Z"),
    // Samoa left out a whole day.
    Case("Pacific/Apia", "2011-12-30", "09:00-17:00"),
    Case("Pacific/Apia", "2011-12-29", "22:00-30:00", "2011-12-30T08:00Z", "2011-12-30T10:00Z"),
  ])
  func opensAndClosesAtTheseInstants(_ expected: Case) throws {
    let zone = try systemZone(expected.zone)
    let date = day(expected.date)
    let opening = expected.hours.split(separator: ",").flatMap { hours(String($0)) }
    let rule = DayRule(pattern: .date(date), label: "", hours: opening, isOverride: true)
    // A second opening, far enough away, for the calendar to be legal.
    let other = DayRule(pattern: .date(date.adding(days: 7)), label: "", hours: hours("12:00-13:00"), isOverride: true)
    let line = try Timeline(
      CalendarDefinition(zone: expected.zone, weekly: [:], days: [rule, other]), zone: zone,
      from: date.adding(days: -2),
      through: date.adding(days: 9))
    let noon = zone.instant(on: date.adding(days: 7), secondOfDay: 12 * 3600)
    guard let opening = expected.opening else {
      #expect(line.nextOpening(after: Instant(0)) == noon)
      #expect(line.closing(ofWorkingDay: 1, after: date.adding(days: -1)) == noon + 3600)
      return
    }
    let (from, to) = (at(opening.from, .utc), at(opening.to, .utc))
    #expect(line.nextOpening(after: Instant(0)) == from)
    #expect(line.nextClosing(after: Instant(0)) == to)
    #expect(line.closing(ofWorkingDay: 1, after: date.adding(days: -1)) == to)
    #expect(line.workedSeconds(until: to) == to - from)
  }

  @Test(arguments: [
    "Europe/Madrid", "America/Sao_Paulo", "Asia/Beirut", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia",
    "America/Havana", "Africa/Casablanca", "Antarctica/Troll",
  ])
  func adjacentDaysNeitherOverlapNorLeaveAHole(name: String) throws {
    let zone = try systemZone(name)
    let line = try Timeline(.always(zone: name), zone: zone, from: day("2000-01-01"), through: day("2036-12-31"))
    #expect(line.openingCount == 1)
    #expect(line.workedSeconds(until: line.horizon) == line.horizon - at("2000-01-01", zone))
    // The same with every day cut at the hour at which clocks like to change.
    let split = try Timeline(
      CalendarDefinition(zone: name, weekly: week(Weekday.allCases, hours("00:00-02:30", "02:30-24:00"))), zone: zone,
      from: day("2000-01-01"), through: day("2036-12-31"))
    #expect(split.openingCount == 1)
    #expect(split.workedSeconds(until: split.horizon) == line.workedSeconds(until: line.horizon))
  }

  @Test func aTicketCreatedInTheDoubledHourCountsFromItsInstant() throws {
    let desk = try Desk("Europe/Madrid", week([.sunday], hours("01:00-06:00")))
    // 02:30 for the first time and, an hour later, for the second.
    for (start, due) in [("2026-10-25T00:30Z", "2026-10-25T02:30Z"), ("2026-10-25T01:30Z", "2026-10-25T03:30Z")] {
      let promise = try desk.timeline.promise(plazo("2h"), from: desk(start))
      #expect(desk.timeline.judge(promise, at: promise.start).deadline == desk(due))
    }
  }

  /// Plazos across each kind of change, as their users would reckon them.
  @Test(arguments: [
    // The night in which São Paulo's clocks went from 24:00 to 1:00: two hours of work before it, and none lost.
    ("America/Sao_Paulo", "22:00-26:00", "2018-11-03 21:00", "3h", "2018-11-04 02:00"),
    // A working day whose 24:00 is reached an hour later, and one whose 24:00 is skipped.
    ("Asia/Beirut", "20:00-24:00", "2022-10-29 12:00", "5h", "2022-10-29T22:00Z"),
    ("Asia/Beirut", "20:00-24:00", "2022-03-25 12:00", "1d", "2022-03-26T22:00Z"),
    ("Africa/Cairo", "00:00-24:00", "2023-04-27 12:00", "24h", "2023-04-28 13:00"),
    // Half an hour set back at two: 1:45 to 2:15 is an hour.
    ("Australia/Lord_Howe", "01:45-02:15", "2026-04-04 12:00", "1h", "2026-04-05 02:15"),
    // Mexico: a day of 25 hours in October 2022, and none in April 2023.
    ("America/Mexico_City", "00:00-24:00", "2022-10-29 12:00", "24h", "2022-10-30 11:00"),
    ("America/Mexico_City", "00:00-24:00", "2023-04-01 12:00", "24h", "2023-04-02 12:00"),
    // Samoa's 30 December 2011 was no day: the first working day after the 29th is the 31st.
    ("Pacific/Apia", "09:00-17:00", "2011-12-29 10:00", "1d", "2011-12-31 17:00"),
    ("Pacific/Apia", "00:00-24:00", "2011-12-29 12:00", "24h", "2011-12-31 12:00"),
  ])
  func plazosAcrossTheChange(zone: String, opening: String, start: String, term: String, due: String) throws {
    let year = String(start.prefix(4))
    let desk = try Desk(
      zone, week(Weekday.allCases, hours(opening)), from: "\(year)-01-01", through: "\(Int(year)! + 1)-12-31")
    let promise = try desk.promise(term, start)
    #expect(desk.timeline.judge(promise, at: promise.start).deadline == desk(due))
  }

  @Test func anHourOfWorkIsAnElapsedHourOnDaysOf23And25() throws {
    let zone = try systemZone("America/New_York")
    let line = try Timeline(.always(zone: zone.name), zone: zone, from: day("2026-01-01"), through: day("2026-12-31"))
    for (start, due) in [
      ("2026-03-07 12:00", "2026-03-08 13:00:00"), ("2026-10-31 12:00", "2026-11-01 11:00:00"),
      ("2026-06-01 12:00", "2026-06-02 12:00:00"),
    ] {
      let promise = try line.promise(plazo("24h"), from: at(start, zone))
      #expect(line.judge(promise, at: promise.start).deadline?.localText(in: zone) == due)
    }
  }
}
