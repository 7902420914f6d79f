internal import SQLite

/// What happens to an alert between a transition and a mail, in this order:
///
/// 1. *route* to a person (`AlertWriter`, in the sweep's transaction);
/// 2. *sieve*: the list below, in a transaction of its own with the rest;
/// 3. *group* into one digest for each person (`DigestComposer`);
/// 4. *enqueue* the digest as a message.
///
/// The sieves are the one list of what keeps a written alert from being told. The first that matches gives its reason.
enum Pipeline {
  static let sieves: [Sieve] = inhibitions + rechecks

  /// A worse alert hides a milder one of the same clock to the same person.
  static let inhibitions = [
    Sieve(
      .hiddenByLate,
      when: """
        a.kind = 'near-due' AND c.situation = 'late' AND EXISTS (
          SELECT 1 FROM alert l WHERE l.state = 'pending' AND l.recipient_id = a.recipient_id
            AND l.ticket_id = a.ticket_id AND l.clock = a.clock AND l.kind = 'late')
        """)
  ]

  /// What was true when the alert was written and is no longer. Asked again before a message's first attempt.
  ///
  /// A deadline that moved is no reason: a clock that stays late by its new deadline tells no second transition.
  static let rechecks = [
    Sieve(.ticketClosed, when: "t.status = 'closed'"),
    Sieve(.clockStopped, when: "c.kind IS NULL"),
    Sieve(.situationChanged, when: "c.situation <> a.situation"),
    Sieve(.recipientInactive, when: "u.active = 0"),
  ]

  /// The tables that a sieve's condition speaks of, by these names.
  static let tables = """
    alert a
    JOIN ticket t ON t.id = a.ticket_id
    LEFT JOIN ticket_clock c ON c.ticket_id = a.ticket_id AND c.kind = a.clock
    LEFT JOIN user u ON u.id = a.recipient_id
    """

  /// Drops the pending alerts that a sieve catches, in one walk over them. - Returns: how many.
  static func sift(on connection: Connection) throws -> Int {
    let cases = sieves.map { "WHEN \($0.condition) THEN '\($0.reason.rawValue)'" }.joined(separator: "\n")
    try connection.run(
      sql: """
        UPDATE alert SET state = 'dropped', reason = caught.reason
        FROM (SELECT a.id, CASE \(cases) END AS reason FROM \(tables) WHERE a.state = 'pending') AS caught
        WHERE alert.id = caught.id AND caught.reason IS NOT NULL
        """)
    return Int(connection.changes)
  }

  /// Whether a message tells something that is no longer true.
  static func isOutdated(messageID: Int64, on connection: Connection) throws -> Bool {
    let conditions = rechecks.map { "(\($0.condition))" }.joined(separator: " OR ")
    return try connection.integer(
      sql: "SELECT 1 FROM \(tables) WHERE a.message_id = ? AND (\(conditions)) LIMIT 1", .integer(messageID)) != nil
  }
}

/// A reason not to tell, and the SQL condition over `Pipeline.tables` under which it holds.
struct Sieve {
  var reason: DropReason
  var condition: String

  init(_ reason: DropReason, when condition: String) {
    self.reason = reason
    self.condition = condition
  }
}
