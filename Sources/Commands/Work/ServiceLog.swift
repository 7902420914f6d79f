internal import FoundationEssentials
internal import Glibc
internal import SLA
internal import Text

/// What a service says of itself on standard error: a line a fact, no personal data.
final class ServiceLog {
  enum Format: String, CaseIterable, Sendable {
    /// The time and the fact.
    case text
    /// An object a line: `time`, `level`, `message`.
    case json
    /// The fact alone, headed by its priority: the journal has the time.
    case journal
  }

  /// The raw value is the priority. - Source: syslog(3), sd-daemon(3).
  enum Level: Int {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6

    var word: String {
      switch self {
      case .error: "error"
      case .warning: "warning"
      case .notice: "notice"
      case .info: "info"
      }
    }
  }

  private let output: Output
  private let format: Format
  private let hasPriorities: Bool
  /// Whose wall clock the times are of.
  var zone: Zone

  /// - Parameter format: `nil`: that of the journal where standard error leads to it, else text.
  init(_ output: Output, format: Format?, environment: [String: String], zone: Zone) {
    self.output = output
    let leadsToJournal = Self.leadsToJournal(output.descriptor, environment)
    self.format = format ?? (leadsToJournal ? .journal : .text)
    hasPriorities = self.format == .journal || leadsToJournal
    self.zone = zone
  }

  func say(_ text: String, _ level: Level = .info, at now: Instant) {
    let text = oneLine(text)
    let mark = level == .info || level == .notice ? "" : "\(level.word): "
    let line =
      switch format {
      case .text: "\(now.iso8601(in: zone)) \(mark)\(text)"
      case .journal: "\(mark)\(text)"
      case .json: Self.object([("time", now.iso8601(in: zone)), ("level", level.word), ("message", text)])
      }
    output.line(hasPriorities ? "<\(level.rawValue)>\(line)" : line)
    output.flush()
  }

  private static func object(_ entries: [(String, String)]) -> String {
    let pairs = entries.map { "\"\($0)\":\((try? JSONValue.string($1).canonicalText()) ?? "null")" }
    return "{\(pairs.joined(separator: ","))}"
  }

  /// Whether a stream is the one that systemd has led to the journal, by its device and number.
  /// - Source: systemd.exec(5), $JOURNAL_STREAM.
  private static func leadsToJournal(_ descriptor: Int32, _ environment: [String: String]) -> Bool {
    guard let parts = environment["JOURNAL_STREAM"]?.split(separator: ":"), parts.count == 2,
      let device = UInt64(parts[0]), let number = UInt64(parts[1])
    else { return false }
    var information = stat()
    return fstat(descriptor, &information) == 0 && UInt64(information.st_dev) == device
      && UInt64(information.st_ino) == number
  }
}
