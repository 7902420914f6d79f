public import SLA
public import SQLite

/// People, clients, products and providers as they were: names, roles, absences and whatever else is kept of them.
///
/// Each change is in `directory_event` with what stood there before; those that came later are put back, the last first.
/// Who was added later is there all the same: an import brings people after what they did.
public struct PastDirectory {
  static let lists = ["user"] + NamedList.allCases.map(\.rawValue)

  private let connection: Connection
  private let instant: Instant
  private let last: Int64

  /// - Parameters:
  ///   - instant: What changed later is put back.
  ///   - last: So is what was recorded after the change of this number, even if in the same second.
  public init(_ connection: Connection, at instant: Instant, through last: Int64) {
    self.connection = connection
    self.instant = instant
    self.last = last
  }

  /// The number of the last change that is kept.
  public static func lastChange(on connection: Connection) throws -> Int64 {
    try connection.prepare(sql: "SELECT max(id) FROM directory_event").rows().first?[0].integer ?? 0
  }

  /// Puts temporary tables of the same names before the lists that have changed since, so that whatever is asked on this
  /// connection from now on, be it by a view or by the choice of a policy, knows people and things as they were.
  public func shadow() throws {
    let changes = try connection.prepare(
      sql: """
        SELECT list, subject_id, field, before FROM directory_event
          WHERE (happened_at > ? OR id > ?) AND field <> 'added' ORDER BY id DESC
        """
    ).rows(.integer(instant.seconds), .integer(last))
    var shadows: [String: Shadow] = [:]
    for list in Self.lists where changes.contains(where: { $0[0].text == list }) {
      shadows[list] = try Shadow(list, on: connection)
    }
    for change in changes {
      try change[0].text.flatMap { shadows[$0] }?.restore(
        change[2].text ?? "", of: change[1].integer ?? 0, to: change[3].text)
    }
  }

  /// The name that a client or product, or the login that a user, had then: of the one who had it, else of the one who
  /// has it now. - Returns: the name itself where nobody is called so.
  public func name(then name: String, in list: String) throws -> String {
    let column = list == "user" ? "login" : "name"
    let rows = try connection.prepare(
      sql: """
        SELECT t.\(column) FROM \(list) t LEFT JOIN main.\(list) n ON n.id = t.id
          WHERE t.\(column) = ?1 OR n.\(column) = ?1 ORDER BY t.\(column) = ?1 DESC LIMIT 1
        """
    ).rows(.text(name))
    return rows.first?[0].text ?? name
  }
}

/// A list under its own name in the temporary schema, which is looked into first.
private final class Shadow {
  private let list: String
  private let connection: Connection
  private let columns: [String: (restore: Statement, isNumber: Bool)]

  init(_ list: String, on connection: Connection) throws {
    self.list = list
    self.connection = connection
    let known = try connection.prepare(sql: "SELECT name, type FROM pragma_table_info(?, 'main')").rows(.text(list))
      .map { (name: $0[0].text ?? "", type: $0[1].text ?? "") }
    let others = known.filter { $0.name != "id" }
    let names = others.map(\.name).joined(separator: ", ")
    try connection.execute(
      sql: """
        CREATE TEMP TABLE \(list) (id INTEGER PRIMARY KEY, \(names));
        INSERT INTO temp.\(list) (id, \(names)) SELECT id, \(names) FROM main.\(list)
        """)
    var columns: [String: (Statement, Bool)] = [:]
    for (name, type) in others {
      let statement = try connection.prepare(sql: "UPDATE temp.\(list) SET \(name) = ? WHERE id = ?")
      columns[name] = (statement, type == "INTEGER")
    }
    self.columns = columns
  }

  /// - Parameter text: what the log says of the value.
  func restore(_ field: String, of id: Int64, to text: String?) throws {
    guard let column = columns[field] else { return }
    try column.restore.run(try value(text, of: field, isNumber: column.isNumber), .integer(id))
  }

  /// Companies and people are logged by the name that they had then, which by now is theirs again.
  private func value(_ text: String?, of field: String, isNumber: Bool) throws -> Value {
    guard let text else { return .null }
    func id(_ sql: String) throws -> Value { try connection.prepare(sql: sql).rows(.text(text)).first?[0] ?? .null }
    switch field {
    case "client_id": return try id("SELECT id FROM client WHERE name = ?")
    case "stand_in_id": return try id("SELECT id FROM user WHERE login = ?")
    default: return isNumber ? Value(Int64(text)) : .text(text)
    }
  }
}
