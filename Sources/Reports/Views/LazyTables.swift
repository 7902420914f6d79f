internal import Monitor
internal import SLA
internal import SQLite

/// The tables behind the views that are filled by the judge, and only as far as the queries of a run read them: judging a
/// large desk takes longer than many a report.
final class LazyTables {
  /// What some queries read.
  struct Use: OptionSet {
    let rawValue: Int
    /// Every running clock of tickets.
    static let clocks = Use(rawValue: 1)
    /// Each open ticket's worst.
    static let worst = Use(rawValue: 2)
    static let taskClocks = Use(rawValue: 4)
    static let unfrozen = Use(rawValue: 8)
    static let timeSpent = Use(rawValue: 16)
    static let outlooks = Use(rawValue: 32)
    static let openCounts = Use(rawValue: 64)
    static let recentDays = Use(rawValue: 128)

    static let tables: [(name: String, use: Use)] = [
      ("judged", .clocks), ("report_worst", .worst), ("judged_task", .taskClocks), ("unfrozen", .unfrozen),
      ("unfrozen_last", .unfrozen), ("spent", .timeSpent), ("outlook", .outlooks), ("open_count", .openCounts),
      ("recent_day", .recentDays),
    ]
  }

  private let connection: Connection
  /// The pages at which the tables begin, by which a query's program names them.
  private let pages: [Int64: Use]

  private let request: ReportRequest

  init(_ connection: Connection, for request: ReportRequest) throws {
    self.connection = connection
    self.request = request
    var pages: [Int64: Use] = [:]
    for (name, use) in Use.tables {
      // With its indexes, by which a query can answer alone.
      for row in try connection.prepare(sql: "SELECT rootpage FROM sqlite_temp_schema WHERE tbl_name = ?")
        .rows(.text(name))
      {
        if let page = row[0].integer { pages[page] = use }
      }
    }
    self.pages = pages
  }

  /// What queries read. A join that an answer does not need is left out by SQLite, and so it is here. Nothing is run; a
  /// query that is wrong reads nothing, and is told as a fault when it is prepared in earnest.
  /// - Source: <https://www.sqlite.org/opcode.html>, `OpenRead`: P2 is the root page, P3 the database, 1 being temporary.
  func use(of queries: [String]) throws -> Use {
    var use: Use = []
    for sql in queries {
      guard let program = try? connection.prepare(sql: "EXPLAIN \(sql)") else { continue }
      while try program.step() {
        guard program.text(1) == "OpenRead", program.integer(4) == 1 else { continue }
        if let read = pages[program.integer(3)] { use.formUnion(read) }
      }
    }
    return use
  }

  /// Call before the connection is limited to reading.
  func fill(_ use: Use, from judge: any ReportJudge) throws {
    // Which of the closed were late is counted from their verdicts.
    if !use.isDisjoint(with: [.unfrozen, .recentDays]) { try fillUnfrozen(judge) }
    let needsLate = use.contains(.timeSpent)
    var late: [Int64] = []
    if !use.isDisjoint(with: [.clocks, .worst, .timeSpent, .openCounts, .recentDays]) {
      try fillClocks(use, judge) { row in
        if needsLate, row.clock == .resolution, row.situation == .late { late.append(row.ownerID) }
      }
    }
    if use.contains(.taskClocks) {
      let tasks = try JudgedTable("judged_task", on: connection)
      try judge.eachTaskClock { try tasks.insert($0) }
    }
    if use.contains(.timeSpent) { try fillTimeSpent(judge, openLate: late) }
    if use.contains(.outlooks) { try fillOutlooks(judge) }
  }

  private func fillClocks(_ use: Use, _ judge: any ReportJudge, _ each: (JudgedRow) -> Void) throws {
    let clocks = try use.contains(.clocks) ? JudgedTable("judged", on: connection) : nil
    let worst = try use.contains(.worst) ? JudgedTable("report_worst", on: connection) : nil
    let tally =
      try use.isDisjoint(with: [.openCounts, .recentDays]) ? nil : TicketTally(connection, use, for: request)
    func take(_ row: JudgedRow) throws {
      try worst?.insert(row)
      try tally?.add(row)
    }
    var pending: JudgedRow?
    try judge.eachClock { row in
      each(row)
      try clocks?.insert(row)
      guard let known = pending, known.ownerID == row.ownerID else {
        if let pending { try take(pending) }
        pending = row
        return
      }
      if row.isWorse(than: known) { pending = row }
    }
    if let pending { try take(pending) }
    try tally?.finish()
  }

  private func fillUnfrozen(_ judge: any ReportJudge) throws {
    let all = try connection.prepare(
      sql: "INSERT INTO unfrozen VALUES (\(Array(repeating: "?", count: 18).joined(separator: ", ")))")
    try judge.eachUnfrozen { clock in
      try all.run(
        .text(clock.kind.owner.rawValue), .integer(clock.ownerID), .text(clock.kind.rawValue), .integer(clock.cycle),
        .integer(clock.startedAt.seconds), .integer(clock.stoppedAt.seconds), .text(clock.outcome),
        Value(clock.deadline?.seconds), Value(clock.budget), Value(clock.used), Value(clock.late),
        .integer(clock.moves), Value(clock.originalDeadline?.seconds), Value(clock.originalOutcome),
        .text(clock.policy), Value(clock.plazo), .integer(clock.policyVersionID), .integer(clock.calendarID))
    }
    // Of each closed ticket the verdict that its row shows.
    try connection.execute(
      sql: """
        INSERT OR IGNORE INTO unfrozen_last
          SELECT owner_id, kind, cycle, stopped_at, outcome, original_outcome, deadline, original_deadline, moves, budget_s,
            used_s, late_s, policy, plazo
          FROM unfrozen WHERE owner = 'ticket' ORDER BY owner_id, stopped_at DESC, kind = 'resolution' DESC
        """)
  }

  private func fillTimeSpent(_ judge: any ReportJudge, openLate: [Int64]) throws {
    let insert = try connection.prepare(sql: "INSERT INTO spent VALUES (?, ?, ?, ?, ?, ?)")
    try judge.eachTimeSpent(openLate: openLate) { spent in
      let (holder, user): (String, Int64?) =
        switch spent.holder {
        case .technician(let id): ("technician", id)
        case .unassigned: ("unassigned", nil)
        case .client: ("client", nil)
        case .provider: ("provider", nil)
        case .vobo: ("vobo", nil)
        }
      try insert.run(
        .integer(spent.ticketID), .integer(spent.cycle), .text(holder), Value(user), .integer(spent.seconds),
        .integer(spent.turns))
    }
  }

  private func fillOutlooks(_ judge: any ReportJudge) throws {
    let insert = try connection.prepare(sql: "INSERT INTO outlook VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for outlook in try judge.outlooks() {
      try insert.run(
        .text(outlook.calendar), Value(outlook.closesAt?.seconds), Value(outlook.opensAt?.seconds),
        Value(outlook.nextClosesAt?.seconds), Value(outlook.breakFrom?.seconds), Value(outlook.breakTo?.seconds),
        .integer(outlook.breakDays), Value(outlook.breakName))
    }
  }
}

extension JudgedRow {
  /// A ticket's worst clock is the one in the worst situation, and of those the one that is due first.
  fileprivate func isWorse(than other: JudgedRow) -> Bool {
    if situation != other.situation { return situation > other.situation }
    guard let deadline else { return false }
    return other.deadline.map { deadline < $0 } ?? true
  }
}
