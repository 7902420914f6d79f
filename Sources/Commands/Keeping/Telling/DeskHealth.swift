internal import Desk
internal import Glibc
internal import Monitor
internal import SLA
internal import SQLite
internal import Scheduler

/// How a desk stands at an instant, in numbers: what `check` holds against thresholds and `metrics` writes down.
struct DeskHealth {
  var late = 0
  var nearDue = 0
  /// Open tickets that are neither, those without a plazo apart.
  var onTime = 0
  var withoutPlazo = 0
  /// Tasks whose worst running clock stands so.
  var tasks: [Situation: Int] = [:]
  /// `nil` on a desk that no sweep has seen.
  var sweptAt: Instant?
  var lastEvent: Int64 = 0
  var jobs: [JobStatus] = []
  var parked = 0
  var pending = 0
  /// When the longest-waiting message was made; `nil` when none waits.
  var oldestPending: Instant?
  /// Whether plazo.json5 says what is in force.
  var isInForce = true
  var lastBackup: Instant?

  /// Missed and failed slots are counted over the last day.
  static let window: Seconds = 86_400

  /// One view of the desk.
  init(_ session: Session, _ desk: OpenDesk) throws {
    let connection = desk.connection
    let candidate = try desk.candidate(session.zones)
    let now = desk.now
    var (late, nearDue, onTime, withoutPlazo) = (0, 0, 0, 0)
    try connection.read {
      let judge = try Judge(connection, now: now, candidate: candidate)
      try judge.eachTicket { _, judgement in
        switch judgement?.situation {
        case .late: late += 1
        case .nearDue: nearDue += 1
        case .onTime: onTime += 1
        case nil: withoutPlazo += 1
        }
      }
      var worst: [Int64: Situation] = [:]
      try judge.eachTaskClock { worst[$0.ownerID] = max(worst[$0.ownerID] ?? .onTime, $0.situation) }
      for situation in worst.values { tasks[situation, default: 0] += 1 }
      if let state = try SweepState.load(connection) {
        sweptAt = state.sweptAt
        isInForce = try Plan.isApplied(candidate, on: connection)
      }
      lastEvent = try connection.integer(sql: "SELECT last FROM event_sequence") ?? 0
      let messages = try connection.rows(
        sql: """
          SELECT count(*) FILTER (WHERE state = 'parked'), count(*) FILTER (WHERE state = 'pending'),
                 min(created_at) FILTER (WHERE state = 'pending')
            FROM message WHERE state IN ('parked', 'pending')
          """)[0]
      parked = Int(messages[0].integer ?? 0)
      pending = Int(messages[1].integer ?? 0)
      oldestPending = messages[2].integer.map { Instant($0) }
    }
    (self.late, self.nearDue, self.onTime, self.withoutPlazo) = (late, nearDue, onTime, withoutPlazo)
    jobs = try SlotLedger(connection).statuses(
      of: desk.configuration.jobs.map(\.job), in: desk.zone, now: now, since: now - Self.window)
    lastBackup =
      BackupName.all(of: desk.folder, in: desk.configuration.keeping.backupFolder(of: desk.folder)).last?.madeAt
  }

  var waiting: Int { jobs.reduce(0) { $0 + $1.waiting } }
  var missed: Int { jobs.reduce(0) { $0 + $1.missed } }
  var failed: Int { jobs.reduce(0) { $0 + $1.failed } }
}
