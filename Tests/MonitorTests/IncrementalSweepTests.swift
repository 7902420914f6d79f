import Desk
import Foundation
import Monitor
import SLA
import SQLite
import Seeded
import Testing

/// An incremental sweep must leave the rows that a full one leaves, whatever happened in between; and `judge` must say
/// what both say, before the sweep, after it, and long after of the same instant, unless facts came in late. Seeds are
/// fixed; `PLAZO_CASES` asks for more.
@Suite struct IncrementalSweepTests {
  private static let cases = randomCases(6)

  static let rules = """
    {
      timeZone: "America/Mexico_City",
      calendars: { office: {
        weekly: {
          mon: ["09:00-14:00", "16:00-19:00"], tue: ["09:00-14:00", "16:00-19:00"], wed: ["09:00-14:00", "16:00-19:00"],
          thu: ["09:00-14:00", "16:00-19:00"], fri: ["09:00-14:00", "16:00-19:00"], sat: "09:00-13:00" },
        holidays: ["2026-04-02", "2026-04-03", { yearly: "12-24", hours: "09:00-12:00" }] } },
      policies: [
        { name: "always", calendar: "always", reopening: "restart", when: { priority: "alta" },
          clocks: { resolution: { plazo: "20h", nearDue: { margin: "2h" } } } },
        { name: "count", calendar: "office", reopening: "count-closed", when: { priority: ["baja"] },
          responses: ["reply", "waiting", "assigned"],
          clocks: {
            "first-response": { plazo: "2h", pauseWhileAside: true }, "next-response": { plazo: "PLAZO" },
            resolution: { plazo: "1d", pauseWhileWaitingOn: ["client", "provider"] } } },
        { name: "default", calendar: "office",
          clocks: {
            "next-response": { plazo: "3h", pauseWhileWaitingOn: "provider" },
            resolution: { plazo: "PLAZO", pauseWhileWaitingOn: ["client"] } } }],
      tasks: { clocks: { completion: { plazo: "PLAZO" }, vobo: { plazo: "5h" } }, reopening: "restart" },
    }
    """

