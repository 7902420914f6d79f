public import SLA

/// How long to wait before a message is tried again: a pure function of the attempt and a seed.
public struct Backoff: Hashable, Sendable {
  /// The longest wait after the first attempt; it doubles with each one.
  public var first: Seconds
  /// No wait is longer.
  public var longest: Seconds
  /// After this many attempts the message is parked.
  public var attempts: Int

  public init(first: Seconds, longest: Seconds, attempts: Int) {
    self.first = first
    self.longest = longest
    self.attempts = attempts
  }

  /// Sixteen attempts in one to two days: a mail server may be down for a night.
  public static let standard = Backoff(first: 60, longest: 6 * 3600, attempts: 16)

  /// Seconds to wait after an attempt, counted from 1: between half of the full wait and all of it, by the seed, so
  /// that messages that failed together are not tried together.
  public func delay(afterAttempt attempt: Int, seed: UInt64) -> Seconds {
    let doublings = min(max(attempt, 1) - 1, 30)
    let (product, isTooLong) = first.multipliedReportingOverflow(by: 1 << doublings)
    let full = max(1, isTooLong ? longest : min(product, longest))
    let half = full / 2
    return half + Seconds(Self.scrambled(seed &+ UInt64(max(attempt, 0))) % UInt64(full - half + 1))
  }

  /// - Source: SplitMix64, <https://prng.di.unimi.it/splitmix64.c>
  private static func scrambled(_ value: UInt64) -> UInt64 {
    var bits = value &* 0x9e37_79b9_7f4a_7c15
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
