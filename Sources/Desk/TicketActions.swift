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
    public var files: [Attachment] = []
    /// The login of the contact for whom support opens it.
    public var onBehalfOf: String?
    /// Of the mail that it came in: a second one with the same id opens no second ticket.
    public var mailID: String?
    public var happenedAt: Instant?

    public init(title: String, description: String) {
      self.title = title
      self.description = description
    }
  }

  /// All that the manual's form lets a reply do, in one transaction (manual, 5).
  public struct Reply {
    public var body: String?
    public var files: [Attachment] = []
    /// The provider's number; an empty one takes it away.
    public var externalNumber: String?
    public var plazo: String?
    public var waitingOn: Party?
    public var assigned: String?
    public var closes = false
    /// Opens a closed ticket again.
    public var reopens = false
    /// The client is to have it by mail.
    public var goesByMail = false
    /// The login of the contact whose words support records.
    public var onBehalfOf: String?
    /// Of the mail that it came in: a second one with the same id is no second reply.
    public var mailID: String?
    public var happenedAt: Instant?
    public init() {}
  }

  /// - Throws: `DeskError` naming what is missing or not allowed; nothing is written then.
  public func open(_ opening: Opening) throws -> TicketRow {
    guard opening.title.hasText else { throw DeskError("the ticket has no title", mend: "give one with --title") }
    let title = try opening.title.checked("title")
    let description = try opening.description.checked("text")
    // What the manual's contact fills in is the problem; the rest is support's to say (manual, 5).
    let given: [(value: String?, what: String)] = [
      (opening.plazo, "set a plazo"), (opening.externalNumber, "give the provider's number"),
      (opening.responsible, "say who answers for a ticket"), (opening.assigned, "assign a ticket"),
      (opening.priority, "set a priority"), (opening.provider, "name a provider"),
      (opening.onBehalfOf, "open a ticket for another"),
    ]
    for (value, what) in given where value != nil { try staffOnly(what) }
    return try DeskWriter.transact(connection, at: now, by: actor.id) { writer in
      let contact = try opening.onBehalfOf.map { try Directory(connection).requireContact($0) }
      let clientID = try client(of: opening, contact: contact)
      let productID = try opening.product.map { try known($0, in: .product) }
      let providerID = try opening.provider.map { try known($0, in: .provider) }
      let at = try instant(opening.happenedAt)
      var changes: [TicketChange] = []
      if let number = opening.externalNumber { changes.append(.numbered(try number.checked("external number"))) }
      if let plazo = opening.plazo { changes.append(.plazo(try Plazo.checked(plazo).description)) }
      let technician = actor.role == .client ? nil : actor.login
      if let login = opening.responsible ?? technician { changes.append(.responsible(try staff(login).id)) }
      if let login = opening.assigned { changes.append(.assigned(to: try staff(login).id)) }
      changes += try opening.files.map { try TicketFiles(connection).store($0) }
      let whole = TicketOpening(
        clientID: clientID, productID: productID, providerID: providerID,
        priority: try opening.priority?.checked("priority"), title: title, description: description,
        registeredBy: contact?.id ?? actor.id)
      let row = try writer.openTicket(whole, at: at, then: changes.map { ($0, at) })
      if let id = opening.mailID { try MailIn(connection).keep(id, ticketID: row.id, at: now) }
      return row
    }
  }

  /// Follows a ticket up: text, files, external number, plazo, who must act, assignment, closing, a mail to the client,
  /// in any combination.
  public func reply(to id: Int64, _ reply: Reply) throws -> TicketRow {
    if reply.onBehalfOf != nil { try staffOnly("write for another") }
    return try change(id) { row in
      (try changes(reply, row), reply.happenedAt)
    } then: { row in
      if let id = reply.mailID { try MailIn(connection).keep(id, ticketID: row.id, at: now) }
    }
  }

  /// The events of a reply.
  private func changes(_ reply: Reply, _ row: TicketRow) throws -> [TicketChange] {
    let contact = try reply.onBehalfOf.map { try self.contact($0, of: row) }
    let side: Party = contact == nil ? self.side : .client
    var changes: [TicketChange] = []
    if reply.goesByMail {
      try staffOnly("have a mail sent")
      guard contact == nil else {
        throw DeskError("a client's own words are not mailed to the client", mend: "leave --mail or --for out")
      }
    }
    if let body = reply.body {
      guard body.hasText || !reply.files.isEmpty else {
        throw DeskError("the reply has no text", mend: "write one, or leave --text out")
      }
    }
    if reply.reopens {
      try mustBe(.closed, row)
      changes.append(.reopened(reason: nil, by: side))
    }
    let wish: ReplyNote? = reply.goesByMail ? .mail(files: reply.files.count) : nil
    if let body = try reply.body?.checked("reply"), body.hasText {
      let note: ReplyNote? = if let contact { .onBehalf(of: contact.id) } else { wish }
      changes.append(.replied(by: side, body: body, note: note))
    } else if let wish {
      changes.append(.replied(by: side, body: "", note: wish))
    }
    changes += try reply.files.map { try TicketFiles(connection).store($0) }
    // A client who answers hands the ticket back to support, unless the reply says otherwise.
    let answers = reply.body != nil || !reply.files.isEmpty
    if answers, side == .client, row.status == .open, row.waitingOn == .client, reply.waitingOn == nil {
      changes.append(.waiting(on: .support))
    }
    changes += try told(reply, row)
    guard changes.contains(where: { $0 != .replied(by: side, body: "", note: wish) }) else {
      throw DeskError("the reply says nothing new", mend: "give --text or something to change")
    }
    return changes
  }

  /// What a reply says besides its text and files.
  private func told(_ reply: Reply, _ row: TicketRow) throws -> [TicketChange] {
    var changes: [TicketChange] = []
    if let given = try reply.externalNumber?.checked("external number") {
      try staffOnly("give the provider's number")
      let number = given.isEmpty ? nil : given
      if number != row.externalNumber { changes.append(.numbered(number)) }
    }
    if let plazo = reply.plazo {
      try staffOnly("set a plazo")
      changes.append(.plazo(try Plazo.checked(plazo).description))
    }
    if let party = reply.waitingOn, party != row.waitingOn || reply.reopens {
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
      if !reply.reopens { try mustBe(.open, row) }
      changes.append(.closed)
    }
    return changes
  }

  // MARK: Parts

  private func client(of opening: Opening, contact: User?) throws -> Int64 {
    let directory = Directory(connection)
    if let clientID = contact?.clientID ?? actor.clientID {
      guard try opening.client.map({ try directory.id(of: $0, in: .client) == clientID }) ?? true else {
        if let contact {
          throw DeskError(
            "'\(contact.login)' is a contact of another client", mend: "leave --client out, or name another contact")
        }
        throw DeskError("a client's contact opens tickets of the own company only", mend: "leave --client out")
      }
      let isActive = try connection.integer(sql: "SELECT active FROM client WHERE id = ?", .integer(clientID))
      guard isActive == 1 else {
        throw DeskError("the contact's company is no longer served", mend: "ask an administrator")
      }
      return clientID
    }
    guard let name = opening.client else {
      throw DeskError("the ticket has no client", mend: "give one with --client")
    }
    return try known(name, in: .client)
  }

  /// A contact of the ticket's client. - Throws: `DeskError`.
  func contact(_ login: String, of row: TicketRow) throws -> User {
    let contact = try Directory(connection).requireContact(login)
    guard contact.clientID == row.clientID else {
      throw DeskError("'\(login)' is a contact of another client", mend: "name one of the ticket's client")
    }
    return contact
  }

  private func known(_ name: String, in list: NamedList) throws -> Int64 {
    try Directory(connection).requireActive(name, in: list)
  }
}