  @Test(arguments: 0..<cases)
  func equalsTheFullSweepOverRandomHistories(seed: Int) throws {
    var random = Dice(seed: UInt64(seed) &* 7919 &+ 1)
    let rules = Self.rules.replacing("PLAZO", with: "16h")
    // One is swept as things come due, the other in full; what happens to one happens to the other.
    let desk = try TestDesk(rules: rules)
    let full = try TestDesk(rules: rules)
    // In every other case things are recorded as they happen.
    var story = Story(now: desk.at("2026-03-02T08:00"), isOrderly: seed % 2 == 0)
    var past: [(now: String, told: [String])] = []
    var swept = Instant(0)
    for _ in 0..<80 {
      let step = story.step(&random)
      for target in [desk, full] { try story.apply(step, to: target) }
      guard Int.random(in: 0..<3, using: &random) == 0, story.now >= swept else { continue }
      swept = story.now
      let text = swept.iso8601(in: .utc)
      let foretold = try told(desk, text)
      if Int.random(in: 0..<10, using: &random) == 0 {
        let plazo = ["16h", "2d", "4h"].randomElement(using: &random)!
        let candidate = try TestDesk.candidate(Self.rules.replacing("PLAZO", with: plazo), now: swept)
        for target in [desk, full] { _ = try Sweep(target.connection, now: swept).apply(candidate) }
      } else {
        try desk.sweep(text)
        try full.sweep(text, .full)
        #expect(try told(desk, text) == foretold, "judged before the sweep, seed \(seed) at \(text)")
      }
      #expect(try desk.dump(TestDesk.clockSQL) == full.dump(TestDesk.clockSQL), "seed \(seed) at \(text)")
      #expect(try desk.dump(TestDesk.pauseSQL) == full.dump(TestDesk.pauseSQL), "seed \(seed) at \(text)")
      #expect(try desk.dump(Self.taskClocks) == full.dump(Self.taskClocks), "seed \(seed) at \(text)")
      let kept = try desk.dump(
        """
        SELECT ticket_id, kind, situation, deadline, cycle, moves, original_deadline FROM ticket_clock
          ORDER BY ticket_id, kind
        """)
      #expect(try told(desk, text) == kept, "seed \(seed) at \(text)")
      if story.isOrderly { past.append((text, kept)) }
    }
    past.shuffle(using: &random)
    // At the last sweep's own instant what came after it is new, not later.
    for (now, then) in past.filter({ desk.at($0.now) < swept }).prefix(5) {
      #expect(try told(desk, now) == then, "long after, seed \(seed) at \(now)")
    }
    // The two ways come upon the tickets in another order.
    for owner in ["ticket", "task"] {
      let verdicts = """
        SELECT \(owner)_id, kind, cycle, started_at, stopped_at, outcome, deadline, used_s, late_s, moves,
            original_outcome, policy, policy_version_id, calendar_id, recorded_at, reason FROM \(owner)_verdict
          ORDER BY \(owner)_id, kind, cycle, id
        """
      #expect(try desk.dump(verdicts) == full.dump(verdicts), "seed \(seed)")
      let transitions = """
        SELECT \(owner)_id, kind, cycle, from_situation, to_situation, happened_at, recorded_at, deadline
          FROM \(owner)_transition ORDER BY \(owner)_id, kind, id
        """
      #expect(try desk.dump(transitions) == full.dump(transitions), "seed \(seed)")
    }
    // Whatever the way, what stands in the end is what the events alone come to.
    let text = (swept + 1).iso8601(in: .utc)
    try full.connection.execute(sql: "DELETE FROM ticket_clock_pause; DELETE FROM ticket_clock")
    try desk.sweep(text)
    try full.sweep(text, .full)
    #expect(try desk.dump(TestDesk.clockSQL) == full.dump(TestDesk.clockSQL), "seed \(seed)")
    let cycles = try desk.dump("SELECT ticket_id, max(cycle) FROM ticket_verdict GROUP BY ticket_id")
    #expect(!cycles.isEmpty)
  }

  private static let taskClocks = """
    SELECT c.*, p.from_at, p.to_at FROM task_clock c LEFT JOIN task_clock_pause p USING (task_id, kind)
      ORDER BY c.task_id, c.kind, p.from_at
    """

  private func told(_ desk: TestDesk, _ now: String) throws -> [String] {
    try desk.judged(now).map { judged in
      func text(_ instant: Instant?) -> String { instant.map { "\($0.seconds)" } ?? "-" }
      return """
        \(judged.ownerID) \(judged.kind.rawValue) \(judged.situation.rawValue) \(text(judged.judgement?.deadline)) \(judged.cycle) \
        \(judged.moves) \(text(judged.originalDeadline))
        """
    }
  }
}

/// What happens at random to the tickets of a desk.
struct Story {
  var now: Instant
  let isOrderly: Bool
  private var count: Int64 = 0
  private var closed: Set<Int64> = []

  init(now: Instant, isOrderly: Bool) {
    self.now = now
    self.isOrderly = isOrderly
  }

  enum Step {
    case open(plazo: String?, priority: String?)
    case task(Int64, close: Bool)
    case changes(Int64, [(change: TicketChange, at: Instant)])
  }

