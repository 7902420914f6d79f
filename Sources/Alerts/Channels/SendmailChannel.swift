internal import Children
public import SLA

/// Hands each mail to a command that speaks sendmail's interface: postfix's and exim's `sendmail -t -i`, or msmtp.
///
/// The message goes to its standard input, lines ended by LF as such commands expect; whom it is for stands in its
/// headers. The exit code says whether trying again can help.
public struct SendmailChannel: Channel {
  public let name: String
  public let timeLimit: Seconds
  private let command: [String]

  public init(name: String, command: [String], timeLimit: Seconds = 60) {
    self.name = name
    self.command = command
    self.timeLimit = timeLimit
  }

  public func deliver(_ message: OutgoingMessage) -> DeliveryResult {
    let outcome = ChildProcess(command, input: message.content.filter { $0 != 13 }, timeLimit: Int(timeLimit)).run()
    return CommandResult.result(of: outcome, timeLimit: timeLimit)
  }
}

/// Runs a command of the desk's own for each message: the text on its standard input, the facts in its environment, as
/// `PLAZO_SUBJECT`, `PLAZO_RECIPIENT` and so on.
public struct CommandChannel: Channel {
  public let name: String
  public let timeLimit: Seconds
  private let command: [String]

  public init(name: String, command: [String], timeLimit: Seconds = 60) {
    self.name = name
    self.command = command
    self.timeLimit = timeLimit
  }

  public func deliver(_ message: OutgoingMessage) -> DeliveryResult {
    var environment = [
      "PLAZO_KIND": message.kind, "PLAZO_SUBJECT": message.subject, "PLAZO_RECIPIENT": message.mailbox,
      "PLAZO_ADDRESS": message.recipient, "PLAZO_MESSAGE_ID": message.messageID,
      "PLAZO_ATTEMPT": "\(message.attempt)", "PLAZO_FACTS": message.facts ?? "{}",
    ]
    // A variable cannot hold the byte 0, and no fact has one but by mischief.
    for (key, value) in environment { environment[key] = value.replacing("\0", with: " ") }
    let outcome = ChildProcess(
      command, environment: environment, input: message.content, timeLimit: Int(timeLimit)
    ).run()
    return CommandResult.result(of: outcome, timeLimit: timeLimit)
  }
}

/// What the end of a command says of the delivery.
///
/// - Source: sysexits.h. What its own user gave it, it will refuse again: wrong words, data that it cannot take, an address
///   that is no one's. Everything else a person or time may mend, and the attempts are bounded.
enum CommandResult {
  private static let lasting: [Int32: String] = [
    64: "wrong command line", 65: "it does not take the message", 66: "input missing", 67: "no such recipient",
  ]
  private static let passing: [Int32: String] = [
    68: "host not found", 69: "service unavailable", 70: "internal error", 71: "system error",
    72: "system file missing",
    73: "cannot create", 74: "input or output failed", 75: "temporary failure", 76: "protocol error",
    77: "permission denied", 78: "wrong configuration",
  ]

  static func result(of outcome: ChildProcess.Outcome, timeLimit: Seconds) -> DeliveryResult {
    switch outcome.end {
    case .exited(0): return .sent
    case .exited(let code):
      let words = lasting[code] ?? passing[code]
      let talk = redacted(outcome.talk.isEmpty ? outcome.output : outcome.talk)
      let reason = "the command ended with code \(code)\(words.map { " (\($0))" } ?? "")\(talk.map { ": \($0)" } ?? "")"
      return lasting[code] == nil ? .retry(reason) : .never(reason)
    case .killed(let signal): return .retry("the command was killed by signal \(signal)")
    case .timeUp: return .retry("the command took longer than \(timeLimit) s and was stopped")
    case .notStarted(let code): return .retry("the command cannot be started: \(systemError(code))")
    }
  }

  /// The last line that it said, without addresses and the like: reasons reach logs.
  static func redacted(_ talk: [UInt8]) -> String? {
    let line = String(decoding: talk, as: UTF8.self).split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    let words = line.oneLine(limit: 160).split(separator: " ").map { word in
      word.contains("@") || word.contains("://") || word.contains("=") ? "…" : String(word)
    }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
