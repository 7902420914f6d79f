internal import SLA
internal import SQLite

/// An alert that is about to be written.
struct NewAlert {
  var owner: AlertOwner
  var kind: AlertKind
  var clock: ClockKind?
  var cycle: Int64
  var deadline: Instant?
  var situation: Situation?
  var level: Int64
  /// Working time late, where a route asks for it.
  var late: Seconds = 0
  /// Of the table that the owner's transitions are in.
  var transitionID: Int64?
  var event: Int64?
  var happenedAt: Instant
  /// When a clock that its reopening found bad may be told.
  var graceUntil: Instant?
}

/// Writes alerts, each key once. One that was dropped is decided upon anew when it comes again, as when a ticket is handed
/// on and back.
final class AlertStore {
  let now: Instant
  private let insert: Statement

  init(on connection: Connection, now: Instant) throws {
    self.now = now
    insert = try connection.prepare(
      sql: """
        INSERT INTO alert (key, kind, ticket_id, task_id, clock, cycle, deadline, situation, level, channel, recipient_id,
          address, stands_in_for, transition_id, task_transition_id, event, happened_at, recorded_at, not_before,
          is_grace, state, reason, late_s)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (key) DO UPDATE SET state = excluded.state, reason = NULL, recorded_at = excluded.recorded_at,
            happened_at = excluded.happened_at, not_before = excluded.not_before, is_grace = excluded.is_grace,
            transition_id = excluded.transition_id, task_transition_id = excluded.task_transition_id
          WHERE alert.state = 'dropped' AND excluded.state = 'pending'
        """)
  }

  /// Writes the row of one recipient.
  ///
  /// - Parameter hours: by which a first wait is counted.
  func write(_ alert: NewAlert, to routing: Routing, hours: DeskHours) throws {
    let key = AlertKey(
      owner: alert.owner, clock: alert.clock, cycle: alert.cycle, kind: alert.kind,
      deadline: alert.event ?? alert.deadline?.seconds, level: alert.level, recipient: routing.recipient,
      channel: routing.channel)
    let waited = try routing.wait.map { try hours.desk.wordTime($0, after: alert.happenedAt) }
    let notBefore = [alert.graceUntil, waited].compactMap { $0 }.max()
    insert.reset()
    insert.bind(1, key.text)
    insert.bind(2, alert.kind.rawValue)
    insert.bind(3, alert.owner.ticketID)
    insert.bind(4, alert.owner.taskID)
    insert.bind(5, alert.clock?.rawValue)
    insert.bind(6, alert.cycle)
    insert.bind(7, alert.deadline?.seconds)
    insert.bind(8, alert.situation?.rawValue)
    insert.bind(9, alert.level)
    insert.bind(10, routing.channel)
    insert.bind(11, routing.recipient?.userID)
    insert.bind(12, routing.recipient?.outside)
    insert.bind(13, routing.standsInFor)
    insert.bind(14, alert.owner.isTask ? nil : alert.transitionID)
    insert.bind(15, alert.owner.isTask ? alert.transitionID : nil)
    insert.bind(16, alert.event)
    insert.bind(17, alert.happenedAt.seconds)
    insert.bind(18, now.seconds)
    insert.bind(19, notBefore?.seconds)
    insert.bind(20, Int64(notBefore != nil && notBefore == alert.graceUntil ? 1 : 0))
    insert.bind(21, (routing.dropped == nil ? AlertState.pending : .dropped).rawValue)
    insert.bind(22, routing.dropped?.rawValue)
    insert.bind(23, alert.late)
    while try insert.step() {}
  }
}

/// Asks whom tickets and tasks concern.
final class PartiesLookup {
  private let ticket: Statement
  private let task: Statement

  init(on connection: Connection) throws {
    ticket = try connection.prepare(
      sql: """
        SELECT assigned_id, responsible_id, registered_by, client_id, product_id, provider_id, priority
        FROM ticket WHERE id = ?
        """)
    task = try connection.prepare(
      sql: """
        SELECT a.technician_id, a.given_by, NULL, t.client_id, t.product_id, t.provider_id, t.priority
        FROM task a LEFT JOIN ticket t ON t.id = a.ticket_id WHERE a.id = ?
        """)
  }

  /// `nil` when there is no such ticket or task.
  func parties(of owner: AlertOwner) throws -> Parties? {
    let row = owner.isTask ? task : ticket
    row.reset()
    row.bind(1, owner.id)
    guard try row.step() else { return nil }
    defer { row.reset() }
    return Parties(
      assigned: row.integerOrNil(0), responsible: row.integerOrNil(1), registeredBy: row.integerOrNil(2),
      client: row.integerOrNil(3), product: row.integerOrNil(4), provider: row.integerOrNil(5),
      priority: row.textOrNil(6))
  }
}
