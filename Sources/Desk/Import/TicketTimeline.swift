internal import SLA

/// Puts what rows say of one ticket into changes: a walk along its history, in which every row is compared with the
/// ticket as it was at the row's instant.
struct TicketTimeline {
  /// The ticket as the walk has it so far.
  private(set) var row: TicketRow
  private(set) var changes: [(change: TicketChange, at: Instant)] = []
  private(set) var lastReopening: Instant?
  /// The latest instant that anything on the walk has.
  private(set) var latest: Instant

  init(_ row: TicketRow, lastReopening: Instant? = nil) {
    self.row = row
    self.lastReopening = lastReopening
    latest = row.openedAt
  }

  /// Passes something that the desk has on record.
  mutating func pass(_ change: TicketChange, at instant: Instant) {
    if case .closed = change, row.status == .closed { return }
    if case .reopened = change {
      if row.status == .open { return }
      lastReopening = instant
    }
    row.apply(change, at: instant)
    latest = max(latest, instant)
  }

  private mutating func add(_ change: TicketChange, at instant: Instant) {
    if case .reopened = change { lastReopening = instant }
    row.apply(change, at: instant)
    latest = max(latest, instant)
    changes.append((change, instant))
  }

  private mutating func add(_ several: [TicketChange], at instant: Instant) {
    for change in several { add(change, at: instant) }
  }

  /// A new ticket's facts, of which nobody knows anything but that they hold.
  mutating func begin(_ facts: TicketFacts) { add(facts.changes(from: row), at: row.openedAt) }

  /// One row of events: the ticket as it was from this instant on.
  mutating func take(_ facts: TicketFacts, at instant: Instant) {
    let instant = max(instant, row.openedAt)
    if facts.status == .open, row.status == .closed { add(.reopened(reason: nil), at: max(instant, row.closedAt!)) }
    add(facts.changes(from: row), at: instant)
    if facts.status == .closed, row.status == .open {
      add(.closed, at: max(instant, lastReopening ?? instant))
      if let sign = facts.sign(row) { add(sign, at: row.closedAt!) }
    }
  }

  /// The row of the ticket itself: how it stands in the end.
  ///
  /// - Parameters:
  ///   - instant: when what differs came to be, unless the row says better.
  ///   - loggedClosing: the instant of the last closing that the rows of events tell.
  mutating func settle(_ facts: TicketFacts, at instant: Instant, loggedClosing: Instant?) {
    var instant = max(instant, row.openedAt)
    switch facts.status {
    case .closed?:
      var closing = facts.closedAt ?? instant
      // A source that keeps the date of the first closing says nothing of the last one.
      if let lastReopening, closing < lastReopening { closing = max(lastReopening, loggedClosing ?? lastReopening) }
      instant = min(instant, closing)
      add(facts.changes(from: row), at: instant)
      if row.status == .open {
        add(.closed, at: closing)
      } else if facts.isClosingExact, closing != row.closedAt {
        add(.closingCorrected, at: closing)
      }
      if let sign = facts.sign(row) { add(sign, at: row.closedAt!) }
    case .open?:
      if row.status == .closed { add(.reopened(reason: nil), at: max(instant, row.closedAt!)) }
      add(facts.changes(from: row), at: instant)
    case nil:
      add(facts.changes(from: row), at: instant)
    }
  }

  /// The changes in the order of their instants; those of one instant stay as they came.
  var inOrder: [(change: TicketChange, at: Instant)] {
    let isSorted = zip(changes, changes.dropFirst()).allSatisfy { $0.at <= $1.at }
    if isSorted { return changes }
    return changes.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  /// What has to follow for a ticket whose record ends as `recorded`: there, what happened early was written late, and
  /// would stand as the last word.
  func repairs(of recorded: TicketRow) -> [(change: TicketChange, at: Instant)] {
    var repairs: [(change: TicketChange, at: Instant)] = []
    var recorded = recorded
    func add(_ change: TicketChange, _ instant: Instant) {
      recorded.apply(change, at: instant)
      repairs.append((change, instant))
    }
    if recorded.status != row.status || recorded.closedAt != row.closedAt {
      if recorded.status == .closed, row.status == .open { add(.reopened(reason: nil), lastReopening ?? latest) }
      if row.status == .closed { add(.closed, row.closedAt!) }
    }
    for change in TicketFacts(of: row).changes(from: recorded) { add(change, latest) }
    if let vobo = row.vobo, recorded.vobo != vobo { add(.vobo(vobo, reason: nil), latest) }
    return repairs
  }
}
