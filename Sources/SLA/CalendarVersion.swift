extension CalendarDefinition {
  /// The whole content as text, one line each: two calendars with the same text keep the same hours. The order in which
  /// days, hours and rules are declared leaves no trace, as it has no meaning.
  public var canonicalText: String {
    var lines = ["zone \(zone)"]
    for day in Weekday.allCases {
      guard let hours = weekly[day], !hours.isEmpty else { continue }
      lines.append("\(day.key) \(Hours.united(hours).map(\.description).joined(separator: ","))")
    }
    lines += Set(days.map(\.canonicalText)).sorted()
    return lines.joined(separator: "\n") + "\n"
  }

  /// The version of this calendar under a release of the zone database: 16 hexadecimal digits.
  ///
  /// The zone's data are part of it, so that an upgrade of the database is a change that has to be applied.
  public func version(zoneData: [UInt8]) -> String {
    // A zero byte cannot be part of the text, so that text and data cannot trade places.
    ContentHash.hex(Array(canonicalText.utf8) + [0] + zoneData)
  }
}
