/// The term promised: so many working days, or so much working time.
public enum Plazo: Hashable, Sendable, LosslessStringConvertible {
  /// Due at the closing of the n-th working day after the date on which it was set; 0 means that date itself.
  case workingDays(Int)
  /// Due once so much working time has elapsed.
  case workingTime(Seconds)

  /// Longer terms than these are taken for slips of the pen.
  public static let mostDays = 9_999
  public static let mostTime: Seconds = 99_999 * 3600

  /// Reads `3d`, `6h`, `90m`, `45s`, and working time in parts: `1h30m`, `153h22m12s`.
  ///
  /// Parts go from hours to seconds, each at most once. Days do not mix with hours, as no number of hours is a working
  /// day. Returns `nil` for anything else.
  public init?(_ description: String) {
    var time: Seconds = 0
    var value: Int64?
    var units: [UInt8] = [UInt8(ascii: "d"), UInt8(ascii: "h"), UInt8(ascii: "m"), UInt8(ascii: "s")]
    var days: Int64?
    for byte in description.utf8 {
      if (48...57).contains(byte) {
        let next = (value ?? 0) * 10 + Int64(byte - 48)
        guard next <= Self.mostTime, days == nil else { return nil }
        value = next
      } else {
        guard let number = value, let unit = units.firstIndex(of: byte) else { return nil }
        switch byte {
        case UInt8(ascii: "d"):
          days = number
          units = []
        case UInt8(ascii: "h"): time += number * 3600
        case UInt8(ascii: "m"): time += number * 60
        default: time += number
        }
        units = unit < units.count ? Array(units[(unit + 1)...]) : []
        value = nil
      }
    }
    guard value == nil, units.count < 4 else { return nil }
    if let days {
      guard days <= Self.mostDays else { return nil }
      self = .workingDays(Int(days))
    } else {
      guard time <= Self.mostTime else { return nil }
      self = .workingTime(time)
    }
  }

  /// The shortest text that reads back as this plazo: `3d`, `6h`, `1h30m`, `0h`.
  public var description: String {
    switch self {
    case .workingDays(let days): return "\(days)d"
    case .workingTime(let time):
      let parts = [(time / 3600, "h"), (time / 60 % 60, "m"), (time % 60, "s")].filter { $0.0 != 0 }
      return parts.isEmpty ? "0h" : parts.map { "\($0.0)\($0.1)" }.joined()
    }
  }
}
