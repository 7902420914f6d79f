public import SLA

/// What a clock belongs to. The tables of each have its name in front: `ticket_clock`, `task_clock`.
public enum ClockOwner: String, Sendable, CaseIterable {
  case ticket
  case task

  var clocks: String { "\(rawValue)_clock" }
  var pauses: String { "\(rawValue)_clock_pause" }
  var verdicts: String { "\(rawValue)_verdict" }
  var transitions: String { "\(rawValue)_transition" }
  /// The column of those tables that names the ticket or task.
  var column: String { "\(rawValue)_id" }
}

extension ClockKind {
  public var owner: ClockOwner {
    switch self {
    case .firstResponse, .nextResponse, .resolution: .ticket
    case .completion, .vobo: .task
    }
  }
}
