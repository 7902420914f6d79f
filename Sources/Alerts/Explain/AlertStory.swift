public import SLA
public import SQLite

/// Why somebody was told of a ticket or task, or was not: every alert with its reason, and what comes next.
public struct AlertStory: Sendable {
  /// One alert, and what became of it.
  public struct Entry: Sendable {
    public var id: Int64
    public var kind: AlertKind
    public var level: Int64
    public var clock: ClockKind?
    /// A login, an address or a room; `nil` when nobody could be found.
    public var recipient: String?
    /// The login of the one away for whom the recipient is told.
    public var standsInFor: String?
    public var channel: String
    public var happenedAt: Instant
    public var state: AlertState
    /// A `HoldReason` or a `DropReason`, as the state says.
    public var reason: String?
    /// When a held one is looked at again.
    public var nextAt: Instant?
    public var messageID: Int64?
    public var messageState: MessageState?
    public var sentAt: Instant?
  }

  /// Somebody whom an alert would name.
  public struct Hearer: Sendable {
    /// A login, an address or a room; `nil` when nobody could be found.
    public var recipient: String?
    /// Why that one would hear nothing all the same; `nil`: would be told.
    public var dropped: DropReason?
  }

  /// A clock that went bad and is followed up.
  public struct Pursuit: Sendable {
    public var clock: ClockKind
    public var repeatAt: Instant?
    /// The next level that is not reached yet, and whom it would tell; `nil` when the highest is.
    public var nextLevel: Int64?
    public var nextLevelTells: [Hearer] = []
    /// When the clock is looked at next.
    public var nextAt: Instant?
  }

  /// A running clock, and who hears of it.
  public struct Clock: Sendable {
    public var kind: ClockKind
    public var situation: Situation
    public var deadline: Instant?
    /// Who would hear if it went late now.
    public var wouldTell: [Hearer]
  }

  /// That somebody knows, and until when it holds.
  public struct Acknowledged: Sendable {
    public var clock: ClockKind
    public var by: String
    public var at: Instant
    public var expiresAt: Instant
    public var reason: String?
  }

  public var entries: [Entry]
  public var clocks: [Clock]
  public var pursuits: [Pursuit]
  public var acknowledgements: [Acknowledged]
  /// The numbers of the silences in force that fit the ticket, and their ends.
  public var silences: [(id: Int64, until: Instant)]

  public static func read(
    _ owner: AlertOwner, rules: AlertRules, mailChannels: Set<String>, on connection: Connection, now: Instant
  ) throws -> AlertStory {
    let directory = try Directory(on: connection, now: now)
    let router = Router(rules, directory: directory, names: try NameIDs(on: connection), mailChannels: mailChannels)
    let parties = try PartiesLookup(on: connection).parties(of: owner) ?? Parties()
    func hearers(_ facts: RouteFacts) -> [Hearer] {
      router.routings(facts).map { routing in
        Hearer(
          recipient: routing.recipient?.userID.flatMap { directory[$0]?.login } ?? routing.recipient?.outside,
          dropped: routing.dropped)
      }
    }
    func facts(_ kind: AlertKind, _ clock: ClockKind, level: Int64 = 0) -> RouteFacts {
      RouteFacts(
        kind: kind, isTask: owner.isTask, clock: clock == .vobo ? .vobo : nil, level: level, parties: parties, late: 0)
    }
    return AlertStory(
      entries: try entries(owner, on: connection),
      clocks: try clocks(owner, on: connection).map { clock in
        var clock = clock
        clock.wouldTell = AlertKind(.late, of: clock.kind).map { hearers(facts($0, clock.kind)) } ?? []
        return clock
      },
      pursuits: try WatchStore.watches(of: owner, on: connection).filter { $0.nextAt != nil }.map { watch in
        let levels = rules.off.contains(.escalation) ? 0 : rules.escalation.count
        let next = (0..<levels).first { !watch.reached.contains($0 + 1) }.map { Int64($0) + 1 }
        return Pursuit(
          clock: watch.clock, repeatAt: watch.repeatAt, nextLevel: next,
          nextLevelTells: next.map { hearers(facts(.escalation, watch.clock, level: $0)) } ?? [], nextAt: watch.nextAt)
      },
      acknowledgements: try acknowledgements(owner, on: connection, now: now),
      silences: try Silence.inForce(at: now, on: connection).filter { silence in
        (silence.ticketID.map { owner == .ticket($0) } ?? true)
          && (silence.clientID.map { parties.client == $0 } ?? true)
          && (silence.technicianID.map { [parties.assigned, parties.responsible].contains($0) } ?? true)
      }.map { ($0.id, $0.until) })
  }

