/// How a running clock stands to its deadline: green, yellow or red. Ordered, the worst last.
public enum Situation: String, Sendable, Comparable, CaseIterable {
  case onTime = "on-time"
  case nearDue = "near-due"
  case late = "late"

  public static func < (left: Situation, right: Situation) -> Bool { left.rank < right.rank }
  /// 0 to 2, the worst last.
  public var rank: Int {
    switch self {
    case .onTime: 0
    case .nearDue: 1
    case .late: 2
    }
  }
}

/// One promise being timed: the first three of a ticket, the others of a task.
public enum ClockKind: String, Sendable, CaseIterable {
  case firstResponse = "first-response"
  case nextResponse = "next-response"
  case resolution
  case completion
  case vobo
}
