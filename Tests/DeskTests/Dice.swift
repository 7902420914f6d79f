/// A generator of the same numbers for the same seed. - Source: SplitMix64, Steele and others 2014.
struct Dice {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0xd134_2543_de82_ef95 }

  mutating func upTo(_ count: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(count))
  }
}
