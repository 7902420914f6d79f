internal import Alerts
internal import Reports
internal import Text

/// What plazo.json5 says of reports: how CSV is written, and how long those that jobs wrote are kept.
struct ReportSettings: Sendable {
  static let keys = ["csv", "keep"]

  var csvProfile: CSVProfile
  /// How many days a job's folders are kept; `nil`: for ever.
  var keptDays: Int?
  /// How many of a job's folders are kept at most, the latest; `nil`: all.
  var keptCount: Int?

  /// - Parameter usual: the profile of the desk's language and zone.
  init(_ node: Node, usual: CSVProfile) {
    node.object(keys: Self.keys)
    csvProfile = node["csv"].choice(CSVProfile.self) ?? usual
    let keep = node["keep"].object(keys: ["days", "count"])
    keptDays = keep["days"].integerOrNil(in: 1...36_500)
    keptCount = keep["count"].integerOrNil(in: 1...100_000)
  }
}

/// Where a job's report goes besides its folder.
struct ReportDelivery: Sendable {
  /// Nothing is written or sent when no section that has rows has any.
  var skipsWhenEmpty: Bool
  /// Whom it is mailed to, as routes of alerts name people.
  var recipients: [Audience]

  init(_ item: Node) {
    skipsWhenEmpty = item["skipWhenEmpty"].boolean(default: false)
    recipients = item["recipients"].listOrOne().compactMap { node in
      guard let text = node.stringOrNil() else { return nil }
      guard let audience = Audience(text), !audience.isOfATicket else {
        node.fail(
          "'\(text)' is nobody to whom a report can go",
          mend: "write \"administrators\", \"user:LOGIN\" or an address such as jefa@example.com")
        return nil
      }
      return audience
    }
  }
}

extension Audience {
  /// Whether only a ticket or task says who that is, or it is no person.
  fileprivate var isOfATicket: Bool {
    switch self {
    case .assigned, .responsible, .contact, .signer, .room: true
    case .administrators, .user, .address: false
    }
  }
}
