public import SLA

/// Time spent, as people write it and as other systems export it.
public enum SpentTime {
  /// What a number without a unit counts.
  public enum Unit: String, Sendable, CaseIterable {
    case hours
    case minutes
    case seconds

    var seconds: Double {
      switch self {
      case .hours: 3600
      case .minutes: 60
      case .seconds: 1
      }
    }
  }

  /// Reads `1h30`, `1h30m`, `90m`, `2h`, `1:30`, `1.5` and `1,5`; `nil` for anything else. More than a day is no time
  /// spent, and less than a second is none, but both are for others to refuse: what is written is what is read.
  ///
  /// - Parameter unit: of a number alone.
  public static func seconds(_ text: String, unit: Unit = .hours) -> Seconds? {
    if case .workingTime(let seconds)? = Plazo(text) { return seconds }
    // The minutes of 1h30.
    if let hour = text.firstIndex(of: "h"), hour != text.startIndex, text.index(after: hour) != text.endIndex,
      case .workingTime(let seconds)? = Plazo("\(text)m")
    {
      return seconds
    }
    return clock(text) ?? number(text, unit)
  }

  /// `1:30` or `01:30:15`, hours first.
  private static func clock(_ text: String) -> Seconds? {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count) else { return nil }
    var seconds: Seconds = 0
    for (place, part) in parts.enumerated() {
      guard (place == 0 ? 1...4 : 2...2).contains(part.count), part.allSatisfy({ (48...57).contains($0) }),
        let number = Seconds(String(part)!), place == 0 || number < 60
      else { return nil }
      seconds = seconds * 60 + number
    }
    return parts.count == 2 ? seconds * 60 : seconds
  }

  /// What is longer than a lifetime is no time spent, and much longer would fit no number.
  private static let mostSeconds = 100.0 * 366 * 86_400

  /// Digits with one point or comma at most: no sign, no exponent, nothing that is not a number to a person.
  private static func number(_ text: String, _ unit: Unit) -> Seconds? {
    var marks = 0
    var plain = ""
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
        marks += 1
        plain += "."
      } else if (48...57).contains(byte) {
        plain.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        return nil
      }
    }
    guard marks <= 1, plain.utf8.count <= 16, plain.first != ".", plain.last != ".", let number = Double(plain) else {
      return nil
    }
    let seconds = (number * unit.seconds).rounded()
    return seconds <= mostSeconds ? Seconds(seconds) : nil
  }
}
