internal import Desk
internal import SLA
internal import SQLite

/// Turns the history of a ticket or task into its clocks under one applied version: chooses the policy, and resolves its
/// promises.
final class ClockBuilder {
  let rules: AppliedRules
  private let clients: [Int64: String]
  private let products: [Int64: String]
  private let providers: [Int64: String]
  private var chosen: [TicketTraits: (policy: Policy, calendarID: Int64)] = [:]

  /// The policy of a ticket that none fits: it runs, and promises nothing.
  private static let none = Policy(name: "", calendar: Rules.alwaysCalendar)

  init(_ rules: AppliedRules, on connection: Connection) throws {
    self.rules = rules
    func names(_ list: NamedList) throws -> [Int64: String] {
      let rows = try connection.rows(sql: "SELECT id, name FROM \(list.rawValue)")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0].integer!, $0[1].text!) })
    }
    clients = try names(.client)
    products = try names(.product)
    providers = try names(.provider)
  }

  /// Kinds of events that nearly every ticket has and that move no clock of these rules: on a large desk not reading them
  /// saves a walk a quarter of its time.
  var idleKinds: [TicketEventKind] {
    let hasResponses = rules.rules.policies.contains { $0.firstResponse != nil || $0.nextResponse != nil }
    return hasResponses ? [.responsible, .vobo] : [.assigned, .responsible, .vobo]
  }

  /// What a history comes to under these rules.
  struct Built {
    /// The name of the policy that was chosen.
    let policy: String
    let calendarID: Int64
    let timeline: Timeline
    let cycles: [ClockCycle]
    /// The rule of a clock of these.
    let rule: (ClockKind) -> ClockRule?
  }

  func build(_ traits: TicketTraits, _ history: History) throws -> Built {
    let (policy, calendarID) = choose(traits)
    let (timeline, cycles) = try onGround(calendarID, history) { ground throws(CalendarError) in
      try ClockCycle.ofTicket(history, policy: policy, on: ground)
    }
    return Built(
      policy: policy.name, calendarID: calendarID, timeline: timeline, cycles: cycles, rule: policy.rule(of:))
  }

  func build(_ history: TaskHistory) throws -> Built {
    let tasks = rules.rules.tasks
    let calendarID = rules.calendarIDs[tasks.calendar] ?? 0
    let (timeline, cycles) = try onGround(calendarID, history.course) { ground throws(CalendarError) in
      try ClockCycle.ofTask(history, rules: tasks, on: ground)
    }
    return Built(
      policy: TaskRules.policyName, calendarID: calendarID, timeline: timeline, cycles: cycles, rule: tasks.rule(of:))
  }

  /// The cycles that `make` finds, on a timeline as long as they need.
  private func onGround(
    _ calendarID: Int64, _ history: History, _ make: (ClockCycle.Ground) throws(CalendarError) -> [ClockCycle]
  ) throws -> (Timeline, [ClockCycle]) {
    var through = history.lastHappenedAt
    for case .target(let instant) in history.terms.map(\.term) { through = max(through, instant) }
    let timeline = try rules.timeline(calendarID, from: history.openedAt, through: through)
    do {
      return (timeline, try make(ClockCycle.Ground(timeline: timeline)))
    } catch CalendarError.beyondHorizon {
      let timeline = try rules.longestTimeline(calendarID, from: history.openedAt)
      return (timeline, try make(ClockCycle.Ground(timeline: timeline, isLongest: true)))
    }
  }

  /// What policies are asked about a ticket, by the names of the desk.
  func names(of traits: TicketTraits) -> (client: String?, product: String?, provider: String?, priority: String?) {
    (
      clients[traits.clientID], traits.productID.flatMap { products[$0] }, traits.providerID.flatMap { providers[$0] },
      traits.priority
    )
  }

  private func choose(_ traits: TicketTraits) -> (policy: Policy, calendarID: Int64) {
    if let known = chosen[traits] { return known }
    let policy =
      rules.policy(
        client: clients[traits.clientID], product: traits.productID.flatMap { products[$0] },
        provider: traits.providerID.flatMap { providers[$0] }, priority: traits.priority) ?? Self.none
    let choice = (policy, rules.calendarIDs[policy.calendar] ?? 0)
    chosen[traits] = choice
    return choice
  }

  /// The row of a cycle that runs, judged at an instant.
  func running(
    _ cycle: ClockCycle, of ownerID: Int64, _ built: Built, at now: Instant
  ) throws -> (ClockRow, Judgement?) {
    func judge(_ promise: Promise) throws -> Judgement {
      try cycle.pauses.withUnsafeBufferPointer {
        try rules.judge(promise, pauses: $0, calendarID: built.calendarID, at: now)
      }
    }
    let judgement = try cycle.promise.map(judge)
    var row = ClockRow(
      ownerID: ownerID, kind: cycle.kind, calendarID: built.calendarID, startedAt: cycle.startedAt,
      promise: cycle.promise, situation: .onTime, cycle: cycle.number, moves: cycle.moves,
      originalDeadline: try cycle.original.map(judge)?.deadline,
      policy: built.policy, plazo: cycle.plazo?.description, pauses: cycle.pauses)
    if let judgement { row.take(judgement) }
    return (row, judgement)
  }

  /// The verdict on a cycle that stopped.
  func verdict(_ cycle: ClockCycle, of ownerID: Int64, _ built: Built, stoppedAt stop: Instant) throws -> VerdictRow {
    func verdict(_ promise: Promise) throws -> Verdict {
      let verdict = built.timeline.verdict(promise, pauses: cycle.pauses, stoppedAt: stop)
      if verdict.deadline != nil { return verdict }
      return try rules.longestTimeline(built.calendarID, from: promise.start)
        .verdict(promise, pauses: cycle.pauses, stoppedAt: stop)
    }
    return VerdictRow(
      cycle, of: ownerID, stoppedAt: stop, verdict: try cycle.promise.map(verdict),
      original: try cycle.original.map(verdict), policy: built.policy, policyVersionID: rules.versionID,
      calendarID: built.calendarID)
  }
}
