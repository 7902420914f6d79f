public import SLA
public import SQLite

/// The follow-up of one ticket: its events as people read them, with the texts of replies.
public struct FollowUp {
  /// One event, in words.
  public struct Entry: Sendable {
    public var sequence: Int64
    public var kind: TicketEventKind
    public var happenedAt: Instant
    public var recordedAt: Instant
    /// The login of who did it; `nil` for an import or the program.
    public var actor: String?
    /// The new value, a user by login, a company or thing by name, a text of a reply in full.
    public var value: String?
    public var detail: String?
    /// Of a reply: it goes to the client by mail, too.
    public var goesByMail = false
    /// Of a reply, an opening or a VoBo that somebody recorded for a contact: the contact's login.
    public var onBehalfOf: String?
  }

  public let entries: [Entry]

  /// In the order in which it happened.
  public init(of ticketID: Int64, on connection: Connection) throws {
    let statement = try connection.prepare(
      sql: """
        SELECT e.sequence, e.kind, e.happened_at, e.recorded_at, a.login,
            CASE WHEN e.kind IN ('assigned', 'responsible') THEN p.login WHEN e.kind = 'replied' THEN r.body
              WHEN e.kind = 'edited' THEN CASE e.detail
                WHEN 'client' THEN (SELECT name FROM client WHERE id = CAST(e.value AS INTEGER))
                WHEN 'product' THEN (SELECT name FROM product WHERE id = CAST(e.value AS INTEGER))
                WHEN 'provider' THEN (SELECT name FROM provider WHERE id = CAST(e.value AS INTEGER))
                ELSE e.value END
              ELSE e.value END,
            CASE WHEN e.kind = 'replied' THEN e.value WHEN e.kind = 'opened' THEN NULL ELSE e.detail END,
            e.kind = 'replied' AND coalesce(e.detail, '') LIKE 'mail%', b.login
          FROM ticket_event e
          JOIN ticket t ON t.id = e.ticket_id
          LEFT JOIN user a ON a.id = e.actor_id
          LEFT JOIN user p ON e.kind IN ('assigned', 'responsible') AND p.id = CAST(e.value AS INTEGER)
          LEFT JOIN reply r ON r.sequence = e.sequence
          LEFT JOIN sign_off s ON s.sequence = e.sequence
          LEFT JOIN user b ON b.id = CASE
              WHEN e.kind = 'vobo' THEN s.contact_id
              WHEN e.kind = 'replied' AND e.detail LIKE 'for:%' THEN CAST(substr(e.detail, 5) AS INTEGER)
              WHEN e.kind = 'opened' AND e.import_id IS NULL AND t.registered_by IS NOT e.actor_id THEN t.registered_by END
          WHERE e.ticket_id = ? ORDER BY e.happened_at, e.sequence
        """)
    statement.bind(1, ticketID)
    var entries: [Entry] = []
    while try statement.step() {
      entries.append(
        Entry(
          sequence: statement.integer(0), kind: try statement.word(1, of: "ticket_event.kind"),
          happenedAt: Instant(statement.integer(2)), recordedAt: Instant(statement.integer(3)),
          actor: statement.textOrNil(4), value: statement.textOrNil(5), detail: statement.textOrNil(6),
          goesByMail: statement.integer(7) == 1, onBehalfOf: statement.textOrNil(8)))
    }
    self.entries = entries
  }
}
