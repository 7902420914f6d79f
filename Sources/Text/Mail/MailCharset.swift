internal import Glibc

/// How the bytes of a mail stand for letters: the encodings that mails really have here, and what the system knows of
/// the others.
enum MailCharset {
  /// - Throws: `MailFault` for an encoding that nobody knows, and for bytes that are not of theirs.
  static func decode(_ bytes: [UInt8], named name: String?) throws -> String {
    let name = name?.collapsed.lowercased() ?? ""
    switch name {
    case "", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "unknown", "8bit", "default":
      return guess(bytes)
    case "utf-8", "utf8":
      if let text = String(validating: bytes, as: UTF8.self) { return text }
    case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "windows-1252", "cp1252", "cp-1252":
      return windows1252(bytes)
    default:
      if let text = converted(bytes, from: name) { return text }
    }
    throw MailFault(
      problem: "the mail has a text in the encoding '\(name.prefix(40))', which cannot be read",
      mend: "ask for it as plain text in UTF-8")
  }

  /// Bytes of which nobody said what they are.
  static func guess(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self) ?? windows1252(bytes)
  }

  /// Every byte stands for a letter: where Windows-1252 has none, Latin-1's control character is meant. What calls itself
  /// Latin-1 is Windows-1252 as well. - Source: WHATWG Encoding Standard, §4.2 and index-windows-1252.
  static func windows1252(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(CSVEncoding.windowsScalar(of: byte)) }
    return String(text)
  }

  /// By the system's own tables; `nil` for an encoding that it does not know, or a byte that is not of it.
  private static func converted(_ bytes: [UInt8], from name: String) -> String? {
    guard name.utf8.allSatisfy({ (33...126).contains($0) && $0 != UInt8(ascii: "/") }),
      let converter = iconv_open("UTF-8", name), converter != iconv_t(bitPattern: -1)
    else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    // No encoding takes more than four bytes for one of its own, UTF-7 and the like far fewer.
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    var left = input.count
    var room = output.count
    let isWhole = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var from = input.baseAddress
        var to = output.baseAddress
        guard left == 0 || iconv(converter, &from, &left, &to, &room) != Int(bitPattern: UInt.max) else { return false }
        return iconv(converter, nil, nil, &to, &room) != Int(bitPattern: UInt.max)
      }
    }
    guard isWhole, left == 0 else { return nil }
    return String(validating: output[..<(output.count - room)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
