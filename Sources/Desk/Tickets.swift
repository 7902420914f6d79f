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
}
