/// Whom a route names, as `plazo.json5` writes it.
public enum Audience: Hashable, Sendable, CustomStringConvertible {
  /// Who must act: the assigned technician, else the responsible, else the administrators; of a task its technician;
  /// while a VoBo is timed, whoever signs.
  case assigned
  /// Who answers for the ticket, or gave the task; else the administrators.
  case responsible
  case administrators
  /// The client's: who registered the ticket, else every contact of the company.
  case contact
  /// Whose VoBo is wanted: the contact for a ticket; for a task the administrator who gave it, else all of them.
  case signer
  case user(String)
  case address(MailAddress)
  /// A place rather than a person, such as `#soporte`, for channels other than mail.
  case room(String)

  static let words: [(String, Audience)] = [
    ("assigned", .assigned), ("responsible", .responsible), ("administrators", .administrators), ("contact", .contact),
    ("signer", .signer),
  ]

  public static let legal = "assigned, responsible, administrators, contact, signer, user:LOGIN, an address, #ROOM"

  public init?(_ text: String) {
    if let word = Self.words.first(where: { $0.0 == text }) {
      self = word.1
    } else if text.hasPrefix("user:"), text.count > 5 {
      self = .user(String(text.dropFirst(5)))
    } else if text.hasPrefix("#"), (2...81).contains(text.count), text.oneLine(limit: 100) == text {
      self = .room(text)
    } else if let address = MailAddress(text) {
      self = .address(address)
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .user(let login): "user:\(login)"
    case .address(let address): address.description
    case .room(let name): name
    default: Self.words.first { $0.1 == self }?.0 ?? ""
    }
  }
}
