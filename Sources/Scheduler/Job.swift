public import SLA

/// Work that comes due by itself: a name, when, and what becomes of the times at which nothing ran or something failed.
public struct Job: Hashable, Sendable {
  /// Unique among the jobs of a desk; the ledger keeps slots by it.
  public let name: String
  public let schedule: CronExpression
  public let catchUp: CatchUp
  /// Whose wall clock the schedule is read on; `nil`: the desk's.
  public let zone: Zone?
  /// How long one run may take. The claim on its slot outlasts it.
  public let timeLimit: Seconds
  /// How many times more a slot is tried after a failure.
  public let retries: Int
  /// How long after a failure it is tried again.
  public let retryAfter: Seconds

  public static let defaultTimeLimit: Seconds = 30 * 60
  public static let defaultRetryAfter: Seconds = 5 * 60

  public init(
    name: String, schedule: CronExpression, catchUp: CatchUp = .once, zone: Zone? = nil,
    timeLimit: Seconds = Job.defaultTimeLimit, retries: Int = 0, retryAfter: Seconds = Job.defaultRetryAfter
  ) {
    self.name = name
    self.schedule = schedule
    self.catchUp = catchUp
    self.zone = zone
    self.timeLimit = timeLimit
    self.retries = retries
    self.retryAfter = retryAfter
  }

  /// The first slot after an instant. - Parameter zone: the desk's.
  public func next(after instant: Instant, in zone: Zone) -> Instant {
    schedule.next(after: instant, in: self.zone ?? zone)
  }

  /// The last slot before an instant. - Parameter zone: the desk's.
  public func previous(before instant: Instant, in zone: Zone) -> Instant {
    schedule.previous(before: instant, in: self.zone ?? zone)
  }

  /// The slots after `start`, which is excluded, up to `end`, which is included. - Parameter zone: the desk's.
  func slots(after start: Instant, through end: Instant, in zone: Zone) -> [Instant] {
    schedule.slots(after: start, through: end, in: self.zone ?? zone)
  }
}

/// What becomes of the slots that passed while nothing ran. The raw value is the word in the configuration.
public enum CatchUp: String, CaseIterable, Sendable {
  /// Of all slots due, the latest runs, and stands for the others.
  case once
  /// Each runs, oldest first.
  case all
  /// None runs.
  case skip
}

/// One planned time of one job, as its work is told of it.
public struct Slot: Hashable, Sendable {
  public let job: String
  /// When the work was due, which may be long before it runs.
  public let plannedAt: Instant
  /// Whether it runs after its time, so that what it produces should say so.
  public let isCaughtUp: Bool

  public init(job: String, plannedAt: Instant, isCaughtUp: Bool) {
    self.job = job
    self.plannedAt = plannedAt
    self.isCaughtUp = isCaughtUp
  }
}
