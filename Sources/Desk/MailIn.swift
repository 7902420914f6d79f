internal import SLA
public import SQLite

/// Which mails became tickets and replies, so that one that comes in twice is recorded once.
public struct MailIn {
  public let connection: Connection
  public init(_ connection: Connection) { self.connection = connection }

  /// The ticket that a mail opened or followed up; `nil` for one that never came in.
  public func ticketID(of messageID: String) throws -> Int64? {
    try connection.integer(sql: "SELECT ticket_id FROM mail_in WHERE message_id = ?", .text(messageID))
  }

  /// Notes a mail in the transaction that records what it says.
  func keep(_ messageID: String, ticketID: Int64, at now: Instant) throws {
    try connection.run(
      sql: "INSERT INTO mail_in (message_id, ticket_id, read_at) VALUES (?, ?, ?)", .text(messageID),
      .integer(ticketID), .integer(now.seconds))
  }
}
