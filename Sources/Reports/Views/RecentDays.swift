internal import SLA
internal import SQLite

/// What each of the last thirty days brought, today the last of them.
final class RecentDays {
  static let count = 30

  private struct Day {
    var opened: Int64 = 0
    var closed: Int64 = 0
    /// How many passed the deadline that they had in the end.
    var becameLate: Int64 = 0
    /// How many were closed late.
    var ceasedLate: Int64 = 0
  }

  private let asOf: Int64
  private let clock: LocalClock
  /// By the wall clock, as days since 1970.
  private let first: Int64
  private var days = [Day](repeating: Day(), count: RecentDays.count)
  /// When closings of these days that were late stopped the clock, and the deadlines that it had, by ticket.
  private var lateClosings: [Int64: [(stoppedAt: Int64, deadline: Int64?)]] = [:]

  init(_ connection: Connection, asOf: Instant, zone: Zone) throws {
    self.asOf = asOf.seconds
    clock = LocalClock(zone: zone)
    first = clock.day(at: asOf.seconds) - Int64(Self.count - 1)
    // Frozen, or not seen by a sweep yet. One walk, since to look for each ticket's takes several times as long.
    let late = try connection.prepare(
      sql: """
        SELECT ticket_id, stopped_at, deadline FROM ticket_verdict v
        WHERE stopped_at >= ?1 AND kind = 'resolution' AND outcome = 'late'
          AND recorded_at <= \(ReportViews.asOf) AND NOT EXISTS (
            SELECT 1 FROM ticket_verdict s WHERE s.supersedes_id = v.id AND s.recorded_at <= \(ReportViews.asOf))
        UNION ALL
        SELECT ticket_id, stopped_at, deadline FROM unfrozen_last
        WHERE stopped_at >= ?1 AND kind = 'resolution' AND outcome = 'late'
        """)
    // A day more, whatever the zone's clock did.
    late.bind(1, (first - 1) * 86_400 - 86_400)
    while try late.step() {
      lateClosings[late.integer(0), default: []].append((late.integer(1), late.integerOrNil(2)))
    }
  }

  /// - Parameter row: the worst clock of an open ticket; `nil` for a closed one.
  func add(_ ticket: TicketTally.Line, _ row: JudgedRow?) throws {
    count(ticket.openedAt, \.opened)
    if let row {
      // Late and paused it has no deadline, and counts from its opening on.
      if row.situation == .late { count((row.deadline?.seconds ?? ticket.openedAt) + 1, \.becameLate) }
      return
    }
    guard let closedAt = ticket.closedAt, closedAt <= asOf, place(of: closedAt) != nil else { return }
    count(closedAt, \.closed)
    for late in lateClosings[ticket.id] ?? [] where late.stoppedAt == closedAt {
      if let deadline = late.deadline { count(deadline + 1, \.becameLate) }
      count(closedAt, \.ceasedLate)
    }
  }

  func write(to connection: Connection) throws {
    let insert = try connection.prepare(sql: "INSERT INTO recent_day VALUES (?, ?, ?, ?, ?)")
    for (place, day) in days.enumerated() {
      let date = LocalDate(localSeconds: (first + Int64(place)) * 86_400)
      try insert.run(
        .text(date.description), .integer(day.opened), .integer(day.closed), .integer(day.becameLate),
        .integer(day.ceasedLate))
    }
  }

  /// Where the day of an instant stands; `nil` for one before the first.
  private func place(of seconds: Int64) -> Int? {
    let place = clock.day(at: seconds) - first
    return days.indices.contains(Int(place)) ? Int(place) : nil
  }

  private func count(_ seconds: Int64, _ field: WritableKeyPath<Day, Int64>) {
    if let place = place(of: seconds) { days[place][keyPath: field] += 1 }
  }
}

extension LocalClock {
  /// The day that a wall clock shows, as days since 1970.
  fileprivate func day(at seconds: Int64) -> Int64 {
    let local = localSeconds(at: seconds)
    return (local - (local % 86_400 + 86_400) % 86_400) / 86_400
  }
}
