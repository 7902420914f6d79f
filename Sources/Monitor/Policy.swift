public import Desk
public import SLA

/// What a desk promises to some of its tickets. Policies are asked in their order; the first that matches rules.
public struct Policy: Hashable, Sendable {
  public var name: String
  public var match: PolicyMatch
  /// The name of the calendar by which its clocks count.
  public var calendar: String
  public var resolution: ClockRule
  public var reopening: Reopening

  public init(
    name: String, match: PolicyMatch = PolicyMatch(), calendar: String, resolution: ClockRule = ClockRule(),
    reopening: Reopening = .continue
  ) {
    self.name = name
    self.match = match
    self.calendar = calendar
    self.resolution = resolution
    self.reopening = reopening
  }
}

/// How one clock of a policy runs.
public struct ClockRule: Hashable, Sendable {
  /// The plazo of a ticket that brings none; `nil`: such a ticket runs without one (sin plazo).
  public var plazo: Plazo?
  public var near: NearDueRule
  /// While one of these must act, the clock stands still.
  public var pauseWhileWaitingOn: Set<Party>

  public init(plazo: Plazo? = nil, near: NearDueRule = .default, pauseWhileWaitingOn: Set<Party> = []) {
    self.plazo = plazo
    self.near = near
    self.pauseWhileWaitingOn = pauseWhileWaitingOn
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

  public func fits(client: String?, product: String?, provider: String?, priority: String?) -> Bool {
    func fits(_ legal: [String], _ value: String?) -> Bool { legal.isEmpty || value.map(legal.contains) ?? false }
    return fits(clients, client) && fits(products, product) && fits(providers, provider) && fits(priorities, priority)
  }
}

/// Policies and the calendars that they name, as a configuration has them.
public struct Rules: Hashable, Sendable {
  public var policies: [Policy]
  public var calendars: [String: CalendarDefinition]

  public init(policies: [Policy], calendars: [String: CalendarDefinition]) {
    self.policies = policies
    self.calendars = calendars
  }

  /// The calendar that every desk has: around the clock, every day.
  public static let alwaysCalendar = "always"
}
