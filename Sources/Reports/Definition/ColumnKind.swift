internal import Desk
internal import SLA
internal import Text

/// What the values of a column are, which decides how each format writes them.
public enum ColumnKind: String, Sendable, CaseIterable {
  case text
  case integer
  /// A decimal number.
  case number
  /// The number of a ticket.
  case ticket
  /// Seconds in SQL; decimal hours everywhere.
  case hours
  /// Working seconds in SQL; decimal hours for programs, hours and minutes for people.
  case duration
  /// Elapsed seconds in SQL; decimal hours for programs, days and hours for people.
  case age
  /// A share from 0 to 1 in SQL; so for programs, and in hundredths for people.
  case percent
  /// A local date, as text `2026-03-27`.
  case date
  /// A month, as text of its first day.
  case month
  /// Seconds since 1970 UTC in SQL.
  case instant
  /// 0 or 1 in SQL.
  case flag
  /// A text of which each value has a wording of its own, told in `words`.
  case word
  // The words that every desk has.
  case situation, status, waiting, vobo, clock, outcome, booking

  /// Whether SQL gives a date as text.
  var isDate: Bool { self == .date || self == .month }
  /// Whether SQL gives seconds that programs read as decimal hours.
  var isSeconds: Bool { self == .hours || self == .duration || self == .age }
  /// Whether a number that SQL gives is written as the text that SQLite makes of it.
  var isText: Bool {
    switch self {
    case .integer, .number, .ticket, .hours, .duration, .age, .percent, .instant, .flag: false
    default: true
    }
  }
  /// Whether values stand at the right edge of their column.
  var isNumeric: Bool {
    switch self {
    case .integer, .number, .hours, .duration, .age, .percent: true
    default: false
    }
  }
  /// Whether a chart can draw its values.
  var isDrawable: Bool { isNumeric || self == .ticket }
  var canSum: Bool { self == .integer || self == .number || isSeconds }

  /// What people read for a raw value; the value itself where it is not a known word.
  func label(of raw: String, in language: Language) -> String {
    switch self {
    case .situation: Situation(rawValue: raw)?.label(in: language) ?? raw
    case .status: Status(rawValue: raw)?.label(in: language) ?? raw
    case .waiting: Party(rawValue: raw)?.label(in: language) ?? raw
    case .vobo: VoBo(rawValue: raw)?.label(in: language) ?? raw
    case .clock: ClockKind(rawValue: raw)?.label(in: language) ?? raw
    case .booking:
      switch Booking(rawValue: raw) {
      case .event: language(es: "Por evento", en: "By event")
      case .day: language(es: "Por día", en: "By day")
      case nil: raw
      }
    case .outcome:
      switch raw {
      case "kept": language(es: "Cumplido", en: "Kept")
      case "late": language(es: "Incumplido", en: "Late")
      case "no-plazo": language(es: "Sin plazo", en: "Without plazo")
      default: raw
      }
    default: raw
    }
  }
}
