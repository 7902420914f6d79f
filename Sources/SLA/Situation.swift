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
  case firstResponse = "first-response"
  case nextResponse = "next-response"
  case resolution
  case completion
  case vobo
}
