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
  private let pass: AlertPass

  /// What a lease has beyond the channel's time limit.
  static let leaseMargin: Seconds = 60
  /// After so many failures in a row a channel is left alone for the rest of a pass: a server that is down must not take
  /// a pass an hour.
  static let patience = 3

  /// - Parameter pass: says whether what a message tells is still so.
  public init(on connection: Connection, channels: [any Channel], pass: AlertPass, backoff: Backoff = .standard) {
    self.connection = connection
    self.channels = Dictionary(channels.map { ($0.name, $0) }) { first, _ in first }
    self.pass = pass
    self.backoff = backoff
  }

  /// What became of one message.
  public enum Step: Hashable, Sendable {
    case sent(Int64)
    case waiting(Int64, until: Instant, reason: String)
    case parked(Int64, reason: String)
    /// It told something that is no longer so. What still is waits for the next digest.
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
    var failures: [String: Int] = [:]
    while !shouldStop() {
      let tired = Set(failures.filter { $0.value >= Self.patience }.keys)
      guard let (step, channel) = try sendNext(now: clock(), besides: tired) else { break }
      summary.count(step)
      switch step {
      case .waiting: failures[channel, default: 0] += 1
      case .sent: failures[channel] = 0
      case .parked, .outdated: break
      }
    }
    return summary
  }

  /// Handles the one message that has been due the longest. - Returns: `nil` when none is due.
  public func sendNext(now: Instant) throws -> Step? { try sendNext(now: now, besides: [])?.step }

  /// Handles one message, due or not. - Returns: `nil` when it is not pending, or another sender has it.
  public func send(_ id: Int64, now: Instant) throws -> Step? {
    try lease("id = ?4", .integer(id), now: now).map { try deliver($0.0, $0.channel, now: now) }
  }

  private func sendNext(now: Instant, besides tired: Set<String>) throws -> (step: Step, channel: String)? {
    // Names of channels are the configuration's, and bound as JSON since they are many.
    let names = "[" + tired.sorted().map { "\"\($0)\"" }.joined(separator: ",") + "]"
    let due = "not_before <= ?2 AND channel NOT IN (SELECT value FROM json_each(?4))"
    guard let (message, channel) = try lease(due, .text(names), now: now) else { return nil }
    return (try deliver(message, channel, now: now), channel)
  }

  private func deliver(_ message: OutgoingMessage, _ channelName: String, now: Instant) throws -> Step {
    // Only a process that dies while it sends gets here with no attempt left.
    if message.attempt > backoff.attempts { return try park(message, reason: "every attempt ended without a result") }
    if message.attempt == 1, try dropIfOutdated(message, now: now) { return .outdated(message.id) }
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
  /// - Parameter condition: which, with `?2` for now and `?4` for a value.
  private func lease(
    _ condition: String, _ value: Value, now: Instant
  ) throws -> (OutgoingMessage, channel: String)? {
    let limit = channels.values.map(\.timeLimit).max() ?? 0
    let rows = try connection.rows(
      sql: """
        UPDATE message SET leased_until = ?1, attempt = attempt + 1
        WHERE id = (SELECT id FROM message
                    WHERE state = 'pending' AND (leased_until IS NULL OR leased_until <= ?3) AND \(condition)
                    ORDER BY not_before, id LIMIT 1)
        RETURNING id, message_id, recipient, mailbox, attempt, created_at, content, channel, kind, subject, facts
        """, .integer(now.seconds + limit + Self.leaseMargin), .integer(now.seconds), .integer(now.seconds), value)
    guard let row = rows.first else { return nil }
    guard case .blob(let content) = row[6] else { throw UnknownWord(table: "message", id: row[0].integer) }
    let message = OutgoingMessage(
      id: row[0].integer ?? 0, messageID: row[1].text ?? "", recipient: row[2].text ?? "", mailbox: row[3].text ?? "",
      attempt: Int(row[4].integer ?? 0), createdAt: Instant(row[5].integer ?? 0), content: content,
      kind: row[8].text ?? "", subject: row[9].text ?? "", facts: row[10].text)
    return (message, row[7].text ?? "")
  }

  /// Lets go of a message that tells something untrue by now, and gives its alerts back to the pipeline.
  private func dropIfOutdated(_ message: OutgoingMessage, now: Instant) throws -> Bool {
    try connection.write {
      guard try pass.isOutdated(messageID: message.id, on: connection, now: now) else { return false }
      try mark(message, sql: "state = 'dropped', last_error = ?", "something changed before the first attempt")
      // What it told may be told again at the same second, under the key that is free now.
      try connection.run(
        sql: "UPDATE message SET key = key || '/' || id, message_id = id || '.' || message_id WHERE id = ?",
        .integer(message.id))
      // Nor was it said that anything is over: what it answered is open again.
      try connection.run(
        sql: """
          UPDATE alert SET is_open = 1 WHERE key IN (
            SELECT substr(key, 1, length(key) - length('/recovered')) FROM alert
            WHERE kind = 'recovered' AND message_id = ?)
          """, .integer(message.id))
      try connection.run(
        sql: "DELETE FROM alert WHERE kind = 'recovered' AND message_id = ?", .integer(message.id))
      try connection.run(
        sql: "UPDATE alert SET state = 'pending', message_id = NULL, is_open = 0 WHERE message_id = ?",
        .integer(message.id))
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

extension Outbox {
  /// Gives parked messages another chance, with all their attempts. - Parameter id: one of them; `nil`: all.
  /// - Returns: how many.
  public static func retry(_ id: Int64?, on connection: Connection, now: Instant) throws -> Int {
    try connection.write {
      try connection.run(
        sql: """
          UPDATE message SET state = 'pending', attempt = 0, not_before = ?1, leased_until = NULL
          WHERE state = 'parked' AND (?2 IS NULL OR id = ?2)
          """, .integer(now.seconds), Value(id))
      return Int(connection.changes)
    }
  }
}
