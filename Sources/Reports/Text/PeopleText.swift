internal import SLA
internal import SQLite
internal import Text

/// Values as people read them, in one language and one zone.
struct PeopleText {
  let language: Language
  let zone: Zone
  let asOf: Instant

  // MARK: Cells

  /// A value of a column on one line; `nil` for one that is absent. Instants are `2026-03-27 17:00`.
  func text(_ value: Value, of column: ReportColumn) -> String? {
    switch (value, column.kind) {
    case (.null, _), (.blob, _): return column.absent?(language)
    case (.integer(let seconds), .instant): return String(Instant(seconds).localText(in: zone).dropLast(3))
    case (.integer(let seconds), .hours): return hundredths(Double(seconds) / 3600)
    case (.real(let seconds), .hours): return hundredths(seconds / 3600)
    case (.integer(let seconds), .duration): return duration(seconds)
    case (.integer(let seconds), .age): return age(seconds)
    case (.real(let seconds), .duration): return duration(Int64(exactly: seconds.rounded()) ?? 0)
    case (.real(let seconds), .age): return age(Int64(exactly: seconds.rounded()) ?? 0)
    case (.integer(let share), .percent): return percent(Double(share))
    case (.real(let share), .percent): return percent(share)
    case (.integer(let flag), .flag): return flag != 0 ? language(es: "sí", en: "yes") : language(es: "no", en: "no")
    case (.integer(let number), .integer): return grouped(number)
    case (.integer(let number), _): return String(number)
    case (.real(let number), _): return decimal(number)
    case (.text(let text), .month): return LocalDate(text).map(monthAndYear) ?? DisplayWidth.oneLine(text)
    case (.text(let text), .word): return column.words[text]?.label(language) ?? DisplayWidth.oneLine(text)
    case (.text(let text), _): return DisplayWidth.oneLine(column.kind.label(of: text, in: language))
    }
  }

  /// A total, which is a plain number where it counts.
  func total(_ value: Value, of column: ReportColumn) -> String? {
    if column.total == .count, case .integer(let count) = value { return grouped(count) }
    return text(value, of: column)
  }

  // MARK: Numbers

