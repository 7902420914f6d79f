public import SLA

/// Which of many dated copies are kept: the latest of each of the last so many days, weeks and months that have one.
///
/// A copy may be kept for several reasons at once, and the latest of all is kept whatever the numbers. Days without a
/// copy do not count, so that a machine that stood still for a month keeps what it had.
public struct Rotation: Hashable, Sendable {
  public var daily: Int
  public var weekly: Int
  public var monthly: Int

  public init(daily: Int, weekly: Int, monthly: Int) {
    self.daily = daily
    self.weekly = weekly
    self.monthly = monthly
  }

  /// - Parameter zone: whose dates, weeks (from Monday) and months count.
  public func kept(of copies: [Instant], in zone: Zone) -> Set<Instant> {
    let latestFirst = copies.sorted(by: >)
    var kept = Set(latestFirst.prefix(1))
    func keep(_ count: Int, by period: (LocalDate) -> Int) {
      var seen: Set<Int> = []
      for copy in latestFirst where seen.count < count {
        if seen.insert(period(zone.date(at: copy))).inserted { kept.insert(copy) }
      }
    }
    keep(daily) { Int($0.dayNumber) }
    keep(weekly) { Int($0.dayNumber) - $0.weekday.rawValue }
    keep(monthly) { $0.parts.year * 12 + $0.parts.month }
    return kept
  }
}
