public import SLA
public import Text

/// Dates, times and durations as people say them.
public struct DateWords: Sendable {
  public let language: Language

  public init(_ language: Language) { self.language = language }

  private static let months: [(es: String, en: String)] = [
    ("enero", "January"), ("febrero", "February"), ("marzo", "March"), ("abril", "April"), ("mayo", "May"),
    ("junio", "June"), ("julio", "July"), ("agosto", "August"), ("septiembre", "September"), ("octubre", "October"),
    ("noviembre", "November"), ("diciembre", "December"),
  ]

  private static let weekdays: [(es: String, en: String)] = [
    ("lunes", "Monday"), ("martes", "Tuesday"), ("miércoles", "Wednesday"), ("jueves", "Thursday"),
    ("viernes", "Friday"), ("sábado", "Saturday"), ("domingo", "Sunday"),
  ]

  /// - Parameter month: 1 to 12.
  public func month(_ month: Int) -> String { language(es: Self.months[month - 1].es, en: Self.months[month - 1].en) }

  public func weekday(_ date: LocalDate) -> String {
    let words = Self.weekdays[date.weekday.rawValue]
    return language(es: words.es, en: words.en)
  }

  /// Its first three letters.
  public func shortWeekday(_ date: LocalDate) -> String { String(weekday(date).prefix(3)) }

  /// `viernes 27 de marzo`, with the year where it is another than the one spoken of.
  public func date(_ date: LocalDate, in year: Int?) -> String {
    let (own, month, day) = date.parts
    let text = language(
      es: "\(weekday(date)) \(day) de \(self.month(month))", en: "\(weekday(date)) \(day) \(self.month(month))")
    return own == year ? text : text + language(es: " de \(own)", en: " \(own)")
  }

  /// `16:00`, or `16:00:05` where there are seconds.
  public func time(_ second: Int64) -> String {
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(two(second / 3600)):\(two(second / 60 % 60))" + (second % 60 == 0 ? "" : ":\(two(second % 60))")
  }

  /// `viernes 27 de marzo, 16:00`.
  public func instant(_ instant: Instant, in zone: Zone, year: Int?) -> String {
    let date = zone.date(at: instant)
    return "\(self.date(date, in: year)), \(time(zone.localSeconds(at: instant) - date.localSeconds))"
  }

  /// `3 h 18 min 5 s`; nothing at all is `0 s`. To the second, and never in days, which have no one length.
  public func duration(_ seconds: Seconds) -> String {
    let size = seconds.magnitude
    let parts = [(size / 3600, "h"), (size / 60 % 60, "min"), (size % 60, "s")].filter { $0.0 > 0 }
    let text = parts.isEmpty ? "0 s" : parts.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    return seconds < 0 ? "−\(text)" : text
  }
}
