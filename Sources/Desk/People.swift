public import SLA
public import SQLite
public import Text

/// A person who acts on the desk.
public struct User: Hashable, Sendable {
  public var id: Int64
  public var login: String
  public var name: String
  public var role: Role
  public var mail: String?
  /// The company whose contact a user of role `client` is.
  public var clientID: Int64?
  public var booking: Booking
  public var isActive: Bool
  /// `nil`: the desk's.
  public var language: Language?
  /// An IANA name; `nil`: the desk's zone.
  public var zone: String?
  /// The name of the calendar of the user's own hours; `nil`: the desk's.
  public var calendar: String?
  /// Who is told in the user's place while the user is away.
  public var standInID: Int64?
  public var awayUntil: Instant?

  static let columns = "id, \(fields.joined(separator: ", "))"

  /// The columns that can change, in the order of `values`.
  static let fields = [
    "login", "name", "role", "mail", "client_id", "booking", "active", "language", "zone", "calendar", "stand_in_id",
    "away_until",
  ]

  var values: [Value] {
    [
      .text(login), .text(name), .text(role.rawValue), Value(mail), Value(clientID), .text(booking.rawValue),
      .integer(isActive ? 1 : 0), Value(language?.rawValue), Value(zone), Value(calendar), Value(standInID),
      Value(awayUntil?.seconds),
    ]
  }

  init(_ row: Statement) throws {
    id = row.integer(0)
    login = row.text(1)
    name = row.text(2)
    role = try row.word(3, of: "user.role")
    mail = row.textOrNil(4)
    clientID = row.integerOrNil(5)
    booking = try row.word(6, of: "user.booking")
    isActive = row.integer(7) == 1
    language = row.textOrNil(8).flatMap { Language(rawValue: $0) }
    zone = row.textOrNil(9)
    calendar = row.textOrNil(10)
    standInID = row.integerOrNil(11)
    awayUntil = row.integerOrNil(12).map { Instant($0) }
  }
}

/// The lists of companies and things that tickets refer to by name.
public enum NamedList: String, Sendable, CaseIterable {
  case client
  case product
  case provider
}

/// Finding people and named things. Names are compared as they are written, outer blanks cut.
public struct Directory {
  public let connection: Connection
  public init(_ connection: Connection) { self.connection = connection }

  /// The user with a login, active or not.
  public func user(login: String) throws -> User? {
    try first("login = ?", .text(login))
  }

  /// The user with an id, active or not.
  public func user(id: Int64) throws -> User? {
    try first("id = ?", .integer(id))
  }

  /// Everybody on the desk, out of use or not, by login.
  public func users() throws -> [User] {
    let statement = try connection.cached(sql: "SELECT \(User.columns) FROM user ORDER BY login")
    defer { statement.reset() }
    var users: [User] = []
    while try statement.step() { users.append(try User(statement)) }
    return users
  }

  private func first(_ condition: String, _ value: Value) throws -> User? {
    let statement = try connection.cached(sql: "SELECT \(User.columns) FROM user WHERE \(condition)")
    statement.bind(1, value)
    defer { statement.reset() }
    return try statement.step() ? try User(statement) : nil
  }

  /// Adds a user. - Throws: `DeskError` when the login is taken or the role does not fit the company.
  @discardableResult
  public func addUser(
    login: String, name: String, role: Role, mail: String? = nil, clientID: Int64? = nil, booking: Booking = .event
  ) throws -> User {
    let login = login.trimmed
    guard !login.isEmpty else { throw DeskError("the user has no login", mend: "give one") }
    guard try user(login: login) == nil else {
      throw DeskError("there is a user '\(login)' already", mend: "choose another login")
    }
    guard (role == .client) == (clientID != nil) else {
      throw DeskError(
        "a client's contact needs a company, and nobody else has one",
        mend: "give --client to a user of role client only")
    }
    try connection.run(
      sql: "INSERT INTO user (login, name, role, mail, client_id, booking) VALUES (?, ?, ?, ?, ?, ?)",
      .text(login), .text(name), .text(role.rawValue), Value(mail), Value(clientID), .text(booking.rawValue))
    return try user(id: connection.lastInsertedID)!
  }

  /// The id of a name, in use or not.
  public func id(of name: String, in list: NamedList) throws -> Int64? {
    try connection.integer(sql: "SELECT id FROM \(list.rawValue) WHERE name = ?", .text(name.trimmed))
  }

  /// The names that are in use.
  public func names(in list: NamedList) throws -> [String] {
    try connection.rows(sql: "SELECT name FROM \(list.rawValue) WHERE active = 1 ORDER BY name").compactMap {
      $0[0].text
    }
  }

  @discardableResult
  public func add(_ name: String, to list: NamedList) throws -> Int64 {
    let name = name.trimmed
    guard !name.isEmpty else { throw DeskError("the \(list.rawValue) has no name", mend: "give one") }
    guard try id(of: name, in: list) == nil else {
      throw DeskError("there is a \(list.rawValue) '\(name)' already", mend: "choose another name")
    }
    try connection.run(sql: "INSERT INTO \(list.rawValue) (name) VALUES (?)", .text(name))
    return connection.lastInsertedID
  }

  // MARK: What must be there

  /// - Throws: `DeskError` with the nearest name that there is.
  public func require(_ name: String, in list: NamedList) throws -> Int64 {
    if let id = try id(of: name, in: list) { return id }
    let guess = nearest(to: name, among: try names(in: list)).map { "did you mean '\($0)'? " } ?? ""
    throw DeskError(
      "there is no \(list.rawValue) '\(name)'", mend: "\(guess)add it with 'plazo \(list.rawValue) add'")
  }

  /// One that is in use. - Throws: `DeskError`.
  public func requireActive(_ name: String, in list: NamedList) throws -> Int64 {
    let id = try require(name, in: list)
    guard try connection.integer(sql: "SELECT active FROM \(list.rawValue) WHERE id = ?", .integer(id)) == 1 else {
      throw DeskError(
        "\(list.rawValue) '\(name.trimmed)' is no longer in use",
        mend: "choose another, or bring it back with 'plazo \(list.rawValue) edit'")
    }
    return id
  }

  /// What is said of a login that nobody has.
  func noUser(_ login: String) throws -> DeskError {
    let guess = nearest(to: login, among: try users().map(\.login)).map { "did you mean '\($0)'? " } ?? ""
    return DeskError("there is no user '\(login)'", mend: "\(guess)add one with 'plazo user add'")
  }

  /// An active user, whoever it is. - Throws: `DeskError`.
  public func require(login: String) throws -> User {
    guard let user = try user(login: login) else { throw try noUser(login) }
    guard user.isActive else {
      throw DeskError(
        "user '\(login)' is not active", mend: "choose another, or bring this one back with 'plazo user edit'")
    }
    return user
  }

  /// An active contact of a client. - Throws: `DeskError`.
  public func requireContact(_ login: String) throws -> User {
    let user = try require(login: login)
    guard user.role == .client else {
      throw DeskError("'\(login)' is no client's contact", mend: "name one; 'plazo user list' has them")
    }
    return user
  }

  /// An active technician or administrator. - Throws: `DeskError`.
  public func requireStaff(_ login: String) throws -> User {
    let user = try require(login: login)
    guard user.role != .client else {
      throw DeskError("'\(login)' is a client's contact", mend: "choose a technician or an administrator")
    }
    return user
  }
}
