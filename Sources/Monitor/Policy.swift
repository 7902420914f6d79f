public import Desk
public import SLA

/// What a desk promises to some of its tickets. Policies are asked in their order; the first that matches rules.
public struct Policy: Hashable, Sendable {
  public var name: String
  public var match: PolicyMatch
  /// The name of the calendar by which its clocks count.
  public var calendar: String
  public var resolution: ClockRule
  /// `nil`: the first response is not timed.
  public var firstResponse: ClockRule?
  /// `nil`: later responses are not timed.
  public var nextResponse: ClockRule?
  /// What of all that support does counts as a response.
  public var responses: Set<ResponseAct>
  public var reopening: Reopening

  public init(
    name: String, match: PolicyMatch = PolicyMatch(), calendar: String, resolution: ClockRule = ClockRule(),
    firstResponse: ClockRule? = nil, nextResponse: ClockRule? = nil, responses: Set<ResponseAct> = [.reply],
    reopening: Reopening = .continue
  ) {
    self.name = name
    self.match = match
    self.calendar = calendar
    self.resolution = resolution
    self.firstResponse = firstResponse
    self.nextResponse = nextResponse
    self.responses = responses
    self.reopening = reopening
  }

  /// `nil` for a clock that does not run under this policy.
  func rule(of kind: ClockKind) -> ClockRule? {
    switch kind {
    case .firstResponse: firstResponse
    case .nextResponse: nextResponse
    case .resolution: resolution
    case .completion, .vobo: nil
    }
  }
}

/// What support can do that a policy may count as a response to the client. Whatever came with the opening itself is
/// none, unless it is a reply.
public enum ResponseAct: String, Sendable, CaseIterable {
  /// A text by support.
  case reply
  /// The word that the client or the provider must act next.
  case waiting
  /// A plazo, or a due instant, set by hand.
  case plazo
  /// The ticket given to a technician.
  case assigned
}

/// What is promised of tasks: one rule for all of them (manual, 6).
public struct TaskRules: Hashable, Sendable {
  public var calendar: String
  /// A plazo or due instant that came with the task goes before this one's.
  public var completion: ClockRule
  /// `nil`: the VoBo of closed tasks is not timed.
  public var vobo: ClockRule?
  /// What becomes of the completion clock when a VoBo is refused.
  public var reopening: Reopening

  public init(
    calendar: String, completion: ClockRule = ClockRule(), vobo: ClockRule? = nil, reopening: Reopening = .continue
  ) {
    self.calendar = calendar
    self.completion = completion
    self.vobo = vobo
    self.reopening = reopening
  }

  /// `nil` for a clock that does not run.
  func rule(of kind: ClockKind) -> ClockRule? {
    switch kind {
    case .completion: completion
    case .vobo: vobo
    case .firstResponse, .nextResponse, .resolution: nil
    }
  }

  /// What stands for a policy's name in the rows of tasks' clocks.
  public static let policyName = "tasks"
}

extension ClockKind {
  /// A policy's name as people are told it; `nil` where none was chosen: a task's clocks follow one rule for all.
  public func toldPolicy(_ name: String) -> String? { owner == .ticket && !name.isEmpty ? name : nil }
}

/// How one clock of a policy runs.
public struct ClockRule: Hashable, Sendable {
  /// The plazo of a ticket that brings none; `nil`: such a ticket runs without one (sin plazo).
  public var plazo: Plazo?
  public var near: NearDueRule
  /// While one of these must act, the clock stands still.
  public var pauseWhileWaitingOn: Set<Party>
  /// Whether the clock stands still while its ticket is put aside until a date.
  public var pauseWhileAside: Bool

  public init(
    plazo: Plazo? = nil, near: NearDueRule = .default, pauseWhileWaitingOn: Set<Party> = [],
    pauseWhileAside: Bool = true
  ) {
    self.plazo = plazo
    self.near = near
    self.pauseWhileWaitingOn = pauseWhileWaitingOn
    self.pauseWhileAside = pauseWhileAside
  }
}

/// What becomes of the clock of a ticket that is opened again (design: rules of the clock, 10).
public enum Reopening: String, Sendable, CaseIterable {
  /// It goes on where it stood; the time while closed does not count.
  case `continue`
  /// It goes on as if it had never been closed.
  case countClosed = "count-closed"
  /// It starts anew at the reopening.
  case restart
}

/// The tickets that a policy is for: all that it names must fit. An empty list fits any.
public struct PolicyMatch: Hashable, Sendable {
  public var clients: [String]
  public var products: [String]
  public var providers: [String]
  public var priorities: [String]

  public init(
    clients: [String] = [], products: [String] = [], providers: [String] = [], priorities: [String] = []
  ) {
    self.clients = clients
    self.products = products
    self.providers = providers
    self.priorities = priorities
  }

  /// Whether a ticket with these has one of each list that names any; an empty list fits everything.
  public func fits(client: String?, product: String?, provider: String?, priority: String?) -> Bool {
    func fits(_ legal: [String], _ value: String?) -> Bool { legal.isEmpty || value.map(legal.contains) ?? false }
    return fits(clients, client) && fits(products, product) && fits(providers, provider) && fits(priorities, priority)
  }
}

/// Policies and the calendars that they name, as a configuration has them.
public struct Rules: Hashable, Sendable {
  public var policies: [Policy]
  public var tasks: TaskRules
  public var calendars: [String: CalendarDefinition]

  public init(policies: [Policy], tasks: TaskRules? = nil, calendars: [String: CalendarDefinition]) {
    self.policies = policies
    self.tasks = tasks ?? TaskRules(calendar: Self.usualCalendar(policies))
    self.calendars = calendars
  }

  /// The calendar of what no rule names one for: that of the last policy, which is the one for everybody.
  public static func usualCalendar(_ policies: [Policy]) -> String { policies.last?.calendar ?? alwaysCalendar }

  /// The calendar that every desk has: around the clock, every day.
  public static let alwaysCalendar = "always"
}
