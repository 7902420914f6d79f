/// From when on a running clock is near due (design: rules of the clock, 7). Of two conditions the earlier counts.
public struct NearDueRule: Hashable, Sendable {
  /// Near due once so many hundredths of the budget are used.
  public var sharePercent: Int?
  /// Near due once at most so much working time is left.
  public var marginSeconds: Seconds?

  public init(sharePercent: Int? = nil, marginSeconds: Seconds? = nil) {
    self.sharePercent = sharePercent
    self.marginSeconds = marginSeconds
  }

  public static let `default` = NearDueRule(sharePercent: 80)

  /// The used working seconds from which a clock of this budget is near due; `nil` when it never is.
  ///
  /// A part of a second used up counts as not yet: the share is rounded up.
  public func nearUsed(budget: Seconds) -> Seconds? {
    guard budget > 0 else { return nil }
    var used: Seconds?
    if let sharePercent, sharePercent <= 100 {
      // Multiplied in two parts, as a budget times 100 may not fit.
      let share = Seconds(max(0, sharePercent))
      used = budget / 100 * share + (budget % 100 * share + 99) / 100
    }
    if let marginSeconds, !ignoresMargin(budget: budget) {
      used = min(used ?? .max, budget - max(0, marginSeconds))
    }
    return used
  }

  /// Whether the margin is not below the budget, so that it would hold from the start and is left out of account.
  public func ignoresMargin(budget: Seconds) -> Bool { marginSeconds.map { $0 >= budget } ?? false }
}
