public import SLA
public import SQLite

/// What is done about clients, products and providers: they are added, renamed, put out of use and back into it, and
/// never deleted.
public struct NameActions {
  public let connection: Connection
  public let actor: User
  public let now: Instant

  public init(_ connection: Connection, actor: User, now: Instant) {
    self.connection = connection
    self.actor = actor
    self.now = now
  }

  public func add(_ name: String, to list: NamedList) throws {
    guard actor.role != .client else {
      throw DeskError("a client's contact cannot add a \(list.rawValue)", mend: "ask a technician")
    }
    try connection.write {
      let id = try Directory(connection).add(name, to: list)
      try DirectoryLog(connection).record(
        "added", of: id, in: list.rawValue, from: nil, to: name.trimmed, at: now, by: actor.id)
    }
  }

  /// Changes a name, and whether it is in use.
  ///
  /// Policies match by name, so the clocks of open tickets have to be derived anew: each gets an event that says what it
  /// is about now, and the next sweep finds it by that.
  /// - Returns: how many open tickets it is about.
  @discardableResult
  public func edit(_ name: String, in list: NamedList, newName: String?, isActive: Bool?) throws -> Int64 {
    guard actor.role == .administrator else {
      throw DeskError("only an administrator can change a \(list.rawValue)", mend: "act --as an administrator")
    }
    return try DeskWriter.transact(connection, at: now, by: actor.id) { writer in
      let directory = Directory(connection)
      let id = try directory.require(name, in: list)
      let change = NameChange(id, list, writer)
      var open: Int64?
      if let newName = newName?.trimmed, try newName != change.name {
        guard !newName.isEmpty else { throw DeskError("the \(list.rawValue) has no name", mend: "give one") }
        guard try directory.id(of: newName, in: list) == nil else {
          throw DeskError("there is a \(list.rawValue) '\(newName)' already", mend: "choose another name")
        }
        open = try change.rename(to: newName)
      }
      if let isActive { try change.setActive(isActive) }
      return try open ?? Int64(change.openTickets().count)
    }
  }
}

/// A change of a client, product or provider, with its entry in the log, whoever makes it.
struct NameChange {
  private let id: Int64
  private let list: NamedList
  private let writer: DeskWriter

  init(_ id: Int64, _ list: NamedList, _ writer: DeskWriter) {
    self.id = id
    self.list = list
    self.writer = writer
  }

  var name: String? {
    get throws {
      try writer.connection.rows(sql: "SELECT name FROM \(list.rawValue) WHERE id = ?", .integer(id)).first?[0].text
    }
  }

  /// - Returns: how many open tickets are about it, each with an event that says so.
  @discardableResult
  func rename(to name: String) throws -> Int64 {
    let old = try self.name
    try writer.connection.run(
      sql: "UPDATE \(list.rawValue) SET name = ? WHERE id = ?", .text(name), .integer(id))
    try record("name", from: old, to: name)
    return try tellOpenTickets()
  }

  /// - Returns: whether that changed anything.
  @discardableResult
  func setActive(_ isActive: Bool) throws -> Bool {
    try writer.connection.run(
      sql: "UPDATE \(list.rawValue) SET active = ?1 WHERE id = ?2 AND active <> ?1", Value(isActive), .integer(id))
    guard writer.connection.changes > 0 else { return false }
    try record("active", from: isActive ? "0" : "1", to: isActive ? "1" : "0")
    return true
  }

  func openTickets() throws -> [Int64] {
    try writer.connection.rows(
      sql: "SELECT id FROM ticket WHERE status = 'open' AND \(list.rawValue)_id = ? ORDER BY id", .integer(id)
    ).compactMap { $0[0].integer }
  }

  private func tellOpenTickets() throws -> Int64 {
    let field: TicketField =
      switch list {
      case .client: .client
      case .product: .product
      case .provider: .provider
      }
    let ids = try openTickets()
    for ticketID in ids {
      guard var row = try Tickets(writer.connection).ticket(ticketID) else { continue }
      try writer.append([.edited(field, String(id))], to: &row, at: max(writer.recordedAt, row.openedAt))
    }
    return Int64(ids.count)
  }

  private func record(_ field: String, from before: String?, to after: String?) throws {
    try DirectoryLog(writer.connection).record(
      field, of: id, in: list.rawValue, from: before, to: after, at: writer.recordedAt, by: writer.actorID)
  }
}
