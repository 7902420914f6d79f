internal import Text

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
  // Of users, and of what tickets name.
  case login
  case name
  case role
  case mail
  case language
  case zone
  case calendar
  case booking
  case standIn
  case awayUntil
  case active
  // Of tasks.
  case technician
  case givenBy
  /// The key of a ticket of the same source.
  case ticket
  case dueAt
  case voboBy
  case voboAt
  // Of activities.
  case startedAt
  case endedAt
  case day
  case time
  /// The key of a task of the same source.
  case task
  // Of articles.
  case problem
  case solution
  case author
  case writtenAt

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
    /// A local date, read by the forms of instants.
    case day
    /// Time spent.
    case duration

    /// Whether forms of times and a zone have anything to say of it.
    var isTimed: Bool {
      switch self {
      case .instant, .day: true
      default: false
      }
    }
  }

  var kind: Kind {
    switch self {
    case .status: .word(Status.allCases.map(\.rawValue))
    case .waitingOn, .replyBy: .word(Party.allCases.map(\.rawValue))
    case .vobo: .word(VoBo.allCases.map(\.rawValue))
    case .openedAt, .closedAt, .changedAt, .targetAt, .at, .awayUntil, .dueAt, .voboAt, .startedAt, .endedAt,
      .writtenAt:
      .instant
    case .day: .day
    case .time: .duration
    case .role: .word(Role.allCases.map(\.rawValue))
    case .language: .word(Language.allCases.map(\.rawValue))
    case .booking: .word(Booking.allCases.map(\.rawValue))
    case .active: .word(["yes", "no"])
    case .plazo: .plazo
    case .sequence: .integer
    default: .text
    }
  }
}
