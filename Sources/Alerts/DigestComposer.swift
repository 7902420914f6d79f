internal import Desk
public import SLA
public import SQLite
internal import Text

/// How much working time a clock has left now, negative once late; `nil` when that cannot be told.
///
/// Asked for the tickets that a mail lists, never for all. The connection's transaction is open while it is asked.
public typealias RemainingTime = (_ ticketID: Int64, _ clock: ClockKind) throws -> Seconds?

/// What a pass made of the pending alerts.
public struct ComposeSummary: Hashable, Sendable {
  /// How many mails were put in the outbox: at most one for each person.
  public var messages = 0
  /// How many alerts they tell.
  public var grouped = 0
  /// How many alerts tell nobody after all; the rows have the reasons.
  public var dropped = 0
}

/// The second half of the pipeline: what is pending becomes mails in the outbox.
public struct DigestComposer {
  private let settings: MailSettings

  public init(settings: MailSettings) { self.settings = settings }

  /// Makes one mail for each person who has pending alerts and puts it in the outbox: one transaction of its own.
  ///
  /// Call it after a sweep's transaction and before `Outbox.send`.
  public func compose(on connection: Connection, now: Instant, remaining: RemainingTime) throws -> ComposeSummary {
    try connection.write {
      var summary = ComposeSummary()
      summary.dropped = try Pipeline.sift(on: connection)
      let recipients = try connection.rows(
        sql: "SELECT DISTINCT recipient_id FROM alert WHERE state = 'pending' ORDER BY recipient_id")
      if recipients.isEmpty { return summary }
      let directory = try Directory(on: connection)
      for id in recipients.compactMap({ $0[0].integer }) {
        guard let recipient = directory[id] else { continue }
        switch recipient.address {
        case .failure(let unreachable):
          try connection.run(
            sql: "UPDATE alert SET state = 'dropped', reason = ? WHERE state = 'pending' AND recipient_id = ?",
            .text(unreachable.reason.rawValue), .integer(id))
          summary.dropped += Int(connection.changes)
        case .success(let address):
          let pending = try PendingAlerts(of: recipient, on: connection)
          let digest = try digest(pending, for: recipient, on: connection, now: now, remaining: remaining)
          let messageID = try enqueue(digest, pending, to: address, on: connection)
          try connection.run(
            sql: "UPDATE alert SET state = 'grouped', message_id = ? WHERE state = 'pending' AND recipient_id = ?",
            .integer(messageID), .integer(id))
          summary.grouped += Int(connection.changes)
          summary.messages += 1
        }
      }
      return summary
    }
  }

  private func digest(
    _ pending: PendingAlerts, for recipient: Recipient, on connection: Connection, now: Instant,
    remaining: RemainingTime
  ) throws -> Digest {
    var lines = try pending.worst(Digest.longestList, on: connection)
    for index in lines.indices { lines[index].remaining = try remaining(lines[index].ticketID, lines[index].clock) }
    return Digest(
      deskName: settings.deskName, recipient: recipient, language: recipient.language ?? settings.language,
      zone: recipient.zone.flatMap(settings.zoneNamed) ?? settings.zone, now: now, listCommand: settings.listCommand,
      counts: pending.counts, lines: lines)
  }

  /// - Returns: the id of the message.
  private func enqueue(
    _ digest: Digest, _ pending: PendingAlerts, to address: MailAddress, on connection: Connection
  ) throws -> Int64 {
    let key = pending.messageKey
    // The thread outlives any one mail, so only what stays the same may go into its id.
    let threadKey = digest.onlyLine.map { "ticket/\($0.ticketID)" } ?? "digests/\(digest.recipient.id)"
    let mail = Mail(
      senderName: settings.deskName, sender: settings.from, recipientName: digest.recipient.name, recipient: address,
      subject: digest.subject.oneLine(limit: Mail.longestSubject),
      id: MailID(key: key, salt: "\(settings.deskName) \(digest.now.seconds)", domain: settings.from.domain),
      thread: MailID(key: threadKey, salt: settings.deskName, domain: settings.from.domain), date: digest.now,
      zone: digest.zone, language: digest.language, text: digest.text, html: digest.html)
    try connection.run(
      sql: """
        INSERT INTO message (key, message_id, kind, channel, recipient_id, recipient, mailbox, subject, not_before,
          created_at, content)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      .text(key), .text(mail.id.text), .text(MessageKind.digest.rawValue), .text(settings.channel),
      .integer(digest.recipient.id), .text(address.description), .text(digest.recipient.login), .text(mail.subject),
      .integer(digest.now.seconds), .integer(digest.now.seconds), .blob(mail.bytes))
    return connection.lastInsertedID
  }
}
