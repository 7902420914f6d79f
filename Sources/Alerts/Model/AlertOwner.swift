public import SLA

/// What an alert is about: a ticket or a task, by its number.
public enum AlertOwner: Hashable, Sendable {
  case ticket(Int64)
  case task(Int64)

  public init(_ id: Int64, of clock: ClockKind) {
    switch clock {
    case .firstResponse, .nextResponse, .resolution: self = .ticket(id)
    case .completion, .vobo: self = .task(id)
    }
  }

  public var id: Int64 {
    switch self {
    case .ticket(let id), .task(let id): id
    }
  }

  var isTask: Bool { if case .task = self { true } else { false } }
  var ticketID: Int64? { if case .ticket(let id) = self { id } else { nil } }
  var taskID: Int64? { if case .task(let id) = self { id } else { nil } }

  /// How keys begin: `4711` of a ticket, `task/12` of a task.
  var key: String { isTask ? "task/\(id)" : "\(id)" }

  /// `ticket` or `task`, as the tables of the monitor begin.
  var table: String { isTask ? "task" : "ticket" }
}

/// Who is told: a user of the desk, or an address or room outside of it.
enum RecipientID: Hashable, Sendable {
  case user(Int64)
  /// A mail address, or a room of a chat that a channel posts to.
  case outside(String)

  var userID: Int64? { if case .user(let id) = self { id } else { nil } }
  var outside: String? { if case .outside(let text) = self { text } else { nil } }

  /// As keys end.
  var key: String {
    switch self {
    case .user(let id): "\(id)"
    case .outside(let text): text
    }
  }
}

/// What makes an alert this one and no other. The table keeps it unique, so that no crash tells one twice.
struct AlertKey: Hashable, Sendable {
  var owner: AlertOwner
  /// The clock, or what happened: `event`.
  var clock: ClockKind?
  var cycle: Int64
  var kind: AlertKind
  /// Of a clock that is not paused; of an event its sequence stands here.
  var deadline: Int64?
  /// An escalation's level, the number of a repeat, else 0.
  var level: Int64
  var recipient: RecipientID?
  var channel: String

  /// `4711/resolution/1/late/1774652400/0/12/maildir`
  var text: String {
    let what = clock?.rawValue ?? "event"
    let due = deadline.map { String($0) } ?? "paused"
    return
      "\(owner.key)/\(what)/\(cycle)/\(kind.rawValue)/\(due)/\(level)/\(recipient?.key ?? "nobody")/\(channel)"
  }
}
