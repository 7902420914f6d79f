public import SLA
public import SQLite

/// A ticket as its events have made it: the row of `ticket`.
public struct TicketRow: Equatable, Sendable {
  public var id: Int64
  public var externalNumber: String?
  public var clientID: Int64
  public var productID: Int64?
  public var providerID: Int64?
  public var priority: String?
  public var registeredBy: Int64?
  public var responsibleID: Int64?
  public var assignedID: Int64?
  public var status: Status
  public var waitingOn: Party
  /// `nil` while nothing waits for a sign-off.
  public var vobo: VoBo?
  public var openedAt: Instant
  public var closedAt: Instant?
  public var plazo: String?
  public var target: Instant?
  public var asideUntil: Instant?
  public var reopened: Int64
  public var lastEvent: Int64
  public var title: String
  public var description: String

  /// The ticket that an opening makes.
  public init(id: Int64, opening: TicketOpening, at instant: Instant) {
    self.id = id
    clientID = opening.clientID
    productID = opening.productID
    providerID = opening.providerID
    priority = opening.priority
    registeredBy = opening.registeredBy
    status = .open
    waitingOn = .support
    openedAt = instant
    reopened = 0
    lastEvent = 0
    title = opening.title
    description = opening.description
  }

  /// Makes the change true of the ticket. This is the one place that says what an event does to a row.
  public mutating func apply(_ change: TicketChange, at instant: Instant) {
    switch change {
    case .opened, .replied, .attached: break
    case .numbered(let number): externalNumber = number
    case .plazo(let term):
      plazo = term
      target = nil
    case .target(let due):
      target = due
      plazo = nil
    case .waiting(let party): waitingOn = party
    case .assigned(let user): assignedID = user
    case .responsible(let user): responsibleID = user
    case .aside(let until): asideUntil = until
    case .closed:
      status = .closed
      closedAt = instant
      vobo = .pending
    case .closingCorrected: closedAt = instant
    case .reopened:
      // What was recorded late, of an opening that is known already, is no other one.
      if status == .closed { reopened += 1 }
      status = .open
      closedAt = nil
      vobo = nil
      waitingOn = .support
    case .vobo(let sign, _, _): vobo = sign
    case .edited(let field, let value):
      switch field {
      case .client: clientID = value.flatMap { Int64($0) } ?? clientID
      case .product: productID = value.flatMap { Int64($0) }
      case .provider: providerID = value.flatMap { Int64($0) }
      case .priority: priority = value
      case .title: title = value ?? title
      case .description: description = value ?? description
      }
    }
  }
}

// MARK: The row in the file

extension TicketRow {
  static let columns =
    """
    id, external_number, client_id, product_id, provider_id, priority, registered_by, responsible_id, assigned_id, \
    status, waiting_on, vobo, opened_at, closed_at, plazo, target_at, aside_until, reopened, last_event, title, \
    description
    """

  static let insertSQL =
    "INSERT INTO ticket (\(columns)) VALUES (\(Array(repeating: "?", count: 21).joined(separator: ", ")))"

  static let updateSQL: String = {
    let names = columns.split(separator: ", ").dropFirst()
    let assignments = names.enumerated().map { "\($1) = ?\($0 + 2)" }
    return "UPDATE ticket SET \(assignments.joined(separator: ", ")) WHERE id = ?1"
  }()

  /// Binds every column in the order of `columns`, from parameter 1.
  func bind(to statement: Statement) {
    statement.reset()
    statement.bind(1, id)
    statement.bind(2, externalNumber)
    statement.bind(3, clientID)
    statement.bind(4, productID)
    statement.bind(5, providerID)
    statement.bind(6, priority)
    statement.bind(7, registeredBy)
    statement.bind(8, responsibleID)
    statement.bind(9, assignedID)
    statement.bind(10, status.rawValue)
    statement.bind(11, waitingOn.rawValue)
    statement.bind(12, vobo?.rawValue)
    statement.bind(13, openedAt.seconds)
    statement.bind(14, closedAt?.seconds)
    statement.bind(15, plazo)
    statement.bind(16, target?.seconds)
    statement.bind(17, asideUntil?.seconds)
    statement.bind(18, reopened)
    statement.bind(19, lastEvent)
    statement.bind(20, title)
    statement.bind(21, description)
  }

  /// Every column in the order of `columns`, for comparing; `bind` is what writes.
  var values: [Value] {
    [
      .integer(id), Value(externalNumber), .integer(clientID), Value(productID), Value(providerID), Value(priority),
      Value(registeredBy), Value(responsibleID), Value(assignedID), .text(status.rawValue), .text(waitingOn.rawValue),
      Value(vobo?.rawValue), .integer(openedAt.seconds), Value(closedAt?.seconds), Value(plazo), Value(target?.seconds),
      Value(asideUntil?.seconds), .integer(reopened), .integer(lastEvent), .text(title), .text(description),
    ]
  }

  /// Reads the row on which a statement that selects `columns` stands.
  init(_ row: Statement) throws {
    id = row.integer(0)
    externalNumber = row.textOrNil(1)
    clientID = row.integer(2)
    productID = row.integerOrNil(3)
    providerID = row.integerOrNil(4)
    priority = row.textOrNil(5)
    registeredBy = row.integerOrNil(6)
    responsibleID = row.integerOrNil(7)
    assignedID = row.integerOrNil(8)
    status = try row.word(9, of: "ticket.status")
    waitingOn = try row.word(10, of: "ticket.waiting_on")
    vobo = try row.isNull(11) ? nil : row.word(11, of: "ticket.vobo")
    openedAt = Instant(row.integer(12))
    closedAt = row.integerOrNil(13).map { Instant($0) }
    plazo = row.textOrNil(14)
    target = row.integerOrNil(15).map { Instant($0) }
    asideUntil = row.integerOrNil(16).map { Instant($0) }
    reopened = row.integer(17)
    lastEvent = row.integer(18)
    title = row.text(19)
    description = row.text(20)
  }
}

extension Statement {
  /// A column that holds one of a few words. - Throws: `DeskError` naming the column for any other.
  public func word<Word: RawRepresentable>(_ column: Int32, of name: String) throws -> Word
  where Word.RawValue == String {
    let text = text(column)
    guard let word = Word(rawValue: text) else {
      throw DeskError.unknownWord(text, in: name)
    }
    return word
  }
}
