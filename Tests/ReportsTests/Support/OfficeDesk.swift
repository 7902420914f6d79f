import Alerts
import Desk
import FoundationEssentials
import Monitor
import Reports
import SLA
import SQLite
import Text

/// A small desk in Mexico City on a Friday at five, in a file of its own that goes with the test.
final class OfficeDesk {
  static let zone = try! Zone(
    name: "America/Mexico_City",
    data: [UInt8](FileManager.default.contents(atPath: "/usr/share/zoneinfo/America/Mexico_City")!))
  static let asOf = instant("2026-03-27T17:00")

  let folder: String
  var path: String { "\(folder)/desk.sqlite" }
  /// What the monitor would say of the open tickets.
  var judged: [JudgedRow] = OfficeDesk.standing

  init(sql: String = OfficeDesk.office) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "plazo-reports-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let connection = try Connection(path: path, mode: .create)
    try connection.execute(sql: "PRAGMA journal_mode = WAL")
    for migration in DeskSchema.migrations + MonitorSchema.migrations + AlertsSchema.migrations {
      try connection.execute(sql: migration.sql)
    }
    try connection.execute(sql: sql)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static func instant(_ text: String) -> Instant { Instant(iso8601: text, in: zone)! }

  var runner: ReportRunner {
    let (path, judged) = (path, judged)
    return ReportRunner(
      open: { try Connection(path: path, mode: .readOnly) },
      judge: { _, _ in OfficeJudge(clocks: judged) })
  }

  func request(_ formats: [ReportFormat], language: Language = .es) -> ReportRequest {
    ReportRequest(
      desk: "Mesa de ayuda Belenus", asOf: Self.asOf, zone: Self.zone, language: language, formats: formats,
      versions: [.init(name: "policy", value: "3fa2c1d0"), .init(name: "calendar office", value: "99ab12ef")])
  }

  /// Runs a report into a folder of its own. - Returns: each file's content by its name.
  func run(_ definition: ReportDefinition, _ request: ReportRequest) throws -> [String: String] {
    let out = "\(folder)/out-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    try runner.run([definition], request, to: .folder(out))
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: out) {
      files[name] = String(decoding: FileManager.default.contents(atPath: "\(out)/\(name)")!, as: UTF8.self)
    }
    return files
  }

  func run(_ name: String, _ request: ReportRequest) throws -> [String: String] {
    try run(try ReportCatalog(folder: nil).definition(named: name), request)
  }

  /// A report made on the spot from the text of its definition.
  func definition(_ text: String, named name: String = "mine") throws -> ReportDefinition {
    let reports = "\(folder)/reports-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: reports, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(reports)/\(name).json5"))
    return try ReportCatalog(folder: reports).definition(named: name)
  }
}

/// What the monitor would say of the office.
private struct OfficeJudge: ReportJudge {
  let clocks: [JudgedRow]

  func eachClock(_ insert: (JudgedRow) throws -> Void) throws { for row in clocks { try insert(row) } }
  func eachTaskClock(_ insert: (JudgedRow) throws -> Void) throws {
    try insert(
      JudgedRow(
        ownerID: 1, clock: .completion, situation: .late, deadline: OfficeDesk.instant("2026-03-26T18:00"),
        remaining: -28_800, used: 57_600, budget: 28_800, late: 28_800, nearAt: nil, isPaused: false, policy: "tasks",
        plazo: nil, cycle: 1, moves: 0, originalDeadline: nil, calendar: "office"))
    try insert(
      JudgedRow(
        ownerID: 2, clock: .vobo, situation: .nearDue, deadline: OfficeDesk.instant("2026-03-30T18:00"),
        remaining: 7200, used: 50_400, budget: 57_600, late: 0, nearAt: nil, isPaused: false, policy: "tasks",
        plazo: "2d", cycle: 1, moves: 0, originalDeadline: nil, calendar: "office"))
  }

  func eachUnfrozen(_ insert: (StoppedClock) throws -> Void) throws {}

  func eachTimeSpent(openLate: [Int64], _ insert: (TimeSpent) throws -> Void) throws {
    for (ticket, holder, hours) in [
      (1, .technician(2), 30), (1, .provider, 11.5), (2, .unassigned, 2), (2, .technician(2), 20.3333),
      (2, .client, 5),
    ] as [(Int64, TimeSpent.Holder, Double)] {
      try insert(
        TimeSpent(
          ticketID: ticket, cycle: 1, holder: holder, seconds: Seconds(hours * 3600), turns: holder == .client ? 2 : 1))
    }
  }

