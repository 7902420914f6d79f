public import SLA
public import SQLite

/// "I know": repeats and escalation of the bad clocks of a ticket or task wait until it expires.
///
/// It is said of a clock with its deadline, so that a new plazo, or another cycle, ends it.
public enum Acknowledgement {
  /// Acknowledges every clock that is near due or late. The last one said counts: with an earlier end it ends an earlier
  /// one. - Returns: how many clocks.
  public static func give(
    _ owner: AlertOwner, by userID: Int64, until: Instant, reason: String?, at now: Instant, on connection: Connection
  ) throws -> Int {
    try connection.write {
      try connection.run(
        sql: """
          INSERT INTO alert_acknowledgement (\(owner.table)_id, clock, cycle, deadline, by_id, at, expires_at, reason)
          SELECT \(owner.table)_id, kind, cycle, deadline, ?2, ?3, ?4, ?5 FROM \(owner.table)_clock
          WHERE \(owner.table)_id = ?1 AND situation <> 'on-time'
          """, .integer(owner.id), .integer(userID), .integer(now.seconds), .integer(until.seconds), Value(reason))
      let count = Int(connection.changes)
      // What waited for an earlier one is decided upon by this one.
      try connection.run(
        sql: """
          UPDATE alert SET next_at = ?1
          WHERE state = 'held' AND reason = 'acknowledged' AND \(owner.table)_id = ?2 AND next_at > ?1
          """, .integer(now.seconds), .integer(owner.id))
      try connection.run(
        sql: "UPDATE alert_watch SET next_at = ?1 WHERE of = ?2 AND owner_id = ?3 AND next_at > ?1",
        .integer(now.seconds), .text(owner.table), .integer(owner.id))
      return count
    }
  }

  /// Until when the clock of a watch is acknowledged, as it runs now; `nil` when it is not.
  static func until(_ watch: Watch, deadline: Instant?, on connection: Connection) throws -> Instant? {
    try connection.integer(
      sql: """
        SELECT expires_at FROM alert_acknowledgement
        WHERE \(watch.owner.table)_id = ? AND clock = ? AND cycle = ? AND deadline IS ? ORDER BY id DESC LIMIT 1
        """, .integer(watch.owner.id), .text(watch.clock.rawValue), .integer(watch.cycle), Value(deadline?.seconds)
    ).map { Instant($0) }
  }
}
