internal import Desk
public import SLA
internal import SQLite

extension Judge {
  /// Why a ticket stands as it does at this instant; `nil` when there is none, or none was opened by then.
  /// - Parameter zone: the desk's.
  public func explain(ticket id: Int64, zone: Zone) throws -> Explanation? {
    let scan = try TicketScan(on: connection, until: now)
    guard try scan.stand(on: id) else { return nil }
    let title = try connection.value(sql: "SELECT title FROM ticket WHERE id = ?", .integer(id)).text ?? ""
    let setters = try Setters(ticket: id, on: connection)
    return try Explainer(self, owner: .ticket, id: id, setters: setters).explain(title: title, zone: zone) {
      builder, until in
      if let until {
        let scan = try TicketScan(on: connection, until: until)
        guard try scan.stand(on: id) else { return nil }
        return try Explainer.subject(scan, builder)
      }
      return try Explainer.subject(scan, builder)
    }
  }

  /// Why a task stands as it does at this instant; `nil` when there is none, or none was given by then.
  public func explain(task id: Int64, zone: Zone) throws -> Explanation? {
    guard try TaskHistory(id, on: connection, until: now) != nil else { return nil }
    let title = try connection.value(sql: "SELECT title FROM task WHERE id = ?", .integer(id)).text ?? ""
    return try Explainer(self, owner: .task, id: id, setters: Setters()).explain(title: title, zone: zone) {
      builder, limit in
      guard let history = try TaskHistory(id, on: connection, until: limit ?? now) else { return nil }
      return Explainer.Subject(
        history: history.course, built: try builder.build(history),
        choice: .init(name: TaskRules.policyName, place: 0, fits: [], passedOver: []),
        continues: builder.rules.rules.tasks.reopening == .continue)
    }
  }
}

/// Who set which plazo when.
struct Setters {
  private var logins: [Instant: String] = [:]

  init() {}

  init(ticket id: Int64, on connection: Connection) throws {
    for entry in try FollowUp(of: id, on: connection).entries where [.opened, .plazo, .target].contains(entry.kind) {
      logins[entry.happenedAt] = entry.actor ?? logins[entry.happenedAt]
    }
  }

  subscript(instant: Instant) -> String? { logins[instant] }
}

/// Puts an explanation together.
private struct Explainer {
  /// A ticket or task under one version.
  struct Subject {
    let history: History
    let built: ClockBuilder.Built
    let choice: Explanation.PolicyChoice
    /// Closed time is cut out when it is opened again.
    let continues: Bool
  }

  private let judge: Judge
  private let owner: ClockOwner
  private let id: Int64
  private let setters: Setters

  init(_ judge: Judge, owner: ClockOwner, id: Int64, setters: Setters) {
    (self.judge, self.owner, self.id, self.setters) = (judge, owner, id, setters)
  }

  /// - Parameter subject: gives the ticket or task under a builder's rules, with what had happened by an instant.
  func explain(
    title: String, zone: Zone, _ subject: (ClockBuilder, Instant?) throws -> Subject?
  ) throws -> Explanation {
    var explanation = Explanation(owner: owner, id: id, title: title, asOf: judge.now, zone: zone, clocks: [])
    let builder = try ClockBuilder(judge.rules, on: judge.connection)
    guard let current = try subject(builder, nil) else { return explanation }
    let frozen = try verdicts()
    var running: [Explanation.Clock] = []
    var stopped: [Explanation.Clock] = []
    for cycle in current.built.cycles {
      if cycle.stoppedAt == nil {
        running.append(try clock(cycle, current, builder, verdict: nil))
      } else if !frozen.contains(where: { $0.row.kind == cycle.kind && $0.row.cycle == cycle.number }) {
        stopped.append(try clock(cycle, current, builder, verdict: nil))
      }
    }
    var versions: [Int64: ClockBuilder] = [builder.rules.versionID: builder]
    for verdict in frozen {
      let version = verdict.row.policyVersionID
      let known =
        try versions[version]
        ?? ClockBuilder(
          AppliedRules(versionID: version, on: judge.connection, now: judge.now), on: judge.connection)
      versions[version] = known
      let then = try subject(known, verdict.recordedAt) ?? current
      guard
        let cycle = then.built.cycles.first(where: {
          $0.kind == verdict.row.kind && $0.number == verdict.row.cycle
        })
      else { continue }
      stopped.append(try clock(cycle, then, known, verdict: verdict))
    }
    let order = ClockKind.allCases
    func precedes(_ left: Explanation.Clock, _ right: Explanation.Clock) -> Bool {
      (order.firstIndex(of: left.kind)!, left.cycle) < (order.firstIndex(of: right.kind)!, right.cycle)
    }
    explanation.clocks = running.sorted(by: precedes) + stopped.sorted(by: precedes)
    return explanation
  }

