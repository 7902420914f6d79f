internal import SLA

/// The rows of events of one ticket, in the order of their instants.
struct EventLog {
  let entries: [(at: Instant, facts: TicketFacts)]
  /// Where the closed rows begin with which the log ends; its count when it does not end so.
  private let tail: Int

  init(entries: [(at: Instant, facts: TicketFacts)]) {
    self.entries = entries
    tail = (entries.lastIndex { $0.facts.status != .closed } ?? -1) + 1
  }

  /// The instant of the closing that the log ends with.
  var closing: Instant? { tail < entries.count ? entries[tail].at : nil }

  func count(before instant: Instant) -> Int { entries.count { $0.at < instant } }

  /// Takes every row, each in its place among `recorded`, what the desk has on record in the order of its instants.
  ///
  /// - Parameter isSettled: whether the ticket's own row says how it ended. The closed rows at the end then tell their
  ///   other facts only, as they do where a recorded closing is the one that they mean.
  func walk(
    _ timeline: inout TicketTimeline, past recorded: [(change: TicketChange, at: Instant)] = [], isSettled: Bool
  ) {
    let ending = recorded.last { $0.change == .closed || $0.change.kind == .reopened }
    let isRecorded = ending?.change == .closed && (tail == 0 || ending!.at >= entries[tail - 1].at)
    let isEnded = isSettled || isRecorded
    var place = 0
    func takeNext() {
      let (at, facts) = entries[place]
      timeline.take(isEnded && place >= tail ? facts.without([.status]) : facts, at: at)
      place += 1
    }
    for (change, at) in recorded {
      // At one instant the rows come before a closing and after anything else.
      while place < entries.count, entries[place].at < at || (entries[place].at == at && change == .closed) {
        takeNext()
      }
      timeline.pass(change, at: at)
    }
    while place < entries.count { takeNext() }
  }
}
