import SLA
import Scheduler
import Testing

@Suite("The next slot of a schedule")
struct CronExpressionTests {
  @Test(
    "is the first reading of the wall clock that fits, later than the instant asked",
    arguments: [
      (text: "30 8 * * mon-fri", after: "2026-03-27T08:29:59Z", next: "2026-03-27T08:30:00Z"),
      (text: "30 8 * * mon-fri", after: "2026-03-27T08:30:00Z", next: "2026-03-30T08:30:00Z"),
      (text: "30 8 * * MON-Fri", after: "2026-03-27T08:30:01Z", next: "2026-03-30T08:30:00Z"),
      (text: "*/15 * * * *", after: "2026-03-27T08:45:00Z", next: "2026-03-27T09:00:00Z"),
      (text: "10-40/15 * * * *", after: "2026-03-27T08:25:00Z", next: "2026-03-27T08:40:00Z"),
      (text: "0 0,12 1 */2 *", after: "2026-03-01T00:00:00Z", next: "2026-03-01T12:00:00Z"),
      (text: "0 0 * jan,jul *", after: "2026-01-31T00:00:00Z", next: "2026-07-01T00:00:00Z"),
      (text: "0 9 * * 7", after: "2026-03-27T00:00:00Z", next: "2026-03-29T09:00:00Z"),
      (text: "0 9 * * 5-7", after: "2026-03-28T09:00:00Z", next: "2026-03-29T09:00:00Z"),
      (text: "0 9 * * fri-sun", after: "2026-03-29T09:00:00Z", next: "2026-04-03T09:00:00Z"),
      (text: "0 9 * * */6", after: "2026-03-27T00:00:00Z", next: "2026-03-28T09:00:00Z"),
      (text: "0 9 L * *", after: "2026-02-27T00:00:00Z", next: "2026-02-28T09:00:00Z"),
      (text: "0 9 L * *", after: "2028-02-28T09:00:00Z", next: "2028-02-29T09:00:00Z"),
      (text: "0 9 15,l 2,4 *", after: "2026-02-28T09:00:00Z", next: "2026-04-15T09:00:00Z"),
      (text: "0 9 15,L 4 *", after: "2026-04-15T09:00:00Z", next: "2026-04-30T09:00:00Z"),
      (text: "0 9 L * mon", after: "2026-03-30T09:00:00Z", next: "2026-03-31T09:00:00Z"),
      (text: "@hourly", after: "2026-12-31T23:00:00Z", next: "2027-01-01T00:00:00Z"),
      (text: "@Daily", after: "2026-03-27T00:00:00Z", next: "2026-03-28T00:00:00Z"),
      (text: "@midnight", after: "2026-03-27T00:00:00Z", next: "2026-03-28T00:00:00Z"),
      (text: "@weekly", after: "2026-03-27T00:00:00Z", next: "2026-03-29T00:00:00Z"),
      (text: "@monthly", after: "2026-12-01T00:00:00Z", next: "2027-01-01T00:00:00Z"),
      (text: "@yearly", after: "2026-01-01T00:00:00Z", next: "2027-01-01T00:00:00Z"),
      (text: "@annually", after: "2025-12-31T23:59:59Z", next: "2026-01-01T00:00:00Z"),
      (text: "every 5m", after: "2026-03-27T08:04:59Z", next: "2026-03-27T08:05:00Z"),
      (text: "every 2h", after: "2026-03-27T22:00:00Z", next: "2026-03-28T00:00:00Z"),
      (text: "every 90m", after: "2026-03-27T01:00:00Z", next: "2026-03-27T01:30:00Z"),
      (text: "EVERY  24h", after: "2026-03-27T01:00:00Z", next: "2026-03-28T00:00:00Z"),
    ])
  func next(text: String, after: String, next: String) throws {
    #expect(try CronExpression(text).next(after: at(after), in: .utc).iso8601(in: .utc) == next)
  }

  @Test("is the instant itself that matches, and no other")
  func matches() throws {
    let expression = try CronExpression("30 8 L * *")
    #expect(try expression.matches(at("2026-02-28T08:30:00Z"), in: .utc))
    for other in ["2026-02-28T08:29:59Z", "2026-02-28T08:30:01Z", "2026-02-27T08:30:00Z", "2026-02-28T09:30:00Z"] {
      #expect(try !expression.matches(at(other), in: .utc))
    }
    // In the gap of spring, the end of the gap.
    let madrid = try zone("Europe/Madrid")
    #expect(try CronExpression("30 2 * * *").matches(at("2026-03-29T01:00:00Z"), in: madrid))
  }

