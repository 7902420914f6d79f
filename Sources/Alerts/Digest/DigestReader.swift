internal import Desk
internal import Monitor
internal import SLA
internal import SQLite

/// Makes a digest of alerts: each ticket and task once, as its worst, with what its reader must know.
struct DigestReader {
  let connection: Connection
  let settings: MailSettings
  let rules: AlertRules
  let judge: ClockJudge
  let moment: Moment

  func digest(of alerts: [AlertFacts], recovered: [Recovered.Note], for reader: Reader) throws -> Digest {
    var items: [AlertOwner: Item] = [:]
    for alert in alerts { items[alert.owner, default: Item(alert)].take(alert) }
    var counts = Digest.Counts()
    for item in items.values { counts[item.section] += 1 }
    let worst = items.values.sorted { $0.rank < $1.rank }.prefix(Digest.longestList)
    let lateNews = alerts.filter { $0.kind.isOfClock && $0.recordedAt - $0.happenedAt > rules.lateNewsAfter }
    return Digest(
      deskName: settings.deskName, reader: reader, now: moment.now, command: settings.command, counts: counts,
      lines: try worst.map { try line($0, reader) }, recovered: try recovered.prefix(Digest.longestList).map(note),
      heldByCap: alerts.count { $0.held == .cap }, lateNewsSince: lateNews.map(\.happenedAt).min())
  }

  /// All that is told of one ticket or task.
  private struct Item {
    var worst: AlertFacts
    var section: Digest.Section
    var alerts: [AlertFacts] = []

    init(_ alert: AlertFacts) {
      worst = alert
      section = Self.section(alert)
    }

    mutating func take(_ alert: AlertFacts) {
      alerts.append(alert)
      if Self.rank(alert) < rank {
        worst = alert
        section = Self.section(alert)
      }
    }

    var rank: Rank { Self.rank(worst) }

    /// By section, then by the earliest deadline; a paused clock goes by the deadline that it had when it was written.
    struct Rank: Comparable {
      var section: Digest.Section
      var due: Int64
      var id: Int64
      static func < (left: Rank, right: Rank) -> Bool {
        (left.section, left.due, left.id) < (right.section, right.due, right.id)
      }
    }

    static func rank(_ alert: AlertFacts) -> Rank {
      let due = alert.current?.deadline ?? alert.deadline ?? alert.happenedAt
      return Rank(section: section(alert), due: due.seconds, id: alert.owner.id)
    }

    static func section(_ alert: AlertFacts) -> Digest.Section {
      switch alert.kind {
      case .nearDue: .nearDue
      case .assigned, .taskAssigned: .assigned
      case .voboWanted: .signing
      case .escalation where alert.current?.situation == .nearDue: .nearDue
      case .late, .stillLate, .escalation, .taskLate, .voboLate, .answered, .recovered: .late
      }
    }
  }

  private func line(_ item: Item, _ reader: Reader) throws -> Digest.Line {
    let owner = item.worst.owner
    let facts = try OwnerFacts.read(owner, on: connection)
    let assignee: Digest.Assignee =
      switch facts.assignedID {
      case nil: .nobody
      case reader.userID: .reader
      default: .other(facts.assignedName ?? "")
      }
    return Digest.Line(
      owner: owner, section: item.section, kind: item.worst.kind, client: facts.client, title: facts.title,
      clock: try clock(item.worst), waitingOn: facts.waitingOn, assignee: assignee,
      notes: try notes(item))
  }

  private func notes(_ item: Item) throws -> [Digest.Note] {
    var notes: [Digest.Note] = []
    if item.section != .assigned, item.alerts.contains(where: { $0.kind == .assigned || $0.kind == .taskAssigned }) {
      notes.append(.justAssigned)
    }
    if let level = item.alerts.filter({ $0.kind == .escalation }).map(\.level).max() {
      notes.append(.escalated(level: level))
    } else if !item.alerts.contains(where: { $0.kind == .late }),
      let number = item.alerts.filter({ $0.kind == .stillLate }).map(\.level).max()
    {
      notes.append(.again(number))
    }
    if let away = item.worst.standsInFor { notes.append(.inPlaceOf(moment.directory[away]?.name ?? "")) }
    return notes
  }

  /// The clock that the alert is about; of what somebody did, the worst that runs.
  private func clock(_ alert: AlertFacts) throws -> Digest.Clock? {
    let owner = alert.owner
    let row = try connection.rows(
      sql: """
        SELECT kind, situation, deadline, policy, plazo FROM \(owner.table)_clock
        WHERE \(owner.table)_id = ?1 AND (?2 IS NULL OR kind = ?2)
        ORDER BY situation <> 'late', situation <> 'near-due', deadline IS NULL, deadline LIMIT 1
        """, .integer(owner.id), Value(alert.clock?.rawValue)
    ).first
    guard let row else { return nil }
    guard let kind = row[0].text.flatMap(ClockKind.init), let situation = row[1].text.flatMap(Situation.init) else {
      throw UnknownWord(table: "\(owner.table)_clock", id: owner.id)
    }
    return Digest.Clock(
      kind: kind, situation: situation, deadline: row[2].integer.map { Instant($0) },
      remaining: try judge(owner, kind)?.remaining, policy: row[3].text ?? "", plazo: row[4].text)
  }

  private func note(_ note: Recovered.Note) throws -> Digest.RecoveredNote {
    let facts = try OwnerFacts.read(note.owner, on: connection)
    return Digest.RecoveredNote(
      owner: note.owner, client: facts.client, title: facts.title, isClosed: facts.isClosed)
  }
}

/// What messages say of a ticket or task.
struct OwnerFacts {
  var title: String
  var client: String?
  var isClosed: Bool
  var waitingOn: Party?
  var assignedID: Int64?
  var assignedName: String?

  static func read(_ owner: AlertOwner, on connection: Connection) throws -> OwnerFacts {
    let sql =
      owner.isTask
      ? """
      SELECT a.title, c.name, a.status, NULL, a.technician_id, u.name FROM task a
        LEFT JOIN ticket t ON t.id = a.ticket_id LEFT JOIN client c ON c.id = t.client_id
        LEFT JOIN user u ON u.id = a.technician_id WHERE a.id = ?
      """
      : """
      SELECT t.title, c.name, t.status, t.waiting_on, t.assigned_id, u.name FROM ticket t
        JOIN client c ON c.id = t.client_id LEFT JOIN user u ON u.id = t.assigned_id WHERE t.id = ?
      """
    guard let row = try connection.rows(sql: sql, .integer(owner.id)).first else {
      throw UnknownWord(table: owner.table, id: owner.id)
    }
    return OwnerFacts(
      title: row[0].text ?? "", client: row[1].text, isClosed: row[2].text == "closed",
      waitingOn: row[3].text.flatMap(Party.init), assignedID: row[4].integer, assignedName: row[5].text)
  }
}