  static func subject(_ scan: TicketScan, _ builder: ClockBuilder) throws -> Subject {
    let built = try builder.build(scan.traits, scan.history)
    let policies = builder.rules.rules.policies
    let policy = policies.first { $0.name == built.policy }
    return Subject(
      history: scan.history, built: built, choice: choice(built.policy, policies, builder.names(of: scan.traits)),
      continues: (policy?.reopening ?? .continue) == .continue)
  }

  // MARK: Clocks

  private struct Frozen {
    let row: VerdictRow
    let recordedAt: Instant
    let reason: String?
  }

  /// The verdicts that hold by now; a superseded one does not.
  private func verdicts() throws -> [Frozen] {
    let statement = try judge.connection.prepare(
      sql: """
        SELECT \(VerdictRow.columns(of: owner)), recorded_at, reason FROM \(owner.verdicts) v
          WHERE \(owner.column) = ?1 AND stopped_at <= ?2
            AND NOT EXISTS (SELECT 1 FROM \(owner.verdicts) WHERE supersedes_id = v.id) ORDER BY id
        """)
    statement.bind(1, id)
    statement.bind(2, judge.now.seconds)
    var verdicts: [Frozen] = []
    while try statement.step() {
      verdicts.append(
        Frozen(
          row: try VerdictRow(statement), recordedAt: Instant(statement.integer(VerdictRow.width)),
          reason: statement.textOrNil(VerdictRow.width + 1)))
    }
    return verdicts
  }

  private func clock(
    _ cycle: ClockCycle, _ subject: Subject, _ builder: ClockBuilder, verdict: Frozen?
  ) throws -> Explanation.Clock {
    let rules = builder.rules
    let built = subject.built
    let stop = cycle.stoppedAt
    let row = verdict?.row
    let end = stop ?? judge.now
    let reasoned =
      built.rule(cycle.kind).map {
        ClockCycle.reasonedPauses(
          subject.history, rule: $0,
          withoutClosedTime: subject.continues && (cycle.kind == .resolution || cycle.kind == .completion))
      } ?? []
    // A clock without pauses of its own, a VoBo's, has none however the ticket waits.
    let pauses = cycle.pauses.isEmpty ? [] : reasoned
    let ledger = try cycle.promise.map { try self.ledger($0, cycle, pauses.map(\.pause), built, rules) }
    let judgement = ledger?.judgement
    let original = try cycle.original.flatMap { promise in
      try judged(promise, clipped(cycle.pauses, stop), built, rules, at: end).deadline
    }
    let standing: Explanation.Standing =
      switch (stop, row) {
      case (nil, _): .running(judgement?.situation ?? .onTime)
      case (let stop?, let row?): .frozen(outcome: row.outcome, at: stop)
      case (let stop?, nil): .stopped(judgement.map { $0.situation == .late ? .late : .kept }, at: stop)
      }
    let used = judgement?.used ?? 0
    return Explanation.Clock(
      kind: cycle.kind, cycle: cycle.number, standing: standing, startedAt: cycle.startedAt,
      origin: origin(cycle, subject.history), budget: row == nil ? cycle.promise?.budget : row!.budget,
      deadline: row == nil ? judgement?.deadline : row!.deadline, used: row?.used ?? used,
      remaining: row == nil ? judgement?.remaining ?? 0 : (row!.budget ?? 0) - (row!.used ?? 0),
      late: row?.late ?? judgement?.late ?? 0, nearSince: judgement?.nearSince,
      isPaused: stop == nil && (judgement?.isPaused ?? false), moves: cycle.moves,
      originalDeadline: row == nil ? original : row!.originalDeadline, choice: subject.choice,
      calendar: try calendarName(built.calendarID, rules), version: try version(rules),
      pauses: pauses.map { .init(from: $0.pause.from, to: $0.pause.to, reason: $0.reason) },
      stretches: ledger?.stretches ?? [], recounted: row?.used.flatMap { $0 == used ? nil : used },
      correction: verdict?.reason)
  }

  private func clipped(_ pauses: [Pause], _ stop: Instant?) -> [Pause] {
    stop.map { Pause.clipped(pauses, to: $0) } ?? pauses
  }

  private func judged(
    _ promise: Promise, _ pauses: [Pause], _ built: ClockBuilder.Built, _ rules: AppliedRules, at instant: Instant
  ) throws -> Judgement {
    try Pause.merged(pauses).withUnsafeBufferPointer {
      try rules.judge(promise, pauses: $0, calendarID: built.calendarID, at: instant)
    }
  }

