internal import Monitor
public import SLA
public import SQLite

/// The working hours that alerts keep to: calendars by their names, read once.
public final class DeskHours {
  /// The calendar of the desk: of repeats, levels, and recipients without one of their own.
  private let deskCalendar: String?
  private let find: (String?) throws -> Timeline?
  private var known: [String?: Timeline?] = [:]

  /// - Parameter find: the timeline of a name, `nil` asking for the desk's; no timeline: it is always open.
  public init(deskCalendar: String? = nil, find: @escaping (String?) throws -> Timeline?) {
    self.deskCalendar = deskCalendar
    self.find = find
  }

  /// The calendars of the version in force. Its last policy's is the desk's, unless a calendar is named.
  public convenience init(on connection: Connection, now: Instant, deskCalendar: String?) {
    var rules: AppliedRules??
    self.init(deskCalendar: deskCalendar) { name in
      if rules == nil {
        // Within the first sweep there is no state of it yet, and the version that it applied is the last.
        let id = try connection.integer(
          sql: "SELECT policy_version_id FROM policy_application ORDER BY id DESC LIMIT 1")
        rules = .some(try id.map { try AppliedRules(versionID: $0, on: connection, now: now) })
      }
      guard let applied = rules ?? nil,
        let id = applied.calendarIDs[name ?? applied.rules.policies.last?.calendar ?? ""]
      else { return nil }
      return try applied.timeline(id, from: now - 366 * 86_400, through: now + 366 * 86_400)
    }
  }

  /// - Parameter name: `nil` or one that is not configured (any more): the desk's.
  func timeline(_ name: String? = nil) throws -> Timeline? {
    if let timeline = known[name] { return timeline }
    var found = try find(name)
    if found == nil, let name, name != deskCalendar { found = try timeline(deskCalendar) }
    known[name] = .some(found)
    return found
  }

  var desk: Timeline? { get throws { try timeline(deskCalendar) } }

  /// When what somebody says for so long ends: after so much of the desk's working time, `0h` at once; in days at the
  /// opening of the n-th working day.
  public func end(of plazo: Plazo, after instant: Instant) throws -> Instant {
    if plazo == .workingTime(0) { return instant }
    return try desk.wordTime(plazo, after: instant)
  }
}

/// Working time as alerts need it, on a calendar or, without one, around the clock.
extension Timeline? {
  /// The instant itself when it is open then, else the next opening.
  func openInstant(from instant: Instant) -> Instant {
    guard let line = self, !line.isOpen(at: instant) else { return instant }
    return line.nextOpening(after: instant) ?? instant
  }

  func worked(from: Instant, to: Instant) -> Seconds {
    guard let line = self else { return max(0, to - from) }
    return max(0, line.workedSeconds(until: to) - line.workedSeconds(until: from))
  }

  /// When it is time for another word: after so much working time; in days: at the opening of the n-th working day.
  func wordTime(_ plazo: Plazo, after instant: Instant) -> Instant {
    switch plazo {
    case .workingTime(let seconds): return reached(seconds, after: instant)
    case .workingDays(let days):
      guard let line = self else { return instant + Int64(days) * 86_400 }
      var opening = instant
      for _ in 0..<days {
        let midnight = line.zone.instant(on: line.zone.date(at: opening).adding(days: 1), secondOfDay: 0)
        // Around the clock there is no opening, and a day begins at midnight.
        opening = line.nextOpening(after: midnight - 1) ?? midnight
      }
      return opening
    }
  }

  /// When a term is over: after so much working time; in days: with the closing of the n-th working day.
  func termEnd(_ plazo: Plazo, after instant: Instant) -> Instant {
    switch plazo {
    case .workingTime(let seconds): return reached(seconds, after: instant)
    case .workingDays(let days):
      guard let line = self else { return instant + Int64(days) * 86_400 }
      return line.closing(ofWorkingDay: max(1, days), after: line.zone.date(at: instant)) ?? instant
    }
  }

  private func reached(_ seconds: Seconds, after instant: Instant) -> Instant {
    guard let line = self else { return instant + seconds }
    return line.instant(whenWorked: line.workedSeconds(until: instant) + max(1, seconds)) ?? instant + seconds
  }
}
