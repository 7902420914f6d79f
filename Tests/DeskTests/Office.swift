import Desk
import SLA
import SQLite
import Testing

/// A desk in memory with people of every role, two companies, and the reading of its tables.
final class Office {
  let connection: Connection
  let admin, ana, luis, contact, stranger: User

  static let now = Instant(iso8601: "2026-03-27T12:00:00Z", in: .utc)!

  init() throws {
    connection = try Connection(path: ":memory:", mode: .create)
    try connection.migrate(DeskSchema.migrations, now: 0)
    try connection.execute(sql: "PRAGMA foreign_keys = ON")
    let directory = Directory(connection)
    let acme = try directory.add("Acme", to: .client)
    let other = try directory.add("Otra", to: .client)
    try directory.add("Nómina", to: .product)
    try directory.add("Telco", to: .provider)
    admin = try directory.addUser(login: "admin", name: "Admin", role: .administrator)
    ana = try directory.addUser(login: "ana", name: "Ana", role: .technician)
    luis = try directory.addUser(login: "luis", name: "Luis", role: .technician, booking: .day)
    contact = try directory.addUser(login: "acme", name: "Contacto", role: .client, clientID: acme)
    stranger = try directory.addUser(login: "otra", name: "Ajeno", role: .client, clientID: other)
  }

  func tickets(_ actor: User, _ now: Instant = Office.now) -> TicketActions {
    TicketActions(connection, actor: actor, now: now)
  }

  func tasks(_ actor: User, _ now: Instant = Office.now) -> Tasks { Tasks(connection, actor: actor, now: now) }

  func activities(_ actor: User, _ now: Instant = Office.now) -> Activities {
    Activities(connection, actor: actor, now: now)
  }

  /// A ticket of Acme's that Ana answers for.
  @discardableResult
  func open(at now: Instant = Office.now) throws -> Int64 {
    var opening = TicketActions.Opening(title: "No imprime", description: "Desde ayer.")
    opening.client = "Acme"
    return try tickets(ana, now).open(opening).id
  }

  static func reply(_ edit: (inout TicketActions.Reply) -> Void) -> TicketActions.Reply {
    var reply = TicketActions.Reply()
    edit(&reply)
    return reply
  }

  /// Every row of every table as it is.
  func everything() throws -> [String: [[Value]]] {
    let tables = try connection.rows(
      sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return try Dictionary(
      uniqueKeysWithValues: tables.map { ($0[0].text!, try connection.rows(sql: "SELECT * FROM \($0[0].text!)")) })
  }

  /// The sentence with which `body` is refused; nothing may have been written.
  func refusal<T>(_ body: () throws -> T) throws -> String {
    let before = try everything()
    var sentence = "it was done"
    do { _ = try body() } catch { sentence = "\(error)" }
    #expect(try everything() == before, "\(sentence)")
    return sentence
  }

  func differences() throws -> [Replay.Difference] {
    var all: [Replay.Difference] = []
    try Replay(connection).check { all.append($0) }
    return all
  }
}
