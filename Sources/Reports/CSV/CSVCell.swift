internal import SLA

/// Writes single cells of a CSV file; all rules of the format are here.
final class CSVCell {
  private let writer: ByteWriter
  private let keepsDigits: Bool
  /// What a byte calls for, by its value.
  private let traits: UnsafeMutablePointer<UInt8>

  private enum Trait {
    static let quote: UInt8 = 1
    /// Part of a character of several bytes, or a byte that no text has.
    static let unsafe: UInt8 = 2
  }

  init(writer: ByteWriter, profile: CSVProfile) {
    self.writer = writer
    keepsDigits = profile.keepsDigits
    traits = .allocate(capacity: 256)
    traits.initialize(repeating: 0, count: 256)
    for byte in [profile.delimiter, 34, 10, 13] { traits[Int(byte)] = Trait.quote }
    for byte in 128...255 { traits[byte] = Trait.unsafe }
    traits[0] = Trait.unsafe
  }

  deinit { traits.deallocate() }

  /// Writes a text: quoted where it must be, guarded where a spreadsheet would run or mangle it.
  @inline(__always) func put(text bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first else { return }
    var found: UInt8 = 0
    for byte in bytes { found |= traits[Int(byte)] }
    if found & Trait.unsafe != 0, !UTF8Text.isClean(bytes) {
      return UTF8Text.withCleaned(bytes) { put(clean: $0, first: first, found: found) }
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
}
