internal import Glibc

/// Where a reader gets its bytes: fills what it can of a buffer and answers how much; 0 is the end.
public typealias ByteSource = (UnsafeMutableRawBufferPointer) throws -> Int

/// A file that is read once, from its beginning to its end; `-` is the standard input.
public final class FileSource {
  private let descriptor: Int32
  private let name: String

  /// - Throws: `Fault` naming the file when it cannot be opened.
  public init(_ name: String) throws {
    self.name = name
    if name == "-" {
      descriptor = 0
    } else {
      descriptor = open(name, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        let reason = Self.reason(errno)
        throw Fault(file: name, problem: "it cannot be opened (\(reason))", mend: "check the path and who may read it")
      }
    }
  }

  deinit { if name != "-" { close(descriptor) } }

  /// - Throws: `Fault` naming the file when the system refuses.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR {
        throw Fault(file: name, problem: "it cannot be read (\(Self.reason(errno)))", mend: "check that it is a file")
      }
    }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
