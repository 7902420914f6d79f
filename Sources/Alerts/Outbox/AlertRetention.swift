public import SLA
public import SQLite

/// Forgets alerts and messages that nobody needs any more.
///
/// What still has something to do stays, however old: an alert that waits, or that is about a ticket or task which is open
/// or whose VoBo is timed, since its key keeps it from being told again and an escalation asks who was told; a message
/// that is to be sent, or was parked for a person to look into. So does a message while an alert names it.
public struct AlertRetention {
  private let connection: Connection
  private let instant: Instant

  /// How many rows one transaction takes, so that nobody waits for long.
  static let batch: Int64 = 500

  /// - Parameter instant: what was recorded from then on is kept.
  public init(_ connection: Connection, before instant: Instant) {
    self.connection = connection
    self.instant = instant
  }

  public struct Outcome: Hashable, Sendable {
    public var alerts: Int64 = 0
    public var messages: Int64 = 0
  }

  /// Call outside of a transaction. - Parameter shouldStop: asked between two transactions.
  public func run(shouldStop: () -> Bool = { false }) throws -> Outcome {
    var outcome = Outcome()
    for owner in ["ticket", "task"] {
      outcome.alerts += try delete(
        from: "alert",
        where: """
          recorded_at < ?1 AND (state = 'grouped' OR state = 'dropped') AND alert.\(owner)_id IS NOT NULL
            AND EXISTS (SELECT 1 FROM \(owner) o WHERE o.id = alert.\(owner)_id AND o.status = 'closed')
            AND NOT EXISTS (SELECT 1 FROM \(owner)_clock c WHERE c.\(owner)_id = alert.\(owner)_id)
            AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = alert.message_id
              AND (m.state = 'pending' OR m.state = 'parked' OR coalesce(m.sent_at, m.created_at) >= ?1))
          """, shouldStop)
    }
    // When it was sent counts: a report of an instant before tells that it waited.
    outcome.messages = try delete(
      from: "message",
      where: """
        (state = 'sent' OR state = 'dropped') AND coalesce(sent_at, created_at) < ?1
          AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.message_id = message.id)
        """, shouldStop)
    return outcome
  }

  private func delete(from table: String, where condition: String, _ shouldStop: () -> Bool) throws -> Int64 {
    var (count, last) = (Int64(0), Int64(0))
    while !shouldStop() {
      let ids = try connection.rows(
        sql: "SELECT id FROM \(table) WHERE id > ?2 AND \(condition) ORDER BY id LIMIT ?3", .integer(instant.seconds),
        .integer(last), .integer(Self.batch)
      ).compactMap { $0[0].integer }
      guard let newest = ids.last else { break }
      try connection.run(
        sql: "DELETE FROM \(table) WHERE id > ?2 AND id <= ?3 AND \(condition)", .integer(instant.seconds),
        .integer(last), .integer(newest))
      count += connection.changes
      last = newest
    }
    return count
  }
}
