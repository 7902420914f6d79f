internal import Children
public import SLA

/// Posts each message as JSON over HTTPS, through the system's curl.
///
/// Address, headers and body go to curl's standard input as its configuration, so that no list of processes shows them.
/// Redirects are not followed: whoever answers in the receiver's place gets nothing. Plain HTTP is for this machine only.
public struct WebhookChannel: Channel {
  public let name: String
  public let timeLimit: Seconds
  private let url: Secret
  private let headers: [(name: String, value: Secret)]
  private let environment: [String: String]
  private let curl: String

  /// - Parameters:
  ///   - environment: of the process, for what stands there.
  ///   - curl: the program, or a name that `PATH` leads to.
  public init(
    name: String, url: Secret, headers: [(name: String, value: Secret)] = [], timeLimit: Seconds = 15,
    environment: [String: String], curl: String = "curl"
  ) {
    self.name = name
    self.url = url
    self.headers = headers
    self.timeLimit = timeLimit
    self.environment = environment
    self.curl = curl
  }

  public func deliver(_ message: OutgoingMessage) -> DeliveryResult {
    guard let address = url.read(environment) else { return .retry("the webhook's address is not in \(url.place)") }
    guard Self.isAllowed(address) else {
      return .never("the webhook's address is not https://, nor http:// on this machine")
    }
    var lines = [
      "url = \(Self.quoted(address))", "request = \"POST\"", "header = \"Content-Type: application/json\"",
      "header = \"Idempotency-Key: \(message.messageID)\"", "user-agent = \"plazo\"",
      "data-raw = \(Self.quoted(String(decoding: message.content, as: UTF8.self)))",
      "max-time = \(timeLimit)", "connect-timeout = \(min(10, timeLimit))", "max-redirs = 0", "proto = \"=http,https\"",
      "silent", "output = \"/dev/null\"", "write-out = \"%{http_code}\"", "max-filesize = 1048576",
    ]
    for (name, value) in headers {
      guard let text = value.read(environment) else {
        return .retry("the webhook's header \(name) is not in \(value.place)")
      }
      lines.append("header = \(Self.quoted("\(name): \(text)"))")
    }
    // A second beyond curl's own limit, and `-q` so that nobody's .curlrc counts.
    let outcome = ChildProcess(
      [curl, "-q", "--config", "-"], input: Array((lines.joined(separator: "\n") + "\n").utf8),
      timeLimit: Int(timeLimit) + 2
    ).run()
    switch outcome.end {
    case .exited(let code):
      return Self.result(curl: code, status: Int(String(decoding: outcome.output, as: UTF8.self)) ?? 0)
    case .timeUp: return .retry("the webhook took longer than \(timeLimit) s")
    case .killed(let signal): return .retry("curl was killed by signal \(signal)")
    case .notStarted(let code): return .retry("curl cannot be started: \(systemError(code))")
    }
  }

  /// What curl's exit code and the server's status say. Neither has the address in it.
  ///
  /// - Source: RFC 9110 §15; curl(1), EXIT CODES.
  static func result(curl code: Int32, status: Int) -> DeliveryResult {
    switch (code, status) {
    case (0, 200..<300): return .sent
    case (0, 408), (0, 425), (0, 429), (0, 500...): return .retry("the webhook answered with status \(status)")
    case (0, 300..<400): return .never("the webhook answered with status \(status), and redirects are not followed")
    case (0, 400..<500): return .never("the webhook refused with status \(status)")
    case (1, _), (3, _): return .never("the webhook's address cannot be used (curl \(code))")
    case (5, _), (6, _): return .retry("the webhook's host is not found")
    case (7, _): return .retry("the webhook's host does not answer")
    case (28, _): return .retry("the webhook took too long")
    case (35, _), (51, _), (58, _), (60, _), (77, _):
      return .retry("the webhook's certificate is not accepted (curl \(code))")
    default: return .retry("curl ended with code \(code)")
    }
  }

  static func isAllowed(_ address: String) -> Bool {
    let lower = address.lowercased()
    if lower.hasPrefix("https://") { return lower.count > 8 }
    return ["http://localhost", "http://127.0.0.1", "http://[::1]"].contains { host in
      lower.hasPrefix(host) && (lower.count == host.count || ":/".contains(lower.dropFirst(host.count).first!))
    }
  }

  /// A value as curl's configuration takes it. JSON has no control in it, and no more may a header.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\0": continue
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
