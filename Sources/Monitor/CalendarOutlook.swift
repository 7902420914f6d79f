public import SLA

/// What a calendar holds in store from an instant on: when the day closes, when it opens again, and the next break.
public struct CalendarOutlook: Sendable, Hashable {
  public var calendar: String
  /// The last closing of the day, while the day is not over; `nil` on a day off and after closing.
  public var closesAt: Instant?
  /// The first opening after that.
  public var opensAt: Instant?
  /// The last closing of the day of that opening.
  public var nextClosesAt: Instant?
  /// The last closing before the next day off, and the first opening after it.
  public var breakFrom: Instant?
  public var breakTo: Instant?
  /// How many days off there are in it.
  public var breakDays: Int64 = 0
  /// What the holidays among them are called; `nil` when there are none.
  public var breakName: String?

  /// One that holds nothing: of a calendar that never closes.
  public init(calendar: String) { self.calendar = calendar }
}

extension AppliedRules {
  /// The outlook of every calendar of the rules, by name.
  public func outlooks(at now: Instant) throws -> [CalendarOutlook] {
    try calendarIDs.sorted { $0.key < $1.key }.map { name, id in
      try outlook(name, id, at: now)
    }
  }

  private func outlook(_ name: String, _ id: Int64, at now: Instant) throws -> CalendarOutlook {
    let line = try timeline(id, from: now, through: now)
    let today = line.zone.date(at: now)
    var outlook = CalendarOutlook(calendar: name)
    /// The closing of a date, where it has one.
    func closing(of date: LocalDate) -> Instant? {
      guard let closing = line.closing(ofWorkingDay: 1, after: date.adding(days: -1)) else { return nil }
      let next = line.closing(ofWorkingDay: 1, after: date)
      return closing == next ? nil : closing
    }
    // A calendar that never closes has a closing each midnight, and no opening after it.
    guard line.nextClosing(after: now) != nil else { return outlook }
    outlook.closesAt = closing(of: today).flatMap { $0 > now ? $0 : nil }
    outlook.opensAt = line.nextOpening(after: outlook.closesAt.map { $0 - 1 } ?? now)
    if let opens = outlook.opensAt {
      outlook.nextClosesAt = line.closing(ofWorkingDay: 1, after: line.zone.date(at: opens).adding(days: -1))
    }
    // Sixty days are further than any plan of a desk.
    var dayOff = today
    if outlook.closesAt == nil, closing(of: today) != nil { dayOff = today.adding(days: 1) }
    for _ in 0..<60 where closing(of: dayOff) != nil { dayOff = dayOff.adding(days: 1) }
    guard closing(of: dayOff) == nil else { return outlook }
    var names: [String] = []
    var date = dayOff
    for _ in 0..<60 where closing(of: date) == nil {
      outlook.breakDays += 1
      if let label = rules.calendars[name]?.hours(on: date).rule?.label, !label.isEmpty, !names.contains(label) {
        names.append(label)
      }
      date = date.adding(days: 1)
    }
    outlook.breakName = names.isEmpty ? nil : names.joined(separator: ", ")
    outlook.breakFrom = closing(of: dayOff.adding(days: -1))
    outlook.breakTo = line.nextOpening(after: line.zone.instant(on: date, secondOfDay: 0) - 1)
    return outlook
  }
}
