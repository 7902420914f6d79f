public import SLA
public import SQLite

/// Time that technicians spent, booked by event or by day as the administrator says of each (manual, 8).
///
/// An entry is never changed. A correction is an entry that stands in for another, and one that was taken back stays on
/// record; only what stands counts.
public struct Activities {
  public let connection: Connection
  public let actor: User
  public let now: Instant

  public init(_ connection: Connection, actor: User, now: Instant) {
    self.connection = connection
    self.actor = actor
    self.now = now
  }

  /// Time that is booked; who acts is the technician unless one is named by login.
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
  ///   24 hours in a day, a closed period, or a time still to come.
  public func log(_ entry: Entry) throws -> Int64 {
    try connection.write {
      let technician = try who(entry)
      let booking: Booking = entry.startedAt == nil ? .day : .event
      try technician.check(books: booking)
      let clientID = try entry.client.map { try Directory(connection).require($0, in: .client) }
      return try ActivityBook(connection, now: now, actorID: actor.id).add(
        ActivityRow(
          technicianID: technician.id, startedAt: entry.startedAt, day: entry.day, seconds: entry.seconds,
          description: entry.description, ticketID: entry.ticketID, taskID: entry.taskID, clientID: clientID))
    }
  }

  private func who(_ entry: Entry) throws -> User {
    try staffOnly()
    guard let login = entry.technician, login != actor.login else { return actor }
    guard actor.role == .administrator else {
      throw DeskError("a technician books the own hours only", mend: "leave --technician out")
    }
    return try Directory(connection).requireStaff(login)
  }

  // MARK: Corrections

  /// What a correction changes; `nil` leaves a fact as it was, and an inner `nil` takes it away.
  public struct Correction {
    public var startedAt: Instant?
    public var day: LocalDate?
    public var seconds: Seconds?
    public var description: String?
    public var ticketID: Int64??
    public var taskID: Int64??
    public var client: String??
    public init() {}
  }

  /// Books an entry anew in the place of another, which stays on record.
  ///
  /// - Returns: the number of the new entry. - Throws: `DeskError` as for a new one; for an entry that does not stand,
  ///   and for a correction that says nothing new or not why.
  public func correct(_ id: Int64, _ correction: Correction, reason: String) throws -> Int64 {
    try connection.write {
      let old = try standing(id, reason: reason)
      var new = old
      if let start = correction.startedAt {
        guard old.startedAt != nil else {
          throw DeskError("activity \(id) is booked by day", mend: "give the date with --day, and no --start")
        }
        new.startedAt = start
      }
      if let day = correction.day {
        guard old.startedAt == nil || correction.startedAt != nil else {
          throw DeskError("activity \(id) is booked by event", mend: "say when it began with --start")
        }
        new.day = day
      }
      if let seconds = correction.seconds { new.seconds = seconds }
      if let description = correction.description { new.description = description }
      if let ticketID = correction.ticketID { new.ticketID = ticketID }
      if let taskID = correction.taskID { new.taskID = taskID }
      if let client = correction.client {
        new.clientID = try client.map { try Directory(connection).require($0, in: .client) }
      }
      guard new != old else {
        throw DeskError("the correction says nothing new", mend: "give what differs, or take it back with --void")
      }
      return try ActivityBook(connection, now: now, actorID: actor.id).add(new, correcting: id, reason: reason)
    }
  }

  /// Takes an entry back: it stays on record, and counts no more.
  public func takeBack(_ id: Int64, reason: String) throws {
    try connection.write {
      _ = try standing(id, reason: reason)
      try ActivityBook(connection, now: now, actorID: actor.id).takeBack(id, reason: reason)
    }
  }

  /// The entry, where the actor may correct it and it still counts.
  private func standing(_ id: Int64, reason: String) throws -> ActivityRow {
    try staffOnly()
    guard reason.hasText else { throw DeskError("a correction needs its reason", mend: "give it with --reason") }
    let row = try ActivityBook(connection, now: now, actorID: actor.id).standing(id)
    guard actor.role == .administrator || row.technicianID == actor.id else {
      throw DeskError("activity \(id) is another technician's", mend: "act --as its technician or an administrator")
    }
    return row
  }

  private func staffOnly() throws {
    guard actor.role != .client else {
      throw DeskError("a client's contact books no hours", mend: "act --as a technician")
    }
  }
}

extension User {
  /// - Throws: `DeskError` when the administrator has said that this technician books the other way.
  func check(books kind: Booking) throws {
    guard kind == booking else {
      throw DeskError(
        "\(login) books hours by \(booking.rawValue)",
        mend: booking == .event
          ? "say when it began with --start" : "give the date with --day, and no --start")
    }
  }
}
