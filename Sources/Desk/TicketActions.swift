public import SLA
public import SQLite

/// What people do to tickets. Every action is a function of the desk, the actor, and its arguments; the command line
/// only parses and prints.
public struct TicketActions {
  public let connection: Connection
  public let actor: User
  public let now: Instant

  public init(_ connection: Connection, actor: User, now: Instant) {
    self.connection = connection
    self.actor = actor
    self.now = now
  }

  /// What a new ticket says beyond its opening.
  public struct Opening {
    public var client: String?
    public var product: String?
    public var provider: String?
    public var priority: String?
    public var title: String
    public var description: String
    public var externalNumber: String?
    public var plazo: String?
    public var responsible: String?
    public var assigned: String?
    public var happenedAt: Instant?

    public init(title: String, description: String) {
      self.title = title
      self.description = description
    }
  }

  /// All that the manual's form lets a reply do, in one transaction (manual, 5).
  public struct Reply {
    public var body: String?
    public var externalNumber: String?
    public var plazo: String?
    public var waitingOn: Party?
    public var assigned: String?
    public var closes = false
    public var happenedAt: Instant?
    public init() {}
  }

  /// - Throws: `DeskError` naming what is missing or not allowed; nothing is written then.
  public func open(_ opening: Opening) throws -> TicketRow {
    let directory = Directory(connection)
    guard opening.title.hasText else { throw DeskError("the ticket has no title", mend: "give one with --title") }
    // What the manual's contact fills in is the problem; the rest is support's to say (manual, 5).
    let given: [(value: String?, what: String)] = [
      (opening.plazo, "set a plazo"), (opening.externalNumber, "give the provider's number"),
      (opening.responsible, "say who answers for a ticket"), (opening.assigned, "assign a ticket"),
      (opening.priority, "set a priority"), (opening.provider, "name a provider"),
    ]
    for (value, what) in given where value != nil { try staffOnly(what) }
    return try DeskWriter.transact(connection, at: now, by: actor.id) { writer in
      let clientID = try client(of: opening, in: directory)
      let productID = try opening.product.map { try known($0, in: .product) }
      let providerID = try opening.provider.map { try known($0, in: .provider) }
      let at = try instant(opening.happenedAt)
      var changes: [TicketChange] = []
      if let number = opening.externalNumber { changes.append(.numbered(number)) }
      if let plazo = opening.plazo { changes.append(.plazo(try Plazo.checked(plazo).description)) }
      let technician = actor.role == .client ? nil : actor.login
      if let login = opening.responsible ?? technician { changes.append(.responsible(try staff(login).id)) }
      if let login = opening.assigned { changes.append(.assigned(to: try staff(login).id)) }
      let whole = TicketOpening(
        clientID: clientID, productID: productID, providerID: providerID, priority: opening.priority,
        title: opening.title, description: opening.description, registeredBy: actor.id)
      return try writer.openTicket(whole, at: at, then: changes.map { ($0, at) })
    }
  }

  /// Follows a ticket up: text, external number, plazo, who must act, assignment, closing, in any combination.
  public func reply(to id: Int64, _ reply: Reply) throws -> TicketRow {
    try change(id) { row in
      var changes: [TicketChange] = []
      if let body = reply.body {
        guard body.hasText else { throw DeskError("the reply has no text", mend: "write one, or leave --text out") }
        changes.append(.replied(by: side, body: body))
        // A client who answers hands the ticket back to support, unless the reply says otherwise.
        if actor.role == .client, row.status == .open, row.waitingOn == .client, reply.waitingOn == nil {
          changes.append(.waiting(on: .support))
        }
      }
      if reply.externalNumber != nil { try staffOnly("give the provider's number") }
      if let number = reply.externalNumber, number != row.externalNumber { changes.append(.numbered(number)) }
      if let plazo = reply.plazo {
        try staffOnly("set a plazo")
        changes.append(.plazo(try Plazo.checked(plazo).description))
      }
      if let party = reply.waitingOn, party != row.waitingOn {
        try staffOnly("say who must act next")
        changes.append(.waiting(on: party))
      }
      if let login = reply.assigned {
        try staffOnly("assign a ticket")
        let user = try staff(login)
        if user.id != row.assignedID { changes.append(.assigned(to: user.id)) }
      }
      if reply.closes {
        try staffOnly("close a ticket")
        try mustBe(.open, row)
        changes.append(.closed)
      }
      guard !changes.isEmpty else {
        throw DeskError("the reply says nothing new", mend: "give --text or something to change")
      }
      return (changes, reply.happenedAt)
    }
  }

  public func assign(_ id: Int64, to login: String, responsible: Bool = false) throws -> TicketRow {
    try staffOnly("assign a ticket")
    let user = try staff(login)
    return try change(id) { row in
      if responsible { return (row.responsibleID == user.id ? [] : [.responsible(user.id)], nil) }
      return (row.assignedID == user.id ? [] : [.assigned(to: user.id)], nil)
    }
  }

  public func close(_ id: Int64, at happenedAt: Instant? = nil) throws -> TicketRow {
    try staffOnly("close a ticket")
    return try change(id) { row in
      try mustBe(.open, row)
      return ([.closed], happenedAt)
    }
  }