  @Test(
    "skips months without the day, however far the next one is",
    arguments: [
      (text: "0 0 31 * *", after: "2026-01-31T00:00:00Z", next: "2026-03-31T00:00:00Z"),
      (text: "0 0 30 1,2 *", after: "2026-01-30T00:00:00Z", next: "2027-01-30T00:00:00Z"),
      (text: "0 0 29 2 *", after: "2026-01-01T00:00:00Z", next: "2028-02-29T00:00:00Z"),
      // 2100 is no leap year.
      (text: "0 0 29 2 *", after: "2096-02-29T00:00:00Z", next: "2104-02-29T00:00:00Z"),
      // A weekday that begins with * narrows along with the day: a Sunday 29 February, 40 years apart over 2100.
      (text: "0 0 29 2 */7", after: "2088-02-29T00:00:00Z", next: "2128-02-29T00:00:00Z"),
    ])
  func farNext(text: String, after: String, next: String) throws {
    #expect(try CronExpression(text).next(after: at(after), in: .utc).iso8601(in: .utc) == next)
  }

  @Test(
    "takes either day when day of month and weekday are both given, and both days when one begins with *",
    arguments: [
      (text: "0 0 13 * fri", days: ["02-06", "02-13", "02-20", "02-27", "03-06", "03-13"]),
      (text: "0 0 1,15 * wed", days: ["02-01", "02-04", "02-11", "02-15", "02-18", "02-25"]),
      (text: "0 0 * * fri", days: ["02-06", "02-13", "02-20", "02-27", "03-06", "03-13"]),
      (text: "0 0 13 * *", days: ["02-13", "03-13", "04-13", "05-13", "06-13", "07-13"]),
      (text: "0 0 */10 * sun", days: ["02-01", "03-01", "05-31", "06-21"]),
    ])
  func eitherDay(text: String, days: [String]) throws {
    let slots = try CronExpression(text).slots(
      after: at("2026-01-31T12:00:00Z"), through: at("2026-07-31T00:00:00Z"), in: .utc)
    let found = slots.prefix(days.count).map { String($0.iso8601(in: .utc).prefix(10).dropFirst(5)) }
    #expect(found == days)
  }

  @Test("leaves out the start and includes the end of a span")
  func spans() throws {
    let slots = try CronExpression("@hourly").slots(
      after: at("2026-03-27T08:00:00Z"), through: at("2026-03-27T10:00:00Z"), in: .utc)
    #expect(slots == [try at("2026-03-27T09:00:00Z"), try at("2026-03-27T10:00:00Z")])
  }

  @Test(
    "has a counterpart before the instant asked",
    arguments: [
      (text: "30 8 * * mon-fri", before: "2026-03-30T08:30:00Z", previous: "2026-03-27T08:30:00Z"),
      (text: "30 8 * * mon-fri", before: "2026-03-30T08:30:01Z", previous: "2026-03-30T08:30:00Z"),
      (text: "every 1m", before: "2026-03-27T08:30:00Z", previous: "2026-03-27T08:29:00Z"),
      (text: "0 0 29 2 *", before: "2104-02-29T00:00:00Z", previous: "2096-02-29T00:00:00Z"),
    ])
  func previous(text: String, before: String, previous: String) throws {
    #expect(try CronExpression(text).previous(before: at(before), in: .utc).iso8601(in: .utc) == previous)
  }

  @Test("keeps its text, with single spaces")
  func describesItself() throws {
    #expect(try CronExpression("  0\t8 * *  Mon ").description == "0 8 * * Mon")
  }
}

