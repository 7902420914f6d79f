/// The encoding of a mail's text: readable where it is ASCII, and safe on any road.
///
/// - Source: RFC 2045 §6.7.
enum QuotedPrintable {
  /// The longest line, its soft break included.
  static let longestLine = 76

  /// Encodes text whose lines end with LF; the result's end with CRLF.
  static func encode(_ text: String) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count * 5 / 4)
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      encode(line: Array(line), to: &output)
      output += [13, 10]
    }
    return output
  }

  private static func encode(line: [UInt8], to output: inout [UInt8]) {
    // A dot alone ends a mail for some programs, and «From » begins one for others.
    let startsBadly = line.first == UInt8(ascii: ".") || line.starts(with: "From ".utf8)
    var column = 0
    for (index, byte) in line.enumerated() {
      let isLast = index == line.count - 1
      let isPlain = isPlain(byte, endsLine: isLast) && !(index == 0 && startsBadly)
      let width = isPlain ? 1 : 3
      // The last byte needs no room for a soft break after it.
      if column + width > longestLine - (isLast ? 0 : 1) {
        output += [UInt8(ascii: "="), 13, 10]
        column = 0
      }
      if isPlain { output.append(byte) } else { output += Array("=\(hexadecimal(byte))".utf8) }
      column += width
    }
  }

  private static func isPlain(_ byte: UInt8, endsLine: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "="): false
    case UInt8(ascii: " "): !endsLine
    default: (0x21...0x7e).contains(byte)
    }
  }
}
