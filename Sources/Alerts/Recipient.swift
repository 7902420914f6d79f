internal import Desk
internal import SQLite
internal import Text

/// A user as alerts see one.
struct Recipient: Hashable, Sendable {
  var id: Int64
  var login: String
  var name: String
  var role: Role
  var isActive: Bool
  var mail: String?
  var language: Language?
  var zone: String?

  /// The address to write to, or why there is none.
  var address: Result<MailAddress, Unreachable> {
    guard isActive else { return .failure(Unreachable(reason: .recipientInactive)) }
    guard let mail, !mail.isEmpty else { return .failure(Unreachable(reason: .recipientWithoutMail)) }
    guard let address = MailAddress(mail) else { return .failure(Unreachable(reason: .recipientAddressInvalid)) }
    return .success(address)
  }
}

struct Unreachable: Error, Hashable {
  var reason: DropReason
}

/// Every user of the desk, read once: a help desk has hundreds of people, and a first sweep hundreds of thousands of
/// tickets.
struct Directory {
  private let people: [Int64: Recipient]
  /// Active ones, in the order of their ids.
  let administrators: [Recipient]

  init(_ people: [Recipient]) {
    self.people = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) })
    administrators = people.filter { $0.role == .administrator && $0.isActive }.sorted { $0.id < $1.id }
  }

  init(on connection: Connection) throws {
    self.init(
      try connection.rows(sql: "SELECT id, login, name, role, active, mail, language, zone FROM user").map { row in
        Recipient(
          id: row[0].integer ?? 0, login: row[1].text ?? "", name: row[2].text ?? "",
          role: row[3].text.flatMap(Role.init) ?? .client, isActive: row[4].integer == 1, mail: row[5].text,
          language: row[6].text.flatMap(Language.init), zone: row[7].text)
      })
  }

  subscript(id: Int64) -> Recipient? { people[id] }
}
