public import SLA
public import SQLite
public import Text

/// What is done about people: they are added, changed, put out of use and back into it, and never deleted.
public struct PeopleActions {
  public let connection: Connection
  public let actor: User
  public let now: Instant

  public init(_ connection: Connection, actor: User, now: Instant) {
    self.connection = connection
    self.actor = actor
    self.now = now
  }

  /// What changes about a user; `nil` stays as it is, and an inner `nil` takes the value away.
  public struct Edit {
    public var login: String?
    public var name: String?
    public var role: Role?
    public var mail: String??
    public var language: Language??
    /// An IANA name that the caller has checked.
    public var zone: String??
    /// The name of a calendar that the caller has checked.
    public var calendar: String??
    /// The name of the company whose contact the user is; goes with the role.
    public var client: String??
    public var booking: Booking?
    public var awayUntil: Instant??
    /// The login of who stands in while the user is away.
    public var standIn: String??
    public var isActive: Bool?
    public init() {}
  }

  /// What a change leaves behind.
  public struct Outcome {
    public var user: User
    /// The columns that changed.
    public var changed: [String]
    /// Open tickets that the user works on or answers for, and open tasks, of one who was put out of use.
    public var openTickets: Int64 = 0
    public var openTasks: Int64 = 0
  }

  /// - Throws: `DeskError` for a login that is taken, a role that does not fit the company, or somebody who may not.
  public func add(_ user: Edit, login: String) throws -> User {
    try administratorOnly("add a user")
    return try connection.write {
      let directory = Directory(connection)
      let added = try directory.addUser(
        login: login, name: user.name ?? login, role: user.role ?? .technician, mail: user.mail ?? nil,
        clientID: try (user.client ?? nil).map { try directory.requireActive($0, in: .client) },
        booking: user.booking ?? .event)
      try DirectoryLog(connection).record(
        "added", of: added.id, in: "user", from: nil, to: added.login, at: now, by: actor.id)
      var rest = Edit()
      (rest.language, rest.zone, rest.calendar) = (user.language, user.zone, user.calendar)
      return try change(added, rest).user
    }
  }

  /// - Throws: `DeskError` for what may not be, naming the reason; nothing is written then.
  public func edit(_ login: String, _ edit: Edit) throws -> Outcome {
    try connection.write {
      guard let user = try Directory(connection).user(login: login) else {
        throw try Directory(connection).noUser(login)
      }
      try mayEdit(user, edit)
      return try change(user, edit)
    }
  }

  // MARK: Who may

  /// Everybody says where and in what language to be told things, and when not to be; the rest is the administrator's.
  private func mayEdit(_ user: User, _ edit: Edit) throws {
    if actor.role == .administrator { return }
    guard user.id == actor.id else { return try administratorOnly("change another user") }
    let reserved: [(Bool, String)] = [
      (edit.login != nil, "change a login"), (edit.role != nil, "change a role"),
      (edit.calendar != nil, "change a calendar"), (edit.client != nil, "change a contact's company"),
      (edit.booking != nil, "say how hours are booked"), (edit.isActive != nil, "put a user out of use or back"),
    ]
    for (isGiven, what) in reserved where isGiven { try administratorOnly(what) }
  }

  private func administratorOnly(_ what: String) throws {
    guard actor.role == .administrator else {
      throw DeskError("only an administrator can \(what)", mend: "act --as an administrator")
    }
  }

  // MARK: Changing

  private func change(_ user: User, _ edit: Edit) throws -> Outcome {
    let after = try changed(user, edit)
    try checkRole(user, after)
    try checkAbsence(user, after, edit)
    let directory = Directory(connection)
    if after.login != user.login, try directory.user(login: after.login) != nil {
      throw DeskError("there is a user '\(after.login)' already", mend: "choose another login")
    }
    let (old, new) = (user.values, after.values)
    let changed = User.fields.indices.filter { old[$0] != new[$0] }
    if !changed.isEmpty {
      // At once: a role and a company only fit together.
      let assignments = changed.map { "\(User.fields[$0]) = ?" }.joined(separator: ", ")
      try connection.prepare(sql: "UPDATE user SET \(assignments) WHERE id = ?")
        .run(changed.map { new[$0] } + [.integer(user.id)])
    }
    try DirectoryLog(connection).record(user, became: after, at: now, by: actor.id)
    var outcome = Outcome(user: after, changed: changed.map { User.fields[$0] })
    if user.isActive, !after.isActive { (outcome.openTickets, outcome.openTasks) = try openWork(user.id) }
    return outcome
  }

