/// A time zone as the system's database describes it: when its clocks were, are and will be set, and to what.
///
/// - Source: RFC 8536 (TZif), POSIX TZ for the years after the last listed change.
public struct Zone: Sendable, Hashable {
  /// The IANA name, such as `America/Mexico_City`.
  public let name: String
  /// The bytes from which the zone was read, kept so that a later release of the database moves nothing by itself.
  public let data: [UInt8]

  /// The instants at which an offset comes into force, ascending; the first is the beginning of time.
  private let changes: [Int64]
  /// The offset in force from the change of the same index, in seconds east of Greenwich.
  private let offsets: [Int64]

  /// The last year for which the footer's rule is written out; later instants keep the last offset.
  static let lastYear = 2200
  private static let firstRuleYear = 1800
  /// No zone's local time differs from UTC by more than this.
  private static let widestOffset: Int64 = 26 * 3600

  /// - Throws: `ZoneError` when the bytes are no TZif of version 2 or later, break off, or tell what no clock does.
  public init(name: String, data: [UInt8]) throws(ZoneError) {
    let file = try TZif(data, zone: name)
    func check(_ offset: Int64) throws(ZoneError) {
      guard offset.magnitude <= UInt64(Self.widestOffset) else {
        throw .unreadable(zone: name, reason: "it has an offset of more than a day")
      }
    }
    try check(file.initialOffset)
    var changes: [Int64] = [.min]
    var offsets = [file.initialOffset]
    for (at, offset) in zip(file.changes, file.offsets) {
      guard at > changes[changes.count - 1] else {
        throw .unreadable(zone: name, reason: "its changes are not in their order")
      }
      try check(offset)
      changes.append(at)
      offsets.append(offset)
    }
    if let rule = try PosixZoneRule(file.footer, zone: name) {
      let last = changes[changes.count - 1]
      // No clock was set by a rule of the kind before the railways; a damaged file may say so, and years are walked.
      let firstYear = last == .min ? 1970 : max(Self.firstRuleYear, LocalDate(localSeconds: last).year)
      for year in firstYear..<max(firstYear, Self.lastYear + 1) {
        for (at, offset) in rule.changes(in: year) where at > changes[changes.count - 1] {
          try check(offset)
          changes.append(at)
          offsets.append(offset)
        }
      }
      try check(rule.standardOffset)
      if changes.count == 1 { offsets[0] = rule.standardOffset }
    }
    self.name = name
    self.data = data
    self.changes = changes
    self.offsets = offsets
  }

  private init(utcNamed name: String) {
    self.name = name
    data = []
    changes = [.min]
    offsets = [0]
  }

  /// Coordinated Universal Time, which needs no database.
  public static let utc = Zone(utcNamed: "UTC")

  /// Seconds east of Greenwich at an instant: from the very second of a change, the new offset.
  public func offset(at instant: Instant) -> Int64 { offsets[index(at: instant.seconds)] }

  /// What a wall clock shows at an instant, as seconds since 1970-01-01 00:00 of its own reading.
  public func localSeconds(at instant: Instant) -> Int64 { instant.seconds + offset(at: instant) }

  /// The local date at an instant.
  public func date(at instant: Instant) -> LocalDate { LocalDate(localSeconds: localSeconds(at: instant)) }

  /// The first instant at which a wall clock has reached a reading.
  ///
  /// A reading that a change skips is reached at the instant of the change; one that occurs twice, at its first
  /// occurrence (design: rules of the clock, 3).
  public func instant(atLocalSeconds local: Int64) -> Instant {
    var index = index(at: local - Self.widestOffset)
    while true {
      let reached = max(changes[index], local - offsets[index])
      if index + 1 == changes.count || reached < changes[index + 1] { return Instant(reached) }
      index += 1
    }
  }

  /// The instant at which a wall clock reaches so many seconds after the midnight of a date; as `instant(atLocalSeconds:)`
  /// has it where the clock changes. 86,400 is the date's end.
  public func instant(on date: LocalDate, secondOfDay: Int64) -> Instant {
    instant(atLocalSeconds: date.localSeconds + secondOfDay)
  }

  /// The first instant after this one from which another offset is in force.
  public func nextChange(after instant: Instant) -> Instant? {
    let next = index(at: instant.seconds) + 1
    return next < changes.count ? Instant(changes[next]) : nil
  }

  private func index(at seconds: Int64) -> Int {
    var low = 1
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}

/// Why a zone cannot be had.
public enum ZoneError: Error, Equatable, Sendable {
  /// The bytes are not the zone data that the name promises.
  case unreadable(zone: String, reason: String)
}