  mutating func step(_ random: inout Dice) -> Step {
    switch Int.random(in: 0..<40, using: &random) {
    case 0: now = now + Int64.random(in: 1...2_592_000, using: &random)  // down for as long as a month
    case 1 where !isOrderly: now = now - Int64.random(in: 1...7200, using: &random)  // the clock was wrong
    case 2 where !isOrderly: break
    default: now = now + Int64.random(in: 1...20_000, using: &random)
    }
    let plazos = ["1d", "4h", "90m", "0h", "0d", "3d", "2000d"]
    let id = Int64.random(in: 1...max(1, count), using: &random)
    let kind = count == 0 ? 0 : Int.random(in: 0..<(isOrderly ? 14 : 15), using: &random)
    switch kind {
    case 0, 1:
      count += 1
      return .open(
        plazo: kind == 0 ? plazos.randomElement(using: &random) : nil,
        priority: [nil, nil, "alta", "baja"].randomElement(using: &random)!)
    case 2, 3: return .changes(id, [(.waiting(on: Party.allCases.randomElement(using: &random)!), now)])
    case 4: return .changes(id, [(.plazo([nil, "5h"].randomElement(using: &random)!), now)])
    case 5: return .changes(id, [(.plazo(plazos.randomElement(using: &random)), now)])
    case 6:
      let until = now + Int64.random(in: -1000...400_000, using: &random)
      return .changes(id, [(.aside(until: Bool.random(using: &random) ? until : nil), now)])
    case 7: return .changes(id, [(.target(now + Int64.random(in: -1000...400_000, using: &random)), now)])
    case 8: return .changes(id, [(.edited(.priority, ["alta", "baja", nil].randomElement(using: &random)!), now)])
    case 9:
      let party = Bool.random(using: &random) ? Party.client : nil
      return .changes(id, [(closed.remove(id) == nil ? close(id) : .reopened(reason: nil, by: party), now)])
    case 10: return .changes(id, [(.replied(by: .client, body: "?"), now)])
    case 11: return .changes(id, [(.replied(by: Bool.random(using: &random) ? .support : .client, body: "!"), now)])
    case 12: return .changes(id, [(.assigned(to: Bool.random(using: &random) ? 1 : nil), now)])
    case 13: return .task(Int64.random(in: 1...6, using: &random), close: Bool.random(using: &random))
    default: return .changes(id, old(&random))
    }
  }

  private mutating func close(_ id: Int64) -> TicketChange {
    closed.insert(id)
    return .closed
  }

  /// Facts from before, as an import brings them: a wait, or that it had been closed for a while.
  private mutating func old(_ random: inout Dice) -> [(change: TicketChange, at: Instant)] {
    let from = now - Int64.random(in: 1...200_000, using: &random)
    let to = min(now, from + Int64.random(in: 0...100_000, using: &random))
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return [(.waiting(on: .client), from), (.waiting(on: .support), to)]
    case 2: return [(.replied(by: .client, body: "?"), from), (.replied(by: .support, body: "!"), to)]
    case 1: return [(.plazo("6h"), from)]
    default: return [(.closed, from), (.reopened(reason: nil), to)]
    }
  }

  func apply(_ step: Step, to desk: TestDesk) throws {
    if case .task(let id, let close) = step { return try work(on: id, close: close, desk) }
    try DeskWriter.transact(desk.connection, at: now, by: nil) { writer in
      switch step {
      case .open(let plazo, let priority):
        let opening = TicketOpening(clientID: 1, priority: priority, title: "x", description: "")
        _ = try writer.openTicket(opening, at: now, then: plazo.map { [(.plazo($0), now)] } ?? [])
      case .task: break
      case .changes(let id, let changes):
        var row = try #require(try Tickets(desk.connection).ticket(id))
        try writer.append(changes.map { ($0.change, max($0.at, row.openedAt)) }, to: &row)
      }
    }
  }

  /// Gives a task, closes it, or signs it off, whatever can be done to it.
  private func work(on id: Int64, close: Bool, _ desk: TestDesk) throws {
    let tasks = Tasks(desk.connection, actor: desk.admin, now: now)
    let status = try desk.connection.value(
      sql: "SELECT status || coalesce(vobo, '') FROM task WHERE id = ?", .integer(id))
    switch status.text {
    case nil:
      var opening = Tasks.Opening(title: "x", technician: "ana")
      if close { opening.plazo = "2d" }
      _ = try tasks.add(opening)
    case "closedpending"?: try tasks.sign(id, close ? .granted : .refused, reason: "x")
    case "closedgranted"?: break
    default: try tasks.close(id)
    }
  }
}
