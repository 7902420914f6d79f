internal import SLA
internal import SQLite
internal import Text

/// Users on their way in. One whose login the desk has already is taken for the same.
final class UserSink: RecordSink {
  private let context: RecordImport
  private let writer: DeskWriter
  private let names: NameBook

  init(_ context: RecordImport, _ writer: DeskWriter, _ names: NameBook) {
    self.context = context
    self.writer = writer
    self.names = names
  }

  func take(_ row: RecordRow) throws -> RecordOutcome {
    let field: ImportField = row.stated.contains(.login) ? .login : .key
    let login = row.values[field] ?? row.key
    guard User.isLogin(login) else {
      throw RowProblem(field, "'\(login)' cannot be a login", mend: "map at most 64 characters without blanks and '/'")
    }
    let holder = try Directory(writer.connection).user(login: login)?.id
    if let id = row.id, let holder, holder != id {
      throw RowProblem(field, "there is another user '\(login)'", mend: "give each a login of its own")
    }
    if row.id == nil, let holder { try refuseTwoKeys(holder, noun: "user", writer.connection) }
    let old = try (row.id ?? holder).flatMap { try UserRow($0, writer.connection) }
    var new = old ?? UserRow(login: login)
    new.login = login
    try edit(&new, row)
    let isPartial = row.stated.contains(.standIn)
    guard new != old else { return RecordOutcome(.same, new.id, isPartial: isPartial) }
    let before = try old.flatMap { try Directory(writer.connection).user(id: $0.id) }
    try new.save(on: writer.connection)
    if let user = try log(before, new.id) { names.learn(user) }
    return RecordOutcome(old == nil ? .new : .updated, new.id, isPartial: isPartial)
  }

  /// Keeps what an import changed of somebody, as if a person had. - Returns: the user as it is now.
  private func log(_ before: User?, _ id: Int64) throws -> User? {
    let after = try Directory(writer.connection).user(id: id)
    if let before, let after {
      try DirectoryLog(writer.connection).record(before, became: after, at: writer.recordedAt, by: writer.actorID)
    }
    return after
  }

  private func edit(_ user: inout UserRow, _ row: RecordRow) throws {
    let values = row.values
    func text(_ field: ImportField, _ part: WritableKeyPath<UserRow, String?>) {
      if row.stated.contains(field) { user[keyPath: part] = values[field] }
    }
    if let name = values[.name] { user.name = name } else if user.name.isEmpty { user.name = user.login }
    if let role = values[.role] { user.role = role }
    if let mail = values[.mail], !Self.looksLikeMail(mail) {
      throw RowProblem(.mail, "it is no mail address", mend: "write it as ana@example.com, or leave it empty")
    }
    text(.mail, \.mail)
    text(.language, \.language)
    if let zone = values[.zone] {
      do { _ = try context.zones(zone) } catch let error as DeskError {
        throw RowProblem(.zone, error.problem, mend: error.mend)
      }
    }
    text(.zone, \.zone)
    if let calendar = values[.calendar], !context.calendars.contains(calendar) {
      throw RowProblem(
        .calendar, "there is no calendar '\(calendar)'", mend: "calendars: \(context.calendars.joined(separator: ", "))"
      )
    }
    text(.calendar, \.calendar)
    if let booking = values[.booking] { user.booking = booking }
    if row.stated.contains(.awayUntil) { user.awayUntil = values[instant: .awayUntil]?.seconds }
    if row.stated.contains(.active) { user.isActive = values[.active] != "no" }
    if user.role == Role.client.rawValue {
      if let client = values[.client] { user.clientID = try names.id(of: client, in: .client) }
      guard user.clientID != nil else {
        throw RowProblem(.client, "a client's contact has no company", mend: "fill it, or give another role")
      }
    } else {
      user.clientID = nil
    }
  }

  func complete(_ row: RecordRow, _ id: Int64) throws -> Bool {
    guard var user = try UserRow(id, writer.connection) else { return false }
    let old = user
    user.standInID = nil
    if let name = row.values[.standIn] {
      guard let standIn = names.knownPerson(name) else {
        throw RowProblem(.standIn, "there is no technician '\(name)'", mend: "name a user of this file or of the desk")
      }
      guard standIn != id else {
        throw RowProblem(.standIn, "nobody stands in for oneself", mend: "name another, or leave it empty")
      }
      user.standInID = standIn
    }
    guard user != old else { return false }
    let before = try Directory(writer.connection).user(id: id)
    try user.save(on: writer.connection)
    _ = try log(before, id)
    return true
  }

  func finish() throws {
    let administrators = try writer.connection.integer(
      sql: "SELECT count(*) FROM user WHERE role = 'administrator' AND active")
    guard administrators! > 0 else {
      throw DeskError("the file leaves no active administrator", mend: "keep one, who can mend what goes wrong")
    }
  }

  func counts(_ id: Int64) throws -> Bool {
    try writer.connection.integer(sql: "SELECT active FROM user WHERE id = ?", .integer(id)) == 1
  }

  /// One `@` with something on both sides, and nothing that breaks a header. What sends mail reads it more closely.
  private static func looksLikeMail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.value > 32 && $0.value != 127 && !"<>(),;\"\\".unicodeScalars.contains($0)
    }
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && isPlain && text.utf8.count <= 254
  }
}

/// Every column of a user that an import can state.
private struct UserRow: Equatable {
  var id: Int64 = 0
  var login: String
  var name = ""
  var role = Role.technician.rawValue
  var mail: String?
  var language: String?
  var zone: String?
  var calendar: String?
  var clientID: Int64?
  var booking = Booking.event.rawValue
  var standInID: Int64?
  var awayUntil: Int64?
  var isActive = true

  init(login: String) { self.login = login }

  init?(_ id: Int64, _ connection: Connection) throws {
    let statement = try connection.cached(
      sql: """
        SELECT login, name, role, mail, language, zone, calendar, client_id, booking, stand_in_id, away_until, active
          FROM user WHERE id = ?
        """)
    statement.bind(1, id)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    self.id = id
    login = statement.text(0)
    name = statement.text(1)
    role = statement.text(2)
    mail = statement.textOrNil(3)
    language = statement.textOrNil(4)
    zone = statement.textOrNil(5)
    calendar = statement.textOrNil(6)
    clientID = statement.integerOrNil(7)
    booking = statement.text(8)
    standInID = statement.integerOrNil(9)
    awayUntil = statement.integerOrNil(10)
    isActive = statement.integer(11) == 1
  }

  /// Adds the user, or writes what has changed.
  mutating func save(on connection: Connection) throws {
    if id == 0 {
      try connection.run(
        sql: "INSERT INTO user (login, name, role, client_id) VALUES (?, ?, ?, ?)", .text(login), .text(name),
        .text(role), Value(clientID))
      id = connection.lastInsertedID
    }
    try connection.run(
      sql: """
        UPDATE user SET login = ?2, name = ?3, role = ?4, mail = ?5, language = ?6, zone = ?7, calendar = ?8,
          client_id = ?9, booking = ?10, stand_in_id = ?11, away_until = ?12, active = ?13 WHERE id = ?1
        """, .integer(id), .text(login), .text(name), .text(role), Value(mail), Value(language), Value(zone),
      Value(calendar), Value(clientID), .text(booking), Value(standInID), Value(awayUntil), Value(isActive))
  }
}

extension User {
  /// Whether a text can be a login: typed after `--as`, and a part of a path.
  public static func isLogin(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 64 && !text.hasPrefix("-")
      && text.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0 != "/" && $0.value >= 32 && !(0x7F..<0xA0).contains($0.value)
      }
  }
}
