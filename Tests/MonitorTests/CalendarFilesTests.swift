import FoundationEssentials
import Monitor
import SLA
import Testing
import Text

@Suite struct CalendarFilesTests {
  private static let office = """
    { timeZone: "America/Mexico_City",
      calendars: { office: { include: ["mexico"], weekly: { mon: ["09:00-14:00"], tue: "09:00-14:00" },
        holidays: ["2026-01-02"], overrides: { "2026-01-03": ["10:00-11:00"] } } },
      policies: [{ name: "default", calendar: "office" }] }
    """

  private func files(_ texts: [String: String]) throws -> CalendarFiles {
    CalendarFiles(
      try Dictionary(
        uniqueKeysWithValues: texts.map { ($0, try Document(file: "calendars/\($0).json5", data: Data($1.utf8))) }))
  }

  /// The rules as they are read, and as they are read back from what is applied.
  private func rules(
    _ files: CalendarFiles, _ text: String = Self.office
  ) throws -> (read: Rules, applied: Rules, faults: [String]) {
    let document = try Document(file: "plazo.json5", data: Data(text.utf8))
    let read = RulesReader.read(document.root, files: files)
    let faults = (document.faults + files.faults).map(\.description)
    let merged = files.merged(into: document.root.value!).only(RulesReader.keys)
    let applied = try Document(file: "applied", data: Data(merged.canonicalText().utf8))
    return (read, RulesReader.read(applied.root), faults)
  }

  @Test func aFileAddsHoursAndDaysToTheCalendarOfItsName() throws {
    let files = try files([
      "office": "{ weekly: { mon: [\"16:00-19:00\"], sat: [\"10:00-12:00\"] }, holidays: [\"2026-01-05\"] }",
      "mexico": "{ holidays: [{ yearly: \"09-16\", name: \"Independencia\" }] }",
    ])
    let (read, applied, faults) = try rules(files)
    #expect(faults == [])
    let office = try #require(read.calendars["office"])
    func hours(_ date: String) -> [String] { office.hours(on: LocalDate(date)!).hours.map(\.description) }
    #expect(hours("2026-01-12") == ["09:00-14:00", "16:00-19:00"])
    #expect(hours("2026-01-13") == ["09:00-14:00"])
    #expect(hours("2026-01-17") == ["10:00-12:00"])
    #expect(hours("2026-01-05") == [] && hours("2026-01-02") == [] && hours("2026-01-03") == ["10:00-11:00"])
    #expect(office.hours(on: LocalDate("2027-09-16")!).rule?.label == "Independencia")
    // What is applied stands without the files.
    #expect(applied.calendars["office"]?.canonicalText == office.canonicalText)
    #expect(applied.policies == read.policies)
    // A list of days alone is no calendar.
    #expect(read.calendars.keys.sorted() == ["always", "office"])
  }

  @Test func aFileWithHoursIsACalendarOfItsOwn() throws {
    let files = try files([
      "mexico": "{ holidays: [] }",
      "madrid": "{ timeZone: \"Europe/Madrid\", include: \"feast\", weekly: { fri: [\"22:00-30:00\"] } }",
      "feast": "{ include: [\"deeper\"], holidays: [\"2026-05-15\"] }", "deeper": "{ holidays: [\"2026-11-09\"] }",
    ])
    let (read, applied, faults) = try rules(files)
    #expect(faults == [])
    let madrid = try #require(read.calendars["madrid"])
    #expect(madrid.zone == "Europe/Madrid")
    #expect(madrid.days.map { "\($0.pattern)" } == ["2026-05-15", "2026-11-09"])
    #expect(applied.calendars["madrid"] == madrid)
  }

  @Test func withoutFilesNothingOfAnAppliedVersionChanges() throws {
    let text = Self.office.replacing("include: [\"mexico\"], ", with: "")
    let document = try Document(file: "plazo.json5", data: Data(text.utf8))
    #expect(CalendarFiles.none.merged(into: document.root.value!) == document.root.value!)
  }

  @Test func whatIsWrongIsToldByFileAndPlace() throws {
    let files = try files([
      "office": "{ timeZone: \"Europe/Madrid\", overrides: { \"2026-01-03\": [] } }",
      "mexico": "{ include: [\"office\", \"mexico\"], holidays: [\"2026-02-30\"], hours: [] }",
      "always": "{ holidays: [] }",
    ])
    let text = Self.office.replacing("[\"mexico\"]", with: "[\"mexico\", \"mexcio\"]")
    let faults = try rules(files, text).faults.sorted()
    #expect(
      faults == [
        "calendars/always.json5: 'always' is built in; choose another name",
        "calendars/mexico.json5: holidays[0]: '2026-02-30' is not a date; write it as 2026-12-25",
        "calendars/mexico.json5: hours: unknown key; legal keys: timeZone, include, weekly, holidays, overrides",
        "calendars/mexico.json5: include[1]: 'mexico' includes itself; leave it out",
        "calendars/office.json5: overrides.2026-01-03: the calendar has other hours for that date; leave one of them out",
        "calendars/office.json5: timeZone: the calendar has the zone 'America/Mexico_City'; leave it out here",
        "plazo.json5:2: calendars.office.include[1]: there is no file calendars/mexcio.json5; did you mean 'mexico'? "
          + "files: always, mexico, office",
      ])
  }

  @Test func aBrokenFileIsToldOnceAndMissedNowhere() throws {
    let broken = CalendarFiles(
      broken: ["mexico": [Fault(file: "calendars/mexico.json5", line: 3, problem: "it breaks", mend: "mend it")]])
    let text = Self.office.replacing("calendar: \"office\"", with: "calendar: \"mexico\"")
    #expect(try rules(broken, text).faults == ["calendars/mexico.json5:3: it breaks; mend it"])
  }
}
