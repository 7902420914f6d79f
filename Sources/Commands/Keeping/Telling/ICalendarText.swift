internal import SLA

/// An iCalendar stream, a line at a time.
/// - Source: RFC 5545.
struct ICalendarText {
  private(set) var text = ""

  /// A property whose value is data: a keyword, a number, an instant.
  mutating func add(_ name: String, _ value: String) { fold("\(name):\(value)") }

  mutating func add(_ name: String, _ instant: Instant) { add(name, Self.utc(instant)) }

  /// A property whose value is what people wrote.
  mutating func add(_ name: String, text value: String) { add(name, Self.escaped(value)) }

  /// `20260327T150000Z`.
  static func utc(_ instant: Instant) -> String {
    instant.iso8601(in: .utc).filter { $0 != "-" && $0 != ":" }
  }

  /// Section 3.3.11: commas, semicolons, backslashes and line breaks; other control characters may not occur at all.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\", ",", ";": escaped += "\\\(character)"
      case "\n", "\r\n", "\r", "\u{2028}", "\u{2029}", "\u{85}": escaped += "\\n"
      default:
        for scalar in character.unicodeScalars where scalar.value >= 32 && scalar.value != 127 || scalar == "\t" {
          escaped.unicodeScalars.append(scalar)
        }
      }
    }
    return escaped
  }

  /// Section 3.1: at most 75 octets to a line, its end not counted; a character is never split.
  private mutating func fold(_ line: String) {
    var room = 75
    for scalar in line.unicodeScalars {
      let size = String(scalar).utf8.count
      if size > room {
        text += "\r\n "
        room = 74
      }
      text.unicodeScalars.append(scalar)
      room -= size
    }
    text += "\r\n"
  }
}