  func outlooks() throws -> [CalendarOutlook] {
    var office = CalendarOutlook(calendar: "office")
    office.closesAt = OfficeDesk.instant("2026-03-27T18:00")
    office.opensAt = OfficeDesk.instant("2026-03-30T09:00")
    office.nextClosesAt = OfficeDesk.instant("2026-03-30T18:00")
    office.breakFrom = OfficeDesk.instant("2026-03-27T18:00")
    office.breakTo = OfficeDesk.instant("2026-03-30T09:00")
    office.breakDays = 2
    return [office]
  }
}

extension OfficeDesk {
  /// Hours of working time, in seconds.
  private static func h(_ hours: Double) -> Seconds { Seconds(hours * 3600) }

  private static func row(
    _ ticket: Int64, _ situation: Situation, _ deadline: String?, used: Double, of budget: Double, plazo: String = "3d",
    moves: Int64 = 0, isPaused: Bool = false
  ) -> JudgedRow {
    JudgedRow(
      ownerID: ticket, clock: .resolution, situation: situation, deadline: deadline.map(instant),
      remaining: h(budget - used), used: h(used), budget: h(budget), late: max(0, h(used - budget)),
      nearAt: nil, isPaused: isPaused, policy: "general", plazo: plazo, cycle: 1, moves: moves,
      originalDeadline: moves > 0 ? instant("2026-03-20T18:00") : nil, calendar: "office")
  }

  static let standing: [JudgedRow] = [
    row(1, .late, "2026-03-25T18:00", used: 41.5, of: 24, moves: 1),
    row(2, .late, "2026-03-27T13:40", used: 27.3333, of: 24),
    row(3, .nearDue, "2026-03-27T18:00", used: 23, of: 24),
    row(4, .nearDue, "2026-03-30T11:00", used: 5, of: 8, plazo: "8h"),
    row(5, .onTime, "2026-04-01T18:00", used: 1.25, of: 24),
    row(6, .onTime, nil, used: 6, of: 40, plazo: "5d", isPaused: true),
    JudgedRow(
      ownerID: 7, clock: .resolution, situation: .onTime, deadline: nil, remaining: nil, used: nil, budget: nil,
      late: nil,
      nearAt: nil, isPaused: false, policy: "general", plazo: nil, cycle: 1, moves: 0, originalDeadline: nil),
    // The first response is late although the resolution is on time: the ticket is late.
    row(8, .onTime, "2026-04-02T18:00", used: 2, of: 24),
    JudgedRow(
      ownerID: 8, clock: .firstResponse, situation: .late, deadline: instant("2026-03-27T15:00"), remaining: -7200,
      used: 21_600, budget: 14_400, late: 7200, nearAt: nil, isPaused: false, policy: "general", plazo: "4h", cycle: 1,
      moves: 0, originalDeadline: nil),
  ]

