/// What a mail says: its texts and its files, collected from its parts.
struct MailContent {
  private(set) var text = ""
  private(set) var files: [MailMessage.File] = []
  private var parts = 0

  /// How deep parts lie in one another, and how many there are, at most: more is an attack.
  private static let deepest = 20
  private static let most = 1000

  mutating func take(_ part: MailPart, depth: Int = 0) throws {
    var texts: [String] = []
    try collect(part, depth, &texts)
    text = texts.map(\.trimmedLines).filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// Adds the texts of a part to `texts`, and its files.
  private mutating func collect(_ part: MailPart, _ depth: Int, _ texts: inout [String]) throws {
    parts += 1
    guard depth <= Self.deepest, parts <= Self.most else {
      throw MailFault(problem: "the mail has too many parts", mend: "ask for it as plain text")
    }
    if part.type.name.hasPrefix("multipart/"), let children = part.parts {
      if part.type.name == "multipart/alternative" { return try choose(children, depth, &texts) }
      for child in children { try collect(child, depth + 1, &texts) }
      return
    }
    if isText(part) { return texts.append(try text(of: part)) }
    // A signature proves nothing to a reader of the ticket.
    if Self.signatures.contains(part.type.name) { return }
    files.append(MailMessage.File(name: part.fileName ?? unnamed(part.type.name), content: part.content))
  }

  /// Of the forms that one text has, the plain one; the files of all.
  private mutating func choose(_ children: [MailPart], _ depth: Int, _ texts: inout [String]) throws {
    var forms: [(isPlain: Bool, texts: [String])] = []
    for child in children {
      var own: [String] = []
      try collect(child, depth + 1, &own)
      forms.append((Self.isPlain(child), own))
    }
    let written = forms.filter { $0.texts.contains { !$0.trimmedLines.isEmpty } }
    texts += (written.first(where: \.isPlain) ?? written.last)?.texts ?? []
  }

  /// Whether the first text in a part is a plain one.
  private static func isPlain(_ part: MailPart, depth: Int = 0) -> Bool {
    if part.type.name.hasPrefix("multipart/"), depth < deepest, let first = part.parts?.first {
      return isPlain(first, depth: depth + 1)
    }
    return part.type.name == "text/plain"
  }

  private func isText(_ part: MailPart) -> Bool {
    let isMultipart = part.type.name.hasPrefix("multipart/")
    guard isMultipart || ["text/plain", "text/html"].contains(part.type.name) else { return false }
    return isMultipart || (part.disposition?.name != "attachment" && part.fileName == nil)
  }

  private func text(of part: MailPart) throws -> String {
    let text = try MailCharset.decode(part.content, named: part.type.values["charset"])
    guard !text.utf8.contains(0) else {
      throw MailFault(problem: "the mail's text holds a NUL character", mend: "ask for it as plain text")
    }
    let lines = text.replacing("\r\n", with: "\n")
    return part.type.name == "text/html" ? HTMLText.plain(lines) : lines
  }

  private func unnamed(_ type: String) -> String {
    let endings = [
      "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "application/pdf": "pdf", "message/rfc822": "eml",
      "text/html": "html", "text/plain": "txt", "text/calendar": "ics", "text/csv": "csv",
    ]
    return "file-\(files.count + 1).\(endings[type] ?? "bin")"
  }

  private static let signatures: Set = [
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
  ]
}

extension String {
  /// Without blank lines before and after, and blanks at the end.
  var trimmedLines: String {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    var lines = self[...last]
    while let end = lines.firstIndex(where: \.isNewline), lines[..<end].allSatisfy(\.isWhitespace) {
      lines = lines[lines.index(after: end)...]
    }
    return String(lines)
  }
}
