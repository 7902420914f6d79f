/// Reads a CSV file of any size, record by record, as RFC 4180 has it and as real exports are: quoted cells with line
/// breaks and doubled quotes, LF, CRLF and CR, a byte order mark, a last line without its end, blank lines.
///
/// Cells are slices of one buffer that every record uses anew. A record whose form is broken is told as a fault, and the
/// reading goes on at the next physical line, so that one stray quote does not swallow the rest.
///
/// A quote within an unquoted cell is a character like any other.
/// - Source: RFC 4180.
public final class CSVReader {
  /// The size of the buffer, which grows to the longest record, at most to `longestRecord`.
  static let bufferSize = 1 << 16
  public static let longestCell = CSVRecord.longestCell
  static let longestRecord = 4 << 20

  public enum Step {
    case record
    /// The record has no cells that can be trusted; its bytes are in `raw`.
    case bad(Fault)
    case end
  }

  public let file: String
  public let delimiter: UInt8
  public let encoding: CSVEncoding
  /// The physical line, counted from 1, on which the record begins.
  public private(set) var line = 0
  /// How many cells every record must have, once the header has told.
  public var width: Int?
  /// Names the column of a cell in faults.
  public var columnName: (Int) -> String = { "column \($0 + 1)" }

  private let source: ByteSource
  private var buffer: UnsafeMutableRawBufferPointer
  private var record: CSVRecord
  private var scratch: [UInt8] = []
  private var start = 0
  /// Of the record, without its line end.
  private var end = 0
  private var next = 0
  private var filled = 0
  private var isAtEnd = false
  private var isBegun = false
  private var nextLine = 1

  public init(
    file: String, delimiter: UInt8 = UInt8(ascii: ","), encoding: CSVEncoding = .utf8, source: @escaping ByteSource
  ) {
    self.file = file
    self.delimiter = delimiter
    self.encoding = encoding
    self.source = source
    record = CSVRecord(delimiter: delimiter)
    buffer = .allocate(byteCount: Self.bufferSize, alignment: 16)
  }

  deinit { buffer.deallocate() }

  // MARK: The record

  public var count: Int { record.cells.count }

