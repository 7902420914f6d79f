import Desk
import FoundationEssentials
import Glibc
import Monitor
import SLA
import SQLite
import Testing
import Text

@testable import Alerts

/// A desk in a file of its own, gone with the test, and the passes of a tick over it.
final class TestDesk {
  let folder: String
  let connection: Connection
  /// Friday 27 March 2026, 16:05 in Mexico City.
  var now = Instant(iso8601: "2026-03-27T16:05:00-06:00", in: .utc)!
  var remaining: [Int64: Seconds] = [:]
  /// Told at once, unless a test is about waiting: no window, and hours around the clock.
  var rules = AlertRules(escalation: [], window: 0, cap: 1000)
  /// The office, where a test wants one.
  var office: Timeline?
  var forms: [String: MessageForm] = [MaildirChannel.name: .mail]
  private var transitions: Int64 = 0

  init() throws {
    var template = Array("/tmp/plazo-alerts-XXXXXX".utf8CString)
    folder = String(cString: try #require(mkdtemp(&template)))
    connection = try Connection(path: "\(folder)/desk.sqlite", mode: .create)
    try connection.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON")
    try connection.migrate(DeskSchema.migrations + MonitorSchema.migrations + AlertsSchema.migrations, now: 0)
    try connection.execute(
      sql: """
        INSERT INTO calendar_version VALUES (1, 'oficina', 'h', 'UTC', '{}', x'', 0);
        INSERT INTO client (id, name) VALUES (1, 'Comercial del Norte'), (2, 'Óptica Ñandú');
        """)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  // MARK: What is on the desk

  func addUser(
    _ id: Int64, _ login: String, name: String? = nil, role: String = "technician", mail: String? = "",
    language: String? = nil, active: Bool = true
  ) throws {
    try connection.run(
      sql: "INSERT INTO user (id, login, name, role, mail, language, active) VALUES (?, ?, ?, ?, ?, ?, ?)",
      .integer(id), .text(login), .text(name ?? login), .text(role),
      Value(mail == "" ? "\(login)@example.org" : mail), Value(language), Value(active))
  }

  /// An open ticket with its resolution clock.
  func addTicket(
    _ id: Int64, title: String = "No imprime facturas", client: Int64 = 1, assigned: Int64? = 1,
    responsible: Int64? = nil, situation: Situation = .late, deadline: String? = "2026-03-23T17:00:00-06:00",
    plazo: String? = "3d", waitingOn: Party = .support, remaining: Seconds? = nil
  ) throws {
    try connection.run(
      sql: """
        INSERT INTO ticket (id, client_id, responsible_id, assigned_id, status, waiting_on, opened_at, last_event,
          title, description) VALUES (?, ?, ?, ?, 'open', ?, 0, 0, ?, '')
        """, .integer(id), .integer(client), Value(responsible), Value(assigned), .text(waitingOn.rawValue),
      .text(title))
    try addClock(id, .resolution, situation: situation, deadline: deadline, plazo: plazo)
    self.remaining[id] = remaining
  }

  func addClock(_ id: Int64, _ clock: ClockKind, situation: Situation, deadline: String?, plazo: String?) throws {
    try connection.run(
      sql: """
        INSERT INTO ticket_clock (ticket_id, kind, calendar_id, started_at, situation, deadline, cycle, moves, policy,
          plazo)
        VALUES (?, ?, 1, 0, ?, ?, 1, 0, 'general', ?)
        """, .integer(id), .text(clock.rawValue), .text(situation.rawValue), Value(seconds(deadline)), Value(plazo))
  }

  func setSituation(_ id: Int64, _ situation: Situation) throws {
    try connection.run(
      sql: "UPDATE ticket_clock SET situation = ? WHERE ticket_id = ?", .text(situation.rawValue), .integer(id))
  }

  func close(_ id: Int64) throws {
    try connection.run(sql: "UPDATE ticket SET status = 'closed', closed_at = 1 WHERE id = ?", .integer(id))
    try connection.run(sql: "DELETE FROM ticket_clock WHERE ticket_id = ?", .integer(id))
  }

  private func seconds(_ text: String?) -> Int64? { text.flatMap { Instant(iso8601: $0, in: .utc)?.seconds } }

  // MARK: Passes

  /// Tells of tickets as a sweep would, in one transaction.
  func sweep(_ worse: (ticket: Int64, to: Situation)..., clock: ClockKind = .resolution) throws {
    try connection.write {
      let writer = try writer()
      for (ticket, situation) in worse { try tell(writer, ticket, situation, clock) }
    }
  }

  func writer() throws -> AlertWriter {
    try AlertWriter(on: connection, rules: rules, hours: hours, mailChannels: settings().mailChannels, now: now)
  }

  /// - Parameters:
  ///   - happenedAt: when it became true, if that was earlier.
  ///   - graceUntil: of a ticket that its reopening found late.
  func tell(
    _ writer: AlertWriter, _ id: Int64, _ situation: Situation, _ clock: ClockKind = .resolution,
    happenedAt: Instant? = nil, graceUntil: Instant? = nil
  ) throws {
    transitions += 1
    let owner = AlertOwner(id, of: clock).isTask ? "task" : "ticket"
    let row = try connection.rows(
      sql: "SELECT deadline, cycle FROM \(owner)_clock WHERE \(owner)_id = ? AND kind = ?", .integer(id),
      .text(clock.rawValue)
    ).first
    try connection.run(
      sql: """
        INSERT INTO \(owner)_transition (id, \(owner)_id, kind, to_situation, happened_at, recorded_at, cycle)
        VALUES (?, ?, ?, ?, ?, ?, 1)
        """, .integer(transitions), .integer(id), .text(clock.rawValue), .text(situation.rawValue),
      .integer(now.seconds), .integer(now.seconds))
    try writer.situationGotWorse(
      Transition(
        id: transitions, ownerID: id, clock: clock, cycle: row?[1].integer ?? 1, from: nil, to: situation,
        happenedAt: happenedAt ?? now, deadline: row?[0].integer.map { Instant($0) }, graceUntil: graceUntil))
  }

  var hours: DeskHours { DeskHours { [office] name in name == "always" ? nil : office } }

  func settings(language: Language = .es) throws -> MailSettings {
    MailSettings(
      deskName: "Soporte Belenus", from: try #require(MailAddress("plazo@example.org")), language: language,
      zone: try systemZone("America/Mexico_City"), zoneNamed: { try? systemZone($0) }, forms: forms)
  }

  func pass(language: Language = .es) throws -> AlertPass {
    AlertPass(rules: rules, settings: try settings(language: language), hours: hours)
  }

  @discardableResult
  func compose(language: Language = .es) throws -> AlertSummary {
    try pass(language: language).run(on: connection, now: now) { [self] owner, clock in try judgement(owner, clock) }
  }

  /// What a monitor would say of a clock: late by as much as is left, negative.
  private func judgement(_ owner: AlertOwner, _ clock: ClockKind) throws -> Judgement? {
    let table = owner.isTask ? "task" : "ticket"
    let row = try connection.rows(
      sql: "SELECT situation, deadline FROM \(table)_clock WHERE \(table)_id = ? AND kind = ?", .integer(owner.id),
      .text(clock.rawValue)
    ).first
    guard let row, let situation = row[0].text.flatMap(Situation.init) else { return nil }
    let deadline = row[1].integer.map { Instant($0) }
    let left = remaining[owner.id] ?? deadline.map { $0 - now } ?? 0
    return Judgement(
      situation: situation, deadline: deadline, remaining: left, used: 86_400 - left, late: max(0, -left),
      nearSince: nil, nextChange: nil, isPaused: deadline == nil)
  }

  func outbox(_ channel: any Channel, attempts: Int = 16) throws -> Outbox {
    Outbox(
      on: connection, channels: [channel], pass: try pass(),
      backoff: Backoff(first: 60, longest: 3600, attempts: attempts))
  }

  var maildir: MaildirChannel { MaildirChannel(root: "\(folder)/mail") }

  // MARK: What became of it

  /// Each alert as `late 7 → 1: dropped, ticket-closed`, in the order of writing.
  func alerts() throws -> [String] {
    try connection.rows(
      sql: """
        SELECT kind, coalesce(ticket_id, 'task ' || task_id), coalesce(recipient_id, address), state, reason
        FROM alert ORDER BY id
        """
    ).map { row in
      let recipient = row[2].integer.map { String($0) } ?? row[2].text ?? "nobody"
      let reason = row[4].text.map { ", \($0)" } ?? ""
      let what = row[1].text ?? row[1].integer.map { String($0) } ?? ""
      return "\(row[0].text ?? "") \(what) → \(recipient): \(row[3].text ?? "")\(reason)"
    }
  }

  /// The mails in the outbox, in the order of writing.
  func mails() throws -> [ParsedMail] {
    try connection.rows(sql: "SELECT content FROM message ORDER BY id").map { row in
      guard case .blob(let content) = row[0] else { throw ParseError("content is no blob") }
      return try ParsedMail(content)
    }
  }

  func subjects() throws -> [String] {
    try connection.rows(sql: "SELECT subject FROM message ORDER BY id").map { $0[0].text ?? "" }
  }

  func files(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)").sorted()
  }
}

/// The zone as this machine's database has it.
func systemZone(_ name: String) throws -> Zone {
  try Zone(name: name, data: [UInt8](Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))))
}
