/// Finds the place where a text stops being JSON5, or the lines of what is in it. Foundation's reader tells neither, so
/// this walks the text once more after a fault; it accepts nothing by itself.
///
/// - Source: <https://spec.json5.org>
struct SyntaxLocator {
  /// As deep as Foundation's reader goes; past it a walk that calls itself would run out of stack.
  static let deepest = 512

  private let text: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  /// How many line feeds there are before `counted`.
  private var (feeds, counted) = (0, 0)
  private var lines: [String: Int] = [:]

  struct Break: Error {
    let line: Int
    let problem: String
  }

  /// - Returns: where and why the text breaks, or `nil` when the walk finds nothing wrong.
  static func firstBreak(in text: String) -> Break? {
    var locator = SyntaxLocator(text: Array(text.unicodeScalars))
    do throws(Break) {
      try locator.value(at: "")
      try locator.space()
      if let rest = locator.peek { throw locator.breaks("'\(rest)' after the end of the document") }
      return nil
    } catch {
      return error
    }
  }

  /// The line, from 1 on, of each key and each item of a legal text, by its path as `Node` has it. Of a key that is there
  /// twice it is the first's. A key with an escape in it is left out, with what it holds.
  static func lines(in text: String) -> [String: Int] {
    var locator = SyntaxLocator(text: Array(text.unicodeScalars))
    try? locator.value(at: "")
    return locator.lines
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

  /// Notes that what has this path is on the line that the walk has come to.
  private mutating func note(_ path: String) {
    while counted < position {
      if text[counted] == "\n" { feeds += 1 }
      counted += 1
    }
    if lines[path] == nil { lines[path] = feeds + 1 }
  }

  private mutating func value(at path: String) throws(Break) {
    try space()
    switch peek {
    case "{": try items(of: path, open: "{", close: "}", isObject: true)
    case "[": try items(of: path, open: "[", close: "]", isObject: false)
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

  private mutating func items(
    of path: String, open: Unicode.Scalar, close: Unicode.Scalar, isObject: Bool
  ) throws(Break) {
    let start = position
    var count = 0
    position += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw breaks("it nests deeper than \(Self.deepest) levels") }
    while true {
      try space()
      if take(close) { return }
      var item = "\(path)[\(count)]"
      if isObject {
        let start = position
        try key()
        item = Node.join(path, keyText(start))
        note(item)
        try space()
        guard take(":") else { throw breaks("a ':' is missing after a key") }
      } else {
        note(item)
      }
      count += 1
      try value(at: item)
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

  /// The key that ends here.
  private func keyText(_ start: Int) -> String {
    var scalars = text[start..<position]
    if scalars.first == "\"" || scalars.first == "'" { scalars = scalars.dropFirst().dropLast() }
    return String(String.UnicodeScalarView(scalars))
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
