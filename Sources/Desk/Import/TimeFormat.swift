public import SLA

/// How an export writes its instants: a pattern such as `d/M/yyyy HH:mm`, or one of the words `iso8601`, `epoch` and
/// `epoch-ms`.
///
/// Letters of a pattern: `yyyy` `yy`, `M` `MM` `MMM` (three letters, English or Spanish), `d` `dd`, `EEE` (a weekday in three letters, of any language, passed over), `H` `HH`, `h` `hh`
/// with `a` (AM, PM), `m` `mm`, `s` `ss`, `S` (a fraction of any length, cut off), `X` (`Z` or an offset). A single
/// letter reads one digit or two. Text goes between apostrophes; anything else stands for itself. A date alone is its midnight.
/// - Source: the letters of Unicode TR 35, of which these are few.
public struct TimeFormat: Hashable, Sendable {
  public static let examples = "d/M/yyyy HH:mm, yyyy-MM-dd HH:mm:ss, iso8601, epoch"

  private enum Part: Hashable {
    case year, shortYear, month, day, hour, halfDayHour, minute, second
    case monthName, weekdayName, halfDay, fraction, offset
    case literal(UInt8)
  }

  private enum Form: Hashable {
    case pattern([(Step)])
    case iso8601
    case epoch(perSecond: Int64)
  }

  private struct Step: Hashable {
    let part: Part
    let isPadded: Bool
  }

  private let form: Form
  public let text: String

  /// Why a pattern cannot be one.
  public struct Refusal: Error, Equatable {
    public let problem: String
  }

  public init(_ text: String) throws(Refusal) {
    self.text = text
    switch text {
    case "iso8601": form = .iso8601
    case "epoch": form = .epoch(perSecond: 1)
    case "epoch-ms": form = .epoch(perSecond: 1000)
    default: form = .pattern(try Self.steps(of: Array(text.utf8)))
    }
  }

  // MARK: The pattern

  private static func steps(of pattern: [UInt8]) throws(Refusal) -> [Step] {
    var steps: [Step] = []
    var place = 0
    while place < pattern.count {
      let byte = pattern[place]
      let isLetter = (65...90).contains(byte) || (97...122).contains(byte)
      if byte == UInt8(ascii: "'") {
        guard let end = pattern[(place + 1)...].firstIndex(of: byte) else {
          throw Refusal(problem: "an apostrophe is never closed")
        }
        let text = end == place + 1 ? [byte] : Array(pattern[(place + 1)..<end])
        steps += text.map { Step(part: .literal($0), isPadded: true) }
        place = end + 1
      } else if isLetter {
        let end = pattern[place...].firstIndex { $0 != byte } ?? pattern.count
        steps.append(try step(String(decoding: pattern[place..<end], as: UTF8.self)))
        place = end
      } else {
        steps.append(Step(part: .literal(byte), isPadded: true))
        place += 1
      }
    }
    let parts = steps.map(\.part)
    for (name, any) in [
      ("year (yyyy)", [Part.year, .shortYear]), ("month (MM)", [.month, .monthName]), ("day (dd)", [.day]),
    ] where !any.contains(where: parts.contains) {
      throw Refusal(problem: "it has no \(name)")
    }
    if parts.contains(.halfDayHour) != parts.contains(.halfDay) {
      throw Refusal(problem: "h and a (AM, PM) belong together; H counts to 23")
    }
    for part in parts {
      if case .literal = part { continue }
      if parts.count(where: { $0 == part }) > 1 { throw Refusal(problem: "it has a part twice") }
    }
    return steps
  }

  private static func step(_ letters: String) throws(Refusal) -> Step {
    let isPadded = letters.utf8.count == 2
    switch letters {
    case "yyyy": return Step(part: .year, isPadded: true)
    case "yy": return Step(part: .shortYear, isPadded: true)
    case "M", "MM": return Step(part: .month, isPadded: isPadded)
    case "MMM": return Step(part: .monthName, isPadded: true)
    case "EEE": return Step(part: .weekdayName, isPadded: true)
    case "d", "dd": return Step(part: .day, isPadded: isPadded)
    case "H", "HH": return Step(part: .hour, isPadded: isPadded)
    case "h", "hh": return Step(part: .halfDayHour, isPadded: isPadded)
    case "m", "mm": return Step(part: .minute, isPadded: isPadded)
    case "s", "ss": return Step(part: .second, isPadded: isPadded)
    case "a": return Step(part: .halfDay, isPadded: true)
    case "X", "XX", "XXX": return Step(part: .offset, isPadded: true)
    case _ where letters.allSatisfy { $0 == "S" }: return Step(part: .fraction, isPadded: true)
    default: throw Refusal(problem: "'\(letters)' is no part of a pattern")
    }
  }

  // MARK: Reading

