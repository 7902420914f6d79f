internal import Glibc

/// A text as a search compares it: in lower case, and without the accents of Latin letters, so that `resolucion` finds
/// `Resolución`. Letters of other scripts keep theirs.
func folded(_ text: String) -> String {
  var text = text
  var bytes: [UInt8] = []
  text.withUTF8 { Fold.append($0, to: &bytes) }
  return String(decoding: bytes, as: UTF8.self)
}

/// Finds folded words in texts, byte by byte: a desk's texts are searched by the hundred megabytes.
final class FoldedSearch {
  private var buffer: [UInt8] = []

  /// - Parameters:
  ///   - text: UTF-8, as it is.
  ///   - word: UTF-8, folded.
  func finds(_ word: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    if word.isEmpty { return true }
    if text.count < word.count / 3 { return false }
    buffer.removeAll(keepingCapacity: true)
    Fold.append(text, to: &buffer)
    return buffer.withUnsafeBufferPointer { Self.finds(word, inFolded: $0) }
  }

  private static func finds(_ word: UnsafeBufferPointer<UInt8>, inFolded text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard var place = text.baseAddress, let first = word.baseAddress else { return false }
    // Where the word can begin at all.
    var left = text.count - word.count + 1
    while left > 0, let hit = memchr(place, Int32(first[0]), left) {
      if memcmp(hit, first, word.count) == 0 { return true }
      let next = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) + 1
      left -= next - place
      place = next
    }
    return false
  }
}

private enum Fold {
  /// Appends the folded UTF-8 of UTF-8. What is not well-formed is copied.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
    result.reserveCapacity(result.count + text.count)
    ascii.withUnsafeBufferPointer { ascii in
      var index = 0
      while index < text.count {
        let byte = text[index]
        if byte < 0x80 {
          result.append(ascii[Int(byte)])
          index += 1
        } else if byte & 0xE0 == 0xC0, index + 1 < text.count {
          result.append(contentsOf: twoBytes[Int(byte & 0x1F) << 6 | Int(text[index + 1] & 0x3F)])
          index += 2
        } else {
          let length = byte & 0xF0 == 0xE0 ? 3 : byte & 0xF8 == 0xF0 ? 4 : 1
          let end = min(text.count, index + length)
          appendLonger(UnsafeBufferPointer(rebasing: text[index..<end]), to: &result)
          index = end
        }
      }
    }
  }

  /// Few letters of three bytes and more have two cases: those of Vietnamese and of wide Latin among them.
  private static func appendLonger(_ bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) {
    let isUncased = bytes.count > 2 && bytes[0] == 0xE2 || (0xE3...0xEE).contains(bytes[0])
    if isUncased { return result.append(contentsOf: bytes) }
    var text = String(decoding: bytes, as: UTF8.self).lowercased()
    text.withUTF8 { result.append(contentsOf: $0) }
  }

  private static let ascii: [UInt8] = (0..<128).map { (65...90).contains($0) ? UInt8($0 + 32) : UInt8($0) }

  /// The folded form of every letter of two bytes, by its number.
  private static let twoBytes: [[UInt8]] = (0..<2048).map { number in
    guard number >= 0x80, let scalar = Unicode.Scalar(UInt32(number)) else { return [] }
    // An accent that stands by itself, after its letter.
    if (0x300...0x36F).contains(number) { return [] }
    return String(scalar).lowercased().unicodeScalars.filter { !(0x300...0x36F).contains($0.value) }.flatMap {
      Array(String(plain[$0] ?? $0).utf8)
    }
  }

  private static let plain: [Unicode.Scalar: Unicode.Scalar] = {
    let groups: [(Unicode.Scalar, String)] = [
      ("a", "áàâäãåāăą"), ("c", "çćčĉċ"), ("d", "ďđ"), ("e", "éèêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
      ("i", "íìîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "óòôöõøōŏő"), ("r", "ŕŗř"),
      ("s", "śŝşš"), ("t", "ţťŧ"), ("u", "úùûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
    ]
    var plain: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (letter, others) in groups { for other in others.unicodeScalars { plain[other] = letter } }
    return plain
  }()
}
