/// Opening hours of one local day, as readings of its wall clock: the start included, the end excluded.
///
/// Hours may reach past midnight, up to the end of the next day: `22:00-30:00` ends at six in the morning and belongs
/// wholly to the date on which it opens.
public struct Hours: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Seconds after midnight, from 0 to 86,399.
  public let opens: Int
  /// Seconds after the same midnight, later than `opens`, to 172,800 at most.
  public let closes: Int

  static let day = 86_400

  /// - Precondition: `opens` lies in the day, and `closes` after it within 48 hours of midnight.
  public init(opens: Int, closes: Int) {
    precondition(Self.areLegal(opens, closes), "hours from second \(opens) to second \(closes) are no opening hours")
    self.opens = opens
    self.closes = closes
  }

  /// Reads `09:00-14:00`, `22:00-30:00`, with a hyphen or an en dash, spaces around it or none.
  ///
  /// Returns `nil` when the text is malformed, or the hours are reversed or empty or begin after the day.
  public init?(_ text: String) {
    let ends = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
    guard ends.count == 2, let opens = Self.reading(ends[0]), let closes = Self.reading(ends[1]),
      Self.areLegal(opens, closes)
    else { return nil }
    self.opens = opens
    self.closes = closes
  }

  /// `09:00-14:00`; seconds are written only where there are any.
  public var description: String { "\(Self.text(opens))-\(Self.text(closes))" }

  public static func < (left: Hours, right: Hours) -> Bool { (left.opens, left.closes) < (right.opens, right.closes) }

  /// The same opening hours sorted, those that overlap or touch made one.
  public static func united(_ hours: [Hours]) -> [Hours] {
    var result: [Hours] = []
    for next in hours.sorted() {
      if let last = result.last, next.opens <= last.closes {
        result[result.count - 1] = Hours(opens: last.opens, closes: max(last.closes, next.closes))
      } else {
        result.append(next)
      }
    }
    return result
  }

  private static func areLegal(_ opens: Int, _ closes: Int) -> Bool {
    (0..<day).contains(opens) && closes > opens && closes <= 2 * day
  }

  /// `9:00`, `09:00` or `09:00:30`, to `48:00`, as seconds.
  private static func reading(_ text: Substring) -> Int? {
    var bytes = Array(text.utf8)[...]
    while bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), (1...2).contains(parts[0].count),
      parts.dropFirst().allSatisfy({ $0.count == 2 })
    else { return nil }
    let values = parts.compactMap { part in
      part.allSatisfy { (48...57).contains($0) } ? part.reduce(0) { $0 * 10 + Int($1 - 48) } : nil
    }
    guard values.count == parts.count, values.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
    return values[0] * 3600 + values[1] * 60 + (values.count == 3 ? values[2] : 0)
  }

  private static func text(_ second: Int) -> String {
    let minutes = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2))"
    return second % 60 == 0 ? minutes : "\(minutes):\(padded(second % 60, 2))"
  }
}
