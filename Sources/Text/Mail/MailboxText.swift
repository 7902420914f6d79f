/// Addresses and ids in the headers of a mail.
enum MailboxText {
  /// The first address of `"Díaz, Carla" <carla@example.com>, ana@example.com (Ana)`; `nil` without one.
  static func firstAddress(in text: String) -> String? {
    var isQuoted = false
    var isEscaped = false
    var depth = 0
    /// What stands outside comments and quotes so far, and what stands in angle brackets.
    var plain = ""
    var inBrackets: String?
    for character in text {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch character {
      case "\\" where isQuoted || depth > 0: isEscaped = true
      case "\"" where depth == 0: isQuoted.toggle()
      case "(" where !isQuoted: depth += 1
      case ")" where !isQuoted && depth > 0: depth -= 1
      case _ where isQuoted || depth > 0: break
      case "<": inBrackets = ""
      case ">":
        if let address = inBrackets.flatMap(address) { return address }
        inBrackets = nil
      case ",", ";":
        if inBrackets == nil, let address = address(plain) { return address }
        plain = ""
      // A group has a name and a colon before its members.
      case ":" where inBrackets == nil: plain = ""
      default: if inBrackets == nil { plain.append(character) } else { inBrackets!.append(character) }
      }
    }
    return inBrackets.flatMap(address) ?? address(plain)
  }

  private static func address(_ text: String) -> String? {
    let text = text.collapsed
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && !text.contains(" ") ? text : nil
  }

  /// What stands in angle brackets: `<a@b> <c@d>`.
  static func ids(in text: String) -> [String] {
    var ids: [String] = []
    var rest = text[...]
    while ids.count < 200, let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: ">") else { break }
      let id = String(rest[..<close]).collapsed
      if !id.isEmpty { ids.append(id) }
      rest = rest[rest.index(after: close)...]
    }
    return ids
  }
}
