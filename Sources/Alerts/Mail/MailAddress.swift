/// An address that may stand in a header and on a command line: the plain form `local@domain`, in ASCII.
///
/// Stricter than RFC 5322 on purpose: no quoted local part, no comment, no domain literal, no leading hyphen, which a
/// mail program would take for an option. What it refuses is reported as a reason, never mended.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
  public let local: String
  public let domain: String

  /// The longest address that SMTP carries. - Source: RFC 5321 §4.5.3.1, erratum 1690.
  static let longest = 254

  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.longest, let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return nil }
    let local = bytes[..<at]
    let domain = bytes[(at + 1)...]
    guard (1...64).contains(local.count), local.first != UInt8(ascii: "-"), Self.isDotted(local, by: Self.isAtomByte),
      !domain.isEmpty, Self.isDotted(domain, by: \.isPlain),
      domain.split(separator: UInt8(ascii: ".")).allSatisfy({ label in
        label.count <= 63 && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
      })
    else { return nil }
    self.local = String(decoding: local, as: UTF8.self)
    self.domain = String(decoding: domain, as: UTF8.self)
  }

  public var description: String { "\(local)@\(domain)" }

  /// Equal for two addresses that the same person reads: servers tell no capitals apart.
  var folded: String { description.lowercased() }

  private static func isDotted(_ bytes: ArraySlice<UInt8>, by isAllowed: (UInt8) -> Bool) -> Bool {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.allSatisfy(isAllowed)
    }
  }

  /// - Source: RFC 5322 §3.2.3, `atext`.
  private static func isAtomByte(_ byte: UInt8) -> Bool {
    byte.isPlain || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
  }
}

extension UInt8 {
  /// A letter, a digit or a hyphen, which mean themselves wherever a mail has words.
  var isPlain: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
