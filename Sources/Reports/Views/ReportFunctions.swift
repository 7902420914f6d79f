internal import SLA
internal import SQLite

/// The functions that the SQL of a report may call besides SQLite's own. Each answers NULL for NULL.
enum ReportFunctions {
  static let names = ["local_date", "local_time", "local_month", "local_midnight", "hours"]

  static func add(to connection: Connection, zone: Zone) throws {
    let clock = LocalClock(zone: zone)
    func addOfInstant(_ name: String, _ body: @escaping (_ localSeconds: Int64) -> String) throws {
      try connection.addFunction(named: name) { seconds in .text(body(clock.localSeconds(at: seconds))) }
    }
    // A walk over a desk asks of few days, again and again.
    var days: [LocalDate: (date: String, month: String)] = [:]
    func words(_ local: Int64) -> (date: String, month: String) {
      let day = LocalDate(localSeconds: local)
      if let known = days[day] { return known }
      let date = day.description
      days[day] = (date, String(date.dropLast(3)))
      return (date, String(date.dropLast(3)))
    }
    try addOfInstant("local_date") { words($0).date }
    try addOfInstant("local_month") { words($0).month }
    try addOfInstant("local_time") { local in
      let buffer = TextBuffer()
      buffer.put(timeOfLocalSeconds: local)
      return buffer.text
    }
    try connection.addFunction(named: "local_midnight", arguments: 1) { values in
      guard let text = values[0].text, let date = LocalDate(text) else { return .null }
      return .integer(zone.instant(on: date, secondOfDay: 0).seconds)
    }
    try connection.addFunction(named: "hours") { .real(Double($0) / 3600) }
    // Of the views alone. Whoever knows the calendars has given it to the connection before; without them nothing is
    // unlikely.
    let isKnown = try !connection.prepare(sql: "SELECT 1 FROM pragma_function_list WHERE name = 'unlikely_time'")
      .rows().isEmpty
    if !isKnown { try connection.addFunction(named: "unlikely_time", arguments: 5) { _ in .null } }
  }
}

/// A zone that remembers the offset it last told, since neighbouring rows mostly share it.
final class LocalClock {
  let zone: Zone
  private var from: Int64 = 0
  private var to: Int64 = 0
  private var offset: Int64 = 0

  init(zone: Zone) { self.zone = zone }

  /// What a wall clock of the zone shows, as seconds since 1970-01-01 00:00 of its own reading.
  @inline(__always) func localSeconds(at seconds: Int64) -> Int64 { seconds &+ offset(at: seconds) }

  @inline(__always) func offset(at seconds: Int64) -> Int64 {
    if seconds >= from, seconds < to { return offset }
    return lookUp(seconds)
  }

  private func lookUp(_ seconds: Int64) -> Int64 {
    let next = zone.nextChange(after: Instant(seconds))?.seconds ?? .max
    // Only the end of a stretch can be asked for; its beginning is learned from the instants met.
    from = next == to ? min(from, seconds) : seconds
    to = next
    offset = zone.offset(at: Instant(seconds))
    return offset
  }
}
