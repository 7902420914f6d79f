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
  /// For talk: progress, notes, errors.
  public var talk: Output
  public var environment: [String: String]
  /// The name of the operating system's user.
  public var systemUser: String

  /// The world as this process finds it.
  public static func real() -> World {
    let environment = ProcessInfo.processInfo.environment
    let account = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
    return World(
      clock: { Instant(Int64(time(nil))) }, output: Output(descriptor: STDOUT_FILENO),
      talk: Output(descriptor: STDERR_FILENO), environment: environment,
      systemUser: account ?? environment["USER"] ?? "")
  }
}

/// A stream that is written at once for people and in blocks for files.
public final class Output: @unchecked Sendable {
  // Commands write from one thread; a service's steps follow one another on one queue.
  private var buffer: [UInt8] = []
  public let descriptor: Int32
  public let isTerminal: Bool
  /// The reader went away, as `head` does: what follows is nobody's.
  public private(set) var isClosed = false

  private static let blockSize = 64 * 1024

  public init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  public func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.blockSize { flush() }
  }

  public func line(_ text: String = "") { write(text + "\n") }

  public func flush() {
    var done = 0
    while done < buffer.count, !isClosed {
      let count = buffer[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { isClosed = true } else { done += count }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
