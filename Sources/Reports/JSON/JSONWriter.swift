/// Writes JSON as it goes, indented by two spaces down to a depth, beyond it on one line.
///
/// - Source: RFC 8259.
final class JSONWriter {
  let writer: ByteWriter
  /// The depth from which on everything stands on one line.
  private let flatDepth: Int
  private var depth = 0
  private var isFirst = true

  init(_ writer: ByteWriter, flatDepth: Int) {
    self.writer = writer
    self.flatDepth = flatDepth
  }

  func object(_ body: () throws -> Void) rethrows { try group(123, 125, body) }
  func array(_ body: () throws -> Void) rethrows { try group(91, 93, body) }

  func begin(_ open: UInt8) {
    writer.put(open)
    depth += 1
    isFirst = true
  }

  func end(_ close: UInt8) {
    depth -= 1
    if !isFirst { breakLine(inside: depth + 1) }
    writer.put(close)
    isFirst = false
  }

  private func group(_ open: UInt8, _ close: UInt8, _ body: () throws -> Void) rethrows {
    begin(open)
    try body()
    end(close)
  }

  /// The comma and the line break before the next item of a list.
  func next() {
    if !isFirst { writer.put(UInt8(ascii: ",")) }
    breakLine(inside: depth)
    isFirst = false
  }

  private func breakLine(inside depth: Int) {
    if depth > flatDepth {
      if !isFirst, depth == self.depth { writer.put(UInt8(ascii: " ")) }
      return
    }
    writer.put(UInt8(ascii: "\n"))
    for _ in 0..<self.depth { writer.put(ascii: "  ") }
  }

  func key(_ name: String) {
    next()
    string(name)
    writer.put(ascii: ": ")
  }

  func entry(_ name: String, _ value: String?) {
    key(name)
    if let value { string(value) } else { writer.put(ascii: "null") }
  }

  func entry(_ name: String, _ value: Int64) {
    key(name)
    writer.put(value)
  }

  func entry(_ name: String, _ value: Bool) {
    key(name)
    if value { writer.put(ascii: "true") } else { writer.put(ascii: "false") }
  }

  func string(_ text: String) {
    var text = text
    text.withUTF8 { string($0) }
  }

  /// A text as SQLite holds it.
  func string(_ bytes: UnsafeBufferPointer<UInt8>) {
    var all: UInt8 = 0
    var isPlain = true
    for byte in bytes {
      all |= byte
      isPlain = isPlain && byte >= 32 && byte != 34 && byte != 92 && byte != 127
    }
    writer.put(UInt8(ascii: "\""))
    if all >= 0x80, !UTF8Text.isClean(bytes), String(validating: bytes, as: UTF8.self) == nil {
      UTF8Text.withCleaned(bytes, escaped)
    } else if isPlain {
      writer.put(bytes)
    } else {
      escaped(bytes)
    }
    writer.put(UInt8(ascii: "\""))
  }

  private func escaped(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      switch byte {
      case 34: writer.put(ascii: "\\\"")
      case 92: writer.put(ascii: "\\\\")
      case 10: writer.put(ascii: "\\n")
      case 13: writer.put(ascii: "\\r")
      case 9: writer.put(ascii: "\\t")
      case 0..<32, 127:
        writer.put(ascii: "\\u00")
        for digit in [byte >> 4, byte & 15] { writer.put(digit < 10 ? 48 + digit : 87 + digit) }
      default: writer.put(byte)
      }
    }
  }
}
