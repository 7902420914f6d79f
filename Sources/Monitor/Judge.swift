internal import Desk
public import SLA
public import SQLite

/// Judges the clocks of every open ticket, and of tasks, afresh at an instant, and writes nothing.
///
/// Where the last sweep has seen all that happened, its clocks are read in one walk; tickets with newer events, and any
/// instant before the last sweep, are judged from their events. The answer is the same either way.
public struct Judge {
  /// A running clock, judged.
  public struct Judged: Sendable {
    /// The ticket or task, as the kind says.
    public var ownerID: Int64
    public var kind: ClockKind
    public var calendarID: Int64
    /// `nil` without a plazo, and then so is the judgement.
    public var promise: Promise?
    public var judgement: Judgement?
    public var cycle: Int64
    public var moves: Int64
    public var originalDeadline: Instant?
    public var policy: String
    public var plazo: String?

    public var situation: Situation { judgement?.situation ?? .onTime }

    init(
      ownerID: Int64, kind: ClockKind, calendarID: Int64, promise: Promise?, judgement: Judgement?, cycle: Int64,
      moves: Int64, originalDeadline: Instant?, policy: String, plazo: String?
    ) {
      self.ownerID = ownerID
      self.kind = kind
      self.calendarID = calendarID
      self.promise = promise
      self.judgement = judgement
      self.cycle = cycle
      self.moves = moves
      self.originalDeadline = originalDeadline
      self.policy = policy
      self.plazo = plazo
    }

    init(_ row: ClockRow, _ judgement: Judgement?) {
      self.init(
        ownerID: row.ownerID, kind: row.kind, calendarID: row.calendarID, promise: row.promise, judgement: judgement,
        cycle: row.cycle, moves: row.moves, originalDeadline: row.originalDeadline, policy: row.policy,
        plazo: row.plazo)
    }
  }

  public let connection: Connection
  public let now: Instant
  /// The version that was in force at the instant.
  public let rules: AppliedRules
  let state: SweepState?
  /// Whether the last sweep looked later, so that the clocks that it keeps say too much.
  private let isPast: Bool
  /// Leaves out what was recorded after this event.
  let through: Int64

  /// - Parameters:
  ///   - candidate: stands in for applied rules on a desk that no sweep has seen.
  ///   - through: judges from the events alone, and of those only up to the one of this sequence; `nil`: whatever way is
  ///     quicker.
  public init(
    _ connection: Connection, now: Instant, candidate: AppliedRules.Candidate, through: Int64? = nil
  ) throws {
    self.connection = connection
    self.now = now
    self.through = through ?? .max
    state = try SweepState.load(connection)
    if let state, now >= state.sweptAt, through == nil {
      isPast = false
      rules = try AppliedRules(versionID: state.policyVersionID, on: connection, now: now)
    } else {
      isPast = true
      rules = try AppliedRules.inForce(at: now, on: connection) ?? AppliedRules(candidate, now: now)
    }
  }

  /// Calls `body` for every clock of every open ticket, in the order of the tickets.
  public func each(_ body: (Judged) throws -> Void) throws {
    try walk(clock: { walk, judgement in try body(walk.judged(judgement)) }, judged: body)
  }

  /// Calls `body` once for every open ticket, with the judgement of its worst clock, `nil` without a plazo; in the order
  /// of the tickets. Reads no more of a clock than judging needs.
  public func eachTicket(_ body: (_ ticketID: Int64, Judgement?) throws -> Void) throws {
    var worst: (ticketID: Int64, judgement: Judgement?)?
    func take(_ ticketID: Int64, _ judgement: Judgement?) throws {
      if let known = worst {
        if known.ticketID == ticketID {
          if (judgement?.situation ?? .onTime) > (known.judgement?.situation ?? .onTime) {
            worst?.judgement = judgement
          }
          return
        }
        try body(known.ticketID, known.judgement)
      }
      worst = (ticketID, judgement)
    }
    try walk(clock: { try take($0.ticketID, $1) }, judged: { try take($0.ownerID, $0.judgement) })
    if let worst { try body(worst.ticketID, worst.judgement) }
  }

