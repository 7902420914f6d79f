internal import Desk
internal import Monitor
internal import SLA
internal import SQLite

/// By which calendar a technician works: the own one, else that of the policy which takes every ticket, else the first.
///
/// As the configuration has it now: marks are told anew each time, and bind nobody.
struct WorkingHours {
  private let calendars: [String: (definition: CalendarDefinition, zone: Zone)]
  private let common: String

  init(_ configuration: Configuration, _ zones: ZoneFiles) {
    calendars = configuration.rules.calendars.compactMapValues { definition in
      (try? zones.zone(definition.zone)).map { (definition, $0) }
    }
    let policies = configuration.rules.policies
    common = (policies.first { $0.match == PolicyMatch() } ?? policies.first)?.calendar ?? Rules.alwaysCalendar
  }

  func calendar(_ own: String?) -> (definition: CalendarDefinition, zone: Zone)? {
    own.flatMap { calendars[$0] } ?? calendars[common]
  }

  /// Gives a connection the function behind the column `unlikely` of the view `activities`: calendar, day, start,
  /// seconds, seconds of the whole day.
  func addUnlikelyTime(to connection: Connection) throws {
    try connection.addFunction(named: "unlikely_time", arguments: 5) { values in
      guard let (definition, zone) = calendar(values[0].text), let day = values[1].text.flatMap({ LocalDate($0) }),
        let seconds = values[3].integer
      else { return .null }
      let marks = UnlikelyTime.marks(
        day: day, startedAt: values[2].integer.map { Instant($0) }, seconds: seconds,
        ofTheDay: values[4].integer ?? seconds, calendar: definition, zone: zone)
      return marks.isEmpty ? .null : .text(marks.map(\.rawValue).joined(separator: ", "))
    }
  }
}
