import FoundationEssentials

/// A reader of mails just good enough to judge ours, written from the RFCs and not from the encoders.
struct ParsedMail {
  /// Names as written, values unfolded and not decoded.
  var headers: [(name: String, value: String)]
  /// The header lines as they are, folded ones apart.
  var headerLines: [String]
  var text: String
  var html: String

  init(_ bytes: [UInt8]) throws {
    let message = String(decoding: bytes, as: UTF8.self)
    guard message.utf8.elementsEqual(bytes), bytes.allSatisfy({ $0 < 128 && $0 != 0 }) else {
      throw ParseError("not plain ASCII")
    }
    guard !message.unicodeScalars.split(separator: "\n").contains(where: { $0.last != "\r" }) else {
      throw ParseError("a line without CRLF")
    }
    let lines = message.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      String($0.last == "\r" ? $0.dropLast() : $0)
    }
    headerLines = Array(lines.prefix { !$0.isEmpty })
    headers = try Self.headers(headerLines)
    let type = headers.first { $0.name == "Content-Type" }?.value ?? ""
    guard type.hasPrefix("multipart/alternative; boundary=\""), type.hasSuffix("\"") else {
      throw ParseError("not multipart/alternative: \(type)")
    }
    let boundary = "--" + type.dropFirst("multipart/alternative; boundary=\"".count).dropLast()
    var parts: [[String]] = []
    for line in lines.dropFirst(headerLines.count + 1) {
      if line == boundary {
        parts.append([])
      } else if line == boundary + "--" {
        break
      } else {
        guard !parts.isEmpty, line.utf8.count <= 76 else { throw ParseError("a bad line: \(line)") }
        parts[parts.count - 1].append(line)
      }
    }
    guard parts.count == 2 else { throw ParseError("\(parts.count) parts") }
    (text, html) = (try Self.body(parts[0], type: "text/plain"), try Self.body(parts[1], type: "text/html"))
  }

  /// The decoded value of the only header of that name.
  func header(_ name: String) throws -> String {
    let found = headers.filter { $0.name == name }
    guard found.count == 1 else { throw ParseError("\(found.count) headers \(name)") }
    return try decodeWords(found[0].value)
  }

  private static func headers(_ lines: [String]) throws -> [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = []
    for line in lines {
      if line.first == " " {
        guard !headers.isEmpty else { throw ParseError("begins with a folded line") }
        headers[headers.count - 1].value += line
      } else {
        guard let colon = line.firstIndex(of: ":") else { throw ParseError("no header: \(line)") }
        headers.append((String(line[..<colon]), String(line[line.index(colon, offsetBy: 2)...])))
      }
    }
    return headers
  }

  private static func body(_ lines: [String], type: String) throws -> String {
    let head = lines.prefix { !$0.isEmpty }
    guard head.contains("Content-Type: \(type); charset=UTF-8"),
      head.contains("Content-Transfer-Encoding: quoted-printable")
    else { throw ParseError("part is not \(type)") }
    var bytes: [UInt8] = []
    for line in lines.dropFirst(head.count + 1) {
      let soft = line.last == "="
      bytes += try decodeEscapes(soft ? String(line.dropLast()) : line)
      if !soft { bytes.append(10) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

struct ParseError: Error {
  var problem: String
  init(_ problem: String) { self.problem = problem }
}

/// A header's text, its encoded-words decoded one by one. Throws when a word is too long or is no whole UTF-8.
func decodeWords(_ value: String) throws -> String {
  var result = ""
  var wasWord = false
  for token in value.split(separator: " ", omittingEmptySubsequences: false) {
    if token.hasPrefix("=?UTF-8?"), token.hasSuffix("?="), token.utf8.count >= 12 {
      guard token.utf8.count <= 75 else { throw ParseError("a word of \(token.utf8.count) octets") }
      let content = String(token.dropFirst(10).dropLast(2))
      let bytes: [UInt8]
      switch token.dropFirst(8).prefix(2) {
      case "Q?": bytes = try decodeEscapes(content.map { $0 == "_" ? " " : String($0) }.joined())
      case "B?": bytes = try Data(base64Encoded: content).map(Array.init) ?? { throw ParseError("bad base64") }()
      default: throw ParseError("a word of unknown encoding")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else { throw ParseError("a split character") }
      result += (wasWord || result.isEmpty ? "" : " ") + text
      wasWord = true
    } else {
      result += (result.isEmpty ? "" : " ") + token
      wasWord = false
    }
  }
  return result
}

private func decodeEscapes(_ line: String) throws -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = Array(line.utf8)[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "=") {
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        throw ParseError("a bad escape in \(line)")
      }
      rest = rest.dropFirst(2)
      bytes.append(value)
    } else {
      bytes.append(byte)
    }
  }
  return bytes
}