  private static func entries(_ owner: AlertOwner, on connection: Connection) throws -> [Entry] {
    // An alert's key begins with what it is about.
    let rows = try connection.rows(
      sql: """
        SELECT a.id, a.kind, a.level, a.clock, coalesce(u.login, a.address), s.login, a.channel, a.happened_at, a.state,
          a.reason, a.next_at, a.message_id, m.state, m.sent_at
        FROM alert a LEFT JOIN user u ON u.id = a.recipient_id LEFT JOIN user s ON s.id = a.stands_in_for
          LEFT JOIN message m ON m.id = a.message_id
        WHERE a.key > ?1 || '/' AND a.key < ?1 || '0' AND a.\(owner.table)_id = ?2 ORDER BY a.id
        """, .text(owner.key), .integer(owner.id))
    return try rows.map { row in
      guard let id = row[0].integer, let kind = row[1].text.flatMap(AlertKind.init),
        let state = row[8].text.flatMap(AlertState.init)
      else { throw UnknownWord(table: "alert", id: row[0].integer) }
      return Entry(
        id: id, kind: kind, level: row[2].integer ?? 0, clock: row[3].text.flatMap(ClockKind.init),
        recipient: row[4].text, standsInFor: row[5].text, channel: row[6].text ?? "",
        happenedAt: Instant(row[7].integer ?? 0), state: state, reason: row[9].text,
        nextAt: row[10].integer.map { Instant($0) }, messageID: row[11].integer,
        messageState: row[12].text.flatMap(MessageState.init), sentAt: row[13].integer.map { Instant($0) })
    }
  }

  private static func clocks(_ owner: AlertOwner, on connection: Connection) throws -> [Clock] {
    try connection.rows(
      sql: "SELECT kind, situation, deadline FROM \(owner.table)_clock WHERE \(owner.table)_id = ? ORDER BY kind",
      .integer(owner.id)
    ).compactMap { row in
      guard let kind = row[0].text.flatMap(ClockKind.init), let situation = row[1].text.flatMap(Situation.init) else {
        return nil
      }
      return Clock(kind: kind, situation: situation, deadline: row[2].integer.map { Instant($0) }, wouldTell: [])
    }
  }

  private static func acknowledgements(
    _ owner: AlertOwner, on connection: Connection, now: Instant
  ) throws -> [Acknowledged] {
    // The last one of each clock counts, while the clock still runs towards the same deadline.
    try connection.rows(
      sql: """
        SELECT k.clock, u.login, k.at, k.expires_at, k.reason FROM alert_acknowledgement k
          JOIN \(owner.table)_clock c ON c.\(owner.table)_id = k.\(owner.table)_id AND c.kind = k.clock
            AND c.cycle = k.cycle AND c.deadline IS k.deadline
          JOIN user u ON u.id = k.by_id
        WHERE k.\(owner.table)_id = ?1 AND k.expires_at > ?2
          AND k.id = (SELECT max(id) FROM alert_acknowledgement WHERE \(owner.table)_id = ?1 AND clock = k.clock)
        ORDER BY k.id
        """, .integer(owner.id), .integer(now.seconds)
    ).compactMap { row in
      guard let clock = row[0].text.flatMap(ClockKind.init) else { return nil }
      return Acknowledged(
        clock: clock, by: row[1].text ?? "", at: Instant(row[2].integer ?? 0),
        expiresAt: Instant(row[3].integer ?? 0), reason: row[4].text)
    }
  }
}
