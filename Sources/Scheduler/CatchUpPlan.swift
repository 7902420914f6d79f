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
    /// It failed, and before it could be tried again a later slot came due.
    case outrun(by: Instant)
    /// The job does not catch up.
    case missed
    /// The process ended while the slot ran, as it had on each of so many attempts.
    case interrupted(times: Int)

    /// - Parameter wasBegun: whether its process ended in the middle, rather than nothing having run.
    public func text(in zone: Zone, wasBegun: Bool) -> String {
      let what = wasBegun ? "the process ended during the run" : "nothing ran in time"
      return switch self {
      case .standsBack(let later): "\(what); the slot of \(later.iso8601(in: zone)) runs instead"
      case .outrun(let later): "failed; the slot of \(later.iso8601(in: zone)) runs before it was tried again"
      case .missed: "\(what), and the job's catchUp is skip"
      case .interrupted(let times): "the process ended during the run, \(times) times; not tried again"
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
  /// How many times it was begun; begun and still open, it failed and is tried again, or its process ended in the middle.
  public let attempts: Int
  /// When it is tried again after a failure; `nil`: at once.
  public let retryAt: Instant?

  public init(plannedAt: Instant, attempts: Int, retryAt: Instant? = nil) {
    self.plannedAt = plannedAt
    self.attempts = attempts
    self.retryAt = retryAt
  }
}

extension Job {
  /// A slot not older than this is on time: a pass may be a minute late, being one behind a busy one, and no more.
  public static let graceSeconds: Seconds = 90
  /// How often a slot is begun before it is given up: a run that brings down the process shall not do it for ever. Yet
  /// most ends are not the run's fault: power that fails, comes back and fails again must not lose a day's report.
  public var mostAttempts: Int { max(5, 1 + retries) }
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
    var later: [OpenSlot] = []
    for slot in open.sorted(by: { $0.plannedAt < $1.plannedAt }) where slot.plannedAt <= now {
      if let retryAt = slot.retryAt, retryAt > now {
        later.append(slot)
      } else if slot.attempts >= mostAttempts {
        decisions.append(SlotDecision(plannedAt: slot.plannedAt, action: .fail(.interrupted(times: slot.attempts))))
      } else {
        due.append(slot)
      }
    }
    due += slots(after: max(countedThrough, now - Self.horizonSeconds), through: now, in: zone)
      .map { OpenSlot(plannedAt: $0, attempts: 0) }
    // One that waits to be tried again stands back as well, where one run stands for all.
    if catchUp == .once, let latest = due.last {
      for slot in later where slot.plannedAt < latest.plannedAt {
        decisions.append(
          SlotDecision(plannedAt: slot.plannedAt, action: .fail(.outrun(by: latest.plannedAt))))
      }
    }
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
    case .skip where slot.retryAt != nil: return .runCaughtUp
    case .skip: return isOnTime ? .run : drop(.missed)
    }
  }
}
