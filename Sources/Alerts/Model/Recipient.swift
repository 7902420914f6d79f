internal import Desk
internal import SLA
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
  /// The name of the calendar by which they work; `nil`: the desk's.
  var calendar: String?
  var clientID: Int64?
  var standInID: Int64?
  var awayUntil: Instant?

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
  let now: Instant
  private let people: [Int64: Recipient]
  private let byLogin: [String: Recipient]
  private let contactsByClient: [Int64: [Recipient]]
  /// Active ones, in the order of their ids.
  let administrators: [Recipient]

  init(_ people: [Recipient], now: Instant) {
    self.now = now
    self.people = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) })
    byLogin = Dictionary(people.map { ($0.login, $0) }) { first, _ in first }
    administrators = people.filter { $0.role == .administrator && $0.isActive }.sorted { $0.id < $1.id }
    let contacts = people.filter { $0.role == .client && $0.isActive }.sorted { $0.id < $1.id }
    contactsByClient = Dictionary(grouping: contacts) { $0.clientID ?? 0 }
  }

  init(on connection: Connection, now: Instant) throws {
    self.init(
      try connection.rows(
        sql: """
          SELECT id, login, name, role, active, mail, language, zone, calendar, client_id, stand_in_id, away_until
          FROM user
          """
      ).map { row in
        Recipient(
          id: row[0].integer ?? 0, login: row[1].text ?? "", name: row[2].text ?? "",
          role: row[3].text.flatMap(Role.init) ?? .client, isActive: row[4].integer == 1, mail: row[5].text,
          language: row[6].text.flatMap(Language.init), zone: row[7].text, calendar: row[8].text,
          clientID: row[9].integer, standInID: row[10].integer, awayUntil: row[11].integer.map { Instant($0) })
      }, now: now)
  }

  subscript(id: Int64) -> Recipient? { people[id] }
  func user(login: String) -> Recipient? { byLogin[login] }
  func contacts(of clientID: Int64?) -> [Recipient] { clientID.flatMap { contactsByClient[$0] } ?? [] }

  func isAway(_ person: Recipient) -> Bool { person.awayUntil.map { now < $0 } ?? false }
}
