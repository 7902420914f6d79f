/// What a file of an import is about.
public enum ImportKind: String, Sendable, CaseIterable {
  /// One row per ticket, as it is now.
  case tickets
  /// One row per thing that happened, each telling how the ticket was from then on.
  case events

  /// What a mapping of this kind can say, in the order of the documentation.
  public var fields: [ImportField] {
    switch self {
    case .tickets:
      [
        .key, .externalNumber, .client, .product, .provider, .priority, .title, .description, .registeredBy,
        .responsible, .assigned, .status, .waitingOn, .vobo, .openedAt, .closedAt, .changedAt, .targetAt, .plazo,
      ]
    case .events:
      [
        .key, .at, .sequence, .status, .waitingOn, .assigned, .responsible, .priority, .client, .product, .provider,
        .externalNumber, .targetAt, .plazo, .reply, .replyBy,
      ]
    }
  }

  var required: [ImportField] {
    switch self {
    case .tickets: [.key, .client, .openedAt]
    case .events: [.key, .at]
    }
  }
}

/// One fact that a row can tell. Its number is its place in arrays that have one entry a field.
public enum ImportField: Int, Sendable, CaseIterable {
  /// What names the ticket in its source, for ever.
  case key
  case externalNumber
  case client
  case product
  case provider
  case priority
  case title
  case description
  case registeredBy
  case responsible
  case assigned
  case status
  case waitingOn
  case vobo
  case openedAt
  case closedAt
  /// When the source last changed the ticket: the instant of what differs.
  case changedAt
  case targetAt
  case plazo
  /// When it happened.
  case at
  /// The order of rows of one instant.
  case sequence
  case reply
  case replyBy

  /// Its key in a mapping.
  public var name: String { Self.names[rawValue] }

  private static let names = allCases.map { field in
    "\(field)".reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
  }

  enum Kind {
    case text
    case word([String])
    case instant
    case plazo
    case integer
  }

  var kind: Kind {
    switch self {
    case .status: .word(Status.allCases.map(\.rawValue))
    case .waitingOn, .replyBy: .word(Party.allCases.map(\.rawValue))
    case .vobo: .word(VoBo.allCases.map(\.rawValue))
    case .openedAt, .closedAt, .changedAt, .targetAt, .at: .instant
    case .plazo: .plazo
    case .sequence: .integer
    default: .text
    }
  }
}
