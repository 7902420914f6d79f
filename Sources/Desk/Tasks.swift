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
    guard !opening.title.isEmpty else { throw DeskError("the task has no title", mend: "give one with --title") }
    guard opening.plazo == nil || opening.dueAt == nil else {
      throw DeskError("the task has both a plazo and a due instant", mend: "give one of them")
    }
    if let plazo = opening.plazo, Plazo(plazo) == nil {
      throw DeskError("'\(plazo)' is not a plazo", mend: "write working days as 3d, working time as 6h, 90m or 1h30m")
    }
    return try DeskWriter.transact(connection, at: now, by: actor.id) { writer in
      let technician = try Directory(connection).requireStaff(opening.technician)
      if let ticketID = opening.ticketID, try Tickets(connection).ticket(ticketID) == nil {
        throw DeskError("there is no ticket \(ticketID)", mend: "see 'plazo ticket list'")
      }
      let sequence = writer.nextSequence()
      try connection.run(
        sql: """
          INSERT INTO task (title, description, given_by, technician_id, ticket_id, opened_at, plazo, due_at, status,
            last_event) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?)
          """,
        .text(opening.title), .text(opening.description), .integer(actor.id), .integer(technician.id),
        Value(opening.ticketID), .integer(now.seconds), Value(opening.plazo), Value(opening.dueAt?.seconds),
        .integer(sequence))
      let id = connection.lastInsertedID
      try record(id, sequence: sequence, kind: "opened", value: technician.login, detail: opening.title)
      return id
    }
  }

  /// The technician says that the work is done; the administrator's VoBo is then wanted.
  public func close(_ id: Int64) throws {
    try change(id, kind: "closed", value: nil, detail: nil) { task in
      guard task.status == .open else { throw DeskError("task \(id) is closed", mend: "nothing is left to do") }
      guard actor.role == .administrator || actor.id == task.technicianID else {
        throw DeskError("task \(id) is another technician's", mend: "act --as its technician")
      }
      try connection.run(
        sql: "UPDATE task SET status = 'closed', closed_at = ?, vobo = 'pending' WHERE id = ?", .integer(now.seconds),
        .integer(id))
    }
  }

  /// The administrator's sign-off of a closed task; refused with a reason, it reopens the task.
  public func sign(_ id: Int64, _ vobo: VoBo, reason: String?) throws {
    guard vobo != .pending else { throw DeskError("a VoBo is granted or refused", mend: "say which") }
    guard actor.role == .administrator else {
      throw DeskError("only an administrator grants a task's VoBo", mend: "act --as an administrator")
    }
    guard vobo == .granted || !(reason ?? "").isEmpty else {
      throw DeskError("a refusal needs its reason", mend: "give it with --reason")
    }
    try change(id, kind: "vobo", value: vobo.rawValue, detail: reason) { task in
      guard task.status == .closed else {
        throw DeskError("task \(id) is still open", mend: "its technician closes it first")
      }
      let reopens = vobo == .refused
      try connection.run(
        sql: """
          UPDATE task SET vobo = ?1, vobo_by = ?2, vobo_at = ?3, status = CASE ?4 WHEN 1 THEN 'open' ELSE status END,
            closed_at = CASE ?4 WHEN 1 THEN NULL ELSE closed_at END, reopened = reopened + ?4 WHERE id = ?5
          """, .text(vobo.rawValue), .integer(actor.id), .integer(now.seconds), Value(reopens), .integer(id))
    }
  }

  private struct Task {
    let status: Status
    let technicianID: Int64
  }

  private func change(_ id: Int64, kind: String, value: String?, detail: String?, _ update: (Task) throws -> Void)
    throws
  {
    try DeskWriter.transact(connection, at: now, by: actor.id) { writer in
      let statement = try connection.cached(sql: "SELECT status, technician_id FROM task WHERE id = ?")
      statement.bind(1, id)
      guard try statement.step() else { throw DeskError("there is no task \(id)", mend: "see 'plazo task list'") }
      let task = Task(status: try statement.word(0, of: "task.status"), technicianID: statement.integer(1))
      statement.reset()
      try update(task)
      let sequence = writer.nextSequence()
      try connection.run(sql: "UPDATE task SET last_event = ? WHERE id = ?", .integer(sequence), .integer(id))
      try record(id, sequence: sequence, kind: kind, value: value, detail: detail)
    }
  }

  private func record(_ id: Int64, sequence: Int64, kind: String, value: String?, detail: String?) throws {
    try connection.run(
      sql: """
        INSERT INTO task_event (task_id, sequence, kind, happened_at, recorded_at, actor_id, value, detail)
          VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7)
        """, .integer(id), .integer(sequence), .text(kind), .integer(now.seconds), .integer(actor.id), Value(value),
      Value(detail))
  }
}
