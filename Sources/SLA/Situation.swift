/// How a clock stands against its deadline, best first.
public enum Situation: String, Sendable, Comparable, CaseIterable {
  case onTime = "on-time"
  case nearDue = "near-due"
  case late = "late"

  private var rank: Int {
    switch self {
    case .onTime: 0
    case .nearDue: 1
    case .late: 2
    }
  }

  public static func < (left: Situation, right: Situation) -> Bool { left.rank < right.rank }
}

/// What is being timed: three clocks of a ticket, two of a task.
public enum ClockKind: String, CaseIterable, Sendable {
  /// From a ticket's opening to support's first response.
  case firstResponse = "first-response"
  /// From a client's word that awaits an answer to support's next response.
  case nextResponse = "next-response"
  /// From a ticket's opening to its closing.
  case resolution
  /// From the giving of a task to its closing.
  case completion
  /// From the closing of a task to the administrator's sign-off.
  case vobo
}
