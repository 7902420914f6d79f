/// Adds items to a list of a JSON5 document as a person would, so that comments and order stay as they are.
public enum JSON5Insertion {
  /// - Parameters:
  ///   - lines: go in at the end of the list, each on a line of its own; an item ends with its comma.
  ///   - key: of the list, in the document's outermost object; made when it is not there.
  ///   - text: legal JSON5. The caller reads the result again, as this only looks for brackets.
  /// - Returns: `nil` when the document has no place for it.
  public static func append(_ lines: [String], toListNamed key: String, in text: String) -> String? {
    let bytes = Array(text.utf8)
    guard let places = Walk(bytes, key: key).places() else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    guard let end = places.listEnd else {
      let list = (["  \(key): ["] + lines.map { "    \($0)" } + ["  ],"]).joined(separator: "\n")
      return part(0..<places.objectStart) + "\n" + list + part(places.objectStart..<bytes.count)
    }
    let comma = places.needsComma ? "," : ""
    var between = part(places.lastToken..<end)
    // What stands on the line of the closing bracket moves down with it.
    while let last = between.last, last == " " || last == "\t" { between.removeLast() }
    if !between.hasSuffix("\n") { between += "\n" }
    return part(0..<places.lastToken) + comma + between + lines.map { "    \($0)\n" }.joined() + "  "
      + part(end..<bytes.count)
  }
}

/// Walks over the brackets of a legal document.
private struct Walk {
  struct Places {
    /// Just after the outermost opening brace.
    var objectStart: Int
    /// At the closing bracket of the list.
    var listEnd: Int?
    /// Just after the last item of the list or its comma; or after its opening bracket.
    var lastToken = 0
    var needsComma = false
  }

  private let bytes: [UInt8]
  private let key: [UInt8]

  init(_ bytes: [UInt8], key: String) {
    self.bytes = bytes
    self.key = Array(key.utf8)
  }

  func places() -> Places? {
    var places: Places?
    var depth = 0
    var listDepth: Int?
    /// The last word or text, and whether it stands where a key does.
    var word: ArraySlice<UInt8> = []
    var last: UInt8 = 0
    var lastEnd = 0
    var isListNext = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if let end = endOfComment(index) {
        index = end
        continue
      }
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D:
        index += 1
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let end = endOfText(index)
        word = bytes[index + 1..<max(index + 1, end - 1)]
        index = end
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        index += 1
        if depth == 1 {
          guard byte == UInt8(ascii: "{") else { return nil }
          places = Places(objectStart: index)
        }
        if byte == UInt8(ascii: "["), depth == 2, isListNext { listDepth = depth }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == listDepth {
          places?.listEnd = index
          places?.lastToken = lastEnd
          places?.needsComma = last != UInt8(ascii: ",") && last != UInt8(ascii: "[")
          return places
        }
        depth -= 1
        index += 1
      case UInt8(ascii: ":"), UInt8(ascii: ","): index += 1
      default:
        let start = index
        while index < bytes.count, !" \t\r\n{}[]:,\"'/".utf8.contains(bytes[index]) { index += 1 }
        if index == start { index += 1 }
        word = bytes[start..<index]
      }
      isListNext = byte == UInt8(ascii: ":") && depth == 1 && word.elementsEqual(key)
      last = byte
      lastEnd = index
    }
    return places
  }

  private func endOfComment(_ index: Int) -> Int? {
    guard bytes[index] == UInt8(ascii: "/"), index + 1 < bytes.count else { return nil }
    var end = index + 2
    if bytes[index + 1] == UInt8(ascii: "/") {
      while end < bytes.count, bytes[end] != 10 { end += 1 }
      return end
    }
    guard bytes[index + 1] == UInt8(ascii: "*") else { return nil }
    while end + 1 < bytes.count, !(bytes[end] == UInt8(ascii: "*") && bytes[end + 1] == UInt8(ascii: "/")) { end += 1 }
    return min(end + 2, bytes.count)
  }

  private func endOfText(_ index: Int) -> Int {
    var end = index + 1
    while end < bytes.count, bytes[end] != bytes[index] { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(end + 1, bytes.count)
  }
}
