public import Monitor
public import SLA
public import SQLite

/// Writes the alerts that a sweep causes, in the sweep's own transaction: the first step of the pipeline, the routing.
///
/// Made anew for each sweep, since it reads the users once. A first sweep may call it hundreds of thousands of times:
/// one lookup by rowid and one insert each, and for what goes late a second insert of its watch.
public final class AlertWriter: TransitionObserver {
  private let now: Instant
  private let rules: AlertRules
  private let hours: DeskHours
  private let router: Router
  private let parties: PartiesLookup
  private let store: AlertStore
  private let watches: WatchStore
  private var known: [RouteFacts: [Routing]] = [:]

  /// - Parameters:
  ///   - now: the instant of the sweep, kept as `recorded_at`.
  ///   - mailChannels: the names of those that write mails.
  public init(
    on connection: Connection, rules: AlertRules, hours: DeskHours, mailChannels: Set<String>, now: Instant
  ) throws {
    self.now = now
    self.rules = rules
    self.hours = hours
    router = Router(
      rules, directory: try Directory(on: connection, now: now), names: try NameIDs(on: connection),
      mailChannels: mailChannels)
    parties = try PartiesLookup(on: connection)
    store = try AlertStore(on: connection, now: now)
    watches = try WatchStore(on: connection)
  }

  public func situationGotWorse(_ transition: Transition) throws {
    guard let kind = AlertKind(transition.to, of: transition.clock) else { return }
    let owner = transition.owner
    let isOff = rules.off.contains(kind)
    if isOff, rules.off.isSuperset(of: [.stillLate, .escalation]) { return }
    guard let parties = try parties.parties(of: owner) else { return }
    let facts = RouteFacts(
      kind: kind, isTask: owner.isTask, clock: transition.clock == .vobo ? .vobo : nil, level: 0, parties: parties,
      late: lateness(transition))
    if !isOff {
      let alert = NewAlert(
        owner: owner, kind: kind, clock: transition.clock, cycle: transition.cycle, deadline: transition.deadline,
        situation: transition.to, level: 0, late: facts.late, transitionID: transition.id,
        happenedAt: transition.happenedAt,
        graceUntil: transition.graceUntil)
      for routing in routings(facts) { try store.write(alert, to: routing, hours: hours) }
    }
    if let watch = try FollowUp(rules, hours).armed(
      by: transition, late: facts.late, again: again(kind, facts), now: now)
    {
      try watches.write(watch)
    }
  }

  /// How long after a word about lateness the next one comes.
  private func again(_ kind: AlertKind, _ facts: RouteFacts) -> Plazo? {
    guard kind.isOfLateness, !rules.off.contains(.stillLate) else { return nil }
    var facts = facts
    facts.kind = .stillLate
    return router.route(facts)?.again
  }

  private func lateness(_ transition: Transition) -> Seconds {
    guard router.asksForLateness, transition.to == .late, let deadline = transition.deadline else { return 0 }
    return (try? hours.desk.worked(from: deadline, to: now)) ?? 0
  }

  private func routings(_ facts: RouteFacts) -> [Routing] {
    if let routings = known[facts] { return routings }
    let found = router.routings(facts)
    known[facts] = found
    return found
  }
}

extension Transition {
  var owner: AlertOwner { AlertOwner(ownerID, of: clock) }
}
