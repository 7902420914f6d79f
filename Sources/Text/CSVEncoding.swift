/// How the bytes of a CSV file stand for characters.
public enum CSVEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"

  /// Appends the UTF-8 of the bytes, which `firstBad` found no fault in.
  func appendUTF8(of bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    if self == .utf8 { return text.append(contentsOf: bytes) }
    for byte in bytes {
      if byte < 0x80 { text.append(byte) } else { text.append(contentsOf: UTF8.encode(scalar(of: byte))!) }
    }
  }

  /// The place of the first byte that stands for no character.
  func firstBad(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    switch self {
    case .utf8: UTF8Check.firstBad(in: bytes)
    case .latin1: nil
    case .windows1252: bytes.firstIndex { (0x80..<0xa0).contains($0) && Self.windows[Int($0) - 0x80] == 0 }
    }
  }

  /// The text in this encoding; a character that it lacks becomes `?`.
  public func bytes(of text: some StringProtocol) -> [UInt8] {
    if self == .utf8 { return Array(text.utf8) }
    return text.unicodeScalars.map { scalar in
      if let place = Self.windows.firstIndex(of: UInt16(truncatingIfNeeded: scalar.value)), self == .windows1252,
        scalar.value <= 0xffff
      {
        return UInt8(0x80 + place)
      }
      let isShared = scalar.value < 0x80 || (0xa0...0xff).contains(scalar.value)
      return isShared ? UInt8(scalar.value) : UInt8(ascii: "?")
    }
  }

  /// What a byte of windows-1252 stands for; where that has nothing, the control character of Latin-1.
  static func windowsScalar(of byte: UInt8) -> Unicode.Scalar {
    guard (0x80..<0xa0).contains(byte), windows[Int(byte) - 0x80] != 0 else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(windows[Int(byte) - 0x80])!
  }

  private func scalar(of byte: UInt8) -> Unicode.Scalar {
    if self == .windows1252, byte < 0xa0 { return Unicode.Scalar(Self.windows[Int(byte) - 0x80])! }
    return Unicode.Scalar(byte)
  }

  /// What windows-1252 has from 80 to 9F, where Latin-1 has control characters; 0 where it has nothing.
  /// - Source: <https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT>
  private static let windows: [UInt16] = [
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
    0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e,
    0x0178,
  ]
}

enum UTF8Check {
  /// The place of the first byte at which the text stops being UTF-8.
  /// - Source: Unicode 15, table 3-7: no overlong forms, no surrogates, nothing past U+10FFFF.
  static func firstBad(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var place = 0
    let count = bytes.count
    while place < count {
      let lead = bytes[place]
      if lead < 0x80 {
        place += 1
        continue
      }
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xbf
      switch lead {
      case 0xc2...0xdf: length = 2
      case 0xe0: (length, second) = (3, 0xa0...0xbf)
      case 0xed: (length, second) = (3, 0x80...0x9f)
      case 0xe1...0xef: length = 3
      case 0xf0: (length, second) = (4, 0x90...0xbf)
      case 0xf1...0xf3: length = 4
      case 0xf4: (length, second) = (4, 0x80...0x8f)
      default: return place
      }
      guard place + length <= count, second.contains(bytes[place + 1]) else { return place }
      for next in place + 2..<max(place + 2, place + length) where bytes[next] & 0xc0 != 0x80 { return place }
      place += length
    }
    return nil
  }
}
