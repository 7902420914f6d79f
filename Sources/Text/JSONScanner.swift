/// Reads JSON straight from bytes, value by value as the caller asks for them, and builds nothing: for programs that
/// talk in lines, a hundred thousand a second.
///
/// ```swift
/// var scanner = JSONScanner(line)
/// try scanner.openObject()
/// while let key = try scanner.nextKey() {
///   if scanner.equals(key, "seconds") { seconds = try scanner.integer() } else { try scanner.skip() }
/// }
/// try scanner.finish()
/// ```
///
/// It takes what RFC 8259 allows and nothing else. The bytes must be UTF-8, which it does not look at.
public struct JSONScanner {
  private let bytes: UnsafeRawBufferPointer
  /// Where the next value is looked for; may be set back to where an earlier one began.
  public var position = 0
  /// Nothing was read since an object or a list was opened, so that no comma may come.
  private var isFresh = false

  /// Deeper nests are refused, so that no line exhausts the stack.
  private static let deepest = 100

  /// The inside of a quoted text.
  public struct Text: Sendable {
    public let range: Range<Int>
    let isEscaped: Bool
  }

  public struct Fault: Error {
    public let problem: String
  }

  /// - Parameter bytes: valid as long as the scanner is used.
  public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  // MARK: Structure

  public mutating func openObject() throws(Fault) { try open(UInt8(ascii: "{"), "an object") }
  public mutating func openArray() throws(Fault) { try open(UInt8(ascii: "["), "a list") }

  /// The next key of the object that was opened, with its colon; `nil` once it is closed.
  public mutating func nextKey() throws(Fault) -> Text? {
    guard try proceeds(UInt8(ascii: "}")) else { return nil }
    guard peek == UInt8(ascii: "\"") else { throw unexpected("a key between quotes") }
    let key = try string()
    skipSpace()
    guard peek == UInt8(ascii: ":") else { throw unexpected("':' after a key") }
    position += 1
    return key
  }

  /// Whether the list that was opened has another item; closes it when not.
  public mutating func nextItem() throws(Fault) -> Bool { try proceeds(UInt8(ascii: "]")) }

  /// Expects the end of the text.
  public mutating func finish() throws(Fault) {
    skipSpace()
    if position < bytes.count { throw unexpected("the end of the line") }
  }

  // MARK: Values

