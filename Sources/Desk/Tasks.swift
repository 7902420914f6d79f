public import SLA
public import SQLite

/// Work that an administrator or a technician gives to a technician, who closes it; the administrator signs (manual, 6).
public struct Tasks {
  public let connection: Connection
  public let actor: User
  public let now: Instant

  public init(_ connection: Connection, actor: User, now: Instant) {
    self.connection = connection
    self.actor = actor
    self.now = now
  }

  /// What a new task says; a plazo or a due instant, or neither.
  public struct Opening {
    public var title: String
    public var description = ""
    public var technician: String
    public var ticketID: Int64?
    public var plazo: String?
    public var dueAt: Instant?
    public init(title: String, technician: String) {
      self.title = title
      self.technician = technician
    }
  }

  /// - Returns: the number of the new task. - Throws: `DeskError`.
  public func add(_ opening: Opening) throws -> Int64 {
    guard actor.role != .client else {
      throw DeskError("a client's contact cannot give tasks", mend: "open a ticket instead")
    }
    guard opening.title.hasText else { throw DeskError("the task has no title", mend: "give one with --title") }
    guard opening.plazo == nil || opening.dueAt == nil else {
      throw DeskError("the task has both a plazo and a due instant", mend: "give one of them")
    }
    let plazo = try opening.plazo.map { try Plazo.checked($0).description }
    return try DeskWriter.transact(connection, at: now, by: actor.id) { writer in
      let technician = try Directory(connection).requireStaff(opening.technician)
      if let ticketID = opening.ticketID, try Tickets(connection).ticket(ticketID) == nil {
        throw DeskError("there is no ticket \(ticketID)", mend: "see 'plazo ticket list'")
      }
      return try TaskBook(writer).open(
        TaskRow(
          id: 0, title: opening.title, description: opening.description, givenBy: actor.id,
          technicianID: technician.id, ticketID: opening.ticketID, openedAt: now, plazo: plazo, dueAt: opening.dueAt,
          lastEvent: 0))
    }
  }

  /// The technician says that the work is done; the administrator's VoBo is then wanted.
  public func close(_ id: Int64) throws {
    try change(id, .closed) { row in
      guard row.status == .open else { throw DeskError("task \(id) is closed", mend: "nothing is left to do") }
      guard actor.role == .administrator || actor.id == row.technicianID else {
        throw DeskError("task \(id) is another technician's", mend: "act --as its technician")
      }
    }
  }

  /// The administrator's sign-off of a closed task; refused with a reason, it reopens the task.
  public func sign(_ id: Int64, _ vobo: VoBo, reason: String?) throws {
    try vobo.check(reason: reason)
    try change(id, .vobo(vobo, reason: reason)) { row in
      guard actor.role == .administrator else {
        throw DeskError("only an administrator grants a task's VoBo", mend: "act --as an administrator")
      }
      guard row.status == .closed else {
        throw DeskError("task \(id) is still open", mend: "its technician closes it first")
      }
      guard row.vobo != vobo else {
        throw DeskError("task \(id) has its VoBo already", mend: "nothing is left to do")
      }
    }
  }

  /// Makes one change, where `check` does not throw. A client's contact sees no task.
  private func change(_ id: Int64, _ change: TaskChange, _ check: (TaskRow) throws -> Void) throws {
    try DeskWriter.transact(connection, at: now, by: actor.id) { writer in
      let book = TaskBook(writer)
      guard actor.role != .client, var row = try book.task(id) else {
        throw DeskError("there is no task \(id)", mend: "see 'plazo task list'")
      }
      try check(row)
      // A clock that was set back does not put what follows before what it follows.
      try book.append(change, to: &row, by: actor.id, at: max(now, try book.lastChange(of: id) ?? now))
    }
  }
}