  /// - Parameters:
  ///   - clock: gets each clock as the last sweep keeps it, judged now.
  ///   - judged: gets each clock that had to be judged from events.
  private func walk(
    clock: (ClockWalk, Judgement?) throws -> Void, judged: (Judged) throws -> Void
  ) throws {
    guard let state, !isPast else { return try eachFromEvents(judged) }
    let changed = try TicketScan.changedTickets(since: state.lastEvent, on: connection)
    var next = changed.startIndex
    let builder = try changed.isEmpty ? nil : ClockBuilder(rules, on: connection)
    // What was recorded since may have happened later than now.
    let scan = try changed.isEmpty ? nil : TicketScan(on: connection, until: now)
    func catchUp(to ticketID: Int64) throws {
      guard let builder, let scan else { return }
      while next < changed.endIndex, changed[next] <= ticketID {
        if try scan.stand(on: changed[next]) { try judge(scan, builder, judged) }
        next += 1
      }
    }
    let walk = try ClockWalk(connection)
    var last: (calendarID: Int64, timeline: Timeline)?
    while try walk.next() {
      if next < changed.endIndex { try catchUp(to: walk.ticketID) }
      if next > changed.startIndex, changed[next - 1] == walk.ticketID { continue }
      guard let promise = walk.promise else {
        try clock(walk, nil)
        continue
      }
      // One calendar after the other is the rule, so the last one is at hand.
      let through = max(promise.target ?? now, now)
      if let known = last, known.calendarID == walk.calendarID, rules.covers(known.timeline, promise.start, through) {
        let judgement = known.timeline.judge(promise, pauses: walk.pauses, at: now)
        if !judgement.isCutShort(walk.pauses) {
          try clock(walk, judgement)
          continue
        }
      }
      try clock(walk, rules.judge(promise, pauses: walk.pauses, calendarID: walk.calendarID, at: now))
      last = (walk.calendarID, try rules.timeline(walk.calendarID, from: promise.start, through: through))
    }
    try catchUp(to: .max)
  }

  /// The running clocks of one ticket, from its events; none when it is closed or not there.
  public func clocks(ofTicket id: Int64) throws -> [Judged] {
    let scan = try TicketScan(on: connection, until: now, through: through)
    guard try scan.stand(on: id) else { return [] }
    var clocks: [Judged] = []
    try judge(scan, ClockBuilder(rules, on: connection)) { clocks.append($0) }
    return clocks
  }

  /// The worst clock of one ticket, from its events; `nil` when it is closed or not there.
  public func one(_ ticketID: Int64) throws -> Judged? {
    var worst: Judged?
    for judged in try clocks(ofTicket: ticketID) where worst.map({ judged.situation > $0.situation }) ?? true {
      worst = judged
    }
    return worst
  }

  /// Calls `body` for every running clock of every task, in the order of the tasks, from their events.
  public func eachTaskClock(_ body: (Judged) throws -> Void) throws {
    let builder = try ClockBuilder(rules, on: connection)
    for id in try TaskHistory.ids(since: nil, on: connection) { try judge(taskID: id, builder, body) }
  }

  /// The running clocks of one task, from its events.
  public func clocks(ofTask id: Int64) throws -> [Judged] {
    var clocks: [Judged] = []
    try judge(taskID: id, ClockBuilder(rules, on: connection)) { clocks.append($0) }
    return clocks
  }

  private func eachFromEvents(_ body: (Judged) throws -> Void) throws {
    let builder = try ClockBuilder(rules, on: connection)
    let scan = try TicketScan(connection, until: now, through: through, passingOver: builder.idleKinds)
    while try scan.next() { try judge(scan, builder, body) }
  }

  private func judge(_ scan: TicketScan, _ builder: ClockBuilder, _ body: (Judged) throws -> Void) throws {
    if scan.history.isClosed { return }
    try judge(builder.build(scan.traits, scan.history), of: scan.ticketID, builder, body)
  }

  private func judge(taskID: Int64, _ builder: ClockBuilder, _ body: (Judged) throws -> Void) throws {
    guard let history = try TaskHistory(taskID, on: connection, until: now, through: through) else { return }
    try judge(builder.build(history), of: taskID, builder, body)
  }

  private func judge(
    _ built: ClockBuilder.Built, of ownerID: Int64, _ builder: ClockBuilder, _ body: (Judged) throws -> Void
  ) throws {
    for cycle in built.cycles where cycle.stoppedAt == nil {
      let (row, judgement) = try builder.running(cycle, of: ownerID, built, at: now)
      try body(Judged(row, judgement))
    }
  }
}