  /// Puts an open ticket aside until an instant, its clock standing still; `nil` takes it up again.
  public func putAside(_ id: Int64, until: Instant?) throws -> TicketRow {
    try staffOnly("put a ticket aside")
    return try change(id) { row in
      try mustBe(.open, row)
      if let until, until <= now {
        throw DeskError("that instant has passed", mend: "give one that is still to come")
      }
      return (until == row.asideUntil ? [] : [.aside(until: until)], nil)
    }
  }

  public func reopen(_ id: Int64, reason: String?, at happenedAt: Instant? = nil) throws -> TicketRow {
    try change(id) { row in
      try mustBe(.closed, row)
      return ([.reopened(reason: reason, by: side)], happenedAt)
    }
  }

  /// The client's sign-off of a closed ticket; refused with a reason, it reopens the ticket (manual, 3).
  public func sign(_ id: Int64, _ vobo: VoBo, reason: String?) throws -> TicketRow {
    try vobo.check(reason: reason)
    guard actor.role != .technician else {
      throw DeskError(
        "the VoBo of a ticket is the client's", mend: "act --as a contact of the client, or as an administrator for one"
      )
    }
    return try change(id) { row in
      try mustBe(.closed, row)
      guard row.vobo != vobo else {
        throw DeskError("ticket \(id) has its VoBo already", mend: "nothing is left to do")
      }
      let changes: [TicketChange] = [.vobo(vobo, reason: reason)]
      return (vobo == .refused ? changes + [.reopened(reason: reason, by: .client)] : changes, nil)
    }
  }

  // MARK: Parts

  /// For whom the actor speaks.
  private var side: Party { actor.role == .client ? .client : .support }

  private func change(_ id: Int64, _ decide: (TicketRow) throws -> ([TicketChange], Instant?)) throws -> TicketRow {
    try DeskWriter.transact(connection, at: now, by: actor.id) { writer in
      var row = try visible(id)
      let (changes, happenedAt) = try decide(row)
      let at = try instant(happenedAt)
      guard at >= row.openedAt || happenedAt == nil else {
        throw DeskError("ticket \(id) was opened after that", mend: "give an instant at or after its opening")
      }
      let latest = try changes.map { try overrulingInstant($0, row) }.max() ?? at
      guard at >= latest || happenedAt == nil else {
        throw DeskError("ticket \(id) has changed since then", mend: "give an instant at or after that change")
      }
      // A clock that was set back does not put what follows before what it follows.
      try writer.append(changes, to: &row, at: max(at, latest))
      return row
    }
  }

  /// The last instant at which something happened to the ticket that a change of an earlier instant would not overrule.
  private func overrulingInstant(_ change: TicketChange, _ row: TicketRow) throws -> Instant {
    let kinds: [TicketEventKind] =
      switch change.kind {
      case .opened, .replied: []
      case .closed, .reopened, .vobo: [.closed, .reopened, .vobo]
      case .waiting: [.waiting, .reopened]
      case .plazo, .target: [.plazo, .target]
      case .numbered, .assigned, .responsible, .aside, .edited: [change.kind]
      }
    let list = kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let last = try connection.integer(
      sql: "SELECT max(happened_at) FROM ticket_event WHERE ticket_id = ? AND kind IN (\(list))", .integer(row.id))
    return last.map { Instant($0) } ?? row.openedAt
  }

  /// A ticket that the actor may see: a contact sees the own company's only.
  private func visible(_ id: Int64) throws -> TicketRow {
    guard let row = try Tickets(connection).ticket(id), actor.role != .client || row.clientID == actor.clientID else {
      throw DeskError("there is no ticket \(id)", mend: "see 'plazo ticket list'")
    }
    return row
  }

  private func instant(_ happenedAt: Instant?) throws -> Instant {
    guard let happenedAt else { return now }
    guard happenedAt <= now else { throw DeskError("that instant is still to come", mend: "give one that has passed") }
    return happenedAt
  }

  private func client(of opening: Opening, in directory: Directory) throws -> Int64 {
    if let clientID = actor.clientID {
      guard try opening.client.map({ try directory.id(of: $0, in: .client) == clientID }) ?? true else {
        throw DeskError("a client's contact opens tickets of the own company only", mend: "leave --client out")
      }
      return clientID
    }
    guard let name = opening.client else {
      throw DeskError("the ticket has no client", mend: "give one with --client")
    }
    return try known(name, in: .client)
  }

  private func known(_ name: String, in list: NamedList) throws -> Int64 {
    try Directory(connection).require(name, in: list)
  }

  private func staff(_ login: String) throws -> User { try Directory(connection).requireStaff(login) }

  private func staffOnly(_ what: String) throws {
    guard actor.role != .client else {
      throw DeskError("a client's contact cannot \(what)", mend: "ask a technician")
    }
  }

  private func mustBe(_ status: Status, _ row: TicketRow) throws {
    guard row.status == status else {
      let mend = row.status == .open ? "close it first" : "reopen it first with 'plazo ticket reopen \(row.id)'"
      throw DeskError("ticket \(row.id) is \(row.status.rawValue)", mend: mend)
    }
  }
}
