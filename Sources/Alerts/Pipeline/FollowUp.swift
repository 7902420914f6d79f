internal import Monitor
internal import SLA

/// A clock that went bad and is followed up: the row of `alert_watch`.
struct Watch: Hashable {
  var owner: AlertOwner
  var clock: ClockKind
  var cycle: Int64
  var deadline: Instant?
  var transitionID: Int64?
  /// Repeats and levels count from then: when it went bad, or when plazo learnt of it if that was long after.
  var since: Instant
  var isLateNews: Bool
  /// The levels of escalation that were reached. Not the highest: one by share of the budget and one by working time
  /// come in the order that the plazo gives them.
  var reached = ReachedLevels()
  var repeats: Int64 = 0
  var repeatAt: Instant?
  /// `nil`: nothing is left to follow.
  var nextAt: Instant?
}

/// A set of levels, counted from 1, as one number: the first is its lowest bit. At most 62.
struct ReachedLevels: Hashable {
  var bits: Int64 = 0

  func contains(_ level: Int) -> Bool { level <= 62 && bits & (1 << Int64(level - 1)) != 0 }
  mutating func insert(_ level: Int) { if level <= 62 { bits |= 1 << Int64(level - 1) } }
}

/// What becomes of a watched clock that nobody mends: repeats and escalation. A pure function of what is known.
struct FollowUp {
  private let rules: AlertRules
  private let hours: DeskHours

  init(_ rules: AlertRules, _ hours: DeskHours) {
    self.rules = rules
    self.hours = hours
  }

  /// How the clock of a watch stands.
  struct ClockFacts: Hashable {
    var situation: Situation
    var deadline: Instant?
    var isPaused: Bool
    /// Working time past the budget.
    var late: Seconds
    var used: Seconds
    var budget: Seconds
  }

  struct Step: Hashable {
    /// The levels of escalation that are reached now, counted from 1.
    var levels: [Int64] = []
    /// The number of the repeat that is due now.
    var repetition: Int64?
    var watch: Watch
  }

  /// How long a clock that stands still is left alone, in elapsed seconds.
  private static let pauseCheck: Seconds = 15 * 60
  /// The least elapsed time between two looks at a clock that has not got as far as its next level.
  private static let leastLook: Seconds = 1

  /// The watch that a transition arms; `nil` when nothing will ever follow.
  func armed(by transition: Transition, late: Seconds, again: Plazo?, now: Instant) throws -> Watch? {
    let isLate = transition.to == .late
    let escalates = !rules.off.contains(.escalation) && (isLate ? !rules.escalation.isEmpty : hasEarlyLevels)
    guard again != nil || escalates else { return nil }
    let isLateNews = now - transition.happenedAt > rules.lateNewsAfter
    var watch = Watch(
      owner: transition.owner, clock: transition.clock, cycle: transition.cycle, deadline: transition.deadline,
      transitionID: transition.id, since: isLateNews ? now : transition.happenedAt, isLateNews: isLateNews)
    if let grace = transition.graceUntil { watch.since = max(watch.since, grace) }
    watch.repeatAt = try again.map { try nextWord($0, after: watch.since) }
    watch.nextAt = try nextLook(watch, nil, now: watch.since)
    return watch
  }

  private var hasEarlyLevels: Bool {
    rules.escalation.contains { if case .share(let percent) = $0.threshold { percent < 100 } else { false } }
  }

  /// What is due for a watch, and the watch as it goes on.
  ///
  /// - Parameters:
  ///   - acknowledgedUntil: nothing is due before.
  ///   - again: how long after a word the next one comes, as the route now says.
  func step(
    _ old: Watch, _ clock: ClockFacts, acknowledgedUntil: Instant?, again: Plazo?, now: Instant
  ) throws -> Step {
    var step = Step(watch: old)
    if let deadline = clock.deadline, deadline != old.deadline {
      // A new plazo that leaves the clock as bad as it was: what follows counts anew.
      step.watch.deadline = deadline
      step.watch.since = now
      step.watch.reached = ReachedLevels()
      step.watch.repeats = 0
      step.watch.repeatAt = try again.map { try nextWord($0, after: now) }
    }
    if let acknowledgedUntil, now < acknowledgedUntil {
      step.watch.nextAt = acknowledgedUntil
      return step
    }
    if clock.isPaused, clock.situation == .late {
      step.watch.nextAt = now + Self.pauseCheck
      return step
    }
    if !rules.off.contains(.escalation) {
      for (index, level) in rules.escalation.enumerated() where !step.watch.reached.contains(index + 1) {
        guard try isReached(level.threshold, step.watch, clock, now: now) else { continue }
        step.levels.append(Int64(index) + 1)
      }
      for level in step.levels { step.watch.reached.insert(Int(level)) }
    }
    if let at = step.watch.repeatAt, at <= now, clock.situation == .late {
      if let again {
        step.watch.repeats += 1
        step.repetition = step.watch.repeats
        step.watch.repeatAt = try nextWord(again, after: now)
      } else {
        step.watch.repeatAt = nil
      }
    }
    step.watch.nextAt = try nextLook(step.watch, clock, now: now)
    return step
  }

  private func isReached(
    _ threshold: EscalationLevel.Threshold, _ watch: Watch, _ clock: ClockFacts, now: Instant
  ) throws -> Bool {
    switch threshold {
    case .after(.workingDays(let days)):
      return try clock.situation == .late && hours.desk.termEnd(.workingDays(days), after: watch.since) < now
    case .after(.workingTime(let seconds)):
      guard clock.situation == .late, clock.late >= seconds else { return false }
      // Long late when plazo learnt of it: who works on it has the time that the level gives all the same.
      return try !watch.isLateNews || hours.desk.worked(from: watch.since, to: now) >= seconds
    case .share(let percent):
      guard clock.budget > 0, clock.used * 100 >= clock.budget * Int64(percent) else { return false }
      return try !watch.isLateNews || hours.desk.termEnd(.workingDays(1), after: watch.since) < now
    }
  }

  /// When to look again: never later than something becomes due. Working time never passes more quickly than time does,
  /// so what is left of it until a level is a bound.
  private func nextLook(_ watch: Watch, _ clock: ClockFacts?, now: Instant) throws -> Instant? {
    var next = watch.repeatAt
    if !rules.off.contains(.escalation) {
      for (index, level) in rules.escalation.enumerated() where !watch.reached.contains(index + 1) {
        let at: Instant
        switch level.threshold {
        case .after(.workingDays(let days)):
          at = try hours.desk.termEnd(.workingDays(days), after: watch.since) + 1
        case .after(.workingTime(let seconds)):
          let late = clock?.late ?? 0
          let learnt = watch.isLateNews ? try hours.desk.worked(from: watch.since, to: now) : seconds
          at = now + max(Self.leastLook, seconds - min(late, learnt))
        case .share(let percent):
          if watch.isLateNews {
            at = try max(now + Self.leastLook, hours.desk.termEnd(.workingDays(1), after: watch.since) + 1)
          } else if let clock {
            at = now + max(Self.leastLook, (clock.budget * Int64(percent) + 99) / 100 - clock.used)
          } else {
            at = now
          }
        }
        next = min(next ?? at, at)
      }
    }
    return next
  }

  /// Counted from when the first word can have been read: at an opening, if it came while closed.
  private func nextWord(_ again: Plazo, after instant: Instant) throws -> Instant {
    let desk = try hours.desk
    return desk.wordTime(again, after: desk.openInstant(from: instant))
  }
}