  /// The bytes of the record as the file has them, without the line end. Valid within `body`.
  public func withRaw<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    try body(bytes(start, end))
  }

  /// The bytes of a cell as the file has them, without its outer quotes, inner ones still doubled. Valid within `body`.
  @inline(__always)
  public func withBytes<T>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    try body(bytes(record.cells[index].start, record.cells[index].end))
  }

  public func text(_ index: Int) -> String { text(index, trimmed: false) }

  /// The text of a cell, blanks at both ends cut if so asked.
  public func text(_ index: Int, trimmed: Bool) -> String {
    let cell = record.cells[index]
    var slice = bytes(cell.start, cell.end)
    if trimmed {
      while let byte = slice.last, Self.isBlank(byte) { slice = .init(rebasing: slice.dropLast()) }
      while let byte = slice.first, Self.isBlank(byte) { slice = .init(rebasing: slice.dropFirst()) }
    }
    if encoding == .utf8, !cell.hasDoubledQuotes { return String(decoding: slice, as: UTF8.self) }
    scratch.removeAll(keepingCapacity: true)
    encoding.appendUTF8(of: slice, to: &scratch)
    if cell.hasDoubledQuotes {
      var kept = 0
      var place = 0
      while place < scratch.count {
        scratch[kept] = scratch[place]
        kept += 1
        place += scratch[place] == Self.quote ? 2 : 1
      }
      scratch.removeSubrange(kept...)
    }
    return String(decoding: scratch, as: UTF8.self)
  }

  private func bytes(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer.bindMemory(to: UInt8.self))[start..<end])
  }

  // MARK: Reading

  private static let quote = CSVRecord.quote
  private static let lineFeed = CSVRecord.lineFeed
  private static let carriageReturn = CSVRecord.carriageReturn
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// Moves to the next record.
  /// - Throws: what the source throws; `Fault` when the file is not of the encoding at all.
  public func step() throws -> Step {
    if !isBegun { try begin() }
    while true {
      start = next
      line = nextLine
      switch scan() {
      case .whole(let end, let next, let lines):
        (self.end, self.next, nextLine) = (end, next, line + lines)
        if end == start { continue }  // A blank line.
        if let problem = checkBytes() ?? checkWidth() { return .bad(problem) }
        return .record
      case .broken(let problem, let mend, let cell):
        try skipOneLine()
        return .bad(Fault(file: file, line: line, field: columnName(cell), problem: problem, mend: mend))
      case .unfinished:
        if try fill() { continue }
        if start == filled { return .end }
        try skipOneLine()
        return .bad(
          Fault(
            file: file, line: line, problem: "the row is longer than \(Self.longestRecord / 1_048_576) MiB",
            mend: "look for a missing line end"))
      }
    }
  }

  /// The UTF-8 mark is passed over; what is no text of one byte a character is refused at once.
  private func begin() throws {
    isBegun = true
    _ = try fill()
    let head = Array(buffer[..<min(filled, 3)])
    if head.starts(with: [0xff, 0xfe]) || head.starts(with: [0xfe, 0xff]) {
      throw Fault(file: file, line: 1, problem: "it is UTF-16", mend: "save it as CSV in UTF-8")
    }
    guard head == [0xef, 0xbb, 0xbf] else { return }
    next = 3
    guard encoding == .utf8 else {
      throw Fault(
        file: file, line: 1, problem: "it begins with the mark of UTF-8, and the mapping says \(encoding.rawValue)",
        mend: "write encoding: \"utf-8\" in the mapping")
    }
  }

  private func scan() -> CSVRecord.Scan {
    record.scan(
      UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer.bindMemory(to: UInt8.self))[..<filled]), from: start,
      isAtEnd: isAtEnd)
  }

  /// Leaves a broken record: its first physical line is passed over, and the next record begins after it.
  private func skipOneLine() throws {
    record.cells.removeAll(keepingCapacity: true)
    nextLine = line + 1
    var place = start
    while true {
      let isEnd = place < filled && (buffer[place] == Self.lineFeed || buffer[place] == Self.carriageReturn)
      if isEnd, buffer[place] == Self.lineFeed || place + 1 < filled || isAtEnd {
        end = place
        next = place + 1
        if buffer[place] == Self.carriageReturn, next < filled, buffer[next] == Self.lineFeed { next += 1 }
        return
      }
      if !isEnd, place < filled {
        place += 1
        continue
      }
      let read = place - start
      if try fill() {
        place = start + read
      } else if isAtEnd {
        (end, next) = (filled, filled)
        return
      } else {
        // A line longer than any record: its beginning is given up to reach its end.
        start = place
        next = place
        _ = try fill()
        place = start
      }
    }
  }

  /// Brings more bytes behind the record at `start`, which moves to the front. - Returns: whether there were any.
  private func fill() throws -> Bool {
    if isAtEnd { return false }
    if start > 0 {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<filled]))
      filled -= start
      (start, next) = (0, 0)
    }
    if filled == buffer.count {
      guard buffer.count < Self.longestRecord else { return false }
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
      buffer.deallocate()
      buffer = larger
    }
    let before = filled
    // Filled to the brim: a pipe that gives a little at a time would have the same record scanned over and over.
    while filled < buffer.count {
      let count = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if count <= 0 {
        isAtEnd = true
        break
      }
      filled += count
    }
    // Even without another byte, to know the end can make a record whole.
    return filled > before || (isAtEnd && filled > start)
  }

  // MARK: Checks

  private func checkWidth() -> Fault? {
    guard let width, record.cells.count != width else { return nil }
    return Fault(
      file: file, line: line,
      problem: "the row has \(record.cells.count) \(record.cells.count == 1 ? "cell" : "cells"), the header \(width)",
      mend: record.cells.count > width
        ? "put a cell that holds the delimiter between quotes"
        : "add what is missing, or put a cell that holds a line break between quotes")
  }

  /// Eight bytes at a time, for a NUL or for anything beyond ASCII, which is then looked at closely.
  private func checkBytes() -> Fault? {
    var high: UInt64 = 0
    var zero: UInt64 = 0
    var place = start
    while place + 8 <= end {
      let word = buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      high |= word
      zero |= (word &- 0x0101_0101_0101_0101) & ~word
      place += 8
    }
    while place < end {
      high |= UInt64(buffer[place])
      if buffer[place] == 0 { zero |= 0x80 }
      place += 1
    }
    if zero & 0x8080_8080_8080_8080 != 0 {
      let index = record.cells.firstIndex { cell in bytes(cell.start, cell.end).contains(0) } ?? 0
      return Fault(
        file: file, line: line, field: columnName(index), problem: "there is a NUL byte in it",
        mend: "save the file as text")
    }
    guard high & 0x8080_8080_8080_8080 != 0 else { return nil }
    for (index, cell) in record.cells.enumerated() {
      let slice = bytes(cell.start, cell.end)
      guard let bad = encoding.firstBad(in: slice) else { continue }
      let hex = String(slice[bad], radix: 16, uppercase: true)
      let other =
        encoding == .utf8
        ? "save it as UTF-8, or write encoding: \"windows-1252\" in the mapping"
        : "write the file's encoding in the mapping"
      return Fault(
        file: file, line: line, field: columnName(index), problem: "byte \(hex) is not \(encoding.name)", mend: other)
    }
    return nil
  }
}

extension CSVEncoding {
  fileprivate var name: String { self == .utf8 ? "UTF-8" : rawValue }
}
