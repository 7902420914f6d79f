public import SLA

/// What is to be done about one slot, and why.
public struct SlotDecision: Hashable, Sendable {
  public let plannedAt: Instant
  public let action: Action

  public enum Action: Hashable, Sendable {
    /// On time.
    case run
    /// After its time, or for the second time.
    case runCaughtUp
    /// Never begun, and never will be.
    case skip(Reason)
    /// Begun, broken off, and not to be repeated.
    case fail(Reason)
  }

  public enum Reason: Hashable, Sendable {
    /// A later slot of the same job is due too and runs instead.
    case standsBack(for: Instant)
    /// The job does not catch up.
    case missed
    /// The process ended while the slot ran, as it had on the first attempt.
    case interruptedTwice

    public func text(in zone: Zone) -> String {
      switch self {
      case .standsBack(let later): "nothing ran in time; the slot of \(later.iso8601(in: zone)) runs instead"
      case .missed: "nothing ran in time, and the job's catchUp is skip"
      case .interruptedTwice: "the process ended during the run, twice; not tried again"
      }
    }
  }

  public init(plannedAt: Instant, action: Action) {
    self.plannedAt = plannedAt
    self.action = action
  }
}

/// A slot that the ledger has as due and not as ended.
public struct OpenSlot: Hashable, Sendable {
  public let plannedAt: Instant
  /// How many times it was begun; begun and still open, its process ended in the middle.
  public let attempts: Int

  public init(plannedAt: Instant, attempts: Int) {
    self.plannedAt = plannedAt
    self.attempts = attempts
  }
}

extension Job {
  /// A slot not older than this is on time: a pass may be a minute late, being one behind a busy one, and no more.
  public static let graceSeconds: Seconds = 90
  /// How often a slot is begun before it is given up: a run that brings down the process shall not do it for ever.
  public static let mostAttempts = 2
  /// Slots further back than this are forgotten, neither run nor recorded: it bounds the work after a clock that was
  /// years wrong, and is also how long the ledger is kept.
  public static let horizonSeconds: Seconds = 400 * 86_400

  /// Decides about every slot that is due, oldest first. The decision is the same whoever asks, and writes nothing.
  ///
  /// - Parameters:
  ///   - open: slots recorded as due that did not end: not reached before a stop, or broken off by a crash.
  ///   - countedThrough: up to here, included, every slot has been recorded. Later than `now` after a clock that ran
  ///     ahead; then nothing new is due until `now` has passed it.
  public func plan(open: [OpenSlot], countedThrough: Instant, in zone: Zone, now: Instant) -> [SlotDecision] {
    var decisions: [SlotDecision] = []
    var due: [OpenSlot] = []
    for slot in open.sorted(by: { $0.plannedAt < $1.plannedAt }) where slot.plannedAt <= now {
      if slot.attempts >= Self.mostAttempts {
        decisions.append(SlotDecision(plannedAt: slot.plannedAt, action: .fail(.interruptedTwice)))
      } else {
        due.append(slot)
      }
    }
    due += schedule.slots(after: max(countedThrough, now - Self.horizonSeconds), through: now, in: zone)
      .map { OpenSlot(plannedAt: $0, attempts: 0) }
    for slot in due {
      decisions.append(SlotDecision(plannedAt: slot.plannedAt, action: action(for: slot, latest: due.last!, now: now)))
    }
    return decisions.sorted { $0.plannedAt < $1.plannedAt }
  }

  private func action(for slot: OpenSlot, latest: OpenSlot, now: Instant) -> SlotDecision.Action {
    let isOnTime = slot.attempts == 0 && now - slot.plannedAt <= Self.graceSeconds
    func drop(_ reason: SlotDecision.Reason) -> SlotDecision.Action {
      slot.attempts == 0 ? .skip(reason) : .fail(reason)
    }
    switch catchUp {
    case .all: return isOnTime ? .run : .runCaughtUp
    case .once where slot != latest: return drop(.standsBack(for: latest.plannedAt))
    case .once: return isOnTime ? .run : .runCaughtUp
    case .skip where isOnTime && slot != latest: return drop(.standsBack(for: latest.plannedAt))
    case .skip: return isOnTime ? .run : drop(.missed)
    }
  }
}
