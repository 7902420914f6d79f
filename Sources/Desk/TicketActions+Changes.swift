public import SLA
internal import SQLite

extension TicketActions {
  /// Gives a ticket to a technician, who then also answers for it when `responsible`. Nothing happens where it is so already.
  public func assign(_ id: Int64, to login: String, responsible: Bool = false) throws -> TicketRow {
    try staffOnly("assign a ticket")
    let user = try staff(login)
    return try change(id) { row in
      var changes: [TicketChange] = row.assignedID == user.id ? [] : [.assigned(to: user.id)]
      if responsible, row.responsibleID != user.id { changes.append(.responsible(user.id)) }
      return (changes, nil)
    }
  }

  /// Adds files and nothing else.
  public func attach(_ id: Int64, _ files: [Attachment], at happenedAt: Instant? = nil) throws -> TicketRow {
    try change(id) { _ in (try files.map { try TicketFiles(connection).store($0) }, happenedAt) }
  }

  /// Closes an open ticket, now or at an earlier instant; the VoBo is pending then.
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
      guard until != nil || row.asideUntil.map({ $0 > now }) ?? false else {
        throw DeskError("ticket \(id) is not put aside", mend: "nothing is left to do")
      }
      return (until == row.asideUntil ? [] : [.aside(until: until)], nil)
    }
  }

  /// Opens a closed ticket again, by the side of whoever acts.
  public func reopen(_ id: Int64, reason: String?, at happenedAt: Instant? = nil) throws -> TicketRow {
    try change(id) { row in
      try mustBe(.closed, row)
      return ([.reopened(reason: try reason?.checked("reason"), by: side)], happenedAt)
    }
  }

  /// The client's sign-off of a closed ticket; refused with a reason, it reopens the ticket (manual, 3).
  ///
  /// - Parameter contact: the login of the contact whose word support records. A technician signs for nobody else.
  public func sign(_ id: Int64, _ vobo: VoBo, reason: String?, onBehalfOf contact: String? = nil) throws -> TicketRow {
    try vobo.check(reason: reason)
    let reason = try reason?.checked("reason")
    if contact != nil { try staffOnly("sign for another") }
    guard actor.role != .technician || contact != nil else {
      throw DeskError(
        "the VoBo of a ticket is the client's",
        mend: "act --as a contact of the client, or name with --for the one who gave it")
    }
    return try change(id) { row in
      try mustBe(.closed, row)
      guard row.vobo != vobo else {
        throw DeskError("ticket \(id) has its VoBo already", mend: "nothing is left to do")
      }
      let contactID = try contact.map { try self.contact($0, of: row).id }
      let changes: [TicketChange] = [.vobo(vobo, reason: reason, onBehalfOf: contactID)]
      return (vobo == .refused ? changes + [.reopened(reason: reason, by: .client)] : changes, nil)
    }
  }

  // MARK: Parts

  /// For whom the actor speaks.
  var side: Party { actor.role == .client ? .client : .support }

  /// Makes the changes that `decide` finds, and what `then` adds, in one transaction.
  func change(
    _ id: Int64, _ decide: (TicketRow) throws -> ([TicketChange], Instant?), then: (TicketRow) throws -> Void = { _ in }
  ) throws -> TicketRow {
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
      try then(row)
      return row
    }
  }

  /// The last instant at which something happened to the ticket that a change of an earlier instant would not overrule.
  private func overrulingInstant(_ change: TicketChange, _ row: TicketRow) throws -> Instant {
    let kinds: [TicketEventKind] =
      switch change.kind {
      case .opened, .replied, .attached: []
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
    guard let row = try Tickets(connection).ticket(id, for: actor) else {
      throw DeskError("there is no ticket \(id)", mend: "see 'plazo ticket list'")
    }
    return row
  }

  func instant(_ happenedAt: Instant?) throws -> Instant {
    guard let happenedAt else { return now }
    guard happenedAt <= now else { throw DeskError("that instant is still to come", mend: "give one that has passed") }
    return happenedAt
  }

  func staff(_ login: String) throws -> User { try Directory(connection).requireStaff(login) }

  func staffOnly(_ what: String) throws {
    guard actor.role != .client else {
      throw DeskError("a client's contact cannot \(what)", mend: "ask a technician")
    }
  }

  func mustBe(_ status: Status, _ row: TicketRow) throws {
    guard row.status == status else {
      let mend = row.status == .open ? "close it first" : "reopen it first with 'plazo ticket reopen \(row.id)'"
      throw DeskError("ticket \(row.id) is \(row.status.rawValue)", mend: mend)
    }
  }
}
