/// The two ways in which a mail writes any bytes in plain letters. What is not well-formed is taken as far as it goes.
///
/// - Source: RFC 2045 §6.7 and §6.8.
enum TransferEncoding {
  /// Letters that are not of the alphabet are passed over; the first padding ends it.
  static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    for letter in text {
      let value: UInt32
      switch letter {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = UInt32(letter - 65)
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = UInt32(letter - 97 + 26)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt32(letter - 48 + 52)
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      case UInt8(ascii: "="):
        if count == 2 { bytes.append(UInt8(truncatingIfNeeded: bits >> 4)) }
        if count == 3 {
          bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
          bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
        }
        return bytes
      default: continue
      }
      bits = bits << 6 | value
      count += 1
      if count == 4 {
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits))
        (bits, count) = (0, 0)
      }
    }
    // Without its padding, which some leave out.
    if count == 2 { bytes.append(UInt8(truncatingIfNeeded: bits >> 4)) }
    if count == 3 {
      bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
    }
    return bytes
  }

  /// Blanks at the end of a line are no part of it, and `=` there joins it with the next.
  static func quotedPrintable(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 10) ?? rest.endIndex
      var line = rest[rest.startIndex..<end]
      let hasEnd = end < rest.endIndex
      rest = hasEnd ? rest[(end + 1)...] : rest[end...]
      let isCRLF = line.last == 13
      while let last = line.last, last == 32 || last == 9 || last == 13 { line.removeLast() }
      let isSoft = line.last == UInt8(ascii: "=")
      if isSoft { line.removeLast() }
      bytes += quoted(line)
      if hasEnd, !isSoft { bytes += isCRLF ? [13, 10] : [10] }
    }
    return bytes
  }

  /// The bytes of a text in which a mark and two hexadecimal digits stand for one: `=C3` here, `%C3` in parameters. A mark
  /// before anything else stands for itself.
  static func quoted(_ text: ArraySlice<UInt8>, mark: Unicode.Scalar = "=") -> [UInt8] {
    let mark = UInt8(ascii: mark)
    var bytes: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == mark, index + 2 < text.endIndex, let high = hexDigit(text[index + 1]),
        let low = hexDigit(text[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return bytes
  }
}
