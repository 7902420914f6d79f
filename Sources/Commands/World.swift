internal import FoundationEssentials
public import SLA

#if canImport(Glibc)
  internal import Glibc
#endif

/// Everything around the program: clock, streams, environment. Commands get it as an argument and reach for nothing else.
public struct World: Sendable {
  /// Reads the clock. A command reads it once.
  public var clock: @Sendable () -> Instant
  public var output: Output
  /// Standard input.
  public var input = Input(descriptor: STDIN_FILENO)
  /// For talk: progress, notes, errors.
  public var talk: Output
  public var environment: [String: String]
  /// The name of the operating system's user.
  public var systemUser: String

  /// The world as this process finds it.
  ///
  /// From then on a write to a reader that went away, or past a limit of the file size, fails instead of ending the
  /// process in the middle of its work.
  public static func real() -> World {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    let environment = ProcessInfo.processInfo.environment
    let account = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
    return World(
      clock: { Instant(Int64(time(nil))) }, output: Output(descriptor: STDOUT_FILENO),
      talk: Output(descriptor: STDERR_FILENO), environment: environment,
      systemUser: account ?? environment["USER"] ?? "")
  }

  /// A variable of the environment; one that is empty counts as not set.
  func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
}

/// A stream that is written in blocks.
public final class Output: @unchecked Sendable {
  // Commands write from one thread; a service's steps follow one another on one queue.
  private var buffer: [UInt8] = []
  public let descriptor: Int32
  public let isTerminal: Bool
  /// The system's number for why writing failed; `nil` while all went well. What follows a failure is nobody's.
  public private(set) var failure: Int32?

  private static let blockSize = 64 * 1024
  /// The width of a page that no terminal shows.
  static let pageWidth = 100

  public init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  /// How many columns there are to write in.
  var width: Int {
    var size = winsize()
    guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return Self.pageWidth }
    return max(40, Int(size.ws_col))
  }

  public func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.blockSize { flush() }
  }

  func write(bytes: [UInt8]) {
    buffer += bytes
    if buffer.count >= Self.blockSize { flush() }
  }

  public func line(_ text: String = "") { write(text + "\n") }

  public func write(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.blockSize { flush() }
  }

  public func flush() {
    var done = 0
    while done < buffer.count, failure == nil {
      let count = buffer[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { failure = errno } else { done += count }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Hands everything to the system.
  /// - Throws: `OutputError` when it could not be written; not for a reader that had enough, as `head` has.
  func finish() throws {
    flush()
    if let failure, failure != EPIPE { throw OutputError(reason: String(cString: strerror(failure))) }
  }
}

/// What could not be written where the output goes.
struct OutputError: Error, CustomStringConvertible {
  let reason: String
  var description: String { "the output cannot be written (\(reason)); make room, or send it elsewhere" }
}
