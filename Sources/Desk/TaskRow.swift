public import SLA
public import SQLite

/// A task as its events have made it: the row of `task`.
public struct TaskRow: Equatable, Sendable {
  public var id: Int64
  public var title: String
  public var description: String
  public var givenBy: Int64
  public var technicianID: Int64
  public var ticketID: Int64?
  public var openedAt: Instant
  public var plazo: String?
  public var dueAt: Instant?
  public var status = Status.open
  public var closedAt: Instant?
  /// `nil` until it is closed for the first time.
  public var vobo: VoBo?
  public var signedBy: Int64?
  public var signedAt: Instant?
  public var reopened: Int64 = 0
  public var lastEvent: Int64

  /// Makes a change true of the task. This is the one place that says what an event does to a row.
  mutating func apply(_ change: TaskChange, by actorID: Int64?, at instant: Instant) {
    switch change {
    case .closed:
      status = .closed
      closedAt = instant
      vobo = .pending
      signedBy = nil
      signedAt = nil
    case .closingCorrected: closedAt = instant
    case .reopened:
      status = .open
      closedAt = nil
      reopened += 1
    case .plazo(let term):
      plazo = term
      if term != nil { dueAt = nil }
    case .target(let due):
      dueAt = due
      if due != nil { plazo = nil }
    case .assigned(let id): technicianID = id
    case .edited(.title, let text): title = text ?? ""
    case .edited(.description, let text): description = text ?? ""
    case .edited(.ticket, let text): ticketID = text.flatMap { Int64($0) }
    case .vobo(let sign, _):
      vobo = sign
      signedBy = actorID
      signedAt = instant
      guard sign == .refused else { return }
      status = .open
      closedAt = nil
      reopened += 1
    }
  }
}

/// What happens to a task after it was given.
enum TaskChange: Equatable, Sendable {
  case closed
  /// Closed at this instant rather than at the one that was recorded before: its source has put the closing right.
  case closingCorrected
  /// Refused, it opens the task again.
  case vobo(VoBo, reason: String?)
  /// Its source has opened it again.
  case reopened(reason: String?)
  /// A new plazo, which counts from then on; `nil` takes it away. It takes the place of a due instant.
  case plazo(String?)
  /// A due instant, which takes the place of a plazo.
  case target(Instant?)
  case assigned(to: Int64)
  case edited(TaskField, String?)

  /// `task_event.kind`.
  var kind: String {
    switch self {
    case .closed, .closingCorrected: "closed"
    case .vobo: "vobo"
    case .reopened: "reopened"
    case .plazo: "plazo"
    case .target: "target"
    case .assigned: "assigned"
    case .edited: "edited"
    }
  }

  var value: String? {
    switch self {
    case .closed, .reopened: nil
    case .closingCorrected: TicketChange.corrected
    case .vobo(let vobo, _): vobo.rawValue
    case .plazo(let plazo): plazo
    case .target(let due): due.map { String($0.seconds) }
    case .assigned(let id): String(id)
    case .edited(_, let text): text
    }
  }

  var detail: String? {
    switch self {
    case .vobo(_, let reason), .reopened(let reason): reason
    case .edited(let field, _): field.rawValue
    default: nil
    }
  }

  /// The change that an event tells; `nil` for a kind or value that this program does not know.
  init?(kind: String, value: String?, detail: String?) {
    switch kind {
    case "closed": self = value == TicketChange.corrected ? .closingCorrected : .closed
    case "vobo":
      guard let vobo = VoBo(rawValue: value ?? "") else { return nil }
      self = .vobo(vobo, reason: detail)
    case "reopened": self = .reopened(reason: detail)
    case "plazo": self = .plazo(value)
    case "target": self = .target(value.flatMap { Int64($0) }.map { Instant($0) })
    case "assigned":
      guard let id = value.flatMap({ Int64($0) }) else { return nil }
      self = .assigned(to: id)
    case "edited":
      guard let field = TaskField(rawValue: detail ?? "") else { return nil }
      self = .edited(field, value)
    default: return nil
    }
  }
}

/// The parts of a task that can be put right later.
enum TaskField: String, Sendable {
  case title
  case description
  case ticket
}

// MARK: The row in the file

extension TaskRow {
  /// `nil` when there is no such task.
  public static func find(_ id: Int64, on connection: Connection) throws -> TaskRow? {
    let statement = try connection.cached(sql: "SELECT \(columns) FROM task WHERE id = ?")
    statement.bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? try TaskRow(statement) : nil
  }

  static let columns =
    """
    id, title, description, given_by, technician_id, ticket_id, opened_at, plazo, due_at, status, closed_at, vobo, \
    vobo_by, vobo_at, reopened, last_event
    """

  /// Reads the row on which a statement that selects `columns` stands.
  init(_ row: Statement) throws {
    id = row.integer(0)
    title = row.text(1)
    description = row.text(2)
    givenBy = row.integer(3)
    technicianID = row.integer(4)
    ticketID = row.integerOrNil(5)
    openedAt = Instant(row.integer(6))
    plazo = row.textOrNil(7)
    dueAt = row.integerOrNil(8).map { Instant($0) }
    status = try row.word(9, of: "task.status")
    closedAt = row.integerOrNil(10).map { Instant($0) }
    vobo = try row.isNull(11) ? nil : row.word(11, of: "task.vobo")
    signedBy = row.integerOrNil(12)
    signedAt = row.integerOrNil(13).map { Instant($0) }
    reopened = row.integer(14)
    lastEvent = row.integer(15)
  }

  /// Every column in the order of `columns`.
  var values: [Value] {
    [
      .integer(id), .text(title), .text(description), .integer(givenBy), .integer(technicianID), Value(ticketID),
      .integer(openedAt.seconds), Value(plazo), Value(dueAt?.seconds), .text(status.rawValue),
      Value(closedAt?.seconds), Value(vobo?.rawValue), Value(signedBy), Value(signedAt?.seconds), .integer(reopened),
      .integer(lastEvent),
    ]
  }
}
