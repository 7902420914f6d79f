internal import Desk
internal import SLA
internal import SQLite

/// A written alert and all that deciding about it takes: what it was when it was written, and how things stand now.
struct AlertFacts {
  var id: Int64
  var kind: AlertKind
  var owner: AlertOwner
  var clock: ClockKind?
  var cycle: Int64
  var deadline: Instant?
  var situation: Situation?
  var level: Int64
  var recipient: RecipientID
  var channel: String
  var standsInFor: Int64?
  var transitionID: Int64?
  var event: Int64?
  var happenedAt: Instant
  var recordedAt: Instant
  var notBefore: Instant?
  var isGrace: Bool
  /// What it was held for when it was last looked at.
  var held: HoldReason?

  // How it stands now.
  var isClosed: Bool
  var vobo: VoBo?
  var parties: Parties
  /// `nil` when the clock does not run.
  var current: CurrentClock?
  /// Of a repeat or an escalation: until when somebody said that they know.
  var acknowledgedUntil: Instant?
  /// Of an escalation: the recipient was told of this lateness as the one who works on it.
  var wasTold: Bool
  /// The clock got better in between and went bad anew: that has an alert of its own.
  var wasBetter = false
  /// Working time late when it was routed, where a route asks for it.
  var late: Seconds

  struct CurrentClock: Hashable {
    var situation: Situation
    var cycle: Int64
    var deadline: Instant?
  }

  /// Whose concern it is: of a stand-in's alert, the one away.
  var concerned: Int64? { standsInFor ?? recipient.userID }

  var routeFacts: RouteFacts {
    RouteFacts(
      kind: kind, isTask: owner.isTask, clock: clock == .vobo ? .vobo : nil, level: kind == .escalation ? level : 0,
      parties: parties, late: late)
  }
}

extension AlertFacts {
  /// Every alert that is to be decided upon at an instant: the pending ones, and those held whose time has come.
  static func due(at now: Instant, on connection: Connection) throws -> [AlertFacts] {
    var all: [AlertFacts] = []
    for owner in ["ticket", "task"] {
      for condition in ["a.state = 'pending'", "a.state = 'held' AND a.next_at <= ?1"] {
        let statement = try connection.prepare(
          sql: "\(select(owner)) WHERE \(condition) AND a.\(owner)_id IS NOT NULL ORDER BY a.id")
        statement.bind(1, now.seconds)
        while try statement.step() { if let facts = try AlertFacts(statement, owner: owner) { all.append(facts) } }
      }
    }
    return all
  }

  /// Those that a message tells.
  static func told(byMessage id: Int64, on connection: Connection) throws -> [AlertFacts] {
    var all: [AlertFacts] = []
    for owner in ["ticket", "task"] {
      let statement = try connection.prepare(
        sql: "\(select(owner)) WHERE a.message_id = ? AND a.\(owner)_id IS NOT NULL ORDER BY a.id")
      statement.bind(1, id)
      while try statement.step() { if let facts = try AlertFacts(statement, owner: owner) { all.append(facts) } }
    }
    return all
  }

