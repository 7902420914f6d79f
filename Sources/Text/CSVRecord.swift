internal import Glibc

/// The cells of one record, as places in the bytes that hold it.
struct CSVRecord {
  static let longestCell = 1 << 20
  static let quote = UInt8(ascii: "\"")
  static let lineFeed: UInt8 = 10
  static let carriageReturn: UInt8 = 13

  struct Cell {
    var start: Int
    var end: Int
    var hasDoubledQuotes: Bool
  }

  enum Scan {
    /// The record ends at `end`, the next begins at `next`, so many physical lines on.
    case whole(end: Int, next: Int, lines: Int)
    case broken(String, mend: String, cell: Int)
    /// More bytes are needed, unless there are none.
    case unfinished
  }

  let delimiter: UInt8
  var cells: [Cell] = []

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Cuts the record that begins at `start` into cells. Nothing is kept between two scans of one record: the second
  /// begins anew with more bytes.
  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isAtEnd: Bool) -> Scan {
    cells.removeAll(keepingCapacity: true)
    let filled = bytes.count
    var place = start
    if place == filled { return .unfinished }
    var lines = 1
    while true {
      if place < filled, bytes[place] == Self.quote {
        if let trouble = scanQuoted(bytes, &place, &lines, isAtEnd: isAtEnd) { return trouble }
      } else {
        let first = place
        while place < filled {
          let byte = bytes[place]
          if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
          place += 1
        }
        if place - first > Self.longestCell {
          return .broken(
            "it is longer than \(Self.longestCell / 1_048_576) MiB", mend: "shorten it", cell: cells.count)
        }
        cells.append(Cell(start: first, end: place, hasDoubledQuotes: false))
      }
      if place == filled, !isAtEnd { return .unfinished }
      if place < filled, bytes[place] == delimiter {
        place += 1
        continue
      }
      let end = place
      if place < filled {
        let isReturn = bytes[place] == Self.carriageReturn
        place += 1
        if isReturn {
          if place == filled, !isAtEnd { return .unfinished }
          if place < filled, bytes[place] == Self.lineFeed { place += 1 }
        }
      }
      return .whole(end: end, next: place, lines: lines)
    }
  }

  /// Takes the quoted cell at `place`, to the byte after its closing quote. - Returns: what keeps it from being one.
  private mutating func scanQuoted(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ lines: inout Int, isAtEnd: Bool
  ) -> Scan? {
    let filled = bytes.count
    place += 1
    var cell = Cell(start: place, end: place, hasDoubledQuotes: false)
    let unclosed = Scan.broken(
      "the quote that opens it is never closed", mend: "close it, or double the quotes inside the cell",
      cell: cells.count)
    while true {
      let rest = UnsafeRawPointer(bytes.baseAddress! + place)
      let found = memchr(rest, Int32(Self.quote), filled - place)
      place = found.map { place + (UnsafeRawPointer($0) - rest) } ?? filled
      if place - cell.start > Self.longestCell { return unclosed }
      if place == filled { return isAtEnd ? unclosed : .unfinished }
      if place + 1 == filled, !isAtEnd { return .unfinished }
      guard place + 1 < filled, bytes[place + 1] == Self.quote else { break }
      cell.hasDoubledQuotes = true
      place += 2
    }
    cell.end = place
    place += 1
    lines += Self.lineEnds(bytes[cell.start..<cell.end])
    if place < filled, bytes[place] != delimiter, bytes[place] != Self.lineFeed, bytes[place] != Self.carriageReturn {
      return .broken(
        "text follows the closing quote", mend: "double the quotes inside the cell", cell: cells.count)
    }
    cells.append(cell)
    return nil
  }

  /// How many physical lines end there, CRLF being one end.
  private static func lineEnds(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var count = 0
    var last: UInt8 = 0
    for byte in bytes {
      if byte == carriageReturn || (byte == lineFeed && last != carriageReturn) { count += 1 }
      last = byte
    }
    return count
  }
}
