/// One part of a mail, or the whole of it: headers and a body.
struct MailPart {
  /// The value of each header by its name in lower case, unfolded; of several with one name the first.
  let headers: [String: String]
  let body: ArraySlice<UInt8>
  let type: MailParameters
  let disposition: MailParameters?

  /// - Parameter isDigest: parts of a digest are mails unless they say otherwise. - Source: RFC 2046 §5.1.5.
  init(_ bytes: ArraySlice<UInt8>, isDigest: Bool = false) {
    var headers: [String: String] = [:]
    var rest = bytes
    var isFirst = true
    while !rest.isEmpty {
      let before = rest
      let line = Self.takeLine(&rest)
      if line.isEmpty { break }
      // A mailbox file has a line of its own before each mail.
      if isFirst, line.starts(with: "From ".utf8) {
        isFirst = false
        continue
      }
      isFirst = false
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy({ (33...126).contains($0) })
      else {
        // What is no header begins the body, though no empty line came before it.
        rest = before
        break
      }
      var value = Array(line[line.index(after: colon)...])
      while let next = rest.first, next == 32 || next == 9 { value += Self.takeLine(&rest) }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      if headers[name] == nil { headers[name] = MailCharset.guess(value).trimmedBlanks }
    }
    self.headers = headers
    body = rest
    let plain = isDigest ? "message/rfc822" : "text/plain"
    let type = headers["content-type"].map { MailParameters($0) }
    self.type = type.flatMap { $0.name.contains("/") ? $0 : nil } ?? MailParameters(plain)
    disposition = headers["content-disposition"].map { MailParameters($0) }
  }

  /// A line without its end, which is taken away with it.
  private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let end = rest.firstIndex(of: 10) ?? rest.endIndex
    var line = rest[rest.startIndex..<end]
    rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
    if line.last == 13 { line.removeLast() }
    return line
  }

  /// The body as bytes, its transfer encoding undone.
  var content: [UInt8] {
    switch headers["content-transfer-encoding"]?.collapsed.lowercased() {
    case "base64": TransferEncoding.base64(body)
    case "quoted-printable": TransferEncoding.quotedPrintable(body)
    default: Array(body)
    }
  }

  /// The parts of a multipart body; `nil` when nothing in it says where one begins.
  var parts: [MailPart]? {
    guard let boundary = type.values["boundary"], !boundary.isEmpty else { return nil }
    let mark = Array("--\(boundary)".utf8)
    var parts: [MailPart] = []
    var start: Int?
    var rest = body
    while !rest.isEmpty {
      let lineStart = rest.startIndex
      let line = Self.takeLine(&rest)
      guard line.starts(with: mark) else { continue }
      let tail = line.dropFirst(mark.count)
      let isLast = tail.starts(with: "--".utf8)
      // What follows may only be blanks: a longer boundary begins with the same letters.
      guard tail.dropFirst(isLast ? 2 : 0).allSatisfy({ $0 == 32 || $0 == 9 }) else { continue }
      if let start { parts.append(part(start, lineStart)) }
      start = isLast ? nil : rest.startIndex
      if isLast { return parts }
    }
    // Cut off on its way: what there is of the last part is taken.
    if let start { parts.append(part(start, body.endIndex)) }
    return parts.isEmpty ? nil : parts
  }

  /// The line break before a boundary belongs to it.
  private func part(_ start: Int, _ end: Int) -> MailPart {
    var end = end
    if end > start, body[end - 1] == 10 { end -= 1 }
    if end > start, body[end - 1] == 13 { end -= 1 }
    return MailPart(body[start..<max(start, end)], isDigest: type.name == "multipart/digest")
  }

  /// The name of the file that the part is; `nil` for one without a name.
  var fileName: String? {
    let name = disposition?.values["filename"] ?? type.values["name"]
    return name.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension String {
  fileprivate var trimmedBlanks: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
