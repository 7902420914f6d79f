public import SLA

/// Why a ticket or task stands as it does: every clock of it with its ledger, the rule that chose its policy, and where
/// its plazo came from. What it says is what the sweep computes, by the same functions.
public struct Explanation: Hashable, Sendable {
  public var owner: ClockOwner
  public var id: Int64
  public var title: String
  public var asOf: Instant
  /// The desk's, in which instants are told.
  public var zone: Zone
  /// Those that run before those that stopped; each by kind and then in order.
  public var clocks: [Clock]

  /// One clock: its plazo, how it stands, and where its time went.
  public struct Clock: Hashable, Sendable {
    public var kind: ClockKind
    /// 1, and one more each time that the clock ran again.
    public var cycle: Int64
    public var standing: Standing
    /// Since when the plazo counts that holds now.
    public var startedAt: Instant
    public var origin: PlazoOrigin
    /// In working seconds; `nil` without a plazo.
    public var budget: Seconds?
    /// `nil` while a pause keeps it unknown, or without a plazo.
    public var deadline: Instant?
    public var used: Seconds
    /// Budget less used time.
    public var remaining: Seconds
    public var late: Seconds
    /// Since when it is near due, or when it will be.
    public var nearSince: Instant?
    public var isPaused: Bool
    /// How many times a new plazo took the place of an earlier one.
    public var moves: Int64
    public var originalDeadline: Instant?
    public var choice: PolicyChoice
    public var calendar: CalendarName
    public var version: Version
    /// As they came, with why; they may overlap.
    public var pauses: [ReasonedPause]
    /// From the start to the deadline, or to now or the stop where that is later. None lies on both sides of now.
    public var stretches: [Ledger.Stretch]
    /// The working seconds that the events give by now, where facts about the time before a frozen stop came later, or
    /// the ticket was another one then.
    public var recounted: Seconds?
    /// Why the verdict supersedes an earlier one.
    public var correction: String?
  }

  /// Whether the clock runs, and how it ended.
  public enum Standing: Hashable, Sendable {
    case running(Situation)
    /// Stopped, and judged at the stop for good.
    case frozen(outcome: String, at: Instant)
    /// Stopped, and waiting for the next sweep to freeze it.
    case stopped(Verdict.Outcome?, at: Instant)
  }

  /// Who set the plazo.
  public enum PlazoOrigin: Hashable, Sendable {
    case none
    /// The policy's own.
    case policy(Plazo)
    /// Set by somebody, with the ticket or later; the login where it is known.
    case set(Plazo, at: Instant, by: String?)
    /// A due instant that was given.
    case target(Instant, at: Instant, by: String?)
  }

  /// Which policy rules, and why the ones before it do not.
  public struct PolicyChoice: Hashable, Sendable {
    /// Empty when none fits.
    public var name: String
    /// Its place in the list, from 1 on; 0 for the rules of tasks.
    public var place: Int
    /// What it names and the ticket has; nothing for a policy for everybody.
    public var fits: [Trait]
    /// For each earlier one the first thing that it names and the ticket has not.
    public var passedOver: [Mismatch]
  }

  /// A key of a policy's `when`, and what both it and the ticket have.
  public struct Trait: Hashable, Sendable {
    public var key: String
    public var value: String
  }

  /// Why a policy was passed over.
  public struct Mismatch: Hashable, Sendable {
    public var policy: String
    public var key: String
    public var wanted: [String]
    /// What the ticket has instead.
    public var value: String?
  }

  /// The calendar by which the time was counted.
  public struct CalendarName: Hashable, Sendable {
    public var name: String
    /// `nil` on a desk that no sweep has seen.
    public var version: String?
    public var zone: Zone
  }

  /// The policies by which the clock was judged.
  public struct Version: Hashable, Sendable {
    public var hash: String
    /// `nil` when nothing was applied yet.
    public var appliedAt: Instant?
  }

  /// A stretch in which the clock stood still, and why; open without an end.
  public struct ReasonedPause: Hashable, Sendable {
    public var from: Instant
    public var to: Instant?
    public var reason: PauseReason
  }
}

extension Explanation.Clock {
  /// Where the ledger ends that has happened.
  func end(_ asOf: Instant) -> Instant {
    switch standing {
    case .running: asOf
    case .frozen(_, let at), .stopped(_, let at): at
    }
  }
}
