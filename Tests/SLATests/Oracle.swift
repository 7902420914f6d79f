import SLA

/// A second opinion on every question of the clock: it walks real time step by step and looks at what a clock on the
/// wall shows. Slow and obvious. Of the engine it shares the offsets of the zone and nothing else.
///
/// Clock changes need no rule of their own if the wall clock's hand is never turned back: set forward, it jumps; set
/// back, it stands still until time has caught up with it. Opening hours are read off that hand.
struct Oracle {
  /// Real time, `step` seconds each, from `begin`; whether it is open.
  let begin: Int64
  let step: Int64
  private(set) var isOpen: [Bool] = []
  /// The working days, ascending, with the end of the last step for which each kept open.
  private(set) var closings: [(day: Int, at: Int64)] = []
  /// On some date two rules are equal in all that ranks them, and have other hours. The engine then goes by their text;
  /// the oracle has no opinion.
  private(set) var isUndecided = false

  var end: Int64 { begin + Int64(isOpen.count) * step }

  init(_ calendar: CalendarDefinition, zone: Zone, begin: Int64, end: Int64, step: Int64) {
    self.begin = begin
    self.step = step
    var hand = Int64.min
    var hoursOfDay: [Int: [Hours]] = [:]
    var lastOpen: [Int: Int64] = [:]
    // A day earlier, so that the hand is right when it matters.
    for now in stride(from: begin - 86_400, to: end, by: Int64.Stride(step)) {
      hand = max(hand, now + zone.offset(at: Instant(now)))
      let today = Int((Double(hand) / 86_400).rounded(.down))
      let second = Int(hand) - today * 86_400
      var open = false
      for (day, reading) in [(today, second), (today - 1, second + 86_400)] {
        if hoursOfDay[day] == nil {
          let candidates = Self.hours(calendar, day)
          hoursOfDay[day] = candidates[0]
          if Set(candidates).count > 1 { isUndecided = true }
        }
        for hours in hoursOfDay[day]! where hours.opens <= reading && reading < hours.closes {
          open = true
          lastOpen[day] = now + step
        }
      }
      if now >= begin { isOpen.append(open) }
    }
    closings = lastOpen.map { (day: $0.key, at: $0.value) }.sorted { $0.day < $1.day }
  }

  // MARK: Which hours

  /// The hours of a day; of more than one rule when nothing tells which of them holds.
  private static func hours(_ calendar: CalendarDefinition, _ day: Int) -> [[Hours]] {
    let date = Almanac.days[day - Almanac.firstDay]
    let named = calendar.days.filter { Almanac.names($0.pattern, date) }
    let overrides = named.filter(\.isOverride)
    // The narrowest override; or else the holiday with the least time open; or else the week.
    if let narrowest = overrides.map(Almanac.breadth).min(by: <) {
      return overrides.filter { Almanac.breadth($0) == narrowest }.map(\.hours)
    }
    let closest = named.filter { Almanac.open($0) == named.map(Almanac.open).min() }
    if let narrowest = closest.map(Almanac.breadth).min(by: <) {
      return closest.filter { Almanac.breadth($0) == narrowest }.map(\.hours)
    }
    return [calendar.weekly[date.weekday] ?? []]
  }

  // MARK: When is it due

  /// The closing at which a plazo of working days is due; `nil` when the walk is too short to say.
  func due(workingDays count: Int, start: Int64, zone: Zone) -> Int64? {
    let today = Int((Double(start + zone.offset(at: Instant(start))) / 86_400).rounded(.down))
    // Only the days that end before the walk does, whatever their zone: work may go on until 48:00.
    guard Int64(today + 3) * 86_400 < end else { return nil }
    let known = closings.filter { Int64($0.day + 3) * 86_400 < end }
    if count == 0, let same = known.first(where: { $0.day == today }), start < same.at { return same.at }
    guard let closing = known.filter({ $0.day > today }).dropFirst(max(0, count - 1)).first else { return nil }
    return max(start, closing.at)
  }
}

/// A clock that counts the steps of a walk one by one.
struct OracleClock {
  enum Step { case closed, counts, paused }
  private let begin: Int64
  private let step: Int64
  private let start: Int64
  private var steps: [Step] = []
  /// The first step that a pause without end holds.
  private var standsStill = Int.max

  private(set) var budget: Int64
  private(set) var threshold: Int64?
  /// `nil` while a pause without end keeps it unknown.
  private(set) var deadline: Int64?
  private(set) var nearSince: Int64?
  /// The walk ended before the budget was used.
  private(set) var isBeyond = false

  /// - Parameter pauses: In any order, overlapping or not.
  init(_ oracle: Oracle, start: Int64, budget: Int64, target: Int64?, near: NearDueRule, pauses: [Pause]) {
    (begin, step, self.start) = (oracle.begin, oracle.step, start)
    self.budget = budget
    for (index, isOpen) in oracle.isOpen.enumerated() {
      let now = begin + Int64(index) * step
      let holding = pauses.filter { pause in pause.from.seconds <= now && pause.to.map { now < $0.seconds } ?? true }
      if holding.contains(where: { $0.to == nil }) { standsStill = min(standsStill, index) }
      steps.append(!isOpen ? .closed : holding.isEmpty ? .counts : .paused)
    }
    if let target { self.budget = count(until: target) { $0 != .closed } }
    let due = reached(self.budget)
    isBeyond = due.isBeyond
    deadline = due.at
    if let target, !due.wasPaused { deadline = target }
    threshold = Self.threshold(near, self.budget)
    if let threshold { nearSince = reached(threshold).at }
  }

  func used(at now: Int64) -> Int64 { count(until: now) { $0 == .counts } }

  func situation(at now: Int64) -> Situation {
    if let deadline, now > deadline { return .late }
    if let threshold, now >= start, used(at: now) >= threshold { return .nearDue }
    return .onTime
  }

  private func count(until end: Int64, _ counts: (Step) -> Bool) -> Int64 {
    var sum: Int64 = 0
    var index = Int((start - begin) / step)
    while index < steps.count, begin + Int64(index) * step < end {
      if counts(steps[index]) { sum += min(step, end - begin - Int64(index) * step) }
      index += 1
    }
    return sum
  }

  /// When so many seconds are used, and whether working time was paused until then.
  private func reached(_ goal: Int64) -> (at: Int64?, wasPaused: Bool, isBeyond: Bool) {
    var sum: Int64 = 0
    var wasPaused = false
    var index = Int((start - begin) / step)
    while sum < goal {
      if index >= steps.count { return (nil, wasPaused, true) }
      if index >= standsStill { return (nil, true, false) }
      if steps[index] == .paused { wasPaused = true }
      if steps[index] == .counts {
        if sum + step >= goal { return (begin + Int64(index) * step + goal - sum, wasPaused, false) }
        sum += step
      }
      index += 1
    }
    return (start, wasPaused, false)
  }

  /// The used seconds from which it is near due.
  private static func threshold(_ rule: NearDueRule, _ budget: Int64) -> Int64? {
    if budget == 0 { return nil }
    var thresholds: [Int64] = []
    if let share = rule.sharePercent {
      var used: Int64 = 0
      while used * 100 < budget * Int64(share) { used += 1 }
      thresholds.append(used)
    }
    if let margin = rule.marginSeconds, margin < budget { thresholds.append(budget - margin) }
    return thresholds.min()
  }
}