  static let office = """
    INSERT INTO client VALUES (1, 'Comercial Zapata', 1), (2, 'Hospital San José', 1), (3, 'Ñandú Logística', 1);
    INSERT INTO product VALUES (1, 'Belenus ERP', 1), (2, 'Nómina', 1);
    INSERT INTO provider VALUES (1, 'Softway', 1);
    INSERT INTO user (id, login, name, role, mail, client_id, booking) VALUES
      (1, 'admin', 'Rocío Peña', 'administrator', 'rocio@belenus.example', NULL, 'event'),
      (2, 'ana', 'Ana López', 'technician', 'ana@belenus.example', NULL, 'event'),
      (3, 'luis', 'Luis Íñiguez', 'technician', 'luis@belenus.example', NULL, 'day'),
      (4, 'marta', 'Marta Ruiz', 'technician', NULL, NULL, 'event'),
      (5, 'zapata', 'Elena Zapata', 'client', 'elena@zapata.example', 1, 'event');
    INSERT INTO calendar_version VALUES (1, 'office', '99ab12ef', 'America/Mexico_City', '{}', x'00', 1767225600);
    INSERT INTO policy_version VALUES (1, '3fa2c1d0', '{}', 1767225600);
    INSERT INTO policy_application VALUES (1, 1, 1767225600);

    INSERT INTO ticket (id, external_number, client_id, product_id, provider_id, priority, registered_by,
      responsible_id, assigned_id, status, waiting_on, vobo, opened_at, closed_at, plazo, reopened, last_event, title,
      description) VALUES
      (1, '00417', 1, 1, 1, 'alta', 5, 2, 2, 'open', 'provider', NULL, unixepoch('2026-03-16T09:12-06:00'), NULL,
        '3d', 0, 1, 'No cuadra el inventario al cierre de mes', ''),
      (2, NULL, 2, 2, NULL, NULL, 1, 2, 2, 'open', 'support', NULL, unixepoch('2026-03-24T09:00-06:00'), NULL, '3d', 0,
        2, 'Error al timbrar la nómina quincenal', ''),
      (3, NULL, 3, 1, NULL, 'alta', 1, 3, 3, 'open', 'support', NULL, unixepoch('2026-03-24T18:00-06:00'), NULL, '3d', 0,
        3, 'La impresora de guías imprime en blanco', ''),
      (4, NULL, 1, 2, NULL, NULL, 5, 3, 2, 'open', 'client', NULL, unixepoch('2026-03-26T12:00-06:00'), NULL, '8h', 0, 4,
        'Alta de usuario', ''),
      (5, NULL, 2, NULL, NULL, NULL, 1, 2, 3, 'open', 'support', NULL, unixepoch('2026-03-27T15:45-06:00'), NULL, '3d', 0,
        5, 'Solicitan reporte de ventas por sucursal, con columnas para cada semana del trimestre', ''),
      (6, '2026031100000042', 3, 1, 1, 'baja', 1, 3, NULL, 'open', 'provider', NULL,
        unixepoch('2026-03-20T10:00-06:00'), NULL, '5d', 1, 6, '=HYPERLINK("http://example.com","Actualización")', ''),
      (7, NULL, 1, 1, NULL, NULL, 5, NULL, NULL, 'open', 'support', NULL, unixepoch('2026-03-27T08:30-06:00'), NULL, NULL,
        0, 7, 'Duda: ¿cómo exporto a "CSV"; y con comas, acentos?', ''),
      (8, NULL, 2, 1, NULL, NULL, 1, 2, 2, 'open', 'client', NULL, unixepoch('2026-03-27T11:00-06:00'), NULL, '3d', 0, 8,
        'Lentitud al abrir la póliza', ''),
      (9, NULL, 2, 1, NULL, NULL, 1, 2, 2, 'closed', 'client', 'pending', unixepoch('2026-03-18T09:00-06:00'),
        unixepoch('2026-03-26T18:20-06:00'), '3d', 0, 9, 'Respaldo no termina', ''),
      (10, NULL, 1, 2, NULL, NULL, 5, 3, 3, 'closed', 'client', 'granted', unixepoch('2026-03-23T09:00-06:00'),
        unixepoch('2026-03-24T10:00-06:00'), '3d', 0, 10, 'Cambio de contraseña', ''),
      (11, NULL, 3, 2, NULL, NULL, 1, 3, 3, 'closed', 'client', 'pending', unixepoch('2026-03-11T09:00-06:00'),
        unixepoch('2026-03-13T12:00-06:00'), '3d', 0, 11, 'Catálogo de cuentas', '');
    INSERT INTO ticket_verdict (id, ticket_id, kind, cycle, started_at, stopped_at, outcome, deadline, budget_s, used_s,
      late_s, moves, original_deadline, original_outcome, policy, plazo, policy_version_id, calendar_id, recorded_at,
      supersedes_id, reason) VALUES
      (1, 9, 'resolution', 1, unixepoch('2026-03-18T09:00-06:00'), unixepoch('2026-03-26T18:20-06:00'), 'late',
        unixepoch('2026-03-23T18:00-06:00'), 86400, 113000, 26600, 0, NULL, 'late', 'general', '3d', 1, 1,
        unixepoch('2026-03-26T18:20-06:00'), NULL, NULL),
      (2, 10, 'resolution', 1, unixepoch('2026-03-23T09:00-06:00'), unixepoch('2026-03-24T10:00-06:00'), 'late',
        unixepoch('2026-03-23T18:00-06:00'), 28800, 32400, 3600, 0, NULL, 'late', 'general', '8h', 1, 1,
        unixepoch('2026-03-24T10:00-06:00'), NULL, NULL),
      (3, 10, 'resolution', 1, unixepoch('2026-03-23T09:00-06:00'), unixepoch('2026-03-24T10:00-06:00'), 'kept',
        unixepoch('2026-03-26T18:00-06:00'), 86400, 32400, 0, 0, NULL, 'kept', 'general', '3d', 1, 1,
        unixepoch('2026-03-25T10:00-06:00'), 2, 'a plazo set before the stop came with an import'),
      (4, 11, 'resolution', 1, unixepoch('2026-03-11T09:00-06:00'), unixepoch('2026-03-13T12:00-06:00'), 'kept',
        unixepoch('2026-03-16T18:00-06:00'), 86400, 68400, 0, 0, NULL, 'kept', 'general', '3d', 1, 1,
        unixepoch('2026-03-13T12:00-06:00'), NULL, NULL);
    INSERT INTO ticket_transition (ticket_id, kind, from_situation, to_situation, happened_at, recorded_at, deadline)
    VALUES
      (1, 'resolution', 'near-due', 'late', unixepoch('2026-03-25T18:00:01-06:00'), 0, NULL),
      (2, 'resolution', 'near-due', 'late', unixepoch('2026-03-27T13:40:01-06:00'), 0, NULL),
      (3, 'resolution', 'on-time', 'near-due', unixepoch('2026-03-27T10:12-06:00'), 0, NULL),
      (5, 'resolution', NULL, 'on-time', unixepoch('2026-03-27T15:45-06:00'), 0, NULL);

    INSERT INTO task (id, title, description, given_by, technician_id, ticket_id, opened_at, plazo, due_at, status,
      closed_at, vobo, last_event) VALUES
      (1, 'Instalar el parche 7.2 en el servidor', '', 1, 2, 1, unixepoch('2026-03-20T09:00-06:00'), NULL,
        unixepoch('2026-03-26T18:00-06:00'), 'open', NULL, NULL, 12),
      (2, 'Documentar la carga de nómina', '', 1, 3, NULL, unixepoch('2026-03-23T09:00-06:00'), '5d', NULL, 'closed',
        unixepoch('2026-03-25T12:00-06:00'), 'pending', 13),
      (3, 'Revisar licencias', '', 2, 4, NULL, unixepoch('2026-03-26T09:00-06:00'), NULL, NULL, 'open', NULL, NULL, 14),
      (4, 'Respaldo mensual', '', 1, 4, NULL, unixepoch('2026-03-02T09:00-06:00'), NULL, NULL, 'closed',
        unixepoch('2026-03-03T09:00-06:00'), 'granted', 15);

    INSERT INTO activity (id, technician_id, booking, day, started_at, seconds, description, ticket_id, task_id,
      client_id, recorded_at, recorded_by, corrects_id, reason) VALUES
      (1, 2, 'event', '2026-03-23', unixepoch('2026-03-23T09:00-06:00'), 10800, 'Inventario', 1, NULL, NULL, 0, 2, NULL, NULL),
      (2, 2, 'event', '2026-03-23', unixepoch('2026-03-23T11:00-06:00'), 9000, 'Nómina', 2, NULL, NULL, 0, 2, NULL, NULL),
      (3, 2, 'event', '2026-03-24', unixepoch('2026-03-24T09:00-06:00'), 25200, 'Nómina', 2, NULL, NULL, 0, 2, NULL, NULL),
      (4, 3, 'day', '2026-03-23', NULL, 82800, 'Visita', NULL, NULL, 3, 0, 3, NULL, NULL),
      (5, 3, 'day', '2026-03-23', NULL, 7200, 'Guías', 3, NULL, NULL, 0, 3, NULL, NULL),
      (6, 3, 'day', '2026-03-25', NULL, 28800, 'Capacitación', NULL, NULL, NULL, 0, 3, NULL, NULL),
      (7, 3, 'day', '2026-03-25', NULL, 27000, 'Capacitación', NULL, NULL, NULL, 0, 3, 6, 'eran siete y media');

    INSERT INTO sweep_state VALUES (1, unixepoch('2026-03-27T16:55-06:00'), 15, 1);
    UPDATE event_sequence SET last = 17;
    """
}
