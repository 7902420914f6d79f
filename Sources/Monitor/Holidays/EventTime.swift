internal import SLA

/// A date, or a reading of a clock, as an event of an iCalendar file has it.
///
/// - Source: RFC 5545 §3.3.4 and §3.3.5.
struct EventTime: Hashable {
  var date: LocalDate
  /// The second of the day; `nil` for a whole day.
  var second: Int?
  var isUTC = false

  /// Reads `20261225`, `20261225T090000` and `20261225T150000Z`.
  init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard [8, 15, 16].contains(bytes.count), let year = number(0..<4), let month = number(4..<6),
      let day = number(6..<8), let date = LocalDate(year: year, month: month, day: day)
    else { return nil }
    self.date = date
    if bytes.count == 8 { return }
    guard bytes[8] == UInt8(ascii: "T"), let hour = number(9..<11), let minute = number(11..<13),
      let second = number(13..<15), hour < 24, minute < 60, second < 61
    else { return nil }
    self.second = hour * 3600 + minute * 60 + min(second, 59)
    if bytes.count == 16 {
      guard bytes[15] == UInt8(ascii: "Z") else { return nil }
      isUTC = true
    }
  }

  init(date: LocalDate, second: Int?, isUTC: Bool) {
    (self.date, self.second, self.isUTC) = (date, second, isUTC)
  }

  /// The same on another date.
  func on(_ date: LocalDate) -> EventTime { EventTime(date: date, second: second, isUTC: isUTC) }

  /// As a clock in the zone shows it: what is written in UTC is turned, and anything else taken as it stands.
  func reading(in zone: Zone) -> Int64 {
    let local = date.localSeconds + Int64(second ?? 0)
    return isUTC ? zone.localSeconds(at: Instant(local)) : local
  }
}

/// How long an event lasts, in seconds; days count as 24 hours, as only dates come of it.
///
/// - Source: RFC 5545 §3.3.6: `P1D`, `PT8H`, `P2W`, `P1DT12H30M`.
func eventDuration(_ text: String) -> Int64? {
  var rest = Array(text.utf8)[...]
  if rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
  guard rest.popFirst() == UInt8(ascii: "P"), !rest.isEmpty else { return nil }
  var seconds: Int64 = 0
  var number: Int64?
  var isTime = false
  for byte in rest {
    if (48...57).contains(byte) {
      number = (number ?? 0) * 10 + Int64(byte - 48)
      guard number! < 100_000_000 else { return nil }
      continue
    }
    if byte == UInt8(ascii: "T"), !isTime, number == nil {
      isTime = true
      continue
    }
    guard let value = number else { return nil }
    number = nil
    switch (byte, isTime) {
    case (UInt8(ascii: "W"), false): seconds += value * 604_800
    case (UInt8(ascii: "D"), false): seconds += value * 86_400
    case (UInt8(ascii: "H"), true): seconds += value * 3600
    case (UInt8(ascii: "M"), true): seconds += value * 60
    case (UInt8(ascii: "S"), true): seconds += value
    default: return nil
    }
  }
  return number == nil ? seconds : nil
}
