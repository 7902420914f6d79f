internal import SLA
internal import SQLite

/// An entry of hours, its names looked up.
struct ActivityRow: Equatable {
  var technicianID: Int64
  /// `nil` for a booking by day.
  var startedAt: Instant?
  var day: LocalDate
  var seconds: Seconds
  var description: String
  var ticketID: Int64?
  var taskID: Int64?
  var clientID: Int64?

  var booking: Booking { startedAt == nil ? .day : .event }
}

/// Writes entries of hours, and holds each against what stands: the one place that says what cannot be. The transaction
/// is the caller's.
struct ActivityBook {
  static let longestDay: Seconds = 86_400

  let connection: Connection
  let now: Instant
  let actorID: Int64

  init(_ connection: Connection, now: Instant, actorID: Int64) {
    self.connection = connection
    self.now = now
    self.actorID = actorID
  }

  /// - Parameter old: the entry in whose place this one comes. - Returns: the number of the new one.
  func add(_ row: ActivityRow, correcting old: Int64? = nil, reason: String? = nil) throws -> Int64 {
    try check(row, but: old)
    try connection.run(
      sql: """
        INSERT INTO activity (technician_id, booking, day, started_at, seconds, description, ticket_id, task_id,
          client_id, recorded_at, recorded_by, corrects_id, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, .integer(row.technicianID), .text(row.booking.rawValue), .text(row.day.description),
      Value(row.startedAt?.seconds), .integer(row.seconds), .text(row.description), Value(row.ticketID),
      Value(row.taskID), Value(row.clientID), .integer(now.seconds), .integer(actorID), Value(old), Value(reason))
    return connection.lastInsertedID
  }

  func takeBack(_ id: Int64, reason: String) throws {
    try ActivityPeriods.check(day(of: id), connection)
    try connection.run(
      sql: "INSERT INTO activity_void (activity_id, recorded_at, recorded_by, reason) VALUES (?, ?, ?, ?)",
      .integer(id), .integer(now.seconds), .integer(actorID), .text(reason))
  }

  /// - Throws: `DeskError` for an entry that there is not, or that no longer counts, naming the one that does.
  func standing(_ id: Int64) throws -> ActivityRow {
    let statement = try connection.cached(
      sql: """
        SELECT technician_id, started_at, day, seconds, description, ticket_id, task_id, client_id FROM activity
          WHERE id = ?
        """)
    statement.bind(1, id)
    defer { statement.reset() }
    guard try statement.step(), let day = LocalDate(statement.text(2)) else {
      throw DeskError("there is no activity \(id)", mend: "see 'plazo activity list'")
    }
    if let last = try lastCorrection(of: id) {
      throw DeskError("activity \(id) was corrected already", mend: "correct activity \(last), which stands in for it")
    }
    if try connection.integer(sql: "SELECT 1 FROM activity_void WHERE activity_id = ?", .integer(id)) != nil {
      throw DeskError("activity \(id) was taken back", mend: "log it anew")
    }
    return ActivityRow(
      technicianID: statement.integer(0), startedAt: statement.integerOrNil(1).map { Instant($0) }, day: day,
      seconds: statement.integer(3), description: statement.text(4), ticketID: statement.integerOrNil(5),
      taskID: statement.integerOrNil(6), clientID: statement.integerOrNil(7))
  }

  /// The end of the chain of corrections that begins at an entry; `nil` when nothing stands in for it.
  func lastCorrection(of id: Int64) throws -> Int64? {
    try connection.integer(
      sql: """
        WITH RECURSIVE chain (id, steps) AS (
          SELECT id, 0 FROM activity WHERE id = ?
          UNION ALL SELECT a.id, steps + 1 FROM activity a JOIN chain c ON a.corrects_id = c.id
        )
        SELECT id FROM chain WHERE steps > 0 ORDER BY steps DESC LIMIT 1
        """, .integer(id))
  }

  // MARK: What cannot be

  private func check(_ row: ActivityRow, but old: Int64?) throws {
    guard row.description.hasText else {
      throw DeskError("the activity has no text", mend: "say what was done with --text")
    }
    guard row.seconds > 0, row.seconds <= Self.longestDay else {
      throw DeskError("the time spent is not within a day", mend: "give it as 1h30, 90m or 1.5, at most 24h")
    }
    // Nowhere is it later than fourteen hours after Greenwich.
    let today = LocalDate(localSeconds: now.seconds + 14 * 3600)
    guard (row.startedAt.map { $0 + row.seconds } ?? now) <= now, row.day <= today else {
      throw DeskError("the activity would end in time still to come", mend: "log it when it is over")
    }
    try ActivityPeriods.check(row.day, connection)
    if let old { try ActivityPeriods.check(day(of: old), connection) }
    try refuseOverlap(row, but: old)
    try refuseTooLongADay(row, but: old)
    if let ticketID = row.ticketID, try Tickets(connection).ticket(ticketID) == nil {
      throw DeskError("there is no ticket \(ticketID)", mend: "see 'plazo ticket list'")
    }
    if let taskID = row.taskID,
      try connection.integer(sql: "SELECT 1 FROM task WHERE id = ?", .integer(taskID)) == nil
    {
      throw DeskError("there is no task \(taskID)", mend: "see 'plazo task list'")
    }
  }

  private func refuseOverlap(_ row: ActivityRow, but old: Int64?) throws {
    guard let start = row.startedAt else { return }
    // An entry lasts a day at most, so that the index by day finds every one that could reach so far.
    let other = try connection.integer(
      sql: """
        SELECT id FROM standing_activity
          WHERE technician_id = ?1 AND day BETWEEN ?5 AND ?6 AND started_at < ?2 AND started_at + seconds > ?3
            AND id IS NOT ?4 LIMIT 1
        """, .integer(row.technicianID), .integer((start + row.seconds).seconds), .integer(start.seconds), Value(old),
      .text(row.day.adding(days: -2).description), .text(row.day.adding(days: 2).description))
    if let other {
      throw DeskError("it overlaps activity \(other)", mend: "change the start or the time spent")
    }
  }

  private func refuseTooLongADay(_ row: ActivityRow, but old: Int64?) throws {
    let sum = try connection.integer(
      sql: "SELECT sum(seconds) FROM standing_activity WHERE technician_id = ? AND day = ? AND id IS NOT ?",
      .integer(row.technicianID), .text(row.day.description), Value(old))
    guard (sum ?? 0) + row.seconds <= Self.longestDay else {
      let login = try Directory(connection).user(id: row.technicianID)?.login ?? "the technician"
      throw DeskError("\(login) would have more than 24 hours on \(row.day)", mend: "check the entries")
    }
  }

  private func day(of id: Int64) throws -> LocalDate {
    let text = try connection.value(sql: "SELECT day FROM activity WHERE id = ?", .integer(id)).text ?? ""
    guard let day = LocalDate(text) else { throw DeskError.unknownWord(text, in: "activity.day") }
    return day
  }
}
