import FoundationEssentials
import Monitor
import SLA
import Testing
import Text

/// The ready-made holidays against the dates that were published, year by year.
@Suite struct HolidaySampleTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/samples/holidays"

  private func sample(_ name: String) throws -> (definition: CalendarDefinition, file: CalendarFiles) {
    let data = try #require(FileManager.default.contents(atPath: "\(Self.folder)/\(name).json5"))
    let file = CalendarFiles([name: try Document(file: name, data: data)])
    let list = try #require(file.lists(besides: [:], zone: "UTC")[name])
    #expect(file.faults.isEmpty)
    return (list, file)
  }

  private func closed(_ definition: CalendarDefinition, in year: Int) -> [String] {
    let first = LocalDate(year: year, month: 1, day: 1)!
    return (0..<366).map { first.adding(days: $0) }
      .filter { date in date.year == year && definition.hours(on: date).rule.map { $0.hours.isEmpty } ?? false }
      .map { "\($0)".suffix(5).description }
  }

  /// - Source: the Mexican government's calendars of "días de descanso obligatorio" (PROFEDET, gob.mx), 2018 to 2026.
  @Test(arguments: [
    (2018, "01-01 02-05 03-19 05-01 09-16 11-19 12-01 12-25"), (2019, "01-01 02-04 03-18 05-01 09-16 11-18 12-25"),
    (2020, "01-01 02-03 03-16 05-01 09-16 11-16 12-25"), (2021, "01-01 02-01 03-15 05-01 09-16 11-15 12-25"),
    (2022, "01-01 02-07 03-21 05-01 09-16 11-21 12-25"), (2023, "01-01 02-06 03-20 05-01 09-16 11-20 12-25"),
    (2024, "01-01 02-05 03-18 05-01 09-16 10-01 11-18 12-25"), (2025, "01-01 02-03 03-17 05-01 09-16 11-17 12-25"),
    (2026, "01-01 02-02 03-16 05-01 09-16 11-16 12-25"),
  ])
  func mexico(year: Int, dates: String) throws {
    #expect(closed(try sample("mexico").definition, in: year) == dates.split(separator: " ").map(String.init))
  }

  /// - Source: the resolutions of the Dirección General de Trabajo in the BOE for each year: the days common to all
  ///   communities, Sundays included, and Epiphany; Good Friday as the church's calendar has it.
  @Test(arguments: [
    (2019, "04-19"), (2020, "04-10"), (2021, "04-02"), (2022, "04-15"), (2023, "04-07"), (2024, "03-29"),
    (2025, "04-18"), (2026, "04-03"), (2027, "03-26"), (2030, "04-19"), (2038, "04-23"),
  ])
  func spain(year: Int, goodFriday: String) throws {
    #expect(
      closed(try sample("spain").definition, in: year)
        == ["01-01", "01-06", goodFriday, "05-01", "08-15", "10-12", "11-01", "12-06", "12-08", "12-25"])
  }

  @Test(arguments: ["mexico", "spain"]) func aCalendarIncludesThem(name: String) throws {
    let (_, file) = try sample(name)
    let text = """
      { timeZone: "UTC", calendars: { office: { include: ["\(name)"], weekly: { thu: ["09:00-14:00"] } } },
        policies: [{ name: "default", calendar: "office" }] }
      """
    let document = try Document(file: "plazo.json5", data: Data(text.utf8))
    let rules = RulesReader.read(document.root, files: file)
    #expect((document.faults + file.faults).isEmpty)
    #expect(try #require(rules.calendars["office"]).days.count >= 10)
  }

  @Test func hasNoRuleThatNamesNoDate() throws {
    for name in ["mexico", "spain"] {
      let days = try sample(name).definition.days
      #expect(days.allSatisfy { rule in (2018...2048).contains { !rule.pattern.dates(in: $0).isEmpty } })
      #expect(days.allSatisfy { !$0.label.isEmpty })
    }
  }
}
