public import SLA
public import SQLite

extension Outbox {
  /// After a clock that ran ahead: messages that wait for a time it set, or are leased until then, are due now; alerts
  /// and clocks that it put off are looked at anew. - Returns: how many messages.
  public static func acceptClock(on connection: Connection, now: Instant) throws -> Int {
    try connection.run(
      sql: """
        UPDATE message SET not_before = min(not_before, ?1), leased_until = NULL
         WHERE state = 'pending' AND (created_at > ?1 OR leased_until > ?1 + 3600)
        """, .integer(now.seconds))
    let count = Int(connection.changes)
    try connection.run(
      sql: "UPDATE alert SET next_at = min(next_at, ?1) WHERE state = 'held' AND recorded_at > ?1",
      .integer(now.seconds))
    try connection.run(
      sql: "UPDATE alert_watch SET since = ?1, repeat_at = min(repeat_at, ?1), next_at = ?1 WHERE since > ?1",
      .integer(now.seconds))
    return count
  }
}
