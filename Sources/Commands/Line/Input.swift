internal import Glibc

/// A stream that is read whole, up to a limit.
public struct Input: Sendable {
  public let descriptor: Int32

  public init(descriptor: Int32) { self.descriptor = descriptor }

  public var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Everything that is left of it. - Returns: `nil` when that is more than `limit` bytes.
  /// - Throws: `InputError` when it cannot be read.
  func read(upTo limit: Int) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw InputError(reason: String(cString: strerror(errno)).lowercased()) }
      if count == 0 { return bytes }
      bytes += block[..<count]
      if bytes.count > limit { return nil }
    }
  }
}

/// Why a stream or a file could not be read.
struct InputError: Error {
  let reason: String
}
