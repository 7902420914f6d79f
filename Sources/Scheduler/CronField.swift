/// One of the five fields of a cron expression, read: the values that it lets through.
struct CronField: Hashable, Sendable {
  /// Bit *n* stands for the value *n*; no field goes beyond 59.
  private var bits: UInt64 = 0
  /// Whether the field narrows anything, which decides how day of month and weekday combine. As in Vixie's cron a field
  /// that begins with `*` does not count as narrowed, `*/2` included.
  let isRestricted: Bool
  /// Whether `L` is in the list: the last day of the month, whichever that is.
  private(set) var hasLastDay = false

  func contains(_ value: Int) -> Bool { bits & (1 << UInt64(value)) != 0 }

  /// Reads a list of values, ranges and steps, in lower case.
  init(_ text: String, as kind: Kind) throws(CronError) {
    isRestricted = !text.hasPrefix("*")
    var position = 0
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      if kind == .dayOfMonth, item == "l" {
        hasLastDay = true
      } else {
        do throws(CronError) {
          for value in try kind.values(of: String(item)) {
            // 7 is Sunday, as 0 is.
            bits |= 1 << UInt64(kind == .weekday && value == 7 ? 0 : value)
          }
        } catch {
          throw error.moved(by: position)
        }
      }
      position += item.count + 1
    }
  }

  /// Which field it is, with what may stand in it.
  enum Kind: CaseIterable {
    case minute, hour, dayOfMonth, month, weekday

    var part: CronError.Part {
      switch self {
      case .minute: .minute
      case .hour: .hour
      case .dayOfMonth: .dayOfMonth
      case .month: .month
      case .weekday: .weekday
      }
    }

    /// The numbers that may be written.
    var range: ClosedRange<Int> {
      switch self {
      case .minute: 0...59
      case .hour: 0...23
      case .dayOfMonth: 1...31
      case .month: 1...12
      case .weekday: 0...7
      }
    }

    /// The names that stand for numbers, from the range's first on.
    private var names: [String] {
      switch self {
      case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
      case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
      default: []
      }
    }

    private var legal: String {
      let values =
        switch self {
        case .month: "1-12 or jan-dec"
        case .weekday: "0-7 (0 and 7 are Sunday) or sun-sat"
        case .dayOfMonth: "1-31 or L (the last day)"
        default: "\(range.lowerBound)-\(range.upperBound)"
        }
      return "\(values), lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
    }

    private func error(_ value: String, _ problem: String, _ mend: String? = nil) -> CronError {
      CronError(part: part, value: value, problem: problem, legal: mend ?? legal)
    }

    private func number(_ text: String, in item: String) throws(CronError) -> Int {
      if let index = names.firstIndex(of: text) { return range.lowerBound + index }
      guard let value = decimal(text) else { throw error(item, item.isEmpty ? "is missing" : "is not understood") }
      guard range.contains(value) else { throw error(item, "is out of range") }
      return value
    }

    /// The values of one item of the list: `*`, `5`, `1-5`, or the latter two with a step.
    fileprivate func values(of item: String) throws(CronError) -> StrideThrough<Int> {
      let halves = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let ends = halves[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let first: Int
      var last: Int
      if halves[0] == "*" {
        // Sunday has two numbers; `*` takes the first, lest `*/7` count it twice.
        (first, last) = (range.lowerBound, self == .weekday ? 6 : range.upperBound)
      } else {
        first = try number(ends[0], in: item)
        last = ends.count == 2 ? try number(ends[1], in: item) : first
        // `fri-sun` is meant as 5-7, although Sunday's name stands for 0.
        if self == .weekday, ends.count == 2, last == 0, first > 0 { last = 7 }
      }
      guard first <= last else {
        let top = self == .weekday ? 6 : range.upperBound
        throw error(item, "runs backwards", "\(first)-\(top),\(range.lowerBound)-\(last)")
      }
      guard halves.count == 2 else { return stride(from: first, through: last, by: 1) }
      guard let step = decimal(halves[1]), step > 0 else { throw error(item, "has no step of 1 or more") }
      guard halves[0] == "*" || ends.count == 2 else {
        throw error(item, "has a step but no range", "\(first)-\(range.upperBound)/\(step)")
      }
      // Cron would take `*/90` for `0`, which nobody means who writes it.
      guard step <= last - first + 1 else { throw error(item, "has a step longer than its range") }
      return stride(from: first, through: last, by: step)
    }
  }
}

/// A number of one to four digits and nothing else: neither sign nor space.
func decimal(_ text: some StringProtocol) -> Int? {
  guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
  return Int(text)
}
