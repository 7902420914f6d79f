import FoundationEssentials
import SLA
import Scheduler
import Seeded
import Testing

/// Schedules held against Python's croniter, on random expressions, instants and zones.
///
/// Where the two differ on purpose, a case is counted and not compared:
/// - within a day of a clock change, about which croniter has rules of its own (ours: a slot in the spring gap runs at its
///   end, one in the doubled hour once), which `CronPropertyTests` holds against a walk over every minute;
/// - where a field of days begins with `*` and has a step: as in Vixie's cron we take it for unrestricted, croniter does
///   not, so that both may not be narrowed here;
/// - a range from a value to itself, such as `5-5`: here that value, there every value of the field.
@Suite("Against croniter") struct CronOracleTests {
  private static let zones = [
    "UTC", "Europe/Madrid", "America/Mexico_City", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
    "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca", "America/Santiago",
  ]
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
  private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  private static func field(
    _ range: ClosedRange<Int>, names: [String] = [], last: Bool = false, using random: inout Dice
  ) -> String {
    func value(_ number: Int) -> String {
      let name = names.isEmpty ? nil : names[number - (range.lowerBound == 1 ? 1 : 0)]
      return name != nil && Bool.random(using: &random) ? name! : "\(number)"
    }
    func item() -> String {
      let ends = [Int.random(in: range, using: &random), Int.random(in: range, using: &random)].sorted()
      switch Int.random(in: 0..<4, using: &random) {
      case 0: return last && Bool.random(using: &random) ? "L" : value(ends[0])
      case 1 where ends[0] < ends[1]: return "\(value(ends[0]))-\(value(ends[1]))"
      case 2 where ends[0] < ends[1]:
        return "\(ends[0])-\(ends[1])/\(Int.random(in: 1...ends[1] - ends[0], using: &random))"
      default: return value(ends[1])
      }
    }
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1: return "*"
    case 2: return "*/\(Int.random(in: 2...min(12, range.count - 1), using: &random))"
    default: return (0..<Int.random(in: 1...3, using: &random)).map { _ in item() }.joined(separator: ",")
    }
  }

  private static let script = """
    import sys, json
    from croniter import croniter
    from datetime import datetime
    from zoneinfo import ZoneInfo
    for line in sys.stdin:
        text, start, zone = json.loads(line)
        try:
            steps = croniter(text, datetime.fromtimestamp(start, ZoneInfo(zone)))
            print(json.dumps([int(steps.get_next(datetime).timestamp()) for _ in range(4)]))
        except Exception as error:
            print(json.dumps(str(type(error).__name__)))
    """

  @Test("has the same slots where both have the same rules")
  func same() throws {
    guard let python = Tool.python(with: "croniter") else { return }
    let count = randomCases(600)
    var random = Dice(seed: 7)
    var cases: [(text: String, start: Int64, zone: String)] = []
    while cases.count < count {
      let fields = [
        Self.field(0...59, using: &random), Self.field(0...23, using: &random),
        Self.field(1...31, last: true, using: &random), Self.field(1...12, names: Self.months, using: &random),
        Self.field(0...6, names: Self.weekdays, using: &random),
      ]
      let isStepped = fields[2].hasPrefix("*/") || fields[4].hasPrefix("*/")
      if isStepped, fields[2] != "*", fields[4] != "*" { continue }
      let text = fields.joined(separator: " ")
      // Days that never come are refused here and searched in vain there.
      guard (try? CronExpression(text)) != nil else { continue }
      let start = Int64.random(in: 1_577_836_800..<1_893_456_000, using: &random)
      cases.append((text, start, Self.zones.randomElement(using: &random)!))
    }
    let input = cases.map { "[\"\($0.text)\",\($0.start),\"\($0.zone)\"]\n" }.joined()
    let outcome = Program(folder: "/tmp").run(["-c", Self.script], input: input, as: python)
    #expect(outcome.code == 0 && outcome.talk == "")
    let answers = outcome.data.split(separator: "\n")
    try #require(answers.count == cases.count)
    var (compared, nearChanges, gaveUp) = (0, 0, 0)
    for (one, answer) in zip(cases, answers) {
      guard let expected = try? JSONDecoder().decode([Int64].self, from: Data(answer.utf8)) else {
        gaveUp += 1
        continue
      }
      let zone = try Zone(
        name: one.zone, data: [UInt8](Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(one.zone)"))))
      var slot = Instant(one.start)
      for next in expected {
        let slotBefore = slot
        slot = try CronExpression(one.text).next(after: slot, in: zone)
        if let change = zone.nextChange(after: slotBefore - 86_400), change <= max(slot, Instant(next)) + 86_400 {
          nearChanges += 1
          break
        }
        compared += 1
        #expect(slot == Instant(next), "\(one.text) after \(slotBefore.iso8601(in: zone)) in \(one.zone)")
        if slot != Instant(next) { break }
      }
    }
    print("croniter: \(compared) slots compared; \(nearChanges) near a clock change, \(gaveUp) not found by it")
    #expect(compared > count)
    #expect(gaveUp <= count / 20)
  }
}
