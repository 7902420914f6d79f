public import SLA
public import SQLite

/// Sends the messages that are due: lease, send, then mark.
///
/// A crash between sending and marking repeats the message under the same Message-ID once the lease has run out, and
/// never loses it. Not for use within a transaction.
public struct Outbox {
  private let connection: Connection
  private let channels: [String: any Channel]
  private let backoff: Backoff

  /// What a lease has beyond the channel's time limit.
  static let leaseMargin: Seconds = 60

  public init(on connection: Connection, channels: [any Channel], backoff: Backoff = .standard) {
    self.connection = connection
    self.channels = Dictionary(channels.map { ($0.name, $0) }) { first, _ in first }
    self.backoff = backoff
  }

  /// What became of one message.
  public enum Step: Hashable, Sendable {
    case sent(Int64)
    case waiting(Int64, until: Instant, reason: String)
    case parked(Int64, reason: String)
    /// It told something that is no longer true. What still is waits for the next digest.
    case outdated(Int64)
  }

  public struct Summary: Hashable, Sendable {
    public var sent = 0
    public var waiting = 0
    public var parked = 0
    public var outdated = 0

    public init() {}

    mutating func count(_ step: Step) {
      switch step {
      case .sent: sent += 1
      case .waiting: waiting += 1
      case .parked: parked += 1
      case .outdated: outdated += 1
      }
    }
  }

  /// Sends what is due until nothing is, or until `shouldStop`, which is asked between two messages.
  ///
  /// - Parameter clock: read before each message, so that a long pass neither leases in the past nor sends too early.
  public func send(clock: () -> Instant, shouldStop: () -> Bool = { false }) throws -> Summary {
    var summary = Summary()
    while !shouldStop(), let step = try sendNext(now: clock()) { summary.count(step) }
    return summary
  }

  /// Handles the one message that has been due the longest. - Returns: `nil` when none is due.
  public func sendNext(now: Instant) throws -> Step? {
    guard let (message, channelName) = try lease(now: now) else { return nil }
    // Only a process that dies while it sends gets here with no attempt left.
    if message.attempt > backoff.attempts { return try park(message, reason: "every attempt ended without a result") }
    if message.attempt == 1, try dropIfOutdated(message) { return .outdated(message.id) }
    let result =
      channels[channelName]?.deliver(message) ?? .retry("the channel '\(channelName)' is not configured")
    switch result {
    case .sent:
      try mark(message, sql: "state = 'sent', sent_at = ?, last_error = NULL", .integer(now.seconds))
      return .sent(message.id)
    case .never(let reason): return try park(message, reason: reason)
    case .retry(let reason):
      if message.attempt >= backoff.attempts {
        return try park(message, reason: "given up after \(message.attempt) attempts: \(reason)")
      }
      let until = now + backoff.delay(afterAttempt: message.attempt, seed: UInt64(bitPattern: message.id))
      try mark(message, sql: "not_before = ?, last_error = ?", .integer(until.seconds), .text(reason))
      return .waiting(message.id, until: until, reason: reason)
    }
  }

  /// Takes a message for as long as its delivery can last, and counts the attempt.
  private func lease(now: Instant) throws -> (OutgoingMessage, channel: String)? {
    let limit = channels.values.map(\.timeLimit).max() ?? 0
    let rows = try connection.rows(
      sql: """
        UPDATE message SET leased_until = ?, attempt = attempt + 1
        WHERE id = (SELECT id FROM message
                    WHERE state = 'pending' AND not_before <= ? AND (leased_until IS NULL OR leased_until <= ?)
                    ORDER BY not_before, id LIMIT 1)
        RETURNING id, message_id, recipient, mailbox, attempt, created_at, content, channel
        """, .integer(now.seconds + limit + Self.leaseMargin), .integer(now.seconds), .integer(now.seconds))
    guard let row = rows.first else { return nil }
    guard case .blob(let content) = row[6] else { throw UnknownWord(table: "message", id: row[0].integer) }
    let message = OutgoingMessage(
      id: row[0].integer ?? 0, messageID: row[1].text ?? "", recipient: row[2].text ?? "", mailbox: row[3].text ?? "",
      attempt: Int(row[4].integer ?? 0), createdAt: Instant(row[5].integer ?? 0), content: content)
    return (message, row[7].text ?? "")
  }

  /// Lets go of a message that tells something untrue by now, and gives its alerts back to the pipeline.
  private func dropIfOutdated(_ message: OutgoingMessage) throws -> Bool {
    try connection.write {
      guard try Pipeline.isOutdated(messageID: message.id, on: connection) else { return false }
      try mark(message, sql: "state = 'dropped', last_error = ?", "a ticket changed before the first attempt")
      try connection.run(
        sql: "UPDATE alert SET state = 'pending', message_id = NULL WHERE message_id = ?", .integer(message.id))
      _ = try Pipeline.sift(on: connection)
      return true
    }
  }

  private func park(_ message: OutgoingMessage, reason: String) throws -> Step {
    try mark(message, sql: "state = 'parked', last_error = ?", .text(reason))
    return .parked(message.id, reason: reason)
  }

  /// Writes what became of a message, unless another sender has taken it since.
  private func mark(_ message: OutgoingMessage, sql change: String, _ values: Value...) throws {
    let statement = try connection.cached(
      sql: "UPDATE message SET \(change), leased_until = NULL WHERE id = ? AND attempt = ? AND state = 'pending'")
    try statement.run(values + [.integer(message.id), .integer(Int64(message.attempt))])
  }
}
