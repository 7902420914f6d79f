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
    _ = try DeskWriter.transact(connection, at: now, by: actor.id) { try NameChange.add(name, to: list, $0) }
  }

  /// Changes a name, and whether it is in use.
  /// - Returns: how many open tickets it is about.
  @discardableResult
  public func edit(_ name: String, in list: NamedList, newName: String?, isActive: Bool?) throws -> Int64 {
    guard actor.role == .administrator else {
      throw DeskError("only an administrator can change a \(list.rawValue)", mend: "act --as an administrator")
    }
    return try DeskWriter.transact(connection, at: now, by: actor.id) { writer in
      let directory = Directory(connection)
      let id = try directory.require(name, in: list)
      let change = NameChange(list, id, writer)
      if let newName = newName?.trimmed, newName != (try change.name()) {
        guard !newName.isEmpty else { throw DeskError("the \(list.rawValue) has no name", mend: "give one") }
        guard try directory.id(of: newName, in: list) == nil else {
          throw DeskError("there is a \(list.rawValue) '\(newName)' already", mend: "choose another name")
        }
        try change.rename(to: newName)
      }
      if let isActive { try change.setActive(isActive) }
      return Int64(try change.openTickets().count)
    }
  }
}

/// A change of one client, product or provider within a writer's transaction, whoever makes it: a person or an import.
struct NameChange {
  let list: NamedList
  let id: Int64
  let writer: DeskWriter

  init(_ list: NamedList, _ id: Int64, _ writer: DeskWriter) {
    self.list = list
    self.id = id
    self.writer = writer
  }

  /// - Returns: the id of the new one.
  @discardableResult
  static func add(_ name: String, to list: NamedList, _ writer: DeskWriter) throws -> Int64 {
    let id = try Directory(writer.connection).add(name, to: list)
    try NameChange(list, id, writer).record("added", from: nil, to: name.trimmed)
    return id
  }

  func name() throws -> String? {
    try writer.connection.value(sql: "SELECT name FROM \(list.rawValue) WHERE id = ?", .integer(id)).text
  }

  /// Gives it another name. Policies match by name, so the clocks of open tickets have to be derived anew: each ticket
  /// gets an event that says what it is about now, and the next sweep finds it by that.
  /// - Returns: whether that changed anything.
  @discardableResult
  func rename(to newName: String) throws -> Bool {
    let old = try name()
    guard old != newName else { return false }
    try writer.connection.run(
      sql: "UPDATE \(list.rawValue) SET name = ? WHERE id = ?", .text(newName), .integer(id))
    try record("name", from: old, to: newName)
    for ticketID in try openTickets() {
      guard var row = try Tickets(writer.connection).ticket(ticketID) else { continue }
      try writer.append([.edited(field, String(id))], to: &row, at: max(writer.recordedAt, row.openedAt))
    }
    return true
  }

  /// Puts it into use or out of it. - Returns: whether that changed anything.
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

  private var field: TicketField {
    switch list {
    case .client: .client
    case .product: .product
    case .provider: .provider
    }
  }

  private func record(_ field: String, from before: String?, to after: String?) throws {
    try DirectoryLog(writer.connection).record(
      field, of: id, in: list.rawValue, from: before, to: after, at: writer.recordedAt, by: writer.actorID)
  }
}
