/// A number for what a row says, so that an unchanged row is known by one look. It guards against mistakes, not malice.
///
/// - Source: the mixing of wyhash (Wang Yi), eight bytes a step.
struct RowHash {
  private(set) var value: UInt64

  init(seed: UInt64) { value = seed ^ 0xa076_1d64_78bd_642f }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = RowHash(seed: 0)
    let bytes = Array(bytes)
    bytes.withUnsafeBufferPointer { hash.add($0) }
    return hash.value
  }

  /// Adds one cell; its length goes in too, so that cells do not run into one another.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(bytes)
    var place = 0
    while place + 8 <= raw.count {
      mix(raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var rest: UInt64 = 0
    while place < raw.count {
      rest = rest << 8 | UInt64(raw[place])
      place += 1
    }
    mix(rest)
    mix(UInt64(raw.count))
  }

  mutating func add(_ number: Int64) { mix(UInt64(bitPattern: number)) }

  private mutating func mix(_ word: UInt64) {
    let product = (value ^ word).multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db)
    // The word is added once more, for a product with zero forgets it.
    value = product.high ^ product.low &+ word
  }
}