  /// The ledger to now or the stop and on to the deadline, cut at now; judged at now or the stop.
  private func ledger(
    _ promise: Promise, _ cycle: ClockCycle, _ pauses: [Pause], _ built: ClockBuilder.Built, _ rules: AppliedRules
  ) throws -> (judgement: Judgement, stretches: [Ledger.Stretch]) {
    let end = cycle.stoppedAt ?? judge.now
    // Their order tells the reasons, so those that are cut off stay, empty.
    let pauses =
      cycle.stoppedAt.map { stop in
        pauses.map { Pause(from: min($0.from, stop), to: min($0.to ?? stop, stop)) }
      } ?? pauses
    let judgement = try judged(promise, pauses, built, rules, at: end)
    let until = cycle.stoppedAt ?? max(end, judgement.deadline ?? end)
    guard let (definition, zone) = rules.calendar(built.calendarID) else {
      return (judgement, [])
    }
    var timeline = try rules.timeline(built.calendarID, from: promise.start, through: max(until, promise.start))
    if judgement.deadline == nil { timeline = try rules.longestTimeline(built.calendarID, from: promise.start) }
    let whole = timeline.ledger(promise, pauses: pauses, definition: definition, zone: zone, until: until)
    var stretches: [Ledger.Stretch] = []
    for stretch in whole.stretches {
      guard stretch.from < end, end < stretch.to else {
        stretches.append(stretch)
        continue
      }
      var (before, after) = (stretch, stretch)
      before.to = end
      after.from = end
      if stretch.counted > 0 { (before.counted, after.counted) = (before.length, after.length) }
      stretches += [before, after]
    }
    return (judgement, stretches)
  }

  // MARK: Reasons

  private func origin(_ cycle: ClockCycle, _ history: History) -> Explanation.PlazoOrigin {
    let isLong = cycle.kind == .resolution || cycle.kind == .completion
    // The one that holds is the last of the cycle's own, which a reopening may have started anew.
    let term = isLong ? history.terms.last { $0.at <= cycle.startedAt } : nil
    switch term?.term {
    case .plazo(let plazo)?: return .set(plazo, at: term!.at, by: setters[term!.at])
    case .target(let instant)?: return .target(instant, at: term!.at, by: setters[term!.at])
    case .policy?, nil: return cycle.plazo.map { .policy($0) } ?? .none
    }
  }

  private static func choice(
    _ name: String, _ policies: [Policy],
    _ names: (client: String?, product: String?, provider: String?, priority: String?)
  ) -> Explanation.PolicyChoice {
    func conditions(_ policy: Policy) -> [(key: String, wanted: [String], value: String?)] {
      [
        ("client", policy.match.clients, names.client), ("product", policy.match.products, names.product),
        ("provider", policy.match.providers, names.provider), ("priority", policy.match.priorities, names.priority),
      ].filter { !$0.1.isEmpty }
    }
    var passedOver: [Explanation.Mismatch] = []
    for (index, policy) in policies.enumerated() {
      let conditions = conditions(policy)
      if policy.name == name {
        return .init(
          name: name, place: index + 1, fits: conditions.map { .init(key: $0.key, value: $0.value ?? "") },
          passedOver: passedOver)
      }
      if let mismatch = conditions.first(where: { condition in
        !(condition.value.map(condition.wanted.contains) ?? false)
      }) {
        passedOver.append(
          .init(policy: policy.name, key: mismatch.key, wanted: mismatch.wanted, value: mismatch.value))
      }
    }
    return .init(name: "", place: 0, fits: [], passedOver: passedOver)
  }

  private func calendarName(_ id: Int64, _ rules: AppliedRules) throws -> Explanation.CalendarName {
    let name = rules.calendarIDs.first { $0.value == id }?.key ?? ""
    let version =
      rules.versionID == 0
      ? nil : try judge.connection.value(sql: "SELECT hash FROM calendar_version WHERE id = ?", .integer(id)).text
    return .init(name: name, version: version, zone: rules.calendar(id)?.zone ?? .utc)
  }

  /// When the version was applied, and if more than once, the last time before this instant.
  private func version(_ rules: AppliedRules) throws -> Explanation.Version {
    let at = try judge.connection.integer(
      sql: "SELECT max(applied_at) FROM policy_application WHERE policy_version_id = ? AND applied_at <= ?",
      .integer(rules.versionID), .integer(judge.now.seconds))
    return .init(hash: rules.hash, appliedAt: at.map { Instant($0) })
  }
}
