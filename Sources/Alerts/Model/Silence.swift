public import SLA
public import SQLite

/// What somebody wants no word of until an instant: alerts that fit all that it names.
public struct Silence: Hashable, Sendable {
  public var id: Int64
  public var ticketID: Int64?
  public var clientID: Int64?
  /// Alerts to this technician.
  public var technicianID: Int64?
  public var kind: AlertKind?
  public var until: Instant

  public init(
    id: Int64 = 0, ticketID: Int64? = nil, clientID: Int64? = nil, technicianID: Int64? = nil, kind: AlertKind? = nil,
    until: Instant
  ) {
    self.id = id
    self.ticketID = ticketID
    self.clientID = clientID
    self.technicianID = technicianID
    self.kind = kind
    self.until = until
  }

  func fits(_ alert: AlertFacts) -> Bool {
    (ticketID.map { alert.owner == .ticket($0) } ?? true) && (clientID.map { alert.parties.client == $0 } ?? true)
      && (technicianID.map { $0 == alert.recipient.userID || $0 == alert.standsInFor } ?? true)
      && (kind.map { alert.kind == $0 } ?? true)
  }
}

extension Silence {
  /// Those in force at an instant.
  static func inForce(at now: Instant, on connection: Connection) throws -> [Silence] {
    try connection.rows(
      sql: """
        SELECT id, ticket_id, client_id, technician_id, kind, until FROM alert_silence
        WHERE until > ? AND at <= ? AND ended_at IS NULL ORDER BY id
        """, .integer(now.seconds), .integer(now.seconds)
    ).map { row in
      Silence(
        id: row[0].integer ?? 0, ticketID: row[1].integer, clientID: row[2].integer, technicianID: row[3].integer,
        kind: row[4].text.flatMap(AlertKind.init), until: Instant(row[5].integer ?? 0))
    }
  }

  /// Puts a silence in force. - Returns: its number.
  public func begin(by userID: Int64, reason: String, at now: Instant, on connection: Connection) throws -> Int64 {
    try connection.write {
      try connection.run(
        sql: """
          INSERT INTO alert_silence (ticket_id, client_id, technician_id, kind, reason, by_id, at, until)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """, Value(ticketID), Value(clientID), Value(technicianID), Value(kind?.rawValue), .text(reason),
        .integer(userID), .integer(now.seconds), .integer(until.seconds))
      return connection.lastInsertedID
    }
  }

  /// Ends a silence early; what it held is decided upon anew by the next pass. - Returns: whether it was in force.
  public static func end(_ id: Int64, by userID: Int64, at now: Instant, on connection: Connection) throws -> Bool {
    try connection.write {
      try connection.run(
        sql: "UPDATE alert_silence SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL AND until > ?",
        .integer(now.seconds), .integer(userID), .integer(id), .integer(now.seconds))
      guard connection.changes == 1 else { return false }
      try connection.run(
        sql: "UPDATE alert SET next_at = ?1 WHERE state = 'held' AND reason = 'silenced' AND next_at > ?1",
        .integer(now.seconds))
      return true
    }
  }
}
