internal import Desk
public import SLA
public import SQLite

/// Judges every open ticket's clocks afresh at an instant, and writes nothing.
///
/// Where the last sweep has seen all that happened, its clocks are read in one walk; tickets with newer events, and any
/// instant before the last sweep, are judged from their events. The answer is the same either way.
public struct Judge {
  /// A clock of an open ticket, judged.
  public struct Judged: Sendable {
    public var ticketID: Int64
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
  }

  public let connection: Connection
  public let now: Instant
  public let rules: AppliedRules
  private let state: SweepState?

  /// - Parameter candidate: stands in for applied rules on a desk that no sweep has seen.
  public init(_ connection: Connection, now: Instant, candidate: AppliedRules.Candidate) throws {
    self.connection = connection
    self.now = now
    state = try SweepState.load(connection)
    if let state {
      rules = try AppliedRules(versionID: state.policyVersionID, on: connection, now: now)
    } else {
      rules = try AppliedRules(candidate, now: now)
    }
  }

  /// Calls `body` for every clock of every open ticket, in the order of the tickets.
  public func each(_ body: (Judged) throws -> Void) throws {
    guard let state, now >= state.sweptAt else { return try eachFromEvents(body) }
    let changed = try changedTickets(since: state.lastEvent)
    var next = changed.startIndex
    let builder = try changed.isEmpty ? nil : ClockBuilder(rules, on: connection)
    let scan = try changed.isEmpty ? nil : TicketScan(on: connection)
    func catchUp(to ticketID: Int64) throws {
      guard let builder, let scan else { return }
      while next < changed.endIndex, changed[next] <= ticketID {
        if try scan.stand(on: changed[next]) { try judge(scan, builder, body) }
        next += 1
      }
    }
    try eachClock { clock in
      if next < changed.endIndex { try catchUp(to: clock.ticketID) }
      if next > changed.startIndex, changed[next - 1] == clock.ticketID { return }
      try body(clock)
    }
    try catchUp(to: .max)
  }

  /// The worst clock of one ticket, from its events; `nil` when it is closed or not there.
  public func one(_ ticketID: Int64) throws -> Judged? {
    let scan = try TicketScan(on: connection)
    guard try scan.stand(on: ticketID) else { return nil }
    var worst: Judged?
    try judge(scan, ClockBuilder(rules, on: connection)) { judged in
      if worst.map({ judged.situation > $0.situation }) ?? true { worst = judged }
    }
    return worst
  }

  private func changedTickets(since sequence: Int64) throws -> [Int64] {
    let last = try connection.integer(sql: "SELECT last FROM event_sequence") ?? 0
    if last == sequence { return [] }
    let statement = try connection.prepare(sql: "SELECT DISTINCT ticket_id FROM ticket_event WHERE sequence > ?")
    return try statement.rows(.integer(sequence)).compactMap { $0[0].integer }.sorted()
  }

  /// The kept clocks, with their pauses, in one walk over both.
  private func eachClock(_ body: (Judged) throws -> Void) throws {
    let clocks = try connection.prepare(sql: "SELECT \(ClockRow.columns) FROM ticket_clock ORDER BY ticket_id, kind")
    let walk = try PauseWalk(connection)
    while try clocks.step() {
      let row = try ClockRow(clocks)
      let pauses = try walk.pauses(of: row.ticketID, row.kind.rawValue)
      var judgement: Judgement?
      if let promise = row.promise {
        let timeline = try rules.timeline(
          row.calendarID, from: promise.start, through: max(promise.target ?? now, now))
        judgement = timeline.judge(promise, pauses: pauses, at: now)
      }
      try body(
        Judged(
          ticketID: row.ticketID, kind: row.kind, calendarID: row.calendarID, promise: row.promise,
          judgement: judgement, cycle: row.cycle, moves: row.moves, originalDeadline: row.originalDeadline,
          policy: row.policy, plazo: row.plazo))
    }
  }

  private func eachFromEvents(_ body: (Judged) throws -> Void) throws {
    let builder = try ClockBuilder(rules, on: connection)
    let scan = try TicketScan(connection, until: now)
    while try scan.next() { try judge(scan, builder, body) }
  }

  private func judge(_ scan: TicketScan, _ builder: ClockBuilder, _ body: (Judged) throws -> Void) throws {
    if scan.history.isClosed { return }
    let built = try builder.build(scan.traits, scan.history)
    guard let cycle = built.cycles.last, cycle.stoppedAt == nil else { return }
    let (row, judgement) = builder.running(cycle, of: scan.ticketID, built, at: now)
    try body(
      Judged(
        ticketID: row.ticketID, kind: row.kind, calendarID: row.calendarID, promise: row.promise,
        judgement: judgement, cycle: row.cycle, moves: row.moves, originalDeadline: row.originalDeadline,
        policy: row.policy, plazo: row.plazo))
  }
}

/// Reads the pauses of clocks in the order of the clocks.
final class PauseWalk {
  private let statement: Statement
  private var hasRow: Bool
  private var pauses: [Pause] = []

  init(_ connection: Connection) throws {
    statement = try connection.prepare(
      sql: "SELECT ticket_id, kind, from_at, to_at FROM ticket_clock_pause ORDER BY ticket_id, kind, from_at")
    hasRow = try statement.step()
  }

  /// The pauses of a clock; clocks must be asked for in ascending order.
  func pauses(of ticketID: Int64, _ kind: String) throws -> [Pause] {
    pauses.removeAll(keepingCapacity: true)
    while hasRow {
      let id = statement.integer(0)
      if id > ticketID { break }
      if id == ticketID {
        let other = statement.text(1)
        if other > kind { break }
        if other == kind {
          pauses.append(Pause(from: Instant(statement.integer(2)), to: statement.integerOrNil(3).map { Instant($0) }))
        }
      }
      hasRow = try statement.step()
    }
    return pauses
  }
}
