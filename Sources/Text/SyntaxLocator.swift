/// Finds the place where a text stops being JSON5. Foundation's reader says only that it is not, so this walks the text
/// once more after a refusal; it accepts nothing by itself.
///
/// - Source: <https://spec.json5.org>
struct SyntaxLocator {
  /// As deep as Foundation's reader goes; past it a walk that calls itself would run out of stack.
  static let deepest = 512

  private let text: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  struct Break: Error {
    let line: Int
    let problem: String
  }

  /// - Returns: where and why the text breaks, or `nil` when the walk finds nothing wrong.
  static func firstBreak(in text: String) -> Break? {
    var locator = SyntaxLocator(text: Array(text.unicodeScalars))
    do throws(Break) {
      try locator.value()
      try locator.space()
      if let rest = locator.peek { throw locator.breaks("'\(rest)' after the end of the document") }
      return nil
    } catch {
      return error
    }
  }

  private init(text: [Unicode.Scalar]) { self.text = text }

  private var peek: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private func breaks(_ problem: String, at place: Int? = nil) -> Break {
    let before = text[..<min(place ?? position, text.count)]
    return Break(line: before.count { $0 == "\n" } + 1, problem: problem)
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  private mutating func space() throws(Break) {
    while let next = peek {
      if next.properties.isWhitespace || next == "\u{FEFF}" {
        position += 1
      } else if next == "/", position + 1 < text.count, text[position + 1] == "/" {
        while let scalar = peek, scalar != "\n" { position += 1 }
      } else if next == "/", position + 1 < text.count, text[position + 1] == "*" {
        let start = position
        position += 2
        while !(peek == "*" && position + 1 < text.count && text[position + 1] == "/") {
          guard peek != nil else { throw breaks("the comment that begins here never ends", at: start) }
          position += 1
        }
        position += 2
      } else {
        return
      }
    }
  }

  private mutating func value() throws(Break) {
    try space()
    switch peek {
    case "{": try items(open: "{", close: "}", isObject: true)
    case "[": try items(open: "[", close: "]", isObject: false)
    case "\"", "'": try string()
    case nil: throw breaks("the text ends where a value is expected")
    case let scalar? where Self.isWord(scalar) || "+-.".unicodeScalars.contains(scalar):
      let start = position
      while let next = peek, Self.isWord(next) || "+-.".unicodeScalars.contains(next) { position += 1 }
      let word = String(String.UnicodeScalarView(text[start..<position]))
      let isLegal =
        ["true", "false", "null", "NaN", "Infinity"].contains(word) || "0123456789+-.".contains(word.first!)
      if !isLegal { throw breaks("'\(word)' is neither a number, true, false nor null, and texts need quotes") }
    case let scalar?: throw breaks("'\(scalar)' where a value is expected")
    }
  }

  private mutating func items(open: Unicode.Scalar, close: Unicode.Scalar, isObject: Bool) throws(Break) {
    let start = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw breaks("it nests deeper than \(Self.deepest) levels") }
    while true {
      try space()
      if take(close) { return }
      if isObject {
        try key()
        try space()
        guard take(":") else { throw breaks("a ':' is missing after a key") }
      }
      try value()
      try space()
      if take(close) { return }
      guard peek != nil else { throw breaks("the '\(open)' that opens here is never closed", at: start) }
      guard take(",") else { throw breaks("a ',' or a '\(close)' is missing before '\(peek!)'") }
    }
  }

  private mutating func key() throws(Break) {
    if peek == "\"" || peek == "'" { return try string() }
    guard let first = peek, Self.isWord(first), !("0"..."9").contains(first) else {
      throw breaks(peek.map { "'\($0)' where a key is expected" } ?? "the text ends where a key is expected")
    }
    while let next = peek, Self.isWord(next) { position += 1 }
  }

  private mutating func string() throws(Break) {
    let start = position
    let quote = text[position]
    position += 1
    while let next = peek, next != "\n" {
      position += 1
      if next == quote { return }
      if next == "\\" { position += 1 }
    }
    throw breaks("the text that begins here has no closing quote", at: start)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "$"
  }
}