  private static func select(_ owner: String) -> String {
    let isTask = owner == "task"
    let parties =
      isTask
      ? "o.technician_id, o.given_by, NULL, t.client_id, t.product_id, t.provider_id, t.priority"
      : "o.assigned_id, o.responsible_id, o.registered_by, o.client_id, o.product_id, o.provider_id, o.priority"
    // An alert's own key begins as those of the same clock do.
    let prefix = "\(isTask ? "'task/' || " : "")a.\(owner)_id || '/' || a.clock || '/' || a.cycle || '/'"
    return """
      SELECT a.id, a.kind, a.\(owner)_id, a.clock, a.cycle, a.deadline, a.situation, a.level, a.recipient_id, a.address,
        a.channel, a.stands_in_for, coalesce(a.transition_id, a.task_transition_id), a.event, a.happened_at,
        a.recorded_at, a.not_before, a.is_grace, iif(a.state = 'held', a.reason, NULL),
        o.status = 'closed', o.vobo, \(parties), c.situation, c.cycle, c.deadline,
        CASE WHEN a.kind = 'still-late' OR a.kind = 'escalation' THEN (
          SELECT k.expires_at FROM alert_acknowledgement k
          WHERE k.\(owner)_id = a.\(owner)_id AND k.clock = a.clock AND k.cycle = c.cycle AND k.deadline IS c.deadline
          ORDER BY k.id DESC LIMIT 1) END,
        CASE WHEN a.kind = 'escalation' THEN EXISTS (
          SELECT 1 FROM alert x WHERE x.key > \(prefix) AND x.key < \(prefix) || '~' AND x.deadline IS a.deadline
            AND x.state = 'grouped' AND x.recipient_id = a.recipient_id
            AND x.kind IN ('late', 'still-late', 'task-late', 'vobo-late')) ELSE 0 END,
        a.late_s,
        -- Asked only where the deadline has moved on beyond the alert: else nothing can have got better.
        CASE WHEN c.deadline IS NOT a.deadline AND c.deadline >= a.recorded_at THEN EXISTS (
          SELECT 1 FROM \(owner)_transition n
          WHERE n.happened_at >= a.happened_at AND n.\(owner)_id = a.\(owner)_id AND n.kind = a.clock AND n.cycle = a.cycle
            AND n.id > coalesce(a.transition_id, a.task_transition_id)
            AND (n.to_situation = 'on-time' OR n.to_situation = 'near-due' AND a.situation = 'late')) ELSE 0 END
      FROM alert a
      JOIN \(owner) o ON o.id = a.\(owner)_id
      \(isTask ? "LEFT JOIN ticket t ON t.id = o.ticket_id" : "")
      LEFT JOIN \(owner)_clock c ON c.\(owner)_id = a.\(owner)_id AND c.kind = a.clock
      """
  }

  private init?(_ row: Statement, owner: String) throws {
    id = row.integer(0)
    func unknown() -> UnknownWord { UnknownWord(table: "alert", id: row.integer(0)) }
    guard let kind = AlertKind(rawValue: row.text(1)) else { throw unknown() }
    self.kind = kind
    self.owner = owner == "task" ? .task(row.integer(2)) : .ticket(row.integer(2))
    clock = try row.textOrNil(3).map { text in
      guard let clock = ClockKind(rawValue: text) else { throw unknown() }
      return clock
    }
    cycle = row.integer(4)
    deadline = row.integerOrNil(5).map { Instant($0) }
    situation = row.textOrNil(6).flatMap(Situation.init)
    level = row.integer(7)
    if let user = row.integerOrNil(8) {
      recipient = .user(user)
    } else if let address = row.textOrNil(9) {
      recipient = .outside(address)
    } else {
      return nil
    }
    channel = row.text(10)
    standsInFor = row.integerOrNil(11)
    transitionID = row.integerOrNil(12)
    event = row.integerOrNil(13)
    happenedAt = Instant(row.integer(14))
    recordedAt = Instant(row.integer(15))
    notBefore = row.integerOrNil(16).map { Instant($0) }
    isGrace = row.integer(17) == 1
    held = row.textOrNil(18).flatMap(HoldReason.init)
    isClosed = row.integer(19) == 1
    vobo = row.textOrNil(20).flatMap(VoBo.init)
    parties = Parties(
      assigned: row.integerOrNil(21), responsible: row.integerOrNil(22), registeredBy: row.integerOrNil(23),
      client: row.integerOrNil(24), product: row.integerOrNil(25), provider: row.integerOrNil(26),
      priority: row.textOrNil(27))
    if let situation = row.textOrNil(28).flatMap(Situation.init) {
      current = CurrentClock(
        situation: situation, cycle: row.integer(29), deadline: row.integerOrNil(30).map { Instant($0) })
    }
    acknowledgedUntil = row.integerOrNil(31).map { Instant($0) }
    wasTold = row.integer(32) == 1
    late = row.integer(33)
    wasBetter = row.integer(34) == 1
  }
}

/// A row holds a word that this program does not know: a newer one wrote it.
struct UnknownWord: Error, CustomStringConvertible {
  var table: String
  var id: Int64?
  var description: String { "\(table) \(id.map { String($0) } ?? "") has a word that this version does not know" }
}
