internal import FoundationEssentials
public import SLA
public import SQLite
internal import Text

/// A message as a listing shows it.
public struct OutboxEntry: Hashable, Sendable {
  public var id: Int64
  public var kind: MessageKind
  public var channel: String
  public var recipient: String
  public var mailbox: String
  public var subject: String
  public var state: MessageState
  public var attempt: Int
  /// When it is tried next, while pending.
  public var notBefore: Instant
  /// Why it waits, was parked or dropped.
  public var reason: String?
  public var createdAt: Instant
  public var sentAt: Instant?
}

/// A message with the bytes that are sent.
public struct StoredMessage: Sendable {
  public var entry: OutboxEntry
  public var content: [UInt8]

  /// Its plain text, for people: of a mail what is written in it, else the content.
  public var text: String {
    let whole = String(decoding: content, as: UTF8.self)
    guard whole.contains("\r\nMIME-Version: 1.0\r\n"), let mail = try? MailMessage(content) else { return whole }
    return mail.text
  }
}

/// What `check` and `status` say of the outbox.
public struct OutboxCounts: Hashable, Sendable {
  public var pending: Int
  /// Pending ones that failed at least once.
  public var retrying: Int
  public var parked: Int
  /// When the oldest pending message was made.
  public var oldestPending: Instant?
}

extension Outbox {
  /// The newest messages first, of one state or of all.
  public static func entries(
    on connection: Connection, state: MessageState? = nil, limit: Int = 100
  ) throws -> [OutboxEntry] {
    let rows = try connection.rows(
      sql: """
        SELECT id, kind, channel, recipient, mailbox, subject, state, attempt, not_before, last_error, created_at,
          sent_at
        FROM message WHERE ?1 IS NULL OR state = ?1 ORDER BY id DESC LIMIT ?2
        """, Value(state?.rawValue), .integer(Int64(limit)))
    return try rows.map(entry)
  }

  /// One message with its content; `nil` when there is none of that number.
  public static func message(_ id: Int64, on connection: Connection) throws -> StoredMessage? {
    let rows = try connection.rows(
      sql: """
        SELECT id, kind, channel, recipient, mailbox, subject, state, attempt, not_before, last_error, created_at,
          sent_at, content
        FROM message WHERE id = ?
        """, .integer(id))
    guard let row = rows.first else { return nil }
    guard case .blob(let content) = row[12] else { throw UnknownWord(table: "message", id: id) }
    return StoredMessage(entry: try entry(row), content: content)
  }

  private static func entry(_ row: [Value]) throws -> OutboxEntry {
    guard let id = row[0].integer, let kind = row[1].text.flatMap(MessageKind.init),
      let state = row[6].text.flatMap(MessageState.init)
    else { throw UnknownWord(table: "message", id: row[0].integer) }
    return OutboxEntry(
      id: id, kind: kind, channel: row[2].text ?? "", recipient: row[3].text ?? "", mailbox: row[4].text ?? "",
      subject: row[5].text ?? "", state: state, attempt: Int(row[7].integer ?? 0),
      notBefore: Instant(row[8].integer ?? 0), reason: row[9].text, createdAt: Instant(row[10].integer ?? 0),
      sentAt: row[11].integer.map { Instant($0) })
  }

  public static func counts(on connection: Connection) throws -> OutboxCounts {
    let pending = try connection.rows(
      sql: """
        SELECT count(*), coalesce(sum(last_error IS NOT NULL), 0), min(created_at) FROM message WHERE state = 'pending'
        """)[0]
    let parked = try connection.integer(sql: "SELECT count(*) FROM message WHERE state = 'parked'")
    return OutboxCounts(
      pending: Int(pending[0].integer ?? 0), retrying: Int(pending[1].integer ?? 0), parked: Int(parked ?? 0),
      oldestPending: pending[2].integer.map { Instant($0) })
  }
}
