/// A stream cut into lines as they arrive, in one buffer that is used again and again.
public final class LineFeed {
  private let source: ByteSource
  private let longest: Int
  private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 * 1024, alignment: 16)
  private var count = 0
  private var number = 0

  /// - Parameter longest: how many bytes a line has at most.
  public init(_ source: @escaping ByteSource, longest: Int) {
    self.source = source
    self.longest = longest
  }

  deinit { buffer.deallocate() }

  /// - Parameters:
  ///   - line: gets each line without its line break, and its number from 1 on; `nil` in place of one that is too long.
  ///     The last needs no line break. The bytes are valid during the call.
  ///   - pause: called before each wait for more, so that what was answered can go out. Answers whether to go on.
  public func each(
    _ line: (UnsafeRawBufferPointer?, Int) throws -> Void, pause: () throws -> Bool
  ) throws {
    var isTooLong = false
    while try pause() {
      if count == buffer.count { grow() }
      let got = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      var scanned = count
      count += got
      var begin = 0
      while let end = newline(from: scanned) {
        number += 1
        let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[begin..<end])
        try line(isTooLong || bytes.count > longest ? nil : bytes, number)
        isTooLong = false
        begin = end + 1
        scanned = begin
      }
      if got == 0 {
        guard begin < count || isTooLong else { return }
        number += 1
        let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[begin..<count])
        return try line(isTooLong || bytes.count > longest ? nil : bytes, number)
      }
      if count - begin > longest {
        isTooLong = true
        begin = count
      }
      buffer.baseAddress!.copyMemory(from: buffer.baseAddress! + begin, byteCount: count - begin)
      count -= begin
    }
  }

  private func newline(from start: Int) -> Int? {
    var index = start
    while index < count {
      if buffer[index] == 10 { return index }
      index += 1
    }
    return nil
  }

  private func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
    buffer.deallocate()
    buffer = larger
  }
}
