internal import Monitor
internal import SLA
internal import Text

/// Days of an iCalendar file as lines of a calendar file.
enum HolidayText {
  /// The items, consecutive days of one name as a span, after a comment that tells where they come from.
  static func lines(_ days: [HolidayFile.Day], source: String) throws -> [String] {
    var lines = ["// \(source)"]
    var rest = days[...]
    while let first = rest.popFirst() {
      var last = first.date
      while let next = rest.first, next.name == first.name, next.date == last.adding(days: 1) {
        last = next.date
        rest.removeFirst()
      }
      let name = first.name.isEmpty ? "" : ", name: \(try JSONValue.string(first.name).canonicalText())"
      lines.append(
        first.date == last
          ? "{ date: \"\(first.date)\"\(name) }," : "{ from: \"\(first.date)\", to: \"\(last)\"\(name) },")
    }
    return lines
  }

  /// A whole new file.
  static func file(_ calendar: String, _ lines: [String]) -> String {
    """
    // Days of the calendar "\(calendar)", besides those of plazo.json5. Written by 'plazo calendar import'; change it as
    // you like: what stands here stays, and a later import adds to it. 'plazo plan' tells what a change would move.
    {
      holidays: [
    \(lines.map { "    \($0)" }.joined(separator: "\n"))
      ],
    }

    """
  }
}
