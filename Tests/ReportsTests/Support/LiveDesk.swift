import Desk
import FoundationEssentials
import Monitor
import Reports
import SLA
import SQLite
import Seeded
import Text

/// A desk on which things really happen, by the desk's own actions and the monitor's sweeps, in a file of its own.
final class LiveDesk {
  let folder: String
  let connection: Connection
  let zone: Zone
  var candidate: AppliedRules.Candidate
  private(set) var admin: User
  /// What has happened so far.
  var story = DeskStory(seed: 0, now: Instant(0))

  static let rules = """
    {
      timeZone: "ZONE",
      calendars: { office: {
        weekly: {
          mon: ["09:00-14:00", "16:00-19:00"], tue: ["09:00-14:00", "16:00-19:00"], wed: ["09:00-14:00", "16:00-19:00"],
          thu: ["09:00-14:00", "16:00-19:00"], fri: ["09:00-14:00", "16:00-19:00"] },
        holidays: [{ date: "2026-04-02", name: "Jueves Santo" }] } },
      policies: [
        { name: "urgent", calendar: "always", when: { priority: "alta" }, clocks: { resolution: { plazo: "6h" } } },
        { name: "none", calendar: "office", when: { priority: "baja" }, clocks: { resolution: {} } },
        { name: "default", calendar: "office",
          clocks: { resolution: { plazo: "PLAZO", pauseWhileWaitingOn: ["client"] } } }],
    }
    """

  /// - Parameter start: the desk's first instant, by its wall clock.
  init(zone name: String = "America/Mexico_City", start: String = "2026-03-02T08:00") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "plazo-live-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    zone = try Self.zone(name)
    let now = Instant(iso8601: start, in: zone)!
    let path = "\(folder)/desk.sqlite"
    try DeskFile.create(at: path, migrations: Self.migrations, now: now)
    connection = try DeskFile.open(at: path, mode: .readWrite, migrations: Self.migrations, now: now)
    try connection.execute(sql: "PRAGMA synchronous = OFF")
    candidate = try Self.candidate("2d", zone: name, now: now)
    let directory = Directory(connection)
    admin = try directory.addUser(login: "admin", name: "Rocío Peña", role: .administrator)
    try directory.addUser(login: "ana", name: "Ana López", role: .technician)
    try directory.addUser(login: "luis", name: "Luis Íñiguez", role: .technician, booking: .day)
    for client in ["Acme", "Ñandú", "Zapata"] { try directory.add(client, to: .client) }
    for product in ["ERP", "Nómina"] { try directory.add(product, to: .product) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static let migrations = DeskSchema.migrations + MonitorSchema.migrations

  static func zone(_ name: String) throws -> Zone {
    try Zone(name: name, data: [UInt8](FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)")!))
  }

  /// - Parameter edit: what else of the rules is other than usual.
  static func candidate(
    _ plazo: String, zone: String, now: Instant, edit: (String) -> String = { $0 }
  ) throws -> AppliedRules.Candidate {
    let text = edit(rules.replacing("ZONE", with: zone).replacing("PLAZO", with: plazo))
    let document = try Document(file: "rules", data: Data(text.utf8))
    let rules = RulesReader.read(document.root)
    try document.finish()
    return try AppliedRules.candidate(document.root.value!, rules: rules, zone: Self.zone, now: now)
  }

  func at(_ text: String) -> Instant { Instant(iso8601: text, in: zone)! }

  func sweep(_ now: Instant) throws { _ = try Sweep(connection, now: now).run(candidate: candidate) }

  func apply(_ plazo: String, _ now: Instant) throws {
    candidate = try Self.candidate(plazo, zone: zone.name, now: now)
    _ = try Sweep(connection, now: now).apply(candidate)
  }

  func tickets(_ now: Instant) -> TicketActions { TicketActions(connection, actor: admin, now: now) }
  func tasks(_ now: Instant) -> Tasks { Tasks(connection, actor: admin, now: now) }
  func activities(_ now: Instant) -> Activities { Activities(connection, actor: admin, now: now) }

  var lastEvent: Int64 { get throws { try connection.integer(sql: "SELECT last FROM event_sequence") ?? 0 } }

  // MARK: Reports

  func request(_ now: Instant, _ formats: [ReportFormat] = [.json]) -> ReportRequest {
    ReportRequest(desk: "Mesa", asOf: now, zone: zone, language: .es, formats: formats)
  }

  /// Each file's content by its name.
  func run(_ name: String, _ request: ReportRequest) throws -> [String: String] {
    try run(try ReportCatalog(folder: nil).definition(named: name), request)
  }

  func run(_ definition: ReportDefinition, _ request: ReportRequest) throws -> [String: String] {
    let out = "\(folder)/out-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: out) }
    let path = "\(folder)/desk.sqlite"
    try ReportRunner(open: { try Connection(path: path, mode: .readOnly) }, candidate: candidate)
      .run([definition], request, to: .folder(out))
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: out) {
      files[name] = String(decoding: FileManager.default.contents(atPath: "\(out)/\(name)")!, as: UTF8.self)
    }
    return files
  }
}

/// What happens at random on a desk, in order of time.
struct DeskStory {
  var now: Instant
  private var random: Dice
  private var count: Int64 = 0
  private var taskCount: Int64 = 0

