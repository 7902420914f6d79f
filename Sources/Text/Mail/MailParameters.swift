/// The value of a header such as `text/plain; charset=UTF-8`: a name in lower case, and what belongs to it.
///
/// - Source: RFC 2045 §5.1, RFC 2231 for values that go on or have an encoding.
struct MailParameters {
  let name: String
  let values: [String: String]

  init(_ text: String) {
    var fields = Self.fields(text)
    name = fields.isEmpty ? "" : fields.removeFirst().collapsed.lowercased()
    var plain: [String: String] = [:]
    /// The pieces of values that go on, by their number.
    var pieces: [String: [Int: (text: String, isEncoded: Bool)]] = [:]
    for field in fields {
      guard let equals = field.firstIndex(of: "=") else { continue }
      let key = String(field[..<equals]).collapsed.lowercased()
      let value = Self.unquoted(String(field[field.index(after: equals)...]))
      let parts = key.split(separator: "*", omittingEmptySubsequences: false)
      if parts.count == 1 {
        if plain[key] == nil { plain[key] = EncodedWords.decode(value) }
      } else if let number = parts[1].isEmpty ? 0 : Int(parts[1]), (0..<1000).contains(number) {
        let isEncoded = key.hasSuffix("*")
        pieces[String(parts[0]), default: [:]][number] = (value, isEncoded)
      }
    }
    for (key, known) in pieces { plain[key] = Self.joined(known) }
    values = plain
  }

  /// The texts between semicolons that stand outside quotes; comments outside quotes are left out.
  private static func fields(_ text: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    var isEscaped = false
    var depth = 0
    for character in text.unicodeScalars {
      if isEscaped {
        if depth == 0 { fields[fields.count - 1].unicodeScalars.append(character) }
        isEscaped = false
        continue
      }
      switch character {
      case "\\" where isQuoted || depth > 0:
        isEscaped = true
        if depth > 0 { continue }
      case "\"" where depth == 0: isQuoted.toggle()
      case "(" where !isQuoted:
        depth += 1
        continue
      case ")" where !isQuoted && depth > 0:
        depth -= 1
        continue
      case ";" where !isQuoted && depth == 0:
        fields.append("")
        continue
      default: break
      }
      if depth == 0 { fields[fields.count - 1].unicodeScalars.append(character) }
    }
    return fields
  }

  private static func unquoted(_ text: String) -> String {
    let text = text.trimmedEnds
    guard text.hasPrefix("\"") else { return text }
    var value = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars.dropFirst() {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
        continue
      }
      if !isEscaped, scalar == "\"" { break }
      value.append(scalar)
      isEscaped = false
    }
    return String(value)
  }

  /// The pieces from the first to the last before a gap, in the encoding that the first one names.
  private static func joined(_ pieces: [Int: (text: String, isEncoded: Bool)]) -> String {
    var charset: String?
    var bytes: [UInt8] = []
    for number in 0... {
      guard let piece = pieces[number] else { break }
      var text = piece.text
      if piece.isEncoded {
        if number == 0 {
          let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
          if parts.count == 3 { (charset, text) = (String(parts[0]), String(parts[2])) }
        }
        bytes += TransferEncoding.quoted(Array(text.utf8)[...], mark: "%")
      } else {
        bytes += Array(text.utf8)
      }
    }
    return (try? MailCharset.decode(bytes, named: charset ?? "utf-8")) ?? MailCharset.guess(bytes)
  }
}

/// The value of a hexadecimal digit; `nil` for another byte.
func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  default: nil
  }
}

extension String {
  fileprivate var trimmedEnds: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
