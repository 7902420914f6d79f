internal import SLA

/// Where bytes are put one after the other. The formats of numbers and times are written by hand, once, for all of them.
protocol ByteTarget: AnyObject {
  func put(_ byte: UInt8)
}

extension ByteTarget {
  @inline(__always) func put(ascii text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { put(byte) } }
  }

  func put(_ text: String) {
    var text = text
    text.withUTF8 { for byte in $0 { put(byte) } }
  }

  func put(_ value: Int64) {
    if value < 0 { put(UInt8(ascii: "-")) }
    put(digits: value.magnitude)
  }

  @inline(__always) func put(digits value: UInt64) {
    if value < 10 { return put(48 &+ UInt8(truncatingIfNeeded: value)) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = value
      var count = 0
      while rest > 0 {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        digits[count] = 48 &+ UInt8(truncatingIfNeeded: digit)
        rest = quotient
        count &+= 1
      }
      while count > 0 {
        count &-= 1
        put(digits[count])
      }
    }
  }

  @inline(__always) func put(twoDigits value: Int) {
    put(48 &+ UInt8(truncatingIfNeeded: value / 10))
    put(48 &+ UInt8(truncatingIfNeeded: value % 10))
  }

  /// `2026-03-27`.
  @inline(__always) func put(_ date: LocalDate) {
    let (year, month, day) = date.parts
    guard (0...9999).contains(year) else { return put(date.description) }
    put(twoDigits: year / 100)
    put(twoDigits: year % 100)
    put(UInt8(ascii: "-"))
    put(twoDigits: month)
    put(UInt8(ascii: "-"))
    put(twoDigits: day)
  }

  /// `17:00:00`.
  func put(timeOfLocalSeconds local: Int64) {
    let second = Int(local - LocalDate(localSeconds: local).localSeconds)
    put(twoDigits: second / 3600)
    put(UInt8(ascii: ":"))
    put(twoDigits: second / 60 % 60)
    put(UInt8(ascii: ":"))
    put(twoDigits: second % 60)
  }

  /// Seconds as hours with up to four decimals, which tell every second apart: 4800 is `1.3333`, 7200 is `2`.
  func put(hoursOfSeconds seconds: Int64, decimalMark: UInt8) {
    let (scaled, overflow) = seconds.magnitude.multipliedReportingOverflow(by: 10_000)
    if overflow { return put(seconds / 3600) }
    put(fixed: (scaled + 1800) / 3600, places: 4, isNegative: seconds < 0, decimalMark: decimalMark)
  }

  /// A number with up to six decimals; nothing for one that is not finite.
  func put(_ value: Double, decimalMark: UInt8) {
    guard value.isFinite else { return }
    if value.magnitude >= 9_000_000_000_000 { return put(Int64(exactly: value.rounded()) ?? 0) }
    put(
      fixed: UInt64((value.magnitude * 1_000_000).rounded()), places: 6, isNegative: value < 0, decimalMark: decimalMark
    )
  }

  /// `scaled` divided by ten to the power of `places`, without zeros at the end.
  private func put(fixed scaled: UInt64, places: Int, isNegative: Bool, decimalMark: UInt8) {
    var unit: UInt64 = places == 4 ? 10_000 : 1_000_000
    if isNegative, scaled > 0 { put(UInt8(ascii: "-")) }
    put(digits: scaled / unit)
    var rest = scaled % unit
    if rest == 0 { return }
    put(decimalMark)
    while rest > 0 {
      unit /= 10
      put(48 + UInt8(truncatingIfNeeded: rest / unit))
      rest %= unit
    }
  }
}

/// Bytes kept in memory.
final class TextBuffer: ByteTarget {
  private(set) var bytes: [UInt8] = []

  func put(_ byte: UInt8) { bytes.append(byte) }
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