  init(seed: Int, now: Instant) {
    random = Dice(seed: UInt64(seed) &* 7919 &+ 1)
    self.now = now
  }

  private mutating func pick<T>(_ some: [T]) -> T { some.randomElement(using: &random)! }
  private mutating func chance(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &random) == 0 }

  /// Lets time pass and one thing happen; what the desk refuses does not.
  mutating func step(_ desk: LiveDesk, longest: Int64 = 14_400) throws {
    now = now + Int64.random(in: 60...longest, using: &random)
    let id = Int64.random(in: 1...max(1, count), using: &random)
    do {
      switch count == 0 ? 0 : Int.random(in: 0..<15, using: &random) {
      case 0, 1, 2:
        var opening = TicketActions.Opening(title: "Asunto \(count + 1)", description: "x")
        opening.client = pick(["Acme", "Ñandú", "Zapata"])
        opening.product = pick([nil, "ERP", "Nómina"])
        opening.priority = pick([nil, nil, "alta", "baja"])
        opening.plazo = pick([nil, nil, "1d", "4h"])
        opening.assigned = pick([nil, "ana", "luis"])
        _ = try desk.tickets(now).open(opening)
        count += 1
      case 3, 4, 5:
        var reply = TicketActions.Reply()
        reply.body = "texto"
        reply.externalNumber = pick([nil, nil, "P-1"])
        reply.plazo = pick([nil, nil, nil, "2d", "90m"])
        reply.waitingOn = pick([nil, .client, .provider, .support])
        reply.assigned = pick([nil, nil, "luis", "ana"])
        reply.closes = chance(4)
        _ = try desk.tickets(now).reply(to: id, reply)
      case 6: _ = try desk.tickets(now).assign(id, to: pick(["ana", "luis"]), responsible: chance(2))
      case 7, 8: _ = try desk.tickets(now).close(id)
      case 9: _ = try desk.tickets(now).reopen(id, reason: "otra vez")
      case 10: _ = try desk.tickets(now).sign(id, pick(VoBo.allCases), reason: "no")
      case 11:
        var opening = Tasks.Opening(title: "Tarea", technician: pick(["ana", "luis"]))
        opening.plazo = pick([nil, "1d"])
        _ = try desk.tasks(now).add(opening)
        taskCount += 1
      case 12: try desk.tasks(now).close(Int64.random(in: 1...max(1, taskCount), using: &random))
      case 13:
        try desk.tasks(now).sign(
          Int64.random(in: 1...max(1, taskCount), using: &random), pick(VoBo.allCases), reason: "no")
      default:
        var entry = Activities.Entry(
          startedAt: now - 3600, day: desk.zone.date(at: now - 3600), seconds: 3000, description: "Atención")
        entry.ticketID = chance(2) ? id : nil
        _ = try desk.activities(now).log(entry)
      }
    } catch is DeskError {}
    if chance(3) { try desk.sweep(now) }
  }
}
