internal import Desk
internal import SLA

/// What happens to an alert between a transition and a mail, in this order:
///
/// 1. *route* to people, in the transaction of the sweep (`AlertWriter`), and again whenever it is looked at;
/// 2. *recheck*, *silence*, *acknowledge*, *inhibit*, *hold*: the list below, in a transaction of its own with the rest;
/// 3. *gate*: no person has more than one digest in a window, nor more than a cap in an hour; letters pass;
/// 4. *group* into one digest for each person, or one letter for each client and ticket, where each ticket stands once;
/// 5. *deduplicate*: the keys of alerts and messages are unique;
/// 6. *enqueue* as a message.
///
/// Each step is a pure function of the alert and of the moment, and gives its reason; the first that decides ends it.
enum Pipeline {
  static let steps: [Step] = [recheck, route, silence, acknowledge, inhibit, hold]

  typealias Step = @Sendable (AlertFacts, Moment) throws -> Decision?

  enum Decision: Hashable {
    case tell
    case hold(until: Instant, HoldReason)
    case drop(DropReason)
    /// It concerns others by now. They get alerts of their own where they have none.
    case reroute([Routing])
  }

  static func decide(_ alert: AlertFacts, _ moment: Moment) throws -> Decision {
    for step in steps { if let decision = try step(alert, moment) { return decision } }
    return .tell
  }

  /// Whether what a message tells is no longer so: asked before its first attempt.
  static func isOutdated(_ alert: AlertFacts, _ moment: Moment) -> Bool {
    // Having been told already is no reason here: this very message may be what told it.
    for step in [recheck, route] where step(alert, moment) != nil { return true }
    return alert.kind == .nearDue && alert.current?.situation == .late
  }

  // MARK: The steps

  /// What was true when the alert was written and is no longer.
  ///
  /// A deadline that moved is no reason: a clock that stays late by its new deadline tells no second transition. One that
  /// was in time in between does.
  static func recheck(_ alert: AlertFacts, _ moment: Moment) -> Decision? {
    switch alert.kind {
    case .answered, .recovered: return nil
    case .assigned, .taskAssigned:
      if alert.isClosed { return .drop(.ticketClosed) }
      return alert.concerned == alert.parties.assigned ? nil : .drop(.concernsAnother)
    case .voboWanted:
      return alert.isClosed && alert.vobo == .pending ? nil : .drop(.voboGiven)
    case .nearDue, .late, .stillLate, .escalation, .taskLate, .voboLate:
      guard let current = alert.current else {
        if alert.clock == .vobo { return .drop(.voboGiven) }
        return .drop(alert.isClosed ? .ticketClosed : .clockStopped)
      }
      if current.cycle != alert.cycle || alert.wasBetter { return .drop(.situationChanged) }
      return current.situation < alert.situation ?? .late ? .drop(.situationChanged) : nil
    }
  }

  /// Whether the recipient is still the one to tell.
  static func route(_ alert: AlertFacts, _ moment: Moment) -> Decision? {
    if case .user(let id) = alert.recipient, moment.directory[id]?.isActive != true {
      if !alert.kind.isOfClock { return .drop(.recipientInactive) }
    }
    guard alert.kind.isOfClock else { return nil }
    let routings = moment.routings(alert.routeFacts)
    let isMeant = routings.contains {
      $0.recipient == alert.recipient && $0.channel == alert.channel && $0.dropped == nil
    }
    return isMeant || routings.isEmpty ? nil : .reroute(routings)
  }

  /// What somebody wants no word of for a time.
  static func silence(_ alert: AlertFacts, _ moment: Moment) -> Decision? {
    let until = moment.silences.filter { $0.fits(alert) && moment.now < $0.until }.map(\.until).max()
    return until.map { .hold(until: $0, .silenced) }
  }

  static func acknowledge(_ alert: AlertFacts, _ moment: Moment) -> Decision? {
    guard let until = alert.acknowledgedUntil, moment.now < until else { return nil }
    return .hold(until: until, .acknowledged)
  }

  /// A worse alert hides a milder one; who was told as the one at work is not told again as the one above.
  static func inhibit(_ alert: AlertFacts, _ moment: Moment) -> Decision? {
    if alert.kind == .nearDue, alert.current?.situation == .late { return .drop(.hiddenByLate) }
    return alert.kind == .escalation && alert.wasTold ? .drop(.toldAlready) : nil
  }

  /// Grace, the route's first wait, and the working hours of whoever is told.
  static func hold(_ alert: AlertFacts, _ moment: Moment) throws -> Decision? {
    if let notBefore = alert.notBefore, moment.now < notBefore {
      return .hold(until: notBefore, alert.isGrace ? .grace : .wait)
    }
    let opens = try moment.opening(for: alert)
    return opens > moment.now ? .hold(until: opens, .offHours) : nil
  }

  // MARK: The gate

  /// When a person may have the next digest, and why not before; `nil`: now.
  ///
  /// - Parameter earlier: when the person's digests of the last hour, or the last one, were made.
  static func gate(_ earlier: [Instant], rules: AlertRules, now: Instant) -> (until: Instant, reason: HoldReason)? {
    let inHour = earlier.filter { now - $0 < 3600 }.sorted()
    if inHour.count >= rules.cap { return (inHour[inHour.count - rules.cap] + 3600, .cap) }
    if let last = earlier.max(), now - last < rules.window { return (last + rules.window, .window) }
    return nil
  }
}

/// All that steps look at besides the alert: the same for all alerts of a pass.
final class Moment {
  let now: Instant
  let rules: AlertRules
  let router: Router
  let silences: [Silence]
  let hours: DeskHours
  private var known: [RouteFacts: [Routing]] = [:]

  init(now: Instant, rules: AlertRules, router: Router, silences: [Silence], hours: DeskHours) {
    self.now = now
    self.rules = rules
    self.router = router
    self.silences = silences
    self.hours = hours
  }

  var directory: Directory { router.directory }

  func routings(_ facts: RouteFacts) -> [Routing] {
    if let routings = known[facts] { return routings }
    let found = router.routings(facts)
    known[facts] = found
    return found
  }

  /// From when on an alert may be told: now, or the next opening of the hours that count for it.
  func opening(for alert: AlertFacts) throws -> Instant {
    switch router.route(alert.routeFacts)?.hours ?? .recipient {
    case .always: return now
    case .calendar(let name): return try hours.timeline(name).openInstant(from: now)
    case .recipient:
      let person = alert.recipient.userID.flatMap { directory[$0] }
      if person?.role == .client, person?.calendar == nil { return now }
      return try (person?.calendar.map { try hours.timeline($0) } ?? hours.desk).openInstant(from: now)
    }
  }
}
