public import Desk
public import SLA
public import SQLite

/// What a policy asks of a ticket.
public struct TicketTraits: Hashable, Sendable {
  public var clientID: Int64
  public var productID: Int64?
  public var providerID: Int64?
  public var priority: String?
}

/// Walks tickets together with their events, in the order of the tickets: two statements read side by side.
public final class TicketScan {
  private let tickets: Statement
  private let events: Statement
  private var hasEvent = false
  /// The ticket on which the walk stands.
  public private(set) var ticketID: Int64 = 0
  public private(set) var traits = TicketTraits(clientID: 0)
  public private(set) var history = History()
  /// The events with a sequence above `newAfter`.
  private(set) var news = News()
  private let newAfter: Int64
  private var until: Instant?
  private let through: Int64

  private static let ticketSQL = "SELECT id, client_id, product_id, provider_id, priority FROM ticket"
  private static let eventSQL = "SELECT ticket_id, sequence, kind, happened_at, value FROM ticket_event"
  /// The same with what a ticket was like before its row came to be what it is.
  private static let datedEventSQL = """
    SELECT ticket_id, sequence, kind, happened_at, value, iif(kind = 'edited', detail, NULL), opening ->> 'client',
        opening ->> 'product', opening ->> 'provider', opening ->> 'priority'
      FROM (SELECT *, iif(kind = 'opened', detail, NULL) AS opening FROM ticket_event)
    """

  /// Every ticket.
  /// - Parameters:
  ///   - newAfter: the last event that is not new.
  ///   - until: leaves out what happened later; such tickets as were opened later are passed over.
  ///   - through: with `until`, leaves out what was recorded after the event of this sequence.
  ///   - passingOver: kinds of events that are not read at all, so that they do not count as new either.
  public init(
    _ connection: Connection, newAfter: Int64 = .max, until: Instant? = nil, through: Int64 = .max,
    passingOver kinds: [TicketEventKind] = []
  ) throws {
    tickets = try connection.prepare(sql: "\(Self.ticketSQL) ORDER BY id")
    let condition = kinds.isEmpty ? "" : " WHERE " + kinds.map { _ in "kind <> ?" }.joined(separator: " AND ")
    events = try connection.prepare(
      sql: "\(until == nil ? Self.eventSQL : Self.datedEventSQL)\(condition) ORDER BY ticket_id, sequence")
    events.bind(kinds.map { .text($0.rawValue) })
    self.newAfter = newAfter
    self.until = until
    self.through = through
    hasEvent = try events.step()
  }

  /// One ticket at a time: see `stand(on:)`.
  public init(
    on connection: Connection, newAfter: Int64 = .max, until: Instant? = nil, through: Int64 = .max
  ) throws {
    tickets = try connection.prepare(sql: "\(Self.ticketSQL) WHERE id = ?")
    events = try connection.prepare(
      sql: "\(until == nil ? Self.eventSQL : Self.datedEventSQL) WHERE ticket_id = ? ORDER BY sequence")
    self.newAfter = newAfter
    self.until = until
    self.through = through
  }

  /// The tickets with events after this one, ascending.
  static func changedTickets(since sequence: Int64, on connection: Connection) throws -> [Int64] {
    // Named, because the planner would rather walk all events to have the tickets in order.
    let statement = try connection.prepare(
      sql: "SELECT ticket_id FROM ticket_event INDEXED BY ticket_event_sequence WHERE sequence > ?")
    statement.bind(1, sequence)
    var ids: Set<Int64> = []
    while try statement.step() { ids.insert(statement.integer(0)) }
    return ids.sorted()
  }

  /// Moves to the next ticket. - Returns: whether there is one.
  public func next() throws -> Bool {
    while try tickets.step() {
      if try read() { return true }
    }
    return false
  }

  /// Moves to a ticket by its number, as it was at another instant; for a scan that was made to leave out what is later.
  func stand(on id: Int64, until instant: Instant) throws -> Bool {
    precondition(until != nil, "a scan of all events cannot leave some out")
    until = instant
    return try stand(on: id)
  }

  /// Moves to a ticket by its number. - Returns: whether there is one.
  public func stand(on id: Int64) throws -> Bool {
    tickets.reset()
    tickets.bind(1, id)
    guard try tickets.step() else { return false }
    defer { tickets.reset() }
    events.reset()
    events.bind(1, id)
    hasEvent = try events.step()
    return try read()
  }

  /// - Returns: whether the ticket was opened by then.
  private func read() throws -> Bool {
    ticketID = tickets.integer(0)
    traits.clientID = tickets.integer(1)
    traits.productID = tickets.integerOrNil(2)
    traits.providerID = tickets.integerOrNil(3)
    traits.priority = tickets.textOrNil(4)
    history.clear()
    news = News()
    while hasEvent, events.integer(0) == ticketID {
      let at = Instant(events.integer(3))
      if until == nil || (at <= until! && events.integer(1) <= through) {
        let kind = try TicketEventKind(events, 2)
        let former = kind.movesClocks ? history.add(kind, at: at, value: events.textOrNil(4)) : nil
        if events.integer(1) > newAfter {
          news.take(at, isEdit: kind == .edited)
          // A closing that was put right says something of the instant at which it had stood, too.
          if let former { news.take(former) }
        }
        if until != nil { readTraits(of: kind) }
      }
      hasEvent = try events.step()
    }
    guard history.opens else {
      if until != nil { return false }
      throw DeskError("ticket \(ticketID) has no opening on record", mend: "run 'plazo doctor'")
    }
    try history.finish()
    return true
  }

  /// Takes over what an event said of the ticket, so that later corrections have no part in it.
  private func readTraits(of kind: TicketEventKind) {
    if kind == .opened {
      traits = TicketTraits(
        clientID: events.integer(6), productID: events.integerOrNil(7), providerID: events.integerOrNil(8),
        priority: events.textOrNil(9))
    } else if kind == .edited {
      let number = events.textOrNil(4).flatMap { Int64($0) }
      switch TicketField(rawValue: events.text(5)) {
      case .client: traits.clientID = number ?? traits.clientID
      case .product: traits.productID = number
      case .provider: traits.providerID = number
      case .priority: traits.priority = events.textOrNil(4)
      case .title, .description, nil: break
      }
    }
  }
}
