public import SQLite

/// Reading tickets and their follow-up.
public struct Tickets {
  public let connection: Connection
  public init(_ connection: Connection) { self.connection = connection }

  public func ticket(_ id: Int64) throws -> TicketRow? {
    let statement = try connection.cached(sql: "SELECT \(TicketRow.columns) FROM ticket WHERE id = ?")
    statement.bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? try TicketRow(statement) : nil
  }

  /// A ticket as a reader may see it: a client's contact sees the own company's only, and nobody known is the operator
  /// of the machine, who can read the file anyhow.
  public func ticket(_ id: Int64, for reader: User?) throws -> TicketRow? {
    guard let row = try ticket(id) else { return nil }
    return reader.map { $0.role == .client && $0.clientID != row.clientID } ?? false ? nil : row
  }
}