@Suite("When the clocks change, a slot")
struct CronClockChangeTests {
  @Test(
    "in the skipped hour runs at its end, several there being one",
    arguments: [
      // 02:00 becomes 03:00 in Madrid.
      (zone: "Europe/Madrid", text: "30 2 * * *", day: "2026-03-29", slots: ["03:00:00+02:00"]),
      (
        zone: "Europe/Madrid", text: "*/20 1-3 * * *", day: "2026-03-29",
        slots: [
          "01:00:00+01:00", "01:20:00+01:00", "01:40:00+01:00", "03:00:00+02:00", "03:20:00+02:00", "03:40:00+02:00",
        ]
      ),
      (zone: "America/New_York", text: "5,35 2 * * *", day: "2026-03-08", slots: ["03:00:00-04:00"]),
      // Half an hour: 02:00 becomes 02:30 on Lord Howe.
      (
        zone: "Australia/Lord_Howe", text: "*/15 2 * * *", day: "2026-10-04",
        slots: ["02:30:00+11:00", "02:45:00+11:00"]
      ),
      // Midnight becomes 01:00 in São Paulo.
      (zone: "America/Sao_Paulo", text: "@daily", day: "2018-11-04", slots: ["01:00:00-02:00"]),
      (
        zone: "Europe/Madrid", text: "every 2h", day: "2026-03-29",
        slots: ["00:00:00+01:00", "03:00:00+02:00"] + (2...11).map { "\($0 < 5 ? "0" : "")\($0 * 2):00:00+02:00" }
      ),
      (zone: "Europe/Madrid", text: "every 12h", day: "2026-03-29", slots: ["00:00:00+01:00", "12:00:00+02:00"]),
    ])
  func gap(zone name: String, text: String, day: String, slots: [String]) throws {
    #expect(try slotsOf(text, on: day, in: name) == slots)
  }

  @Test(
    "in the doubled hour runs the first time only",
    arguments: [
      (zone: "Europe/Madrid", text: "30 2 * * *", day: "2026-10-25", slots: ["02:30:00+02:00"]),
      (
        zone: "Europe/Madrid", text: "*/30 1-3 * * *", day: "2026-10-25",
        slots: [
          "01:00:00+02:00", "01:30:00+02:00", "02:00:00+02:00", "02:30:00+02:00", "03:00:00+01:00", "03:30:00+01:00",
        ]
      ),
      (zone: "America/New_York", text: "0 1 * * *", day: "2026-11-01", slots: ["01:00:00-04:00"]),
      // 23:00 to 24:00 came twice in São Paulo: midnight is the one after which the date stays.
      (zone: "America/Sao_Paulo", text: "30 23 * * *", day: "2018-02-17", slots: ["23:30:00-02:00"]),
      (zone: "America/Sao_Paulo", text: "@daily", day: "2018-02-18", slots: ["00:00:00-03:00"]),
      (zone: "America/Havana", text: "@daily", day: "2026-11-01", slots: ["00:00:00-04:00"]),
      (zone: "Europe/Madrid", text: "every 12h", day: "2026-10-25", slots: ["00:00:00+02:00", "12:00:00+01:00"]),
    ])
  func doubled(zone name: String, text: String, day: String, slots: [String]) throws {
    #expect(try slotsOf(text, on: day, in: name) == slots)
  }

  @Test("of a pace up to an hour goes on through the doubled hour")
  func paceGoesOn() throws {
    let madrid = try zone("Europe/Madrid")
    let slots = try CronExpression("every 5m").slots(
      after: at("2026-10-24T22:00:00Z"), through: at("2026-10-25T23:00:00Z"), in: madrid)
    #expect(slots.count == 25 * 12)
    #expect(zip(slots, slots.dropFirst()).allSatisfy { $1 - $0 == 300 })
    #expect(
      try slotsOf("every 1h", on: "2026-10-25", in: "Europe/Madrid").prefix(4) == [
        "00:00:00+02:00", "01:00:00+02:00", "02:00:00+02:00", "02:00:00+01:00",
      ])
  }

  @Test("on a date that a zone left out runs when the next one begins")
  func skippedDate() throws {
    // Samoa had no 30 December 2011.
    let apia = try zone("Pacific/Apia")
    let slot = try CronExpression("0 9 30 12 *").next(after: at("2011-12-29T00:00:00Z"), in: apia)
    #expect(slot.iso8601(in: apia) == "2011-12-31T00:00:00+14:00")
  }

  /// The slots of one local date, as `03:00:00+02:00`.
  private func slotsOf(_ text: String, on day: String, in name: String) throws -> [String] {
    let zone = try zone(name)
    let date = try #require(LocalDate(day))
    return try CronExpression(text).slots(
      after: zone.instant(on: date, secondOfDay: 0) - 1,
      through: zone.instant(on: date.adding(days: 1), secondOfDay: 0) - 1, in: zone
    ).map { String($0.iso8601(in: zone).dropFirst(11)) }
  }
}
