/// A short name for content, so that a change of it can be noticed. It guards against mistakes, not against malice.
public enum ContentHash {
  /// 16 hexadecimal digits, lower case. - Source: FNV-1a, 64 bits (RFC 9923).
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
