/// What a file of an import is about.
public enum ImportKind: String, Sendable, CaseIterable {
  /// One row per ticket, as it is now.
  case tickets
  /// One row per thing that happened, each telling how the ticket was from then on.
  case events
  case users
  case clients
  case products
  case providers
  case tasks
  case activities
  case articles

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
    case .users:
      [
        .key, .login, .name, .role, .mail, .language, .zone, .calendar, .client, .booking, .standIn, .awayUntil,
        .active,
      ]
    case .clients, .products, .providers: [.key, .name, .active]
    case .tasks:
      [
        .key, .title, .description, .technician, .givenBy, .ticket, .plazo, .dueAt, .openedAt, .status, .closedAt,
        .vobo, .voboBy, .voboAt, .changedAt,
      ]
    case .activities:
      [.key, .technician, .startedAt, .endedAt, .day, .time, .description, .ticket, .task, .client]
    case .articles:
      [.key, .title, .problem, .solution, .product, .ticket, .author, .writtenAt, .changedAt, .active]
    }
  }

  var required: [ImportField] {
    switch self {
    case .tickets: [.key, .client, .openedAt]
    case .events: [.key, .at]
    case .users, .clients, .products, .providers: [.key]
    case .tasks: [.key, .title, .technician, .openedAt]
    case .activities: [.key, .technician, .description]
    case .articles: [.key, .title, .problem, .solution]
    }
  }

  /// Of which at least one must be mapped, where each of them alone is enough.
  var alternatives: [[ImportField]] {
    self == .activities ? [[.startedAt, .day], [.time, .endedAt]] : []
  }

  /// One of them, such as `user`.
  var noun: String {
    switch self {
    case .activities: "activity"
    default: String(rawValue.dropLast())
    }
  }
}
