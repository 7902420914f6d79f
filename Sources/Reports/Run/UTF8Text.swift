/// Texts as SQLite holds them, which may be no UTF-8: a strict reader would refuse the whole file for one of them.
enum UTF8Text {
  /// The bytes with U+FFFD for what is no UTF-8, and for NUL.
  static func withCleaned(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let text = String(decoding: bytes, as: UTF8.self).replacing("\0", with: "\u{FFFD}")
    Array(text.utf8).withUnsafeBufferPointer(body)
  }

  /// Whether the bytes are UTF-8 without a NUL.
  static func isClean(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index &+= 1
      if byte < 0x80 {
        if byte == 0 { return false }
        continue
      }
      // The second byte's bounds keep out overlong forms, surrogates and what lies beyond U+10FFFF.
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      var more: Int
      switch byte {
      case 0xC2...0xDF: more = 1
      case 0xE0: (more, low) = (2, 0xA0)
      case 0xED: (more, high) = (2, 0x9F)
      case 0xE1...0xEF: more = 2
      case 0xF0: (more, low) = (3, 0x90)
      case 0xF4: (more, high) = (3, 0x8F)
      case 0xF1...0xF3: more = 3
      default: return false
      }
      guard index &+ more <= bytes.count else { return false }
      while more > 0 {
        guard bytes[index] >= low, bytes[index] <= high else { return false }
        (low, high) = (0x80, 0xBF)
        index &+= 1
        more &-= 1
      }
    }
    return true
  }
}
