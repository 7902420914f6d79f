internal import Desk
public import SLA
internal import SQLite

/// How much of a late ticket's working time somebody had it.
public struct TimeSpent: Sendable, Hashable {
  /// Who had to act while the time passed.
  public enum Holder: Sendable, Hashable {
    case technician(Int64)
    case unassigned
    case client
    case provider
    /// It was closed, and the client had not signed it off; of policies whose clock counts that time.
    case vobo
  }

  public var ticketID: Int64
  public var cycle: Int64
  public var holder: Holder
  /// Working seconds of the resolution clock, its pauses left out.
  public var seconds: Seconds
  /// In how many stretches.
  public var turns: Int64

  public init(ticketID: Int64, cycle: Int64, holder: Holder, seconds: Seconds, turns: Int64) {
    self.ticketID = ticketID
    self.cycle = cycle
    self.holder = holder
    self.seconds = seconds
    self.turns = turns
  }
}

extension Judge {
  /// Calls `body` for whoever had a late ticket: one that is open and late, or that was closed late within a period. The
  /// parts of a ticket add up to the time that its resolution clock has used.
  ///
  /// - Parameters:
  ///   - from, to: When a closed ticket was closed; `nil`: whenever.
  ///   - openLate: The open tickets whose resolution clock is late.
  public func eachTimeSpent(
    from: Instant?, to: Instant?, openLate: [Int64], _ body: (TimeSpent) throws -> Void
  ) throws {
    let walk = try HolderWalk(self)
    for id in openLate { try walk.tell(id, cycle: nil, version: rules.versionID, body) }
    let closed = try connection.prepare(
      sql: """
        SELECT ticket_id, cycle, policy_version_id FROM ticket_verdict v
          WHERE kind = 'resolution' AND outcome = 'late' AND stopped_at <= ?1 AND recorded_at <= ?1
            AND stopped_at >= ?2 AND stopped_at < ?3
            AND NOT EXISTS (SELECT 1 FROM ticket_verdict s WHERE s.supersedes_id = v.id AND s.recorded_at <= ?1)
          ORDER BY ticket_id, cycle
        """)
    closed.bind(1, now.seconds)
    closed.bind(2, from?.seconds ?? .min)
    closed.bind(3, to?.seconds ?? .max)
    while try closed.step() {
      try walk.tell(closed.integer(0), cycle: closed.integer(1), version: closed.integer(2), body)
    }
  }
}

/// Splits the working time of a clock where its ticket changed hands.
private final class HolderWalk {
  private let judge: Judge
  private let scan: TicketScan
  private let moves: Statement
  private var builders: [Int64: ClockBuilder] = [:]

  init(_ judge: Judge) throws {
    self.judge = judge
    scan = try TicketScan(on: judge.connection, until: judge.now, through: judge.through)
    moves = try judge.connection.prepare(
      sql: """
        SELECT happened_at, kind, value FROM ticket_event e
          WHERE ticket_id = ?1 AND happened_at <= ?2 AND sequence <= ?3
            AND kind IN ('assigned', 'waiting', 'closed', 'reopened')
            -- A closing that was put right was none.
            AND NOT (kind = 'closed' AND '\(TicketChange.corrected)' IS (
              SELECT n.value FROM ticket_event n
              WHERE n.ticket_id = ?1 AND n.happened_at <= ?2 AND n.sequence <= ?3 AND n.sequence > e.sequence
                AND n.kind IN ('closed', 'reopened')
              ORDER BY n.sequence LIMIT 1))
          ORDER BY happened_at, sequence
        """)
  }

  private func builder(_ version: Int64) throws -> ClockBuilder {
    if let known = builders[version] { return known }
    let rules =
      version == judge.rules.versionID
      ? judge.rules : try AppliedRules(versionID: version, on: judge.connection, now: judge.now)
    let builder = try ClockBuilder(rules, on: judge.connection)
    builders[version] = builder
    return builder
  }

  /// - Parameter cycle: of the clock that stopped; `nil`: the one that runs.
  func tell(_ id: Int64, cycle: Int64?, version: Int64, _ body: (TimeSpent) throws -> Void) throws {
    guard try scan.stand(on: id) else { return }
    let builder = try builder(version)
    let built = try builder.build(scan.traits, scan.history)
    // Its last cycle has the time of the earlier ones too, or began anew.
    guard let clock = built.cycles.last(where: { $0.kind == .resolution }), let promise = clock.promise,
      cycle == nil ? clock.stoppedAt == nil : clock.number == cycle && clock.stoppedAt != nil
    else { return }
    let end = clock.stoppedAt ?? judge.now
    let line = try builder.rules.timeline(built.calendarID, from: promise.start, through: end)
    var spent: [(holder: TimeSpent.Holder, seconds: Seconds, turns: Int64)] = []
    func add(_ holder: TimeSpent.Holder, from: Instant, to: Instant) {
      let seconds = Self.worked(line, from: max(from, promise.start), to: min(to, end), pauses: clock.pauses)
      guard seconds > 0 else { return }
      if let index = spent.firstIndex(where: { $0.holder == holder }) {
        spent[index].seconds += seconds
        spent[index].turns += 1
      } else {
        spent.append((holder, seconds, 1))
      }
    }
    var state = HolderState()
    var since = scan.history.openedAt
    moves.reset()
    moves.bind(1, id)
    moves.bind(2, judge.now.seconds)
    moves.bind(3, judge.through)
    while try moves.step() {
      let before = state.holder
      let at = Instant(moves.integer(0))
      state.take(moves.text(1), moves.textOrNil(2))
      guard state.holder != before else { continue }
      add(before, from: since, to: at)
      since = at
    }
    add(state.holder, from: since, to: end)
    for (holder, seconds, turns) in spent {
      try body(TimeSpent(ticketID: id, cycle: clock.number, holder: holder, seconds: seconds, turns: turns))
    }
  }

  /// The working seconds between two instants that no pause takes out.
  private static func worked(_ line: Timeline, from: Instant, to: Instant, pauses: [Pause]) -> Seconds {
    guard from < to else { return 0 }
    var seconds = line.workedSeconds(until: to) - line.workedSeconds(until: from)
    for pause in pauses {
      let (start, end) = (max(from, pause.from), min(to, pause.to ?? to))
      if start < end { seconds -= line.workedSeconds(until: end) - line.workedSeconds(until: start) }
    }
    return seconds
  }
}

/// Who has to act on a ticket, as its events go by.
private struct HolderState {
  private var assigned: Int64?
  private var waitingOn = Party.support
  private var isClosed = false

  var holder: TimeSpent.Holder {
    if isClosed { return .vobo }
    switch waitingOn {
    case .client: return .client
    case .provider: return .provider
    case .support: return assigned.map { .technician($0) } ?? .unassigned
    }
  }

  mutating func take(_ kind: String, _ value: String?) {
    switch kind {
    case "assigned": assigned = value.flatMap { Int64($0) }
    case "waiting": waitingOn = value.flatMap(Party.init(rawValue:)) ?? waitingOn
    case "closed": isClosed = true
    default:
      isClosed = false
      waitingOn = .support
    }
  }
}
