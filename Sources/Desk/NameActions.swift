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
      try record("added", of: id, in: list, from: nil, to: name.trimmed)
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
      let old = try connection.rows(sql: "SELECT name, active FROM \(list.rawValue) WHERE id = ?", .integer(id))[0]
      var open: Int64?
      if let newName = newName?.trimmed, newName != old[0].text {
        guard !newName.isEmpty else { throw DeskError("the \(list.rawValue) has no name", mend: "give one") }
        guard try directory.id(of: newName, in: list) == nil else {
          throw DeskError("there is a \(list.rawValue) '\(newName)' already", mend: "choose another name")
        }
        try connection.run(
          sql: "UPDATE \(list.rawValue) SET name = ? WHERE id = ?", .text(newName), .integer(id))
        try record("name", of: id, in: list, from: old[0].text, to: newName)
        open = try tellOpenTickets(id, list, writer)
      }
      if let isActive, (isActive ? 1 : 0) != old[1].integer {
        try connection.run(
          sql: "UPDATE \(list.rawValue) SET active = ? WHERE id = ?", .integer(isActive ? 1 : 0), .integer(id))
        try record("active", of: id, in: list, from: isActive ? "0" : "1", to: isActive ? "1" : "0")
      }
      return try open ?? Int64(openTickets(id, list).count)
    }
  }

  private func openTickets(_ id: Int64, _ list: NamedList) throws -> [Int64] {
    try connection.rows(
      sql: "SELECT id FROM ticket WHERE status = 'open' AND \(list.rawValue)_id = ? ORDER BY id", .integer(id)
    ).compactMap { $0[0].integer }
  }

  private func tellOpenTickets(_ id: Int64, _ list: NamedList, _ writer: DeskWriter) throws -> Int64 {
    let field: TicketField =
      switch list {
      case .client: .client
      case .product: .product
      case .provider: .provider
      }
    let ids = try openTickets(id, list)
    for ticketID in ids {
      guard var row = try Tickets(connection).ticket(ticketID) else { continue }
      try writer.append([.edited(field, String(id))], to: &row, at: max(now, row.openedAt))
    }
    return Int64(ids.count)
  }

  private func record(_ field: String, of id: Int64, in list: NamedList, from before: String?, to after: String?) throws
  {
    try DirectoryLog(connection).record(
      field, of: id, in: list.rawValue, from: before, to: after, at: now, by: actor.id)
  }
}
