internal import SLA

/// Writes single cells of a CSV file; all rules of the format are here.
struct CSVCell {
  let writer: ByteWriter
  let profile: CSVProfile
  private let delimiter: UInt8
  private let keepsDigits: Bool
  private let traits: [UInt8]

  private enum Trait {
    static let quote: UInt8 = 1
    /// Part of a character of several bytes, or a byte that no text has.
    static let unsafe: UInt8 = 2
  }

  init(writer: ByteWriter, profile: CSVProfile) {
    self.writer = writer
    self.profile = profile
    delimiter = profile.delimiter
    keepsDigits = profile.keepsDigits
    var traits = [UInt8](repeating: 0, count: 256)
    for byte in [delimiter, 34, 10, 13] { traits[Int(byte)] = Trait.quote }
    for byte in 128...255 { traits[byte] = Trait.unsafe }
    traits[0] = Trait.unsafe
    self.traits = traits
  }

  /// Writes a text: quoted where it must be, guarded where a spreadsheet would run or mangle it.
  @inline(__always) func put(text bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first else { return }
    var found: UInt8 = 0
    traits.withUnsafeBufferPointer { traits in for byte in bytes { found |= traits[Int(byte)] } }
    if found & Trait.unsafe != 0, !isClean(bytes) {
      // Bytes that are no UTF-8 would break the whole file for a strict reader.
      let text = String(decoding: bytes, as: UTF8.self).replacing("\0", with: "\u{FFFD}")
      return Array(text.utf8).withUnsafeBufferPointer { put(clean: $0, first: first, found: found) }
    }
    put(clean: bytes, first: first, found: found)
  }

  @inline(__always) private func put(clean bytes: UnsafeBufferPointer<UInt8>, first: UInt8, found: UInt8) {
    switch first {
    case 61, 43, 45, 64, 9, 13:  // = + - @ tab CR
      return put(guarded: bytes)
    case 48...57 where keepsDigits && isLongDigits(bytes):
      writer.put(ascii: "\"=\"\"")
      writer.put(bytes)
      return writer.put(ascii: "\"\"\"")
    default: break
    }
    let last = bytes[bytes.count - 1]
    if found & Trait.quote == 0, first != 32, last != 32 { return writer.put(bytes) }
    put(quoted: bytes)
  }

  /// A text that a spreadsheet would run as a formula begins with an apostrophe.
  private func put(guarded bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.contains(where: { traits[Int($0)] & Trait.quote != 0 }) else {
      writer.put(UInt8(ascii: "'"))
      return writer.put(bytes)
    }
    writer.put(UInt8(ascii: "\""))
    writer.put(UInt8(ascii: "'"))
    putDoublingQuotes(bytes)
    writer.put(UInt8(ascii: "\""))
  }

  private func put(quoted bytes: UnsafeBufferPointer<UInt8>) {
    writer.put(UInt8(ascii: "\""))
    putDoublingQuotes(bytes)
    writer.put(UInt8(ascii: "\""))
  }

  private func putDoublingQuotes(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if byte == 34 { writer.put(byte) }
      writer.put(byte)
    }
  }

  /// Digits only, with a zero before others or more of them than a spreadsheet's numbers hold.
  private func isLongDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard (bytes.count > 1 && bytes[0] == 48) || bytes.count > 15 else { return false }
    return bytes.allSatisfy { (48...57).contains($0) }
  }

  /// Whether the bytes are UTF-8 without a NUL.
  private func isClean(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
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
