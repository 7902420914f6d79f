/// What a clock promises, resolved against its calendar: all that a running clock needs besides its pauses.
public struct Promise: Hashable, Sendable {
  public var start: Instant
  /// The working seconds granted, pauses not counted; never negative.
  public var budget: Seconds
  /// A due instant that was given from outside and holds to the second, be it in closed hours or before the start. A
  /// pause that takes out working time before it sets it aside, and the deadline then follows from the budget.
  public var target: Instant?
  /// The used working seconds from which the clock is near due; `nil` when it never is.
  public var nearUsed: Seconds?

  public init(start: Instant, budget: Seconds, target: Instant? = nil, nearUsed: Seconds? = nil) {
    self.start = start
    self.budget = budget
    self.target = target
    self.nearUsed = nearUsed
  }
}

extension Timeline {
  /// A plazo that counts from an instant, open or closed.
  ///
  /// - Throws: `CalendarError.beyondHorizon` when the start or the deadline lies outside of the dates covered.
  /// - Source: design, rules of the clock, 4 and 5.
  public func promise(
    _ plazo: Plazo, from start: Instant, near: NearDueRule = .default
  ) throws(CalendarError) -> Promise {
    let failure = CalendarError.beyondHorizon(from: covers.from, through: covers.through)
    let date = zone.date(at: start)
    guard covers.from <= date, date <= covers.through else { throw failure }
    let worked = workedSeconds(until: start)
    let budget: Seconds
    switch plazo {
    case .workingTime(let time):
      budget = max(0, time)
      guard budget <= total - worked, instant(whenWorked: worked + budget) != nil else { throw failure }
    case .workingDays(let days):
      guard let closing = closing(of: days, start: start, date: date) else { throw failure }
      budget = max(0, workedSeconds(until: closing) - worked)
    }
    return Promise(start: start, budget: budget, nearUsed: near.nearUsed(budget: budget))
  }

  /// A due instant from outside. Its budget is the working time until it, or until the horizon when that comes first,
  /// and none when it lies before the start.
  public func promise(target: Instant, from start: Instant, near: NearDueRule = .default) -> Promise {
    let budget = max(0, workedSeconds(until: target) - workedSeconds(until: start))
    return Promise(start: start, budget: budget, target: target, nearUsed: near.nearUsed(budget: budget))
  }

  private func closing(of days: Int, start: Instant, date: LocalDate) -> Instant? {
    if days > 0 { return closing(ofWorkingDay: days, after: date) }
    guard let same = closing(ofWorkingDay: 1, after: date.adding(days: -1)) else { return nil }
    return start < same ? same : closing(ofWorkingDay: 1, after: date)
  }
}
