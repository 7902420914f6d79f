internal import FoundationEssentials
internal import SLA
internal import SQLite
internal import Text

/// A message before it has the form of its channel.
struct Draft {
  var kind: MessageKind
  var key: String
  /// Of what conversation it is part, as keys are written.
  var thread: String
  var subject: String
  var text: String
  var html: String
  /// Of its words, where they are not the reader's.
  var language: Language?
  /// What channels other than mail hand on, by name.
  var facts: [String: JSONValue] = [:]
  var attachments: [MailAttachment] = []
}

/// A file that goes with a mail.
public struct MailAttachment: Hashable, Sendable {
  public var name: String
  /// Such as `text/csv; charset=UTF-8`.
  public var type: String
  public var bytes: [UInt8]

  public init(name: String, type: String, bytes: [UInt8]) {
    self.name = name
    self.type = type
    self.bytes = bytes
  }
}

/// Puts messages into the outbox, in the form that their channel sends. Call within the transaction.
struct Enqueuer {
  let connection: Connection
  let settings: MailSettings
  let now: Instant

  /// - Returns: the id of the message.
  func enqueue(_ draft: Draft, to reader: Reader, _ channel: String) throws -> Int64 {
    let id = MailID(
      key: draft.kind.rawValue, salt: "\(settings.deskName) \(now.seconds) \(draft.key)", domain: settings.from.domain)
    let subject = draft.subject.oneLine(limit: Mail.longestSubject)
    let facts = draft.facts.merging(
      [
        "kind": .string(draft.kind.rawValue), "desk": .string(settings.deskName), "subject": .string(subject),
        "recipient": .string(reader.login), "address": .string(reader.address), "message_id": .string(id.text),
        "language": .string((draft.language ?? reader.language).rawValue),
        "created_at": .string(now.iso8601(in: settings.zone)),
      ]) { $1 }
    let content: [UInt8]
    switch settings.forms[channel] ?? .mail {
    case .mail:
      guard let address = MailAddress(reader.address) else { throw UnknownWord(table: "user", id: reader.userID) }
      content =
        Mail(
          senderName: settings.deskName, sender: settings.from, recipientName: reader.name, recipient: address,
          subject: subject, id: id,
          thread: MailID(key: draft.thread, salt: settings.deskName, domain: settings.from.domain), date: now,
          zone: reader.zone, language: draft.language ?? reader.language, text: draft.text, html: draft.html,
          attachments: draft.attachments
        ).bytes
    case .text: content = Array(draft.text.utf8)
    case .json(let template):
      var values = facts
      values["text"] = .string(draft.text)
      content = Array(try BodyTemplate(template).filled(with: values).canonicalText().utf8)
    }
    try connection.run(
      sql: """
        INSERT INTO message (key, message_id, kind, channel, recipient_id, recipient, mailbox, subject, not_before,
          created_at, content, facts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      .text(draft.key), .text(id.text), .text(draft.kind.rawValue), .text(channel), Value(reader.userID),
      .text(reader.address), .text(reader.login), .text(subject), .integer(now.seconds), .integer(now.seconds),
      .blob(content), .text(try JSONValue.object(facts).canonicalText()))
    return connection.lastInsertedID
  }
}
