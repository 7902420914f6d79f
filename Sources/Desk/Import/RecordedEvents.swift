internal import SLA
internal import SQLite

/// Reads back what the desk has on record of a ticket, as far as imports compare with it.
struct RecordedEvents {
  private let select: Statement
  private let latest: Statement
  private let reopening: Statement

  init(_ connection: Connection) throws {
    select = try connection.prepare(
      sql: """
        SELECT kind, happened_at, value, detail, detail ->> 'client', detail ->> 'product', detail ->> 'provider',
          detail ->> 'priority', detail ->> 'title', detail ->> 'description'
        FROM (SELECT *, iif(kind = 'opened', detail, '{}') AS detail FROM ticket_event WHERE ticket_id = ?)
        ORDER BY kind <> 'opened', happened_at, sequence
        """)
    latest = try connection.prepare(sql: "SELECT max(happened_at) FROM ticket_event WHERE ticket_id = ?")
    reopening = try connection.prepare(
      sql: "SELECT max(happened_at) FROM ticket_event WHERE ticket_id = ? AND kind = 'reopened'")
  }

  func latest(of id: Int64) throws -> Instant { try only(latest, id) ?? Instant(.min) }
  func lastReopening(of id: Int64) throws -> Instant? { try only(reopening, id) }

  private func only(_ statement: Statement, _ id: Int64) throws -> Instant? {
    statement.reset()
    statement.bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? statement.integerOrNil(0).map { Instant($0) } : nil
  }

  /// The ticket as it was opened, and its changes in the order in which they happened.
  func history(of id: Int64) throws -> (opened: TicketRow, changes: [(change: TicketChange, at: Instant)]) {
    var opened: TicketRow?
    var changes: [(change: TicketChange, at: Instant)] = []
    select.reset()
    select.bind(1, id)
    while try select.step() {
      let at = Instant(select.integer(1))
      let kind: TicketEventKind = try select.word(0, of: "ticket_event.kind")
      if kind == .opened {
        let opening = TicketOpening(
          clientID: select.integer(4), productID: select.integerOrNil(5), providerID: select.integerOrNil(6),
          priority: select.textOrNil(7), title: select.text(8), description: select.text(9))
        opened = TicketRow(id: id, opening: opening, at: at)
      } else if kind != .replied, kind != .attached,
        let change = TicketChange(kind, value: select.textOrNil(2), detail: select.textOrNil(3))
      {
        changes.append((change, at))
      }
    }
    guard let opened else {
      throw DeskError("ticket \(id) has no opening on record", mend: "run 'plazo doctor'")
    }
    return (opened, changes)
  }
}
