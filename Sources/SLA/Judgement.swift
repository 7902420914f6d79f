/// How a running clock stands at an instant.
public struct Judgement: Hashable, Sendable {
  public var situation: Situation
  /// The last second at which the promise is kept; `nil` while an open pause that moves it has no known end, or when it
  /// lies beyond the timeline's horizon.
  public var deadline: Instant?
  /// Budget less used working time: negative when over.
  public var remaining: Seconds
  /// Working seconds since the start, pauses not counted.
  public var used: Seconds
  /// Used working time past the budget, pauses not counted: 0 or more when late, 0 otherwise.
  public var late: Seconds
  /// The first instant at which the clock is near due; `nil` when it never is, or an open pause keeps it unknown.
  public var nearSince: Instant?
  /// The next instant, later than the one judged at, at which the situation changes unless something happens; `nil`
  /// when it does not.
  public var nextChange: Instant?
  /// Whether a pause holds at the instant judged at, whatever the situation.
  public var isPaused: Bool

  public init(
    situation: Situation, deadline: Instant?, remaining: Seconds, used: Seconds, late: Seconds, nearSince: Instant?,
    nextChange: Instant?, isPaused: Bool
  ) {
    self.situation = situation
    self.deadline = deadline
    self.remaining = remaining
    self.used = used
    self.late = late
    self.nearSince = nearSince
    self.nextChange = nextChange
    self.isPaused = isPaused
  }
}

extension Timeline {
  /// Judges a running clock. No allocation; the time needed grows with the number of pauses.
  ///
  /// The deadline is the earliest instant at which the working time since the start, less that of the pauses that begin
  /// before it, has reached the budget. Pauses in the future count as known.
  ///
  /// - Parameter pauses: Merged and ascending, as `Pause.merged` gives them.
  /// - Source: design, rules of the clock, 4 and 6 to 8.
  public func judge(_ promise: Promise, pauses: UnsafeBufferPointer<Pause>, at now: Instant) -> Judgement {
    let start = promise.start
    let startWorked = workedSeconds(until: start)
    let nowWorked = workedSeconds(until: max(start, now))
    var due = Mark(startWorked + promise.budget)
    var near = Mark(startWorked + (promise.nearUsed ?? 0))
    var paused: Seconds = 0
    var isPaused = false
    for pause in pauses {
      let from = max(pause.from, start)
      if let to = pause.to, to <= from { continue }
      let fromWorked = workedSeconds(until: from)
      let toWorked = pause.to.map { workedSeconds(until: $0) }
      if from <= now {
        paused += min(toWorked ?? nowWorked, nowWorked) - fromWorked
        if pause.to.map({ now < $0 }) ?? true { isPaused = true }
      }
      due.pause(fromWorked, toWorked)
      near.pause(fromWorked, toWorked)
    }

    let used = nowWorked - startWorked - paused
    let isTarget = !due.isMoved && !due.isOpen
    let deadline = (isTarget ? promise.target : nil) ?? instant(of: due, start: start)
    let nearSince = promise.nearUsed == nil ? nil : instant(of: near, start: start)
    var situation = Situation.onTime
    if let deadline, now > deadline {
      situation = .late
    } else if let nearUsed = promise.nearUsed, used >= nearUsed, now >= start {
      situation = .nearDue
    }

    var nextChange: Instant?
    if situation != .late {
      if let nearSince, nearSince > now {
        nextChange = nearSince
      } else if let deadline {
        nextChange = deadline + 1
      } else if !due.isOpen, now < horizon {
        // The deadline is not known because the timeline ends; whoever asks again by then has a longer one.
        nextChange = horizon
      }
    }
    return Judgement(
      situation: situation, deadline: deadline, remaining: promise.budget - used, used: used,
      late: situation == .late ? max(0, used - promise.budget) : 0, nearSince: nearSince, nextChange: nextChange,
      isPaused: isPaused)
  }

  /// The same, with pauses in any order. Two or more are merged first, which allocates.
  public func judge(_ promise: Promise, pauses: [Pause] = [], at now: Instant) -> Judgement {
    (pauses.count < 2 ? pauses : Pause.merged(pauses)).withUnsafeBufferPointer { judge(promise, pauses: $0, at: now) }
  }

  private func instant(of mark: Mark, start: Instant) -> Instant? {
    if mark.isOpen { return nil }
    // Reached where it starts: the earliest instant with so much worked may lie at a closing before it.
    return mark.worked <= workedSeconds(until: start) ? start : instant(whenWorked: mark.worked)
  }
}

/// A point of working time that pauses push ahead until it is reached.
private struct Mark {
  var worked: Seconds
  var isMoved = false
  /// Pushed ahead by a pause that has no end.
  var isOpen = false

  init(_ worked: Seconds) { self.worked = worked }

  mutating func pause(_ from: Seconds, _ to: Seconds?) {
    // A pause that begins when the point is reached comes too late to move it.
    guard !isOpen, from < worked else { return }
    guard let to else {
      isOpen = true
      return
    }
    if to > from { isMoved = true }
    worked += to - from
  }
}
