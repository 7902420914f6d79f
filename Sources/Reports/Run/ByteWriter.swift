internal import Glibc

/// Writes bytes to an open file through 64 KB of memory.
///
/// A failed write is kept and told by `check`, so that putting a byte costs nothing more than a comparison.
final class ByteWriter: ByteTarget {
  private static let capacity = 65_536

  private let descriptor: Int32
  private let path: String
  private let buffer: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var failure: Int32 = 0
  /// How many bytes were put so far.
  private(set) var total = 0

  /// - Parameter path: the file as errors name it. The descriptor stays the caller's to close.
  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    buffer = .allocate(capacity: Self.capacity)
  }

  deinit { buffer.deallocate() }

  @inline(__always) func put(_ byte: UInt8) {
    if count == Self.capacity { empty() }
    buffer[count] = byte
    count &+= 1
  }

  @inline(__always) func put(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    if bytes.count <= Self.capacity &- count {
      (buffer + count).update(from: start, count: bytes.count)
      count &+= bytes.count
    } else {
      for byte in bytes { put(byte) }
    }
  }

  func put(_ text: String) {
    var text = text
    text.withUTF8 { put($0) }
  }

  /// - Throws: `ReportError.cannotWrite` when any write failed so far.
  @inline(__always) func check() throws {
    if failure != 0 { throw ReportError.cannotWrite(path: path, reason: String(cString: strerror(failure))) }
  }

  /// Hands everything to the system. - Throws: `ReportError.cannotWrite`.
  func flush() throws {
    empty()
    try check()
  }

  private func empty() {
    var written = 0
    while written < count, failure == 0 {
      let result = write(descriptor, buffer + written, count - written)
      if result >= 0 { written += result } else if errno != EINTR { failure = errno }
    }
    total += count
    count = 0
  }
}
