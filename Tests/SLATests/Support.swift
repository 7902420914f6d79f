import SLA

/// Builders that keep the tests readable: instants and calendars as a person would write them.

let mexico = "America/Mexico_City"

/// An instant by the wall clock of a zone, or with its own offset.
func at(_ text: String, _ zone: Zone) -> Instant {
  guard let instant = Instant(iso8601: text, in: zone) else { fatalError("'\(text)' is no instant") }
  return instant
}

func day(_ text: String) -> LocalDate {
  guard let date = LocalDate(text) else { fatalError("'\(text)' is no date") }
  return date
}

func hours(_ texts: String...) -> [Hours] {
  texts.map { text in
    guard let hours = Hours(text) else { fatalError("'\(text)' are no hours") }
    return hours
  }
}

func plazo(_ text: String) -> Plazo {
  guard let plazo = Plazo(text) else { fatalError("'\(text)' is no plazo") }
  return plazo
}

let workdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]

func week(_ days: [Weekday], _ hours: [Hours]) -> [Weekday: [Hours]] {
  Dictionary(uniqueKeysWithValues: days.map { ($0, hours) })
}

func week(_ hours: [Hours]) -> [Weekday: [Hours]] { week(workdays, hours) }

/// A calendar with its zone and a timeline.
struct Desk {
  var zone: Zone
  var definition: CalendarDefinition
  var timeline: Timeline

  init(
    _ zoneName: String = mexico, _ weekly: [Weekday: [Hours]] = week(hours("09:00-14:00", "16:00-19:00")),
    days: [DayRule] = [], from: String = "2026-01-01", through: String = "2026-12-31"
  ) throws {
    zone = try systemZone(zoneName)
    definition = CalendarDefinition(zone: zoneName, weekly: weekly, days: days)
    timeline = try Timeline(definition, zone: zone, from: day(from), through: day(through))
  }

  func callAsFunction(_ text: String) -> Instant { at(text, zone) }

  func pause(_ from: String, _ to: String?) -> Pause { Pause(from: self(from), to: to.map { self($0) }) }

  func promise(_ text: String, _ start: String, near: NearDueRule = .default) throws -> Promise {
    try timeline.promise(plazo(text), from: self(start), near: near)
  }

  func text(_ instant: Instant?) -> String? { instant.map { String($0.localText(in: zone).dropLast(3)) } }
}

let easterWeek2026 = DayRule(pattern: .span(day("2026-04-02"), day("2026-04-03")), label: "Semana Santa")
