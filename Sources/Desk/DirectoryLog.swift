public import SLA
public import SQLite

/// What was changed about people, clients, products and providers, by whom and when.
public struct DirectoryLog {
  public let connection: Connection
  public init(_ connection: Connection) { self.connection = connection }

  public struct Entry: Equatable, Sendable {
    public var happenedAt: Instant
    /// The login of who did it; `nil` for an import or the program.
    public var actor: String?
    /// The column that changed, or `added`.
    public var field: String
    public var before: String?
    public var after: String?
  }

  /// In the order in which it happened. - Parameter list: `user` or a list of names.
  public func entries(of id: Int64, in list: String) throws -> [Entry] {
    try connection.rows(
      sql: """
        SELECT e.happened_at, u.login, e.field, e.before, e.after FROM directory_event e
          LEFT JOIN user u ON u.id = e.actor_id WHERE e.list = ? AND e.subject_id = ? ORDER BY e.id
        """, .text(list), .integer(id)
    ).map {
      Entry(
        happenedAt: Instant($0[0].integer ?? 0), actor: $0[1].text, field: $0[2].text ?? "", before: $0[3].text,
        after: $0[4].text)
    }
  }

  /// Notes a change, in the transaction that makes it.
  func record(
    _ field: String, of id: Int64, in list: String, from before: String?, to after: String?, at now: Instant,
    by actorID: Int64?
  ) throws {
    try connection.run(
      sql: """
        INSERT INTO directory_event (list, subject_id, field, before, after, happened_at, actor_id)
          VALUES (?, ?, ?, ?, ?, ?, ?)
        """, .text(list), .integer(id), .text(field), Value(before), Value(after), .integer(now.seconds),
      Value(actorID))
  }

  /// Notes each column of a user that differs.
  func record(_ user: User, became after: User, at now: Instant, by actorID: Int64?) throws {
    let (old, new) = (user.values, after.values)
    for (index, column) in User.fields.enumerated() where old[index] != new[index] {
      try record(
        column, of: user.id, in: "user", from: try words(column, old[index]), to: try words(column, new[index]),
        at: now,
        by: actorID)
    }
  }

  /// What the log says of a value: people and companies by the name that they had then.
  private func words(_ column: String, _ value: Value) throws -> String? {
    switch (column, value) {
    case (_, .null): nil
    case ("client_id", .integer(let id)):
      try connection.value(sql: "SELECT name FROM client WHERE id = ?", .integer(id)).text
    case ("stand_in_id", .integer(let id)):
      try connection.value(sql: "SELECT login FROM user WHERE id = ?", .integer(id)).text
    case (_, .integer(let number)): String(number)
    case (_, .text(let text)): text
    default: nil
    }
  }
}