  /// From five digits on in groups of three, with a space that does not break: right in both languages.
  /// - Source: SI brochure, 9th edition, 5.4.4.
  func grouped(_ number: Int64) -> String {
    let digits = Array(String(number.magnitude))
    guard digits.count > 4 else { return String(number) }
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "\u{A0}" }
      text.append(digit)
    }
    return text
  }

  private var mark: String { language == .es ? "," : "." }

  private func hundredths(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "" }
    let scaled = Int64((value.magnitude * 100).rounded())
    let rest = scaled % 100
    return "\(value < 0 && scaled > 0 ? "-" : "")\(grouped(scaled / 100))\(mark)\(rest < 10 ? "0" : "")\(rest)"
  }

  private func percent(_ share: Double) -> String {
    guard share.isFinite, share.magnitude < 1e12 else { return "" }
    let scaled = Int64((share.magnitude * 1000).rounded())
    return "\(share < 0 && scaled > 0 ? "-" : "")\(scaled / 10)\(mark)\(scaled % 10)\u{A0}%"
  }

  func decimal(_ value: Double) -> String {
    let buffer = TextBuffer()
    buffer.put(value, decimalMark: language == .es ? UInt8(ascii: ",") : UInt8(ascii: "."))
    return buffer.text
  }

  // MARK: Durations

  /// `26 h 15 min`: hours, since a working day has no fixed length.
  func duration(_ seconds: Int64) -> String {
    let size = Int64(clamping: seconds.magnitude)
    let sign = seconds < 0 ? "-" : ""
    if size > 0, size < 60 { return "\(sign)\(size)\u{A0}s" }
    let (hours, minutes) = (size / 3600, size / 60 % 60)
    if hours == 0 { return "\(sign)\(minutes)\u{A0}min" }
    return minutes == 0 ? "\(sign)\(grouped(hours))\u{A0}h" : "\(sign)\(grouped(hours))\u{A0}h\u{A0}\(minutes)\u{A0}min"
  }

  /// `26h15`, for narrow columns.
  static func hoursAndMinutes(_ seconds: Int64) -> String {
    let size = Int64(clamping: seconds.magnitude)
    let minutes = size / 60 % 60
    return "\(seconds < 0 ? "-" : "")\(size / 3600)h\(minutes < 10 ? "0" : "")\(minutes)"
  }

  /// `12 d 4 h`: elapsed time, days of 24 hours.
  func age(_ seconds: Int64) -> String {
    let size = Int64(clamping: seconds.magnitude)
    guard size >= 86_400 else { return duration(seconds) }
    let (days, hours) = (size / 86_400, size / 3600 % 24)
    let sign = seconds < 0 ? "-" : ""
    return hours == 0 || days >= 30 ? "\(sign)\(grouped(days))\u{A0}d" : "\(sign)\(days)\u{A0}d\u{A0}\(hours)\u{A0}h"
  }

  // MARK: Times

  /// `vie 27 mar 17:00`, with the year where it is not the report's.
  func short(_ instant: Instant) -> String {
    let date = zone.date(at: instant)
    let year = date.year == zone.date(at: asOf).year ? "" : " \(date.year)"
    let day = Wording.shortWeekdays(language)[date.weekday.rawValue]
    return "\(day) \(date.day) \(Wording.shortMonths(language)[date.month - 1])\(year) \(minutes(instant))"
  }

  /// `27 mar 18:00`, all of one width; the whole date where the year is not the report's.
  func compact(_ instant: Instant) -> String {
    let date = zone.date(at: instant)
    guard date.year == zone.date(at: asOf).year else { return String(instant.localText(in: zone).dropLast(3)) }
    return "\(date.day < 10 ? " " : "")\(date.day) \(Wording.shortMonths(language)[date.month - 1]) \(minutes(instant))"
  }

  /// `vie 27, 18:00`, with the month where it is not the report's.
  func brief(_ instant: Instant) -> String {
    let (date, today) = (zone.date(at: instant), zone.date(at: asOf))
    guard date.year == today.year, date.month == today.month else { return short(instant) }
    return "\(Wording.shortWeekdays(language)[date.weekday.rawValue]) \(date.day), \(minutes(instant))"
  }

  /// `vie 27 mar`, with the year where it is not the report's.
  func short(_ date: LocalDate) -> String {
    let year = date.year == zone.date(at: asOf).year ? "" : " \(date.year)"
    let day = Wording.shortWeekdays(language)[date.weekday.rawValue]
    return "\(day) \(date.day) \(Wording.shortMonths(language)[date.month - 1])\(year)"
  }

  /// `mar 2026`.
  func monthAndYear(_ date: LocalDate) -> String {
    "\(Wording.shortMonths(language)[date.month - 1])\u{A0}\(date.year)"
  }

  /// `27 mar`, where its year is told beside it.
  func dayAndMonth(_ date: LocalDate) -> String { "\(date.day)\u{A0}\(Wording.shortMonths(language)[date.month - 1])" }

  /// `viernes 27 de marzo de 2026, 17:00`.
  func long(_ instant: Instant) -> String { "\(long(zone.date(at: instant))), \(minutes(instant))" }

  /// `viernes 27 de marzo de 2026`.
  func long(_ date: LocalDate) -> String {
    let day = Wording.weekdays(language)[date.weekday.rawValue]
    let month = Wording.months(language)[date.month - 1]
    return language(
      es: "\(day) \(date.day) de \(month) de \(date.year)", en: "\(day) \(date.day) \(month) \(date.year)")
  }

  /// The days of a period, its end included, as a reader counts them.
  func days(_ period: Period) -> String {
    let (first, last) = (zone.date(at: period.from), zone.date(at: period.to - 1))
    if first == last { return long(first) }
    return language(es: "del \(long(first)) al \(long(last))", en: "\(long(first)) to \(long(last))")
  }

  private func minutes(_ instant: Instant) -> String {
    String(instant.localText(in: zone).dropFirst(11).dropLast(3))
  }
}

extension PeopleText {
  init(_ head: ReportHead) { self.init(language: head.language, zone: head.zone, asOf: head.request.asOf) }
}
