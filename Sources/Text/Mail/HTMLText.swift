/// The text of a page of HTML as a person would write it without: blocks on lines of their own, quotations behind `>`.
enum HTMLText {
  static func plain(_ html: String) -> String {
    var writer = Writer()
    var rest = html.unicodeScalars[...]
    while let scalar = rest.first {
      if scalar == "<", let (tag, isEnd, address, after) = tag(rest) {
        rest = after
        if !isEnd, ["script", "style", "head", "title"].contains(tag) {
          rest = skip(tag, rest)
          continue
        }
        writer.take(tag, isEnd: isEnd, address: address)
      } else if scalar == "&", let (text, after) = entity(rest) {
        writer.put(text)
        rest = after
      } else {
        writer.put(String(scalar))
        rest = rest.dropFirst()
      }
    }
    return writer.finished
  }

  private typealias Scalars = Substring.UnicodeScalarView

  /// A tag at the beginning of `text`; `nil` where a `<` is only a letter.
  private static func tag(_ text: Scalars) -> (name: String, isEnd: Bool, address: String?, rest: Scalars)? {
    if text.starts(with: "<!--".unicodeScalars) {
      var rest = text.dropFirst(4)
      while !rest.isEmpty, !rest.starts(with: "-->".unicodeScalars) { rest = rest.dropFirst() }
      return ("!--", false, nil, rest.dropFirst(3))
    }
    var inside = text.dropFirst()
    let isEnd = inside.first == "/"
    if isEnd { inside = inside.dropFirst() }
    guard let first = inside.first, first.properties.isAlphabetic || first == "!" || first == "?" else { return nil }
    var body = ""
    var quote: Unicode.Scalar?
    while let scalar = inside.first {
      inside = inside.dropFirst()
      if let open = quote {
        if scalar == open { quote = nil }
      } else if scalar == ">" {
        let name = body.prefix { $0.isLetter || $0.isNumber || $0 == "!" || $0 == "?" }.lowercased()
        return (name, isEnd, name == "a" ? address(body) : nil, inside)
      } else if scalar == "\"" || scalar == "'" {
        quote = scalar
      }
      body.unicodeScalars.append(scalar)
    }
    return nil
  }

  /// Where a link leads, if that is somewhere on the web.
  private static func address(_ tag: String) -> String? {
    guard let place = tag.lowercased().firstRange(of: "href=") else { return nil }
    let offset = tag.lowercased().distance(from: tag.lowercased().startIndex, to: place.upperBound)
    var value = tag.dropFirst(offset)
    if let quote = value.first, quote == "\"" || quote == "'" {
      value = value.dropFirst().prefix { $0 != quote }
    } else {
      value = value.prefix { !$0.isWhitespace }
    }
    return value.hasPrefix("http") ? String(value).replacing("&amp;", with: "&") : nil
  }

  /// What follows the end of an element that has nothing to read.
  private static func skip(_ name: String, _ text: Scalars) -> Scalars {
    var rest = text
    while !rest.isEmpty {
      if rest.first == "<", let tag = tag(rest), tag.isEnd, tag.name == name { return tag.rest }
      rest = rest.dropFirst()
    }
    return rest
  }

  private static func entity(_ text: Scalars) -> (String, Scalars)? {
    let body = text.dropFirst().prefix(12)
    guard let end = body.firstIndex(of: ";") else { return nil }
    let name = String(String.UnicodeScalarView(body[..<end]))
    let rest = text[text.unicodeScalarIndex(after: end)...]
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let number, number > 0, let scalar = Unicode.Scalar(number) else { return nil }
      return (String(scalar), rest)
    }
    return HTMLEntities.text(of: name).map { ($0, rest) }
  }

  /// Lines as they come out.
  private struct Writer {
    private var lines: [String] = []
    private var line = ""
    private var quotes = 0
    private var preformatted = 0
    private var links: [(address: String?, start: String)] = []
    private var isAfterBlank = true

    mutating func put(_ text: String) {
      for scalar in text.unicodeScalars {
        if preformatted > 0, scalar == "\n" {
          breakLine()
        } else if scalar == "\u{A0}" || (preformatted > 0 && scalar != "\r") {
          line.unicodeScalars.append(scalar == "\u{A0}" ? " " : scalar)
          isAfterBlank = false
        } else if scalar.properties.isWhitespace {
          if !isAfterBlank { line += " " }
          isAfterBlank = true
        } else {
          line.unicodeScalars.append(scalar)
          isAfterBlank = false
        }
      }
    }

    mutating func take(_ tag: String, isEnd: Bool, address: String?) {
      switch tag {
      case "br": breakLine()
      case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr":
        breakBlock()
        blank()
      case "div", "tr", "section", "article", "header", "footer", "dt", "dd": breakBlock()
      case "li":
        breakBlock()
        if !isEnd { line = "- " }
      case "td", "th": if isEnd, !line.isEmpty { put(" ") }
      case "pre":
        breakBlock()
        preformatted = max(0, preformatted + (isEnd ? -1 : 1))
      case "blockquote":
        breakBlock()
        quotes = min(20, max(0, quotes + (isEnd ? -1 : 1)))
      case "a":
        if !isEnd {
          links.append((address, line))
        } else if let link = links.popLast(), let address = link.address, !line.contains(address) {
          line += " <\(address)>"
          isAfterBlank = false
        }
      default: break
      }
    }

    private mutating func breakBlock() { if !line.isEmpty { breakLine() } }

    private mutating func breakLine() {
      while line.last == " " { line.removeLast() }
      lines.append(String(repeating: "> ", count: quotes) + line)
      line = ""
      isAfterBlank = true
    }

    /// One empty line between blocks, not two.
    private mutating func blank() {
      if let last = lines.last, !last.allSatisfy({ $0 == ">" || $0 == " " }) { breakLine() }
    }

    var finished: String {
      var whole = self
      whole.breakBlock()
      return whole.lines.joined(separator: "\n")
    }
  }
}

extension Substring.UnicodeScalarView {
  fileprivate func unicodeScalarIndex(after index: Index) -> Index { self.index(after: index) }
}
