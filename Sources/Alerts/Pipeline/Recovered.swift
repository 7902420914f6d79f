internal import SLA
internal import SQLite

/// What was told as late and is so no longer: told in the next digest, and never the reason for one.
///
/// It goes to whoever was told: technicians, a client's contact whom a route names, an address, a room. A contact who gets
/// no other digest hears all the same, by the letter that asks for the VoBo when the ticket closes; a mail only to say that
/// something is no longer late would be the noise that digests are there to avoid.
enum Recovered {
  struct Note: Hashable {
    /// The alert that told it as late, the last of its ticket.
    var alertID: Int64
    var owner: AlertOwner
    var recipient: RecipientID
    var channel: String
  }

  static func notes(for group: Group, on connection: Connection) throws -> [Note] {
    var notes: [Note] = []
    for owner in ["ticket", "task"] {
      let rows = try connection.rows(
        sql: """
          SELECT max(a.id), a.\(owner)_id FROM alert a
          WHERE a.is_open = 1 AND a.recipient_id IS ? AND a.address IS ? AND a.channel = ? AND a.\(owner)_id IS NOT NULL
          GROUP BY a.\(owner)_id
          HAVING NOT EXISTS (
            SELECT 1 FROM \(owner)_clock c WHERE c.\(owner)_id = a.\(owner)_id AND c.situation = 'late')
          ORDER BY 2
          """, Value(group.recipient.userID), Value(group.recipient.outside), .text(group.channel))
      notes += rows.map { row in
        let id = row[1].integer ?? 0
        return Note(
          alertID: row[0].integer ?? 0, owner: owner == "task" ? .task(id) : .ticket(id), recipient: group.recipient,
          channel: group.channel)
      }
    }
    return notes
  }

  /// Writes an alert for each note, so that it can be followed up why it was told, and closes what it answers.
  static func record(_ notes: [Note], toldBy messageID: Int64, now: Instant, on connection: Connection) throws {
    for note in notes {
      try connection.run(
        sql: """
          INSERT INTO alert (key, kind, ticket_id, task_id, clock, cycle, deadline, level, channel, recipient_id,
            address, transition_id, task_transition_id, happened_at, recorded_at, state, message_id)
          SELECT key || '/recovered', 'recovered', ticket_id, task_id, clock, cycle, deadline, 0, channel, recipient_id,
            address, transition_id, task_transition_id, ?1, ?1, 'grouped', ?2 FROM alert WHERE id = ?3
          ON CONFLICT (key) DO NOTHING
          """, .integer(now.seconds), .integer(messageID), .integer(note.alertID))
      try connection.run(
        sql: """
          UPDATE alert SET is_open = 0
          WHERE is_open = 1 AND recipient_id IS ? AND address IS ? AND channel = ? AND \(note.owner.table)_id = ?
          """, Value(note.recipient.userID), Value(note.recipient.outside), .text(note.channel),
        .integer(note.owner.id))
    }
  }
}