  private func changed(_ user: User, _ edit: Edit) throws -> User {
    let directory = Directory(connection)
    var after = user
    if let login = edit.login?.trimmed { after.login = login }
    if let name = edit.name?.trimmed {
      guard !name.isEmpty else { throw DeskError("the name is empty", mend: "give one") }
      after.name = name
    }
    if let role = edit.role { after.role = role }
    if let mail = edit.mail { after.mail = mail }
    if let language = edit.language { after.language = language }
    if let zone = edit.zone { after.zone = zone }
    if let calendar = edit.calendar { after.calendar = calendar }
    if let client = edit.client { after.clientID = try client.map { try directory.requireActive($0, in: .client) } }
    if let booking = edit.booking { after.booking = booking }
    if let until = edit.awayUntil { after.awayUntil = until }
    if let standIn = edit.standIn { after.standInID = try standIn.map { try directory.requireStaff($0).id } }
    if let isActive = edit.isActive { after.isActive = isActive }
    return after
  }

  private func checkRole(_ user: User, _ after: User) throws {
    guard (after.role == .client) == (after.clientID != nil) else {
      throw DeskError(
        "a client's contact needs a company, and nobody else has one",
        mend: after.role == .client ? "give it with --client" : "take it away with --client ''")
    }
    if user.role == .administrator, user.isActive, after.role != .administrator || !after.isActive {
      let others = try connection.integer(
        sql: "SELECT count(*) FROM user WHERE role = 'administrator' AND active = 1 AND id <> ?", .integer(user.id))
      guard others ?? 0 > 0 else {
        throw DeskError("'\(user.login)' is the last administrator", mend: "make another one first")
      }
    }
    if user.role != .client, after.role == .client {
      let (tickets, tasks) = try openWork(user.id)
      guard tickets == 0, tasks == 0 else {
        throw DeskError(
          "'\(user.login)' still has \(counted(tickets, "open ticket")) and \(counted(tasks, "open task"))",
          mend: "give the tickets to others and close the tasks first")
      }
    }
  }

  private func checkAbsence(_ user: User, _ after: User, _ edit: Edit) throws {
    if after.role == .client, after.standInID != nil || (after.awayUntil ?? now) > now {
      throw DeskError("nobody stands in for a client's contact", mend: "add another contact instead")
    }
    if let until = edit.awayUntil ?? nil, until <= now {
      throw DeskError("that instant has passed", mend: "give one that is still to come, or --back")
    }
    // Whoever stands in for one who stands in for the first would be asked for ever.
    var next = after.standInID
    var steps = 0
    while let id = next, steps < 1000 {
      guard id != user.id else {
        throw DeskError(
          steps == 0 ? "nobody stands in for oneself" : "'\(user.login)' already stands in for that one",
          mend: "choose another")
      }
      next = try connection.integer(sql: "SELECT stand_in_id FROM user WHERE id = ?", .integer(id))
      steps += 1
    }
  }

  private func openWork(_ id: Int64) throws -> (tickets: Int64, tasks: Int64) {
    let tickets = try connection.integer(
      sql: "SELECT count(*) FROM ticket WHERE status = 'open' AND (assigned_id = ?1 OR responsible_id = ?1)",
      .integer(id))
    let tasks = try connection.integer(
      sql: "SELECT count(*) FROM task WHERE status = 'open' AND technician_id = ?", .integer(id))
    return (tickets ?? 0, tasks ?? 0)
  }
}
