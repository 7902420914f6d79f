internal import Desk
internal import SLA
internal import SQLite

/// Turns what people did since the last pass into alerts: assigned, answered, task assigned, VoBo wanted.
///
/// A mark says up to which event that is done. It moves in the transaction that writes the alerts, so each event tells
/// once. What an import brought tells nobody: the other system did.
struct EventAlerts {
  let connection: Connection
  let rules: AlertRules
  let moment: Moment
  let store: AlertStore

  private struct Event {
    var owner: AlertOwner
    var kind: AlertKind
    var sequence: Int64
    var happenedAt: Instant
    var actor: Int64?
    /// Whom a ticket or task was handed to.
    var assigned: Int64?
  }

  func run() throws {
    let last = try connection.integer(sql: "SELECT last FROM event_sequence") ?? 0
    let mark = try connection.integer(sql: "SELECT last_event FROM alert_mark") ?? 0
    if last == mark { return }
    let events = try ticketEvents(after: mark) + taskEvents(after: mark)
    let lookup = try PartiesLookup(on: connection)
    for event in events.sorted(by: { $0.sequence < $1.sequence }) where !rules.off.contains(event.kind) {
      guard var parties = try lookup.parties(of: event.owner) else { continue }
      if let assigned = event.assigned {
        // Handing to oneself, or to one who has handed it on by now, tells nobody.
        if assigned == event.actor || assigned != parties.assigned { continue }
        parties.assigned = assigned
      }
      let facts = RouteFacts(
        kind: event.kind, isTask: event.owner.isTask, clock: nil, level: 0, parties: parties, late: 0)
      let alert = NewAlert(
        owner: event.owner, kind: event.kind, clock: nil, cycle: 0, deadline: nil, situation: nil, level: 0,
        event: event.sequence, happenedAt: event.happenedAt)
      for routing in moment.routings(facts) {
        // Who did it knows.
        if let actor = event.actor, routing.recipient == .user(actor) { continue }
        try store.write(alert, to: routing, hours: moment.hours)
      }
    }
    try connection.run(sql: "UPDATE alert_mark SET last_event = ?", .integer(last))
  }

  private func ticketEvents(after mark: Int64) throws -> [Event] {
    // The condition is that of the index, word for word, or SQLite would not take it.
    let rows = try connection.rows(
      sql: """
        SELECT sequence, ticket_id, kind, value, detail, happened_at, actor_id FROM ticket_event
        WHERE import_id IS NULL AND (kind = 'assigned' OR kind = 'replied' OR kind = 'closed') AND sequence > ?
        """, .integer(mark))
    return rows.compactMap { row in
      let kind: AlertKind
      switch row[2].text {
      case "assigned" where row[3].integerText != nil: kind = .assigned
      case "replied" where row[4].text?.hasPrefix(Self.mailWish) == true: kind = .answered
      case "closed": kind = .voboWanted
      default: return nil
      }
      return Event(
        owner: .ticket(row[1].integer ?? 0), kind: kind, sequence: row[0].integer ?? 0,
        happenedAt: Instant(row[5].integer ?? 0), actor: row[6].integer,
        assigned: kind == .assigned ? row[3].integerText : nil)
    }
  }

  /// How begins what the event of a reply says that is to reach the client as a mail, too.
  private static let mailWish = "mail"

  private func taskEvents(after mark: Int64) throws -> [Event] {
    let rows = try connection.rows(
      sql: """
        SELECT e.sequence, e.task_id, e.kind, t.technician_id, e.happened_at, e.actor_id
        FROM task_event e JOIN task t ON t.id = e.task_id
        WHERE e.sequence > ? AND e.kind IN ('opened', 'closed')
        """, .integer(mark))
    return rows.map { row in
      let isOpening = row[2].text == "opened"
      return Event(
        owner: .task(row[1].integer ?? 0), kind: isOpening ? .taskAssigned : .voboWanted,
        sequence: row[0].integer ?? 0, happenedAt: Instant(row[4].integer ?? 0), actor: row[5].integer,
        assigned: isOpening ? row[3].integer : nil)
    }
  }
}

extension Value {
  /// A whole number that is kept as a text.
  fileprivate var integerText: Int64? { text.flatMap { Int64($0) } }
}
