public import SLA

/// Work that comes due by itself: a name, when, and what becomes of the times at which nothing ran.
public struct Job: Hashable, Sendable {
  /// Unique among the jobs of a desk; the ledger keeps slots by it.
  public let name: String
  public let schedule: CronExpression
  public let catchUp: CatchUp

  public init(name: String, schedule: CronExpression, catchUp: CatchUp = .once) {
    self.name = name
    self.schedule = schedule
    self.catchUp = catchUp
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
