internal import Glibc

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
  public static let longestCell = 1 << 20
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

  private struct Cell {
    var start: Int
    var end: Int
    var hasDoubledQuotes: Bool
  }

  private let source: ByteSource
  private var buffer: UnsafeMutableRawBufferPointer
  private var cells: [Cell] = []
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
    buffer = .allocate(byteCount: Self.bufferSize, alignment: 16)
  }

  deinit { buffer.deallocate() }

  // MARK: The record

  public var count: Int { cells.count }

  /// The bytes of the record as the file has them, without the line end. Valid within `body`.
  public func withRaw<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    try body(bytes(start, end))
  }

  /// The bytes of a cell as the file has them, without its outer quotes, inner ones still doubled. Valid within `body`.
  @inline(__always)
  public func withBytes<T>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    try body(bytes(cells[index].start, cells[index].end))
  }

  public func text(_ index: Int) -> String { text(index, trimmed: false) }

  /// The text of a cell, blanks at both ends cut if so asked.
  public func text(_ index: Int, trimmed: Bool) -> String {
    let cell = cells[index]
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

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 10
  private static let carriageReturn: UInt8 = 13
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// Moves to the next record.
  /// - Throws: what the source throws; `Fault` when the file is not of the encoding at all.
  public func step() throws -> Step {
    if !isBegun { try begin() }
    while true {
      start = next
      line = nextLine
      switch scan() {
      case .whole:
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

  private enum Scan {
    case whole
    case broken(String, mend: String, cell: Int)
    case unfinished
  }

  /// Cuts the record that begins at `start` into cells. Nothing is kept between two scans of one record: the second
  /// begins anew with more bytes.
  private func scan() -> Scan {
    cells.removeAll(keepingCapacity: true)
    let bytes = UnsafePointer(buffer.baseAddress!.assumingMemoryBound(to: UInt8.self))
    let filled = filled
    let delimiter = delimiter
    var place = start
    if place == filled { return .unfinished }
    var lines = 1
    while true {
      var cell = Cell(start: place, end: place, hasDoubledQuotes: false)
      if place < filled, bytes[place] == Self.quote {
        place += 1
        cell.start = place
        while true {
          if let found = memchr(bytes + place, Int32(Self.quote), filled - place) {
            place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - bytes
          } else {
            place = filled
          }
          if place - cell.start > Self.longestCell {
            return .broken(Self.unclosed, mend: Self.close, cell: cells.count)
          }
          if place == filled {
            return isAtEnd ? .broken(Self.unclosed, mend: Self.close, cell: cells.count) : .unfinished
          }
          if place + 1 == filled, !isAtEnd { return .unfinished }
          guard place + 1 < filled, bytes[place + 1] == Self.quote else { break }
          cell.hasDoubledQuotes = true
          place += 2
        }
        cell.end = place
        place += 1
        lines += lineEnds(bytes, cell.start, cell.end)
        if place < filled, bytes[place] != delimiter, bytes[place] != Self.lineFeed,
          bytes[place] != Self.carriageReturn
        {
          return .broken(
            "text follows the closing quote", mend: "double the quotes inside the cell", cell: cells.count)
        }
      } else {
        while place < filled {
          let byte = bytes[place]
          if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
          place += 1
        }
        cell.end = place
        if place - cell.start > Self.longestCell {
          return .broken(
            "it is longer than \(Self.longestCell / 1_048_576) MiB", mend: "shorten it", cell: cells.count)
        }
      }
      if place == filled, !isAtEnd { return .unfinished }
      cells.append(cell)
      if place < filled, bytes[place] == delimiter {
        place += 1
        continue
      }
      end = place
      if place < filled {
        let isReturn = bytes[place] == Self.carriageReturn
        place += 1
        if isReturn {
          if place == filled, !isAtEnd { return .unfinished }
          if place < filled, bytes[place] == Self.lineFeed { place += 1 }
        }
      }
      next = place
      nextLine = line + lines
      return .whole
    }
  }

  private static let unclosed = "the quote that opens it is never closed"
  private static let close = "close it, or double the quotes inside the cell"

  /// How many physical lines end between two places, CRLF being one end.
  private func lineEnds(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var count = 0
    for place in start..<end {
      if bytes[place] == Self.lineFeed {
        count += place > start && bytes[place - 1] == Self.carriageReturn ? 0 : 1
      } else if bytes[place] == Self.carriageReturn {
        count += 1
      }
    }
    return count
  }

  /// Leaves a broken record: its first physical line is passed over, and the next record begins after it.
  private func skipOneLine() throws {
    cells.removeAll(keepingCapacity: true)
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
    guard let width, cells.count != width else { return nil }
    return Fault(
      file: file, line: line,
      problem: "the row has \(cells.count) \(cells.count == 1 ? "cell" : "cells"), the header \(width)",
      mend: "put a cell that holds the delimiter between quotes")
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
      let index = cells.firstIndex { cell in bytes(cell.start, cell.end).contains(0) } ?? 0
      return Fault(
        file: file, line: line, field: columnName(index), problem: "there is a NUL byte in it",
        mend: "save the file as text")
    }
    guard high & 0x8080_8080_8080_8080 != 0 else { return nil }
    for (index, cell) in cells.enumerated() {
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
