public import Monitor
internal import SLA
public import SQLite

/// Answers what the views need and no query can compute: how clocks stand, where time went, when calendars open.
///
/// Each answer is asked for only where a query of the run reads it.
public protocol ReportJudge {
  /// Every running clock of every open ticket, those of a ticket together.
  func eachClock(_ insert: (JudgedRow) throws -> Void) throws
  /// Every running clock of every task.
  func eachTaskClock(_ insert: (JudgedRow) throws -> Void) throws
  /// Clocks that have stopped and whose verdict was not frozen by the as-of instant.
  func eachUnfrozen(_ insert: (StoppedClock) throws -> Void) throws
  /// Where the working time of late tickets went. - Parameter openLate: the open ones.
  func eachTimeSpent(openLate: [Int64], _ insert: (TimeSpent) throws -> Void) throws
  func outlooks() throws -> [CalendarOutlook]
}

/// A judge that knows of nothing; for lists that ask for nothing of the kind.
public struct NoJudge: ReportJudge {
  public init() {}
  public func eachClock(_ insert: (JudgedRow) throws -> Void) throws {}
  public func eachTaskClock(_ insert: (JudgedRow) throws -> Void) throws {}
  public func eachUnfrozen(_ insert: (StoppedClock) throws -> Void) throws {}
  public func eachTimeSpent(openLate: [Int64], _ insert: (TimeSpent) throws -> Void) throws {}
  public func outlooks() throws -> [CalendarOutlook] { [] }
}

/// The monitor's judgement at the instant of a run.
struct DeskJudge: ReportJudge {
  private let judge: Judge
  private let calendars: [Int64: String]
  private let period: Period?
  /// The last event that a sweep had seen; `nil`: the present one's own.
  private let seen: Int64?

  init(_ connection: Connection, _ request: ReportRequest, candidate: AppliedRules.Candidate) throws {
    judge = try Judge(connection, now: request.asOf, candidate: candidate, through: request.past?.through)
    calendars = Dictionary(judge.rules.calendarIDs.map { ($1, $0) }) { first, _ in first }
    period = request.period
    seen = try request.past.map { past in
      try past.swept?.event ?? Self.lastSeen(connection, at: request.asOf, through: past.through)
    }
  }

  /// Where no sweep is on record, the last event that one must have seen by then: what it wrote is dated.
  private static func lastSeen(_ connection: Connection, at instant: Instant, through: Int64) throws -> Int64 {
    if let state = try SweepState.load(connection), state.sweptAt <= instant, state.lastEvent <= through {
      return state.lastEvent
    }
    var latest: Int64?
    for (table, column) in [
      ("ticket_verdict", "recorded_at"), ("ticket_transition", "recorded_at"), ("task_verdict", "recorded_at"),
      ("task_transition", "recorded_at"), ("policy_application", "applied_at"),
    ] {
      let value = try connection.prepare(
        sql: "SELECT \(column) FROM \(table) WHERE \(column) <= ? ORDER BY id DESC LIMIT 1"
      ).rows(.integer(instant.seconds)).first?[0].integer
      latest = [latest, value].compactMap { $0 }.max()
    }
    guard let latest else { return 0 }
    let event = try connection.prepare(
      sql: "SELECT sequence FROM ticket_event WHERE recorded_at <= ?1 AND sequence <= ?2 ORDER BY sequence DESC LIMIT 1"
    ).rows(.integer(latest), .integer(through)).first?[0].integer
    return event ?? 0
  }

  func eachClock(_ insert: (JudgedRow) throws -> Void) throws {
    // One calendar after the other is the rule.
    var last: (id: Int64, name: String?)?
    try judge.each { judged in
      if last?.id != judged.calendarID { last = (judged.calendarID, calendars[judged.calendarID]) }
      try insert(JudgedRow(judged, calendar: last?.name))
    }
  }

  func eachTaskClock(_ insert: (JudgedRow) throws -> Void) throws {
    try judge.eachTaskClock { try insert(JudgedRow($0, calendar: calendars[$0.calendarID])) }
  }

  func eachUnfrozen(_ insert: (StoppedClock) throws -> Void) throws { try judge.eachUnfrozen(since: seen, insert) }

  func eachTimeSpent(openLate: [Int64], _ insert: (TimeSpent) throws -> Void) throws {
    try judge.eachTimeSpent(from: period?.from, to: period?.to, openLate: openLate, insert)
  }

  func outlooks() throws -> [CalendarOutlook] { try judge.rules.outlooks(at: judge.now) }
}

extension ReportRunner {
  /// Runs reports over a desk, judged by the monitor.
  ///
  /// - Parameter candidate: stands in for applied rules on a desk that no sweep has seen.
  public init(
    open: @escaping () throws -> Connection, candidate: AppliedRules.Candidate,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.init(
      open: open, judge: { try DeskJudge($0, $1, candidate: candidate) }, shouldStop: shouldStop)
  }
}

extension JudgedRow {
  init(_ judged: Judge.Judged, calendar: String?) {
    let judgement = judged.judgement
    self.init(
      ownerID: judged.ownerID, clock: judged.kind, situation: judged.situation, deadline: judgement?.deadline,
      remaining: judgement?.remaining, used: judgement?.used, budget: judged.promise?.budget, late: judgement?.late,
      nearAt: judgement?.nearSince, isPaused: judgement?.isPaused ?? false, policy: judged.policy, plazo: judged.plazo,
      cycle: judged.cycle, moves: judged.moves, originalDeadline: judged.originalDeadline, calendar: calendar)
  }
}
