public import SLA
public import SQLite

/// How far hours are closed: through a day, itself included, nothing is booked or corrected any more.
///
/// Only an administrator closes. A closing can be moved back, since a date is soon mistyped, but only with a reason, and
/// both stay on record: what was settled by it can be looked into again.
public struct ActivityPeriods {
  public let connection: Connection
  public let actor: User
  public let now: Instant

  public init(_ connection: Connection, actor: User, now: Instant) {
    self.connection = connection
    self.actor = actor
    self.now = now
  }

  /// The last closed day; `nil` while nothing is closed.
  public static func closedThrough(_ connection: Connection) throws -> LocalDate? {
    try connection.value(sql: "SELECT through FROM activity_lock ORDER BY id DESC LIMIT 1").text.flatMap {
      LocalDate($0)
    }
  }

  /// - Parameter today: in the desk's zone; a day still to come cannot be closed. - Throws: `DeskError`.
  public func close(through day: LocalDate, today: LocalDate) throws {
    try administratorOnly()
    guard day <= today else { throw DeskError("\(day) is still to come", mend: "close it when it is over") }
    try connection.write {
      if let closed = try Self.closedThrough(connection), closed >= day {
        throw DeskError(
          "the hours are closed through \(closed) already",
          mend: closed == day ? "nothing is left to do" : "to move that back, give --unlock and --reason")
      }
      try write(day, reason: nil)
    }
  }

  /// Moves the closing back: the days after this one take entries again.
  public func reopen(after day: LocalDate, reason: String) throws {
    try administratorOnly()
    guard reason.hasText else {
      throw DeskError("what opens a closed period needs its reason", mend: "give it with --reason")
    }
    try connection.write {
      guard let closed = try Self.closedThrough(connection), closed > day else {
        throw DeskError("nothing after \(day) is closed", mend: "see 'plazo activity lock'")
      }
      try write(day, reason: reason)
    }
  }

  private func administratorOnly() throws {
    guard actor.role == .administrator else {
      throw DeskError("only an administrator closes hours", mend: "act --as an administrator")
    }
  }

  private func write(_ day: LocalDate, reason: String?) throws {
    try connection.run(
      sql: "INSERT INTO activity_lock (through, recorded_at, recorded_by, reason) VALUES (?, ?, ?, ?)",
      .text(day.description), .integer(now.seconds), .integer(actor.id), Value(reason))
  }

  /// - Throws: `DeskError` for a day that is closed.
  static func check(_ day: LocalDate, _ connection: Connection) throws {
    guard let closed = try closedThrough(connection), day <= closed else { return }
    throw DeskError(
      "the hours are closed through \(closed), and \(day) with them",
      mend: "ask an administrator, who can open them again"
    )
  }
}
