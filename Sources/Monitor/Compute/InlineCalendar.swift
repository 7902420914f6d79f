internal import SLA
internal import Text

/// A calendar as a line of the calculator brings it:
///
/// ```json
/// {"timezone": "America/New_York", "weekly": {"mon": [["09:00", "12:00"], ["13:00", "17:00"]]},
///  "holidays": ["2006-01-04"], "shifts": {"2006-01-06": [["10:00", "14:00"]]}}
/// ```
struct InlineCalendar {
  private(set) var zone: String?
  private(set) var weekly: [Weekday: [Hours]] = [:]
  private(set) var days: [DayRule] = []

  private static let keys = ["timezone", "weekly", "holidays", "shifts"]

  /// - Throws: `ComputeFault` for the first thing that is wrong, with its place.
  init(_ scanner: inout JSONScanner) throws {
    try Self.at("calendar") { try scanner.openObject() }
    while let key = try scanner.nextKey() {
      if try scanner.null() { continue }
      if scanner.equals(key, "timezone") {
        zone = try Self.at("calendar.timezone") { scanner.string(of: try scanner.string()) }
      } else if scanner.equals(key, "weekly") {
        try readWeek(&scanner)
      } else if scanner.equals(key, "holidays") {
        try readHolidays(&scanner)
      } else if scanner.equals(key, "shifts") {
        try readShifts(&scanner)
      } else {
        throw ComputeFault.unknown(scanner.string(of: key), in: "calendar.", legal: Self.keys)
      }
    }
    if zone == nil { throw ComputeFault("calendar.timezone is missing; give an IANA name such as America/New_York") }
  }

  func definition(in zone: Zone) -> CalendarDefinition {
    CalendarDefinition(zone: zone.name, weekly: weekly, days: days)
  }

  private mutating func readWeek(_ scanner: inout JSONScanner) throws {
    try Self.at("calendar.weekly") { try scanner.openObject() }
    while let key = try scanner.nextKey() {
      let name = scanner.string(of: key)
      guard let day = Weekday(key: name) else {
        throw ComputeFault.unknown(name, in: "calendar.weekly.", legal: Weekday.allCases.map(\.key))
      }
      weekly[day] = try hours(&scanner, place: "calendar.weekly.\(name)")
    }
  }

  private mutating func readHolidays(_ scanner: inout JSONScanner) throws {
    try Self.at("calendar.holidays") { try scanner.openArray() }
    while try scanner.nextItem() {
      let text = try Self.at("calendar.holidays") { scanner.string(of: try scanner.string()) }
      days.append(DayRule(pattern: .date(try Self.date(text, place: "calendar.holidays")), label: ""))
    }
  }

  /// Hours of a date instead of the week's, on a holiday too; none close it.
  private mutating func readShifts(_ scanner: inout JSONScanner) throws {
    try Self.at("calendar.shifts") { try scanner.openObject() }
    while let key = try scanner.nextKey() {
      let text = scanner.string(of: key)
      let date = try Self.date(text, place: "calendar.shifts")
      // Of a key given twice JSON leaves open which counts; here, as in most readers, the last.
      days.removeAll { $0.isOverride && $0.pattern == .date(date) }
      days.append(
        DayRule(
          pattern: .date(date), label: "", hours: try hours(&scanner, place: "calendar.shifts[\"\(text)\"]"),
          isOverride: true))
    }
  }

  private func hours(_ scanner: inout JSONScanner, place: String) throws -> [Hours] {
    if try scanner.null() { return [] }
    var result: [Hours] = []
    try Self.at(place) { try scanner.openArray() }
    while try scanner.nextItem() {
      let itemPlace = "\(place)[\(result.count)]"
      var ends: [String] = []
      try Self.at(itemPlace) {
        try scanner.openArray()
        while try scanner.nextItem() {
          let end = scanner.string(of: try scanner.string())
          if ends.count < 3 { ends.append(end) }
        }
      }
      guard ends.count == 2, let hours = Hours("\(ends[0])-\(ends[1])") else {
        throw ComputeFault(
          "\(itemPlace): [\(ends.map { "'\($0.prefix(40))'" }.joined(separator: ", "))] is not an opening and a later "
            + "closing; write it as [\"09:00\",\"14:00\"], or [\"22:00\",\"30:00\"] past midnight")
      }
      result.append(hours)
    }
    return result
  }

  private static func date(_ text: String, place: String) throws -> LocalDate {
    guard let date = LocalDate(text) else {
      throw ComputeFault("\(place): '\(text.prefix(40))' is not a date; write it as 2006-01-04")
    }
    return date
  }

  /// Says where a value of the wrong kind stands.
  private static func at<T>(_ place: String, _ body: () throws -> T) throws -> T {
    do { return try body() } catch let fault as JSONScanner.Fault { throw ComputeFault("\(place): \(fault.problem)") }
  }
}
