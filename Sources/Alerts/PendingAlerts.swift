internal import Desk
internal import SLA
internal import SQLite

/// The pending alerts of one person: how many tickets they concern, and the worst of them.
struct PendingAlerts {
  let recipient: Recipient
  let counts: Digest.Counts
  private let alerts: Int64
  private let lastID: Int64

  init(of recipient: Recipient, on connection: Connection) throws {
    self.recipient = recipient
    let row = try connection.rows(
      sql: """
        SELECT count(*), coalesce(sum(is_late), 0), coalesce(sum(alerts), 0), coalesce(max(last), 0)
        FROM (SELECT max(situation = 'late') AS is_late, count(*) AS alerts, max(id) AS last FROM alert
              WHERE state = 'pending' AND recipient_id = ? GROUP BY ticket_id)
        """, .integer(recipient.id))[0].map { $0.integer ?? 0 }
    counts = Digest.Counts(late: Int(row[1]), nearDue: Int(row[0] - row[1]))
    alerts = row[2]
    lastID = row[3]
  }

  /// The key of the message that tells exactly these alerts.
  ///
  /// A message that is outdated before it was sent gives back fewer alerts than it had, so the pair never comes again.
  var messageKey: String { "digest/\(recipient.id)/\(lastID)/\(alerts)" }

  /// The tickets in the order of the mail: late before near due, then the earliest deadline first. A paused clock goes
  /// by the deadline that it had when the alert was written.
  func worst(_ limit: Int, on connection: Connection) throws -> [Digest.Line] {
    // A lone min() takes the other columns from the row that has it: one row a ticket, that of its worst clock.
    // Source: https://www.sqlite.org/lang_select.html#bareagg
    let rows = try connection.rows(
      sql: """
        SELECT g.ticket_id, client.name, t.title, g.clock, g.situation, g.deadline, t.waiting_on, t.assigned_id,
          assignee.name, g.policy, g.plazo
        FROM (SELECT a.ticket_id, a.clock, a.situation, c.deadline, c.policy, c.plazo,
                min((a.situation <> 'late') * \(Self.beyondAnyDeadline)
                  + coalesce(c.deadline, a.deadline, \(Self.beyondAnyDeadline - 1))) AS urgency
              FROM alert a JOIN ticket_clock c ON c.ticket_id = a.ticket_id AND c.kind = a.clock
              WHERE a.state = 'pending' AND a.recipient_id = ?
              GROUP BY a.ticket_id ORDER BY urgency, a.ticket_id LIMIT ?) AS g
        JOIN ticket t ON t.id = g.ticket_id
        JOIN client ON client.id = t.client_id
        LEFT JOIN user assignee ON assignee.id = t.assigned_id
        ORDER BY g.urgency, g.ticket_id
        """, .integer(recipient.id), .integer(Int64(limit)))
    return try rows.map(line)
  }

  /// 2 to the power of 40 seconds: the year 36812.
  private static let beyondAnyDeadline: Int64 = 1 << 40

  private func line(_ row: [Value]) throws -> Digest.Line {
    guard let ticketID = row[0].integer, let clock = row[3].text.flatMap(ClockKind.init),
      let situation = row[4].text.flatMap(Situation.init), let waitingOn = row[6].text.flatMap(Party.init)
    else { throw UnknownWord(table: "ticket_clock", id: row[0].integer) }
    let assignee: Digest.Assignee =
      switch row[7].integer {
      case nil: .nobody
      case recipient.id: .reader
      default: .other(row[8].text ?? "")
      }
    return Digest.Line(
      ticketID: ticketID, client: row[1].text ?? "", title: row[2].text ?? "", clock: clock, situation: situation,
      deadline: row[5].integer.map { Instant($0) }, remaining: nil, waitingOn: waitingOn, assignee: assignee,
      policy: row[9].text ?? "", plazo: row[10].text)
  }
}

/// A row holds a word that this program does not know: a newer one wrote it.
struct UnknownWord: Error, CustomStringConvertible {
  var table: String
  var id: Int64?
  var description: String { "\(table) \(id.map { String($0) } ?? "") has a word that this version does not know" }
}