  public mutating func string() throws(Fault) -> Text {
    skipSpace()
    guard peek == UInt8(ascii: "\"") else { throw expected("a text") }
    position += 1
    let start = position
    var isEscaped = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        isFresh = false
        return Text(range: start..<position - 1, isEscaped: isEscaped)
      }
      if byte < 0x20 { throw Fault(problem: "a control character within a text at byte \(position + 1)") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        try escape()
      }
    }
    throw Fault(problem: "a text without a closing quote")
  }

  /// A whole number, be it written `3600`, `3600.0` or `3.6e3`.
  public mutating func integer() throws(Fault) -> Int64 {
    skipSpace()
    let start = position
    try number()
    var value: Int64 = 0
    let isNegative = bytes[start] == UInt8(ascii: "-")
    for index in (isNegative ? start + 1 : start)..<position {
      let byte = bytes[index]
      guard (48...57).contains(byte), position - start <= 18 else {
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let isReal = text.contains { ".eE".contains($0) }
        guard let value = isReal ? Double(text).flatMap({ Int64(exactly: $0) }) : Int64(text) else {
          throw Fault(problem: "'\(text.prefix(40))' is not a whole number")
        }
        return value
      }
      value = value * 10 + Int64(byte - 48)
    }
    return isNegative ? -value : value
  }

  /// Whether a null comes, which is then behind us.
  public mutating func null() throws(Fault) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: "n") else { return false }
    try word("null")
    return true
  }

  /// The first byte of the next value.
  public mutating func first() -> UInt8? {
    skipSpace()
    return peek
  }

  /// Passes over any value. - Returns: where it stands.
  @discardableResult
  public mutating func skip() throws(Fault) -> Range<Int> {
    skipSpace()
    let start = position
    try skip(depth: 0)
    return start..<position
  }

  private mutating func skip(depth: Int) throws(Fault) {
    guard depth < Self.deepest else { throw Fault(problem: "values nested more than \(Self.deepest) deep") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"):
      try openObject()
      while try nextKey() != nil { try skip(depth: depth + 1) }
    case UInt8(ascii: "["):
      try openArray()
      while try nextItem() { try skip(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: try number()
    }
  }

  // MARK: Texts

  public func equals(_ text: Text, _ word: StaticString) -> Bool {
    if text.isEscaped { return string(of: text) == "\(word)" }
    guard text.range.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<text.range.count where bytes[text.range.lowerBound + index] != word.utf8Start[index] {
      return false
    }
    return true
  }

  public func string(of text: Text) -> String {
    guard text.isEscaped else { return String(decoding: bytes[text.range], as: UTF8.self) }
    var units: [UInt16] = []
    var plain = text.range.lowerBound
    var index = plain
    func take(through end: Int) { units += Array(String(decoding: bytes[plain..<end], as: UTF8.self).utf16) }
    while index < text.range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      take(through: index)
      let letter = bytes[index + 1]
      index += 2
      switch letter {
      case UInt8(ascii: "b"): units.append(8)
      case UInt8(ascii: "f"): units.append(12)
      case UInt8(ascii: "n"): units.append(10)
      case UInt8(ascii: "r"): units.append(13)
      case UInt8(ascii: "t"): units.append(9)
      case UInt8(ascii: "u"):
        units.append(UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16) ?? 0xFFFD)
        index += 4
      default: units.append(UInt16(letter))
      }
      plain = index
    }
    take(through: index)
    return String(decoding: units, as: UTF16.self)
  }

  // MARK: Steps

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func open(_ bracket: UInt8, _ what: String) throws(Fault) {
    skipSpace()
    guard peek == bracket else { throw expected(what) }
    position += 1
    isFresh = true
  }

  private mutating func proceeds(_ close: UInt8) throws(Fault) -> Bool {
    skipSpace()
    if peek == close {
      position += 1
      isFresh = false
      return false
    }
    if !isFresh {
      guard peek == UInt8(ascii: ",") else { throw unexpected("',' or '\(Character(Unicode.Scalar(close)))'") }
      position += 1
      skipSpace()
    }
    isFresh = false
    return true
  }

  private mutating func escape() throws(Fault) {
    let letter = peek
    position += 1
    switch letter {
    case UInt8(ascii: "u"):
      guard position + 4 <= bytes.count, bytes[position..<position + 4].allSatisfy(Self.isHexadecimal) else {
        throw Fault(problem: "'\\u' without four hexadecimal digits")
      }
      position += 4
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    default: throw Fault(problem: "a '\\' before what needs none at byte \(position)")
    }
  }

  private mutating func number() throws(Fault) {
    let start = position
    func isDigit() -> Bool { position < bytes.count && (48...57).contains(bytes[position]) }
    if peek == UInt8(ascii: "-") { position += 1 }
    let first = peek
    guard isDigit() else {
      position = start
      throw expected("a number")
    }
    while isDigit() { position += 1 }
    let digits = position - start - (bytes[start] == UInt8(ascii: "-") ? 1 : 0)
    if first == UInt8(ascii: "0"), digits > 1 { throw Fault(problem: "a number that begins with 0") }
    if peek == UInt8(ascii: ".") {
      position += 1
      guard isDigit() else { throw unexpected("digits after the point") }
      while isDigit() { position += 1 }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      guard isDigit() else { throw unexpected("digits of an exponent") }
      while isDigit() { position += 1 }
    }
    isFresh = false
  }

  private mutating func word(_ word: StaticString) throws(Fault) {
    for index in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count, bytes[position] == word.utf8Start[index] else { throw unexpected("'\(word)'") }
      position += 1
    }
    isFresh = false
  }

  private func comes(_ word: StaticString) -> Bool {
    position + word.utf8CodeUnitCount <= bytes.count
      && (0..<word.utf8CodeUnitCount).allSatisfy { bytes[position + $0] == word.utf8Start[$0] }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
  }

  /// A value of another kind stands where this one should.
  private func expected(_ what: String) -> Fault {
    let got: String
    switch peek {
    case UInt8(ascii: "{"): got = "an object"
    case UInt8(ascii: "["): got = "a list"
    case UInt8(ascii: "\""): got = "a text"
    case UInt8(ascii: "t") where comes("true"), UInt8(ascii: "f") where comes("false"): got = "true or false"
    case UInt8(ascii: "n") where comes("null"): got = "null"
    case .some(let byte) where byte == UInt8(ascii: "-") || (48...57).contains(byte): got = "a number"
    default: return unexpected(what)
    }
    return Fault(problem: "expected \(what), got \(got)")
  }

  private func unexpected(_ what: String) -> Fault {
    guard let byte = peek else { return Fault(problem: "the line ends where \(what) is expected") }
    let character = (0x21..<0x7F).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    return Fault(problem: "\(character) at byte \(position + 1), where \(what) is expected")
  }
}
