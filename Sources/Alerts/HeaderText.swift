/// Text in the headers of a mail: plain where it can be, else encoded-words.
///
/// - Source: RFC 2047; RFC 5322 §2.2.3 for folding.
enum HeaderText {
  /// The longest encoded-word, its delimiters included.
  static let longestWord = 75
  /// The longest line that has an encoded-word; also what plain lines keep to.
  static let longestLine = 76
  private static let opening = "=?UTF-8?Q?"
  private static let closing = "?="
  /// A character whose encoding is longer is split into its Unicode scalars.
  private static let longestPiece = 36

  /// The value of a header such as Subject, folded. - Parameter column: how long the line is already.
  static func unstructured(_ text: String, column: Int) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !text.contains("=?")
    return isPlain && column + text.utf8.count <= longestLine ? text : encodedWords(text, column: column)
  }

  /// A person's name and address, folded. - Parameter column: how long the line is already.
  static func mailbox(name: String, _ address: MailAddress, column: Int) -> String {
    let isPlain = name.utf8.allSatisfy { isPlainByte($0) || $0 == UInt8(ascii: " ") }
    if name.isEmpty { return "\(address)" }
    let phrase = isPlain && column + name.utf8.count <= longestLine ? name : encodedWords(name, column: column)
    let lastLine = phrase.utf8.split(separator: UInt8(ascii: "\n")).last.map(\.count) ?? 0
    let used = lastLine == phrase.utf8.count ? column + lastLine : lastLine
    let fits = used + address.description.utf8.count + 3 <= longestLine
    return phrase + (fits ? " " : "\r\n ") + "<\(address)>"
  }

  /// Words of at most 75 octets, one a line, that never split a character.
  private static func encodedWords(_ text: String, column: Int) -> String {
    var words: [String] = []
    var word = ""
    var room = min(longestWord, longestLine - column) - opening.utf8.count - closing.utf8.count
    for piece in pieces(text) {
      if word.utf8.count + piece.utf8.count > room {
        words.append(opening + word + closing)
        word = ""
        room = longestWord - opening.utf8.count - closing.utf8.count
      }
      word += piece
    }
    words.append(opening + word + closing)
    return words.joined(separator: "\r\n ")
  }

  /// The encoded form of each character.
  private static func pieces(_ text: String) -> [String] {
    text.flatMap { character in
      let whole = encoded(character.utf8)
      return whole.utf8.count <= longestPiece ? [whole] : character.unicodeScalars.map { encoded($0.utf8) }
    }
  }

  /// The Q encoding with the letters that are safe everywhere, also in a person's name. - Source: RFC 2047 §5 (3).
  private static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      if byte == UInt8(ascii: " ") {
        text += "_"
      } else if isPlainByte(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "=" + hexadecimal(byte)
      }
    }
    return text
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

/// Two digits, in capitals as RFC 2045 and RFC 2047 want them.
func hexadecimal(_ byte: UInt8) -> String {
  let digits = Array("0123456789ABCDEF")
  return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
}
