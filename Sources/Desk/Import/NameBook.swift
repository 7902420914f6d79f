internal import SQLite

/// Finds the companies, things and people that rows name, and adds those that the desk does not have. Each name is
/// looked up once.
final class NameBook {
  /// How many logins of new technicians are kept to be told.
  static let toldLogins = 10

  private let directory: Directory
  private var known: [NamedList: [String: Int64]] = [:]
  private var people: [String: Int64] = [:]
  private var logins: Set<String> = []
  private(set) var created: [String: Int] = [:]
  private(set) var createdLogins: [String] = []

  /// What was added since `begin`, so that it can be forgotten when the row that named it is rejected.
  private var added: [(list: NamedList?, name: String, login: String?)] = []

  init(_ connection: Connection) throws {
    directory = Directory(connection)
    for user in try directory.users() {
      logins.insert(user.login)
      // A contact is nobody to whom work is given, even under a technician's name.
      if user.role != .client, people[user.name] == nil { people[user.name] = user.id }
    }
    for user in try directory.users() where user.role != .client { people[user.login] = user.id }
  }

  func id(of name: String?, in list: NamedList) throws -> Int64? {
    guard let name else { return nil }
    if let id = known[list]?[name] { return id }
    let found = try directory.id(of: name, in: list)
    let id = try found ?? directory.add(name, to: list)
    if found == nil {
      created[list.rawValue, default: 0] += 1
      added.append((list, name, nil))
    }
    known[list, default: [:]][name] = id
    return id
  }

  /// The technician or administrator with this login or name; an unknown one becomes a technician.
  ///
  /// - Parameter booking: how one who is new books hours.
  func person(_ name: String?, booking: Booking = .event) throws -> Int64? {
    guard let name else { return nil }
    if let id = people[name] { return id }
    let login = freeLogin(for: name)
    let user = try directory.addUser(login: login, name: name, role: .technician, booking: booking)
    people[name] = user.id
    logins.insert(login)
    created["user", default: 0] += 1
    if createdLogins.count < Self.toldLogins { createdLogins.append(login) }
    added.append((nil, name, login))
    return user.id
  }

  /// Whether there is such a person, without adding one.
  func knownPerson(_ name: String) -> Int64? { people[name] }

  /// A person that an import of users has made or changed.
  func learn(_ user: User) {
    logins.insert(user.login)
    if user.role == .client {
      people = people.filter { $0.value != user.id }
    } else {
      people[user.login] = user.id
      if people[user.name] == nil { people[user.name] = user.id }
    }
  }

  // MARK: Rows that fail

  /// What is added from now on is one row's.
  func begin() { added.removeAll(keepingCapacity: true) }

  /// Forgets what the row added, which its transaction takes back.
  func forget() {
    for (list, name, login) in added {
      if let list {
        known[list]?[name] = nil
        created[list.rawValue, default: 1] -= 1
      } else {
        people[name] = nil
        if let login { logins.remove(login) }
        createdLogins.removeAll { $0 == login }
        created["user", default: 1] -= 1
      }
    }
    created = created.filter { $0.value > 0 }
    added.removeAll(keepingCapacity: true)
  }

  private func freeLogin(for name: String) -> String {
    let base = Self.login(for: name)
    if !logins.contains(base) { return base }
    var number = 2
    while logins.contains("\(base).\(number)") { number += 1 }
    return "\(base).\(number)"
  }

  /// `ana.nunez` for `Ana Núñez`: letters and digits of ASCII, lower-case, accents folded, points between words.
  static func login(for name: String) -> String {
    var login = ""
    for character in name.lowercased() {
      let plain = folded[character] ?? character
      if plain.isASCII, plain.isLetter || plain.isNumber {
        login.append(plain)
      } else if !login.isEmpty, login.last != "." {
        login.append(".")
      }
    }
    while login.last == "." { login.removeLast() }
    return login.isEmpty ? "technician" : login
  }

  private static let folded: [Character: Character] = {
    let pairs: KeyValuePairs = [
      "áàâäãå": "a", "éèêë": "e", "íìîï": "i", "óòôöõø": "o", "úùûü": "u", "ñ": "n", "ç": "c", "ýÿ": "y",
    ]
    var folded: [Character: Character] = [:]
    for (accented, plain) in pairs {
      for character in accented as String { folded[character] = (plain as String).first! }
    }
    return folded
  }()
}
