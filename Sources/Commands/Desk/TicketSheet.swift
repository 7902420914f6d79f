internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Text

/// All that the desk knows of one ticket.
struct TicketSheet {
  let row: TicketRow
  /// The client, the product and the people of the ticket, each by the name of its fact.
  let names: [String: String?]
  let followUp: FollowUp
  let files: [TicketFiles.Entry]
  /// The clocks that run, the worst first; none of a closed ticket.
  let clocks: [Judge.Judged]
  /// How the clocks that stopped came out, as they were frozen: the last run of each.
  let verdicts: [Verdict]
  private let zone: Zone

  struct Verdict {
    var kind: ClockKind
    /// `kept`, `late` or `no-plazo`.
    var outcome: String
    var stoppedAt: Instant
    var deadline: Instant?
    var late: Seconds?
  }

  init(_ row: TicketRow, _ session: Session, _ desk: OpenDesk) throws {
    let connection = desk.connection
    self.row = row
    zone = desk.zone
    func name(_ table: String, _ id: Int64?) throws -> String? {
      guard let id else { return nil }
      return try connection.value(sql: "SELECT name FROM \(table) WHERE id = ?", .integer(id)).text
    }
    names = [
      "client": try name("client", row.clientID), "product": try name("product", row.productID),
      "provider": try name("provider", row.providerID), "registered_by": try name("user", row.registeredBy),
      "responsible": try name("user", row.responsibleID), "assigned": try name("user", row.assignedID),
    ]
    followUp = try FollowUp(of: row.id, on: connection)
    files = try TicketFiles(connection).list(of: row.id)
    clocks = try Judge(connection, now: desk.now, candidate: try desk.candidate(session.zones))
      .clocks(ofTicket: row.id).sorted { ($1.situation, $0.kind.rawValue) < ($0.situation, $1.kind.rawValue) }
    verdicts = try Self.verdicts(of: row.id, on: connection)
  }

  private static func verdicts(of ticketID: Int64, on connection: Connection) throws -> [Verdict] {
    let statement = try connection.prepare(
      sql: """
        SELECT kind, outcome, stopped_at, deadline, late_s FROM ticket_verdict v
          WHERE ticket_id = ?1 AND NOT EXISTS (SELECT 1 FROM ticket_verdict s WHERE s.supersedes_id = v.id)
            AND cycle = (SELECT max(cycle) FROM ticket_verdict m WHERE m.ticket_id = ?1 AND m.kind = v.kind)
          ORDER BY kind
        """)
    statement.bind(1, ticketID)
    var verdicts: [Verdict] = []
    while try statement.step() {
      verdicts.append(
        Verdict(
          kind: try statement.word(0, of: "ticket_verdict.kind"), outcome: statement.text(1),
          stoppedAt: Instant(statement.integer(2)), deadline: statement.integerOrNil(3).map { Instant($0) },
          late: statement.integerOrNil(4)))
    }
    return verdicts
  }

  /// For programs. The keys of the worst clock stand beside the ticket's own, as in a list.
  func json() throws -> String {
    func value(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    func iso(_ instant: Instant?) -> JSONValue { value(instant.map { $0.iso8601(in: zone) }) }
    let clock = clocks.first
    var object: [String: JSONValue] = [
      "number": .integer(row.id), "external_number": value(row.externalNumber), "title": .string(row.title),
      "description": .string(row.description), "priority": value(row.priority), "status": .string(row.status.rawValue),
      "waiting_on": .string(row.waitingOn.rawValue), "vobo": value(row.vobo?.rawValue), "opened_at": iso(row.openedAt),
      "closed_at": iso(row.closedAt), "aside_until": iso(row.asideUntil), "reopened": .integer(row.reopened),
      "situation": value(clock?.situation.rawValue), "plazo": value(clock?.plazo), "policy": value(clock?.policy),
      "deadline": iso(clock?.judgement?.deadline),
      "remaining_s": clock?.judgement.map { .integer($0.remaining) } ?? .null,
    ]
    for (key, name) in names { object[key] = value(name) }
    object["clocks"] = .array(
      clocks.map { clock in
        .object([
          "clock": .string(clock.kind.rawValue), "situation": .string(clock.situation.rawValue),
          "deadline": iso(clock.judgement?.deadline),
          "remaining_s": clock.judgement.map { .integer($0.remaining) } ?? .null,
          "is_paused": .bool(clock.judgement?.isPaused ?? false), "plazo": value(clock.plazo),
          "policy": .string(clock.policy), "cycle": .integer(clock.cycle), "moves": .integer(clock.moves),
          "original_deadline": iso(clock.originalDeadline),
        ])
      })
    object["verdicts"] = .array(
      verdicts.map {
        .object([
          "clock": .string($0.kind.rawValue), "outcome": .string($0.outcome), "stopped_at": iso($0.stoppedAt),
          "deadline": iso($0.deadline), "late_s": $0.late.map { .integer($0) } ?? .null,
        ])
      })
    object["files"] = .array(
      files.map {
        .object([
          "number": .integer(Int64($0.number)), "name": .string($0.name), "size": .integer(Int64($0.size)),
          "sha256": .string($0.hash), "added_at": iso($0.addedAt), "added_by": value($0.actor),
          "sequence": .integer($0.sequence),
        ])
      })
    object["events"] = .array(
      followUp.entries.map { entry in
        .object([
          "sequence": .integer(entry.sequence), "kind": .string(entry.kind.rawValue),
          "happened_at": iso(entry.happenedAt), "recorded_at": iso(entry.recordedAt), "actor": value(entry.actor),
          "on_behalf_of": value(entry.onBehalfOf), "value": value(entry.value), "detail": value(entry.detail),
          "goes_by_mail": .bool(entry.goesByMail),
        ])
      })
    return try JSONValue.object(object).canonicalText()
  }
}
