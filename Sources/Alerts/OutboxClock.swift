public import SLA
public import SQLite

extension Outbox {
  /// After a clock that ran ahead: messages that wait for a time it set, or are leased until then, are due now.
  /// - Returns: how many.
  public static func acceptClock(on connection: Connection, now: Instant) throws -> Int {
    try connection.run(
      sql: """
        UPDATE message SET not_before = min(not_before, ?1), leased_until = NULL
         WHERE state = 'pending' AND (created_at > ?1 OR leased_until > ?1 + 3600)
        """, .integer(now.seconds))
    return Int(connection.changes)
  }
}
