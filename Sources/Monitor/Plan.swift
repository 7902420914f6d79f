internal import Desk
internal import FoundationEssentials
public import SLA
public import SQLite
internal import Text

/// What a changed configuration would do to the open tickets and tasks, before anybody applies it.
public struct Plan {
  /// How a clock stands under one of the two configurations; without a clock, on time and without a deadline.
  public struct Standing: Equatable, Sendable {
    public var deadline: Instant?
    public var situation = Situation.onTime
    /// Empty where no policy fits, or the clock does not run.
    public var policy = ""
    public var runs = false
  }

  /// A running clock whose deadline or situation would move, that would begin to run, or no longer run.
  public struct Move: Equatable, Sendable {
    public var clock: ClockKind
    /// The ticket or task, as the clock's kind says.
    public var ownerID: Int64
    public var before: Standing
    public var after: Standing
  }

  /// What a configuration would move, in numbers.
  public struct Summary: Equatable, Sendable {
    public var openTickets = 0
    public var openTasks = 0
    public var deadlinesMoved = 0
    public var situationsMoved = 0
    /// Clocks that would begin to run or no longer run.
    public var clocksChanged = 0
    /// The changed policies whose near-due margin is not below the plazo of some open ticket, and is ignored there.
    public var ignoredMargins: Set<String> = []
  }

  /// Whether the configuration says the same as the version in force, or nothing was ever applied.
  public static func isApplied(_ candidate: AppliedRules.Candidate, on connection: Connection) throws -> Bool {
    try connection.integer(
      sql: """
        SELECT 1 FROM sweep_state s JOIN policy_version p ON p.id = s.policy_version_id WHERE p.hash = ?
        """, .text(candidate.hash)) != nil
  }

  /// What of the configuration says something else than the version in force.
  public struct Difference: Equatable, Sendable {
    /// Policies, or whatever else is not a calendar.
    public var rules = false
    /// The names of calendars that say something else, that are new or gone.
    public var calendars: Set<String> = []
  }

  /// What differs; `nil` where nothing does, or nothing was ever applied. Neither rules nor calendars: the zones' data.
  public static func difference(
    of candidate: AppliedRules.Candidate, on connection: Connection
  ) throws -> Difference? {
    if try isApplied(candidate, on: connection) { return nil }
    let applied = try connection.value(
      sql: "SELECT p.definition FROM sweep_state s JOIN policy_version p ON p.id = s.policy_version_id")
    guard let applied = applied.text else { return nil }
    func entries(_ text: String) throws -> [String: JSONValue] {
      let document = try Document(file: "policies as applied", data: Data(text.utf8))
      return Dictionary(uniqueKeysWithValues: document.root.entriesInOrder().map { ($0.key, $0.node.value ?? .null) })
    }
    let (old, new) = (try entries(applied), try entries(candidate.text))
    var difference = Difference()
    difference.rules = Set(old.keys).union(new.keys).contains { $0 != "calendars" && old[$0] != new[$0] }
    let (before, after) = (old["calendars"]?.entries ?? [:], new["calendars"]?.entries ?? [:])
    difference.calendars = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    return difference
  }

  /// Judges every open ticket and task by the version in force and by the candidate, at the same instant.
  /// - Parameter body: gets each clock that would move, tickets before tasks, in their order.
  public static func compare(
    _ candidate: AppliedRules.Candidate, on connection: Connection, now: Instant, _ body: (Move) throws -> Void
  ) throws -> Summary {
    guard let current = try AppliedRules.current(on: connection, now: now) else { return Summary() }
    let comparison = Comparison(
      before: try ClockBuilder(current, on: connection),
      after: try ClockBuilder(AppliedRules(candidate, now: now), on: connection), now: now)
    var summary = Summary()
    let scan = try TicketScan(connection)
    while try scan.next() {
      if scan.history.isClosed { continue }
      summary.openTickets += 1
      try comparison.compare(scan.ticketID, { try $0.build(scan.traits, scan.history) }, &summary, body)
    }
    for id in try TaskHistory.ids(since: nil, on: connection) {
      guard let history = try TaskHistory(id, on: connection) else { continue }
      if !history.course.isClosed { summary.openTasks += 1 }
      try comparison.compare(id, { try $0.build(history) }, &summary, body)
    }
    return summary
  }
}

/// The two configurations, side by side.
private struct Comparison {
  let before: ClockBuilder
  let after: ClockBuilder
  let now: Instant

  func compare(
    _ ownerID: Int64, _ build: (ClockBuilder) throws -> ClockBuilder.Built, _ summary: inout Plan.Summary,
    _ body: (Plan.Move) throws -> Void
  ) throws {
    let (old, new) = (try build(before), try build(after))
    let running = (old.cycles.filter { $0.stoppedAt == nil }, new.cycles.filter { $0.stoppedAt == nil })
    for kind in ClockKind.allCases {
      let (oldCycle, newCycle) = (running.0.first { $0.kind == kind }, running.1.first { $0.kind == kind })
      if oldCycle == nil, newCycle == nil { continue }
      let move = Plan.Move(
        clock: kind, ownerID: ownerID, before: try standing(oldCycle, of: ownerID, old, before),
        after: try standing(newCycle, of: ownerID, new, after))
      if let budget = newCycle?.promise?.budget, new.rule(kind)?.near.ignoresMargin(budget: budget) == true {
        summary.ignoredMargins.insert(new.policy)
      }
      let (from, to) = (move.before, move.after)
      if from.runs != to.runs {
        summary.clocksChanged += 1
      } else if from.deadline != to.deadline {
        summary.deadlinesMoved += 1
      }
      if from.situation != to.situation { summary.situationsMoved += 1 }
      if from.deadline != to.deadline || from.situation != to.situation || from.runs != to.runs { try body(move) }
    }
  }

  private func standing(
    _ cycle: ClockCycle?, of ownerID: Int64, _ built: ClockBuilder.Built, _ builder: ClockBuilder
  ) throws -> Plan.Standing {
    guard let cycle else { return Plan.Standing() }
    let (row, _) = try builder.running(cycle, of: ownerID, built, at: now)
    return Plan.Standing(deadline: row.deadline, situation: row.situation, policy: row.policy, runs: true)
  }
}
