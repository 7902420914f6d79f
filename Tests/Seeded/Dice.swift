internal import FoundationEssentials

/// A generator of the same numbers for the same seed, so that whatever it finds can be found again.
/// - Source: SplitMix64, Steele and others 2014.
public struct Dice: RandomNumberGenerator {
  private var state: UInt64
  public init(seed: UInt64) { state = seed &* 0xd134_2543_de82_ef95 }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  public mutating func upTo(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  public mutating func one<T>(of several: [T]) -> T { several[upTo(several.count)] }

  public mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// True so many times in a hundred.
  public mutating func chance(_ percent: Int) -> Bool { upTo(100) < percent }
}

/// How many random cases a test tries: `PLAZO_CASES`, else as many as a test's own time allows.
public func randomCases(_ usual: Int) -> Int {
  ProcessInfo.processInfo.environment["PLAZO_CASES"].flatMap { Int($0) } ?? usual
}

/// From which seed on: `PLAZO_SEED`, as a test that failed has told it, else 1.
public func firstSeed() -> Int {
  ProcessInfo.processInfo.environment["PLAZO_SEED"].flatMap { Int($0) } ?? 1
}

/// Texts that are more likely than random ones to be read wrongly.
public struct Mangler: Sendable {
  private let pieces: [String]

  /// - Parameter pieces: what the grammar is made of.
  public init(_ pieces: [String]) { self.pieces = pieces }

  /// Letters of every sort, marks, ends of lines: what people paste.
  public static let anyText = Mangler([
    "a", "Z", "0", "9", " ", "\t", "\n", "\r", "\r\n", "\"", "\"\"", ",", ";", "'", "\\", "ñ", "é", "e\u{301}", "ß",
    "İ", "𝒳",
    "😀", "👩‍👩‍👧", "🇲🇽", "مرحبا", "שלום", "\u{202E}", "\u{200B}", "\u{FEFF}", "\u{2028}", "\u{85}", "\u{1}", "\u{7F}",
    "\u{FFFD}", "\u{FFFF}", "\u{10FFFF}", "漢", "=1+1", "-", "@", "NULL",
  ])

  public func text(_ dice: inout Dice, upTo length: Int) -> String {
    (0..<dice.upTo(length + 1)).map { _ in dice.one(of: pieces) }.joined()
  }

  /// A legal text of the grammar with some of its bytes changed, doubled, swapped or taken away.
  public static func mangled(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = bytes
    for _ in 0...dice.upTo(4) {
      let place = dice.upTo(bytes.count + 1)
      switch dice.upTo(6) {
      case 0: bytes.insert(UInt8(dice.upTo(256)), at: place)
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2 where place < bytes.count: bytes[place] = UInt8(dice.upTo(256))
      case 3 where place < bytes.count: bytes[place] ^= 1 << UInt8(dice.upTo(8))
      case 4:
        let end = min(bytes.count, place + dice.upTo(9))
        bytes.insert(contentsOf: bytes[min(place, end)..<end], at: place)
      default: if dice.upTo(8) == 0 { bytes.removeSubrange(place...) }
      }
    }
    return bytes
  }
}
