public import Monitor
public import SLA
public import SQLite

/// Writes the alerts that a sweep causes, in the sweep's own transaction: the first half of the pipeline (`Pipeline`).
///
/// Made anew for each sweep, since it reads the users once. A first sweep may call it hundreds of thousands of times:
/// one lookup by rowid and one insert each.
public final class AlertWriter: TransitionObserver {
  private struct Technicians: Hashable {
    var assigned: Int64?
    var responsible: Int64?
  }

  private let now: Instant
  private let directory: Directory
  private let findTechnicians: Statement
  private let insert: Statement
  private var routes: [Technicians: [Route]] = [:]

  /// - Parameter now: the instant of the sweep, kept as `recorded_at`.
  public init(on connection: Connection, now: Instant) throws {
    self.now = now
    directory = try Directory(on: connection)
    findTechnicians = try connection.prepare(sql: "SELECT assigned_id, responsible_id FROM ticket WHERE id = ?")
    insert = try connection.prepare(
      sql: """
        INSERT INTO alert (key, kind, ticket_id, clock, deadline, situation, recipient_id, transition_id, happened_at,
          recorded_at, state, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
        """)
  }

  public func situationGotWorse(_ transition: Transition) throws {
    guard transition.clock.owner == .ticket, let kind = AlertKind(transition.to) else { return }
    for route in try routes(ofTicket: transition.ownerID) {
      insert.reset()
      insert.bind(1, Self.key(kind: kind, transition, recipientID: route.recipientID))
      insert.bind(2, kind.rawValue)
      insert.bind(3, transition.ownerID)
      insert.bind(4, transition.clock.rawValue)
      insert.bind(5, transition.deadline?.seconds)
      insert.bind(6, transition.to.rawValue)
      insert.bind(7, route.recipientID)
      insert.bind(8, transition.id)
      insert.bind(9, transition.happenedAt.seconds)
      insert.bind(10, now.seconds)
      insert.bind(11, (route.dropped == nil ? AlertState.pending : .dropped).rawValue)
      insert.bind(12, route.dropped?.rawValue)
      while try insert.step() {}
    }
  }

  private func routes(ofTicket id: Int64) throws -> [Route] {
    findTechnicians.reset()
    findTechnicians.bind(1, id)
    guard try findTechnicians.step() else { return [] }
    let technicians = Technicians(
      assigned: findTechnicians.integerOrNil(0), responsible: findTechnicians.integerOrNil(1))
    findTechnicians.reset()
    if let known = routes[technicians] { return known }
    let found = Route.find(assigned: technicians.assigned, responsible: technicians.responsible, in: directory)
    routes[technicians] = found
    return found
  }

  /// `4711/resolution/late/1774652400/0/12`: the same alert to the same person is written once, whatever crashes.
  private static func key(kind: AlertKind, _ transition: Transition, recipientID: Int64?) -> String {
    let deadline = transition.deadline.map { String($0.seconds) } ?? "paused"
    let recipient = recipientID.map { String($0) } ?? "nobody"
    return "\(transition.ownerID)/\(transition.clock.rawValue)/\(kind.rawValue)/\(deadline)/\(firstLevel)/\(recipient)"
  }

  /// The level of an alert that goes to whoever works on the ticket; an escalation's is higher.
  private static let firstLevel = 0
}
