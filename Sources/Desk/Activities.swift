public import SLA
public import SQLite

/// Time that technicians spent, booked by event or by day as the administrator says of each (manual, 8).
public struct Activities {
  public let connection: Connection
  public let actor: User
  public let now: Instant

  public init(_ connection: Connection, actor: User, now: Instant) {
    self.connection = connection
    self.actor = actor
    self.now = now
  }

  public struct Entry {
    /// The start, for a booking by event.
    public var startedAt: Instant?
    /// The local date; for a booking by event that of the start.
    public var day: LocalDate
    public var seconds: Seconds
    public var description: String
    public var technician: String?
    public var ticketID: Int64?
    public var taskID: Int64?
    public var client: String?

    public init(startedAt: Instant?, day: LocalDate, seconds: Seconds, description: String) {
      self.startedAt = startedAt
      self.day = day
      self.seconds = seconds
      self.description = description
    }
  }

  /// A day is taken to have begun once it has anywhere on earth, since an activity has no zone.
  ///
  /// - Returns: the number of the activity. - Throws: `DeskError` for the wrong kind of booking, an overlap, more than
  ///   24 hours in a day, or a time still to come.
  public func log(_ entry: Entry) throws -> Int64 {
    try connection.write {
      let technician = try who(entry)
      let booking: Booking = entry.startedAt == nil ? .day : .event
      guard booking == technician.booking else {
        throw DeskError(
          "\(technician.login) books hours by \(technician.booking.rawValue)",
          mend: technician.booking == .event
            ? "say when it began with --start" : "give the date with --day, and no --start")
      }
      guard entry.seconds > 0, entry.seconds <= 86_400 else {
        throw DeskError("the time spent is not within a day", mend: "give it as 1h30, 90m or 1.5, at most 24h")
      }
      // Nowhere is it later than fourteen hours after Greenwich.
      let today = LocalDate(localSeconds: now.seconds + 14 * 3600)
      guard (entry.startedAt.map { $0 + entry.seconds } ?? now) <= now, entry.day <= today else {
        throw DeskError("the activity would end in time still to come", mend: "log it when it is over")
      }
      try refuseOverlap(entry, technician)
      let sum = try connection.integer(
        sql: """
          SELECT sum(seconds) FROM activity WHERE technician_id = ? AND day = ?
            AND id NOT IN (SELECT corrects_id FROM activity WHERE corrects_id IS NOT NULL)
          """, .integer(technician.id), .text(entry.day.description))
      guard (sum ?? 0) + entry.seconds <= 86_400 else {
        throw DeskError("\(technician.login) would have more than 24 hours on \(entry.day)", mend: "check the entries")
      }
      if let ticketID = entry.ticketID, try Tickets(connection).ticket(ticketID) == nil {
        throw DeskError("there is no ticket \(ticketID)", mend: "see 'plazo ticket list'")
      }
      if let taskID = entry.taskID,
        try connection.integer(sql: "SELECT 1 FROM task WHERE id = ?", .integer(taskID)) == nil
      {
        throw DeskError("there is no task \(taskID)", mend: "see 'plazo task list'")
      }
      let clientID = try entry.client.map { try Directory(connection).require($0, in: .client) }
      try connection.run(
        sql: """
          INSERT INTO activity (technician_id, booking, day, started_at, seconds, description, ticket_id, task_id,
            client_id, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """, .integer(technician.id), .text(booking.rawValue), .text(entry.day.description),
        Value(entry.startedAt?.seconds), .integer(entry.seconds), .text(entry.description), Value(entry.ticketID),
        Value(entry.taskID), Value(clientID), .integer(now.seconds), .integer(actor.id))
      return connection.lastInsertedID
    }
  }

  private func who(_ entry: Entry) throws -> User {
    guard actor.role != .client else {
      throw DeskError("a client's contact books no hours", mend: "act --as a technician")
    }
    guard let login = entry.technician, login != actor.login else { return actor }
    guard actor.role == .administrator else {
      throw DeskError("a technician books the own hours only", mend: "leave --technician out")
    }
    return try Directory(connection).requireStaff(login)
  }

  private func refuseOverlap(_ entry: Entry, _ technician: User) throws {
    guard let start = entry.startedAt else { return }
    let other = try connection.integer(
      sql: """
        SELECT id FROM activity WHERE technician_id = ?1 AND started_at < ?2 AND started_at + seconds > ?3
          AND id NOT IN (SELECT corrects_id FROM activity WHERE corrects_id IS NOT NULL) LIMIT 1
        """, .integer(technician.id), .integer((start + entry.seconds).seconds), .integer(start.seconds))
    if let other {
      throw DeskError("it overlaps activity \(other)", mend: "change the start or the time spent")
    }
  }
}
