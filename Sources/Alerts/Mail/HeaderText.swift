internal import FoundationEssentials

/// Text in the headers of a mail: plain where it can be, else encoded-words.
///
/// - Source: RFC 2047; RFC 5322 §2.2.3 for folding.
enum HeaderText {
  /// The longest encoded-word, its delimiters included.
  static let longestWord = 75
  /// The longest line that has an encoded-word; also what plain lines keep to.
  static let longestLine = 76
  /// A character of more octets is split into its Unicode scalars: it must fit into the first word of any header.
  private static let longestCharacter = 30

  /// The value of a header such as Subject, folded. - Parameter column: how long the line is already.
  static func unstructured(_ text: String, column: Int) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !text.contains("=?")
    return isPlain && column + text.utf8.count <= longestLine ? text : encodedWords(text, column: column)
  }

  /// A person's name and address, folded. - Parameter column: how long the line is already.
  static func mailbox(name: String, _ address: MailAddress, column: Int) -> String {
    let isPlain = name.utf8.allSatisfy { $0.isPlain || $0 == UInt8(ascii: " ") }
    if name.isEmpty { return "\(address)" }
    let phrase = isPlain && column + name.utf8.count <= longestLine ? name : encodedWords(name, column: column)
    let lastLine = phrase.utf8.split(separator: UInt8(ascii: "\n")).last.map(\.count) ?? 0
    let used = lastLine == phrase.utf8.count ? column + lastLine : lastLine
    let fits = used + address.description.utf8.count + 3 <= longestLine
    return phrase + (fits ? " " : "\r\n ") + "<\(address)>"
  }

  /// Words of at most 75 octets, one a line, that never split a character.
  private static func encodedWords(_ text: String, column: Int) -> String {
    let bytes = Array(text.utf8)
    let encoding: WordEncoding = WordEncoding.quoted.size(bytes) <= WordEncoding.base64.size(bytes) ? .quoted : .base64
    var words: [String] = []
    var word: [UInt8] = []
    var room = min(longestWord, longestLine - column)
    for piece in pieces(text) {
      if encoding.size(word + piece) > room {
        words.append(encoding.word(word))
        word = []
        room = longestWord
      }
      word += piece
    }
    words.append(encoding.word(word))
    return words.joined(separator: "\r\n ")
  }

  /// What stays together in one word.
  private static func pieces(_ text: String) -> [[UInt8]] {
    text.flatMap { character in
      let whole = Array(character.utf8)
      return whole.count <= longestCharacter ? [whole] : character.unicodeScalars.map { Array($0.utf8) }
    }
  }
}

/// The two ways to write an encoded-word: the first can be read by eye, the second is shorter for other scripts.
private enum WordEncoding {
  case quoted
  case base64

  private var opening: String { self == .quoted ? "=?UTF-8?Q?" : "=?UTF-8?B?" }
  private static let closing = "?="

  /// How long a word with these bytes is.
  func size(_ bytes: [UInt8]) -> Int {
    let text =
      switch self {
      case .quoted: bytes.reduce(0) { $0 + ($1.isPlain || $1 == UInt8(ascii: " ") ? 1 : 3) }
      case .base64: (bytes.count + 2) / 3 * 4
      }
    return opening.utf8.count + text + Self.closing.utf8.count
  }

  func word(_ bytes: [UInt8]) -> String {
    opening + (self == .quoted ? Self.quoted(bytes) : Data(bytes).base64EncodedString()) + Self.closing
  }

  /// With the letters that are safe everywhere, also in a person's name. - Source: RFC 2047 §5 (3).
  private static func quoted(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes {
      if byte == UInt8(ascii: " ") {
        text += "_"
      } else if byte.isPlain {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "=" + hexadecimal(byte)
      }
    }
    return text
  }
}

/// Two digits, in capitals as RFC 2045 and RFC 2047 want them.
func hexadecimal(_ byte: UInt8) -> String {
  let digits = Array("0123456789ABCDEF")
  return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
}