  /// The instant that a text stands for, `zone`'s wall clock being meant where the text has no offset; a doubled local
  /// time is its first occurrence. `nil` for a text of another form, or for a date or time that there is not.
  public func instant(_ text: String, in zone: Zone) -> Instant? {
    switch form {
    case .iso8601: return Instant(iso8601: text, in: zone)
    case .epoch(let perSecond):
      guard let number = Int64(text), number.magnitude <= 100_000_000_000 * UInt64(perSecond) else { return nil }
      // Rounded down, before 1970 too.
      return Instant(number / perSecond - (number % perSecond < 0 ? 1 : 0))
    case .pattern(let steps):
      var text = text
      return text.withUTF8 { bytes in
        var scanner = TimeScanner(bytes: bytes)
        return Self.instant(steps, &scanner, in: zone)
      }
    }
  }

  private static func instant(_ steps: [Step], _ scanner: inout TimeScanner, in zone: Zone) -> Instant? {
    var (year, month, day, hour, minute, second) = (0, 0, 0, 0, 0, 0)
    var isAfternoon: Bool?
    var offset: Int64?
    for step in steps {
      let digits = step.isPadded ? 2...2 : 1...2
      switch step.part {
      case .literal(let byte): guard scanner.take(byte) else { return nil }
      case .year: guard scanner.number(4...4, into: &year) else { return nil }
      case .shortYear:
        guard scanner.number(2...2, into: &year) else { return nil }
        year += 2000
      case .month: guard scanner.number(digits, into: &month) else { return nil }
      case .day: guard scanner.number(digits, into: &day) else { return nil }
      case .hour, .halfDayHour: guard scanner.number(digits, into: &hour) else { return nil }
      case .minute: guard scanner.number(digits, into: &minute) else { return nil }
      case .second: guard scanner.number(digits, into: &second) else { return nil }
      case .fraction: guard scanner.skipDigits() else { return nil }
      case .monthName:
        guard let number = scanner.monthName() else { return nil }
        month = number
      case .weekdayName: guard scanner.weekdayName() else { return nil }
      case .halfDay:
        guard let half = scanner.halfDay() else { return nil }
        isAfternoon = half
      case .offset:
        guard let seconds = scanner.offset() else { return nil }
        offset = seconds
      }
    }
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    let isTime = hour < 24 || (hour == 24 && minute == 0 && second == 0)
    guard scanner.isAtEnd, isTime, minute < 60, second < 60,
      let date = LocalDate(year: year, month: month, day: day)
    else { return nil }
    let local = date.localSeconds + Int64(hour * 3600 + minute * 60 + second)
    return offset.map { Instant(local - $0) } ?? zone.instant(atLocalSeconds: local)
  }
}

private struct TimeScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var place = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func take(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  mutating func number(_ digits: ClosedRange<Int>, into value: inout Int) -> Bool {
    let start = place
    value = 0
    while place < bytes.count, place - start < digits.upperBound, (48...57).contains(bytes[place]) {
      value = value * 10 + Int(bytes[place] - 48)
      place += 1
    }
    return place - start >= digits.lowerBound
  }

  mutating func skipDigits() -> Bool {
    let start = place
    while place < bytes.count, (48...57).contains(bytes[place]) { place += 1 }
    return place > start
  }

  /// The next letters, lower-case, without the point of an abbreviation.
  private mutating func word() -> String {
    let start = place
    while place < bytes.count, (bytes[place] | 0x20) >= 97, (bytes[place] | 0x20) <= 122 { place += 1 }
    let word = String(decoding: bytes[start..<place].map { $0 | 0x20 }, as: UTF8.self)
    _ = take(UInt8(ascii: "."))
    return word
  }

  /// Three letters, accents included, and a point if there is one.
  mutating func weekdayName() -> Bool {
    let start = place
    while place < bytes.count, (bytes[place] | 0x20) >= 97, (bytes[place] | 0x20) <= 122 || bytes[place] >= 0x80 {
      place += 1
    }
    let name = String(decoding: bytes[start..<place], as: UTF8.self)
    _ = take(UInt8(ascii: "."))
    return name.count == 3
  }

  mutating func monthName() -> Int? {
    let name = word()
    let english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let spanish = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
    return (english.firstIndex(of: name) ?? spanish.firstIndex(of: name)).map { $0 + 1 }
  }

  /// `AM`, `PM`, `a.m.`, `p. m.`
  mutating func halfDay() -> Bool? {
    var half = word()
    if half.count == 1 {
      _ = take(32)
      half += word()
    }
    return half == "am" ? false : half == "pm" ? true : nil
  }

  mutating func offset() -> Int64? {
    if take(UInt8(ascii: "Z")) { return 0 }
    let isWest = take(UInt8(ascii: "-"))
    var (hours, minutes) = (0, 0)
    guard isWest || take(UInt8(ascii: "+")), number(2...2, into: &hours) else { return nil }
    if take(UInt8(ascii: ":")) || !isAtEnd {
      guard number(2...2, into: &minutes) else { return nil }
    }
    guard hours < 24, minutes < 60 else { return nil }
    return Int64(hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}
