/// Words such as `=?UTF-8?Q?N=C3=B3mina?=` in the text of a header.
///
/// - Source: RFC 2047. Letters that a sender split between two words are put together again, which it forbids and many do.
enum EncodedWords {
  static func decode(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    /// Bytes of words that follow one another in the same encoding, and the text that they were, should they not decode.
    var run: (charset: String, bytes: [UInt8], raw: [Unicode.Scalar])?
    var blanks: [Unicode.Scalar] = []
    func flush() {
      guard let known = run else { return }
      if let decoded = try? MailCharset.decode(known.bytes, named: known.charset) {
        result.append(contentsOf: decoded.unicodeScalars)
      } else {
        result.append(contentsOf: known.raw)
      }
      run = nil
    }
    var index = 0
    while index < scalars.count {
      if let word = word(scalars, at: index) {
        let raw = Array(scalars[index..<word.end])
        if let known = run, known.charset == word.charset {
          // Blanks between two words are only there to part them.
          run = (known.charset, known.bytes + word.bytes, known.raw + blanks + raw)
        } else {
          let isAfterWord = run != nil
          flush()
          if !isAfterWord { result.append(contentsOf: blanks) }
          run = (word.charset, word.bytes, raw)
        }
        blanks = []
        index = word.end
      } else if scalars[index].properties.isWhitespace {
        blanks.append(scalars[index])
        index += 1
      } else {
        flush()
        result.append(contentsOf: blanks)
        blanks = []
        result.append(scalars[index])
        index += 1
      }
    }
    flush()
    result.append(contentsOf: blanks)
    return String(result)
  }

  private static func word(
    _ text: [Unicode.Scalar], at start: Int
  ) -> (charset: String, bytes: [UInt8], end: Int)? {
    guard start + 1 < text.count, text[start] == "=", text[start + 1] == "?" else { return nil }
    func field(from start: Int) -> (text: [UInt8], end: Int)? {
      var bytes: [UInt8] = []
      var index = start
      while index < text.count, text[index] != "?" {
        guard (33...126).contains(text[index].value) || text[index] == " " else { return nil }
        bytes.append(UInt8(text[index].value))
        index += 1
      }
      return index < text.count ? (bytes, index) : nil
    }
    guard let charset = field(from: start + 2), !charset.text.isEmpty, !charset.text.contains(32),
      let kind = field(from: charset.end + 1), let content = field(from: kind.end + 1), content.end + 1 < text.count,
      text[content.end + 1] == "="
    else { return nil }
    // A language may stand behind the encoding. - Source: RFC 2231 §5.
    let name = String(decoding: charset.text.prefix { $0 != UInt8(ascii: "*") }, as: UTF8.self).lowercased()
    let bytes: [UInt8]
    switch kind.text {
    case [UInt8(ascii: "B")], [UInt8(ascii: "b")]: bytes = TransferEncoding.base64(content.text[...])
    case [UInt8(ascii: "Q")], [UInt8(ascii: "q")]:
      bytes = TransferEncoding.quoted(content.text.map { $0 == UInt8(ascii: "_") ? 32 : $0 }[...])
    default: return nil
    }
    return (name, bytes, content.end + 2)
  }
}
