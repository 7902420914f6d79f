import SLA
import Scheduler
import Seeded
import Testing

/// A schedule made up at random, known both as text and as plain sets.
private struct MadeUp {
  let text: String
  let minutes, hours, days, months, weekdays: Set<Int>
  let isEither: Bool

  init(using random: inout Dice) {
    func field(_ range: ClosedRange<Int>, dense: Bool) -> (String, Set<Int>) {
      switch Int.random(in: 0..<(dense ? 6 : 4), using: &random) {
      case 0:
        let step = Int.random(in: 1...min(range.count, 12), using: &random)
        return ("*/\(step)", Set(range.filter { ($0 - range.lowerBound) % step == 0 }))
      case 1:
        let ends = [Int.random(in: range, using: &random), Int.random(in: range, using: &random)].sorted()
        return ("\(ends[0])-\(ends[1])", Set(ends[0]...ends[1]))
      case 2:
        let values = (0..<3).map { _ in Int.random(in: range, using: &random) }
        return (values.map(String.init).joined(separator: ","), Set(values))
      case 3:
        let value = Int.random(in: range, using: &random)
        return ("\(value)", [value])
      default: return ("*", Set(range))
      }
    }
    let fields = [
      field(0...59, dense: false), field(0...23, dense: true), field(1...28, dense: true), field(1...12, dense: true),
      field(0...6, dense: true),
    ]
    text = fields.map(\.0).joined(separator: " ")
    // The oracle's days of month end at 28 in the text, and `*` and its steps go on to 31.
    days =
      fields[2].0.hasPrefix("*")
      ? Set((1...31).filter { fields[2].0 == "*" || ($0 - 1) % Int(fields[2].0.dropFirst(2))! == 0 }) : fields[2].1
    (minutes, hours, months, weekdays) = (fields[0].1, fields[1].1, fields[3].1, fields[4].1)
    isEither = !fields[2].0.hasPrefix("*") && !fields[4].0.hasPrefix("*")
  }

  func includes(minute: Int64) -> Bool {
    let date = LocalDate(localSeconds: minute * 60)
    let ofDay = Int(minute - date.localSeconds / 60)
    guard minutes.contains(ofDay % 60), hours.contains(ofDay / 60) else { return false }
    let (_, month, day) = date.parts
    guard months.contains(month) else { return false }
    let fitsDay = days.contains(day)
    let fitsWeekday = weekdays.contains((date.weekday.rawValue + 1) % 7)
    return isEither ? fitsDay || fitsWeekday : fitsDay && fitsWeekday
  }
}

@Suite("Against a walk over every minute")
struct CronPropertyTests {
  /// Each zone with a span in which its clocks change.
  static let spans = [
    (zone: "Europe/Madrid", from: "2026-03-27T00:00:00Z", days: 4),
    (zone: "Europe/Madrid", from: "2026-10-23T00:00:00Z", days: 4),
    (zone: "America/New_York", from: "2026-10-30T00:00:00Z", days: 4),
    (zone: "Australia/Lord_Howe", from: "2026-04-03T00:00:00Z", days: 4),
    (zone: "Australia/Lord_Howe", from: "2026-10-02T00:00:00Z", days: 4),
    (zone: "America/Sao_Paulo", from: "2018-02-16T00:00:00Z", days: 4),
    (zone: "America/Sao_Paulo", from: "2018-11-02T00:00:00Z", days: 4),
    (zone: "America/Havana", from: "2026-10-30T00:00:00Z", days: 4),
    (zone: "America/St_Johns", from: "2006-10-27T00:00:00Z", days: 4),
    (zone: "Pacific/Apia", from: "2011-12-28T00:00:00Z", days: 4),
    (zone: "America/Mexico_City", from: "2027-12-28T00:00:00Z", days: 70),
  ]

  /// A minute of a span with the readings, in minutes, that a clock has passed since the minute before.
  private struct Minute {
    let instant: Instant
    /// One, or all of a gap.
    let shown: ClosedRange<Int64>
    /// Those of them that were never passed before: none while an hour is shown again.
    let first: ClosedRange<Int64>?
  }

  /// Every minute after `start` up to `end`, found by looking at the clock and nothing else.
  private func walk(_ zone: Zone, after start: Instant, through end: Instant) -> [Minute] {
    var minutes: [Minute] = []
    // A day's run-up, so that an hour shown again at the start is known for one.
    var instant = start - 86_400
    var shown = zone.localSeconds(at: instant) / 60
    var highest = shown
    while instant < end {
      instant = instant + 60
      let before = shown
      shown = zone.localSeconds(at: instant) / 60
      if instant > start {
        minutes.append(
          Minute(
            instant: instant, shown: (shown > before ? before + 1 : shown)...shown,
            first: shown > highest ? highest + 1...shown : nil))
      }
      highest = max(highest, shown)
    }
    return minutes
  }

  @Test("five fields have the slots that a clock passes for the first time", arguments: spans)
  func fields(zone name: String, from: String, days: Int) throws {
    var random = Dice(seed: 42)
    let zone = try zone(name)
    let start = try at(from)
    let end = start + Seconds(days) * 86_400
    let minutes = walk(zone, after: start, through: end)
    for _ in 0..<(days > 10 ? 10 : 60) {
      let schedule = MadeUp(using: &random)
      let expected = minutes.filter { $0.first?.contains(where: schedule.includes) ?? false }.map(\.instant)
      let expression = try CronExpression(schedule.text)
      #expect(expression.slots(after: start, through: end, in: zone) == expected, "\(schedule.text)")
      if let last = expected.last {
        #expect(expression.previous(before: end + 1, in: zone) == last, "\(schedule.text)")
      }
    }
  }

  @Test(
    "a pace has the slots that a clock shows, or shows for the first time if it is longer than an hour",
    arguments: spans)
  func paces(zone name: String, from: String, days: Int) throws {
    let zone = try zone(name)
    let start = try at(from)
    let end = start + Seconds(days) * 86_400
    let minutes = walk(zone, after: start, through: end)
    for pace: Int64 in [1, 5, 15, 30, 45, 60, 90, 120, 360, 720, 1440] {
      let expected = minutes.filter { minute in
        (pace <= 60 ? minute.shown : minute.first)?.contains { $0 % pace == 0 } ?? false
      }.map(\.instant)
      let expression = try CronExpression("every \(pace)m")
      #expect(expression.slots(after: start, through: end, in: zone) == expected, "every \(pace)m")
    }
  }
}
