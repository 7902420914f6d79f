public import SLA

/// A schedule, read once from its text: pure facts about when, knowing neither a clock nor what has run.
///
/// Three forms, in either case:
/// - five fields, `minute hour day-of-month month weekday`, with lists, ranges, steps, English three-letter names, and
///   `L` for the last day of the month;
/// - `@hourly`, `@daily` or `@midnight`, `@weekly` (Sunday), `@monthly`, `@yearly` or `@annually`;
/// - `every 5m`, `every 2h`: the multiples of the pace, counted from midnight. It must divide the day.
///
/// A slot is the first instant at which the wall clock has reached the reading. So one in an hour that the spring
/// change skips runs at the end of the gap, several there being one; one in an hour that occurs twice runs the first
/// time. Five fields therefore leave that hour's second passing empty, `* * * * *` too; a pace of up to an hour does not.
///
/// Where this differs from cron: a list may not hold an empty item; `*/90` and `5/15` are refused instead of being
/// guessed at; `fri-sun` is understood; days that never come, such as 31 February, are refused; `@reboot` is unknown.
/// - Source: crontab(5) of Vixie's cron, for the fields and for either day when both are restricted.
public struct CronExpression: Hashable, Sendable, CustomStringConvertible {
  /// The text as it was given, with single spaces.
  public let description: String
  private let rule: Rule

  private enum Rule: Hashable, Sendable {
    case calendar(CronCalendar)
    case pace(CronPace)
  }

  /// - Throws: `CronError`, which names the part at fault, what was written, and what is legal.
  public init(_ text: String) throws(CronError) {
    let given = text.split(whereSeparator: \.isWhitespace)
    let words = given.map { $0.lowercased() }
    description = given.joined(separator: " ")
    if words.count == 1, words[0].hasPrefix("@") {
      guard let fields = Self.named.first(where: { $0.name == words[0] })?.fields else {
        throw CronError(
          part: .schedule, value: description, problem: "is no known name",
          legal: Self.named.map(\.name).joined(separator: ", "))
      }
      rule = .calendar(try CronCalendar(fields.split(separator: " ").map(String.init)))
    } else if words.first == "every" {
      rule = .pace(try CronPace(words.dropFirst().joined(separator: " ")))
    } else {
      guard words.count == 5 else {
        throw CronError(
          part: .schedule, value: description, problem: "has \(words.count) field\(words.count == 1 ? "" : "s")",
          legal: "five (minute hour day-of-month month weekday), a name such as @daily, or a pace such as every 5m")
      }
      rule = .calendar(try CronCalendar(words))
    }
  }

  private static let named: [(name: String, fields: String)] = [
    ("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"), ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"), ("@yearly", "0 0 1 1 *"), ("@annually", "0 0 1 1 *"),
  ]

  /// The first slot after an instant, that instant excluded. There always is one: a schedule without is not read.
  public func next(after instant: Instant, in zone: Zone) -> Instant {
    switch rule {
    case .calendar(let calendar): calendar.next(after: instant, in: zone)
    case .pace(let pace): pace.next(after: instant, in: zone)
    }
  }

  /// Whether an instant is a slot, to the second.
  public func matches(_ instant: Instant, in zone: Zone) -> Bool { next(after: instant - 1, in: zone) == instant }

  /// The last slot before an instant, that instant excluded: where «since the previous report» begins.
  public func previous(before instant: Instant, in zone: Zone) -> Instant {
    // Walks forward from ever further back: dense schedules are found at once, sparse ones have few steps to walk.
    var span: Seconds = 3600
    while true {
      var last: Instant?
      var slot = next(after: instant - span, in: zone)
      while slot < instant {
        last = slot
        slot = next(after: slot, in: zone)
      }
      if let last { return last }
      span *= 4
    }
  }

  /// The slots after `start`, which is excluded, up to `end`, which is included, ascending.
  public func slots(after start: Instant, through end: Instant, in zone: Zone) -> [Instant] {
    var slots: [Instant] = []
    var slot = next(after: start, in: zone)
    while slot <= end {
      slots.append(slot)
      slot = next(after: slot, in: zone)
    }
    return slots
  }
}
