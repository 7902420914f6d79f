public import SLA

/// A road by which messages reach people.
public protocol Channel {
  /// What a message's row calls it, such as `maildir`.
  var name: String { get }
  /// How long a delivery may take at most. The lease on a message outlasts it.
  var timeLimit: Seconds { get }
  /// Delivers a message, and says what became of it. After a crash the same one comes again.
  func deliver(_ message: OutgoingMessage) -> DeliveryResult
}

/// What became of a delivery. Reasons name no person and no address, since they reach logs.
public enum DeliveryResult: Hashable, Sendable {
  case sent
  /// It failed, and trying again can help.
  case retry(String)
  /// It failed, and would fail again.
  case never(String)
}

/// A message as a channel gets it.
public struct OutgoingMessage: Hashable, Sendable {
  public var id: Int64
  /// RFC 5322 Message-ID without its angle brackets: the same at each attempt.
  public var messageID: String
  /// The address.
  public var recipient: String
  /// The recipient's login.
  public var mailbox: String
  /// 1 for the first.
  public var attempt: Int
  public var createdAt: Instant
  /// What is sent, the same bytes at each attempt: of a channel for mail the whole MIME message, lines ended by CRLF.
  public var content: [UInt8]
  public var kind: String = ""
  public var subject: String = ""
  /// A JSON object of what else there is to say of it.
  public var facts: String?

  public init(
    id: Int64, messageID: String, recipient: String, mailbox: String, attempt: Int, createdAt: Instant,
    content: [UInt8], kind: String = "", subject: String = "", facts: String? = nil
  ) {
    self.id = id
    self.messageID = messageID
    self.recipient = recipient
    self.mailbox = mailbox
    self.attempt = attempt
    self.createdAt = createdAt
    self.content = content
    self.kind = kind
    self.subject = subject
    self.facts = facts
  }
}
