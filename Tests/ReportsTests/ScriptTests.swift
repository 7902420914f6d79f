import Testing

@testable import Reports

/// The one script of a page, and the policy that lets it run.
@Suite struct ScriptTests {
  @Test func thePolicyKnowsTheScriptByItsHash() {
    #expect(HTMLScript.hash == "sha256-" + Self.base64(Self.sha256(Array(HTMLScript.text.utf8))))
  }

  @Test func noReaderOfMarkupSeesATagInTheScript() { #expect(!HTMLScript.text.contains("<")) }

  @Test func thisHashIsTheStandardsOwn() {
    let hex = Self.sha256(Array("abc".utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  /// - Source: FIPS 180-4, 6.2. The constants are fractional parts of roots of the first primes.
  private static func sha256(_ message: [UInt8]) -> [UInt8] {
    let primes = (2...311).filter { n in (2..<n).allSatisfy { n % $0 > 0 } }
    func fraction(_ value: Double) -> UInt32 { UInt32((value - value.rounded(.down)) * 4_294_967_296) }
    func cubeRoot(_ value: Double) -> Double {
      var root = value
      for _ in 0..<200 { root -= (root * root * root - value) / (3 * root * root) }
      return root
    }
    var hash = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
    let constants = primes.prefix(64).map { fraction(cubeRoot(Double($0))) }
    var bytes = message + [0x80]
    while bytes.count % 64 != 56 { bytes.append(0) }
    bytes += (0..<8).reversed().map { UInt8(truncatingIfNeeded: (message.count * 8) >> ($0 * 8)) }
    func turned(_ value: UInt32, _ by: UInt32) -> UInt32 { value >> by | value << (32 - by) }
    for block in stride(from: 0, to: bytes.count, by: 64) {
      var words = (0..<16).map { word in (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[block + word * 4 + $1]) } }
      for index in 16..<64 {
        let (early, late) = (words[index - 15], words[index - 2])
        let first = turned(early, 7) ^ turned(early, 18) ^ early >> 3
        let second = turned(late, 17) ^ turned(late, 19) ^ late >> 10
        words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
      }
      var v = hash
      for index in 0..<64 {
        let choice = v[4] & v[5] ^ ~v[4] & v[6]
        let first =
          v[7] &+ (turned(v[4], 6) ^ turned(v[4], 11) ^ turned(v[4], 25)) &+ choice &+ constants[index] &+ words[index]
        let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
        let second = (turned(v[0], 2) ^ turned(v[0], 13) ^ turned(v[0], 22)) &+ majority
        v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
      }
      hash = zip(hash, v).map { $0 &+ $1 }
    }
    return hash.flatMap { word in (0..<4).reversed().map { UInt8(truncatingIfNeeded: word >> (UInt32($0) * 8)) } }
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return stride(from: 0, to: bytes.count, by: 3).map { start in
      let group = bytes[start..<min(bytes.count, start + 3)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      return (0..<4).map { $0 > group.count ? "=" : String(digits[bits >> (18 - 6 * $0) & 63]) }.joined()
    }.joined()
  }
}
