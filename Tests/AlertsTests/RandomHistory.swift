import Desk
import FoundationEssentials
import Glibc
import Monitor
import SLA
import SQLite
import Seeded
import Testing
import Text

@testable import Alerts

/// A fortnight of a small desk in which everything happens at random, swept and told as `tick` does: the same at every
/// run with the same seed.
final class RandomHistory {
  let connection: Connection
  let rules: AlertRules
  private let folder: String
  private let candidate: AppliedRules.Candidate
  private let zone: Zone
  private var dice: Dice
  private(set) var now: Instant
  /// When passes ran, in order; an outage is a long gap.
  private(set) var passes: [Instant] = []
  /// The longest step between two passes but for outages.
  static let longestStep: Seconds = 45 * 60

  static let configuration = """
    {
      timeZone: "America/Mexico_City",
      calendars: {
        office: { weekly: {
          mon: ["09:00-14:00", "16:00-19:00"], tue: ["09:00-14:00", "16:00-19:00"], wed: ["09:00-14:00", "16:00-19:00"],
          thu: ["09:00-14:00", "16:00-19:00"], fri: ["09:00-14:00", "16:00-19:00"] } },
        evening: { weekly: { mon: ["18:00-26:00"], wed: ["18:00-26:00"], sat: ["10:00-12:00"] } },
      },
      policies: [
        { name: "quick", when: { priority: "alta" }, calendar: "office", clocks: {
          resolution: { plazo: "3h", pauseWhileWaitingOn: ["client"] }, "first-response": { plazo: "1h" } } },
        { name: "default", calendar: "office", clocks: { resolution: { plazo: "1d" } } },
      ],
      tasks: { calendar: "office", clocks: { completion: { plazo: "6h" }, vobo: { plazo: "3h" } } },
    }
    """

  init(seed: UInt64) throws {
    dice = Dice(seed: seed)
    var template = Array("/tmp/plazo-history-XXXXXX".utf8CString)
    folder = String(cString: try #require(mkdtemp(&template)))
    zone = try systemZone("America/Mexico_City")
    now = try #require(Instant(iso8601: "2026-03-23T08:00:00", in: zone))
    let migrations = DeskSchema.migrations + MonitorSchema.migrations + AlertsSchema.migrations
    try DeskFile.create(at: "\(folder)/desk.sqlite", migrations: migrations, now: now)
    connection = try DeskFile.open(at: "\(folder)/desk.sqlite", mode: .readWrite, migrations: migrations, now: now)
    try connection.execute(sql: "PRAGMA synchronous = OFF")
    let document = try Document(file: "rules", data: Data(Self.configuration.utf8))
    let parsed = RulesReader.read(document.root)
    try document.finish()
    candidate = try AppliedRules.candidate(document.root.value!, rules: parsed, zone: systemZone, now: now)
    rules = AlertRules(
      routes: dice.chance(50)
        ? [AlertRoute(match: AlertMatch(kinds: [.nearDue]), to: [.assigned], wait: .workingTime(1200))] : [],
      window: 20 * 60, cap: 2)
    let directory = Desk.Directory(connection)
    try directory.add("Acme", to: .client)
    try directory.add("Bolt", to: .client)
    for (login, role) in [
      ("eva", Role.administrator), ("ana", .technician), ("luis", .technician), ("noe", .technician),
    ] {
      try directory.addUser(login: login, name: login, role: role, mail: "\(login)@example.org")
    }
    try directory.addUser(login: "carla", name: "Carla", role: .client, mail: "c@acme.example", clientID: 1)
    try connection.execute(
      sql:
        "UPDATE user SET calendar = 'evening' WHERE login = 'noe'; UPDATE user SET stand_in_id = 3 WHERE login = 'ana'")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private static let staff = ["eva", "ana", "luis", "noe"]

  /// Read once: the rules in force never change here, and building years of hours at each pass takes most of its time.
  private lazy var hours = DeskHours(on: connection, now: now, deskCalendar: nil)

  /// Whether a person works at an instant, by a calendar of our own reckoning.
  func works(_ login: String, at instant: Instant) -> Bool {
    let local = zone.localSeconds(at: instant)
    let weekday = LocalDate(localSeconds: local).weekday
    let hour = (local % 86_400) / 3600
    if login != "noe" { return weekday < .saturday && ((9..<14).contains(hour) || (16..<19).contains(hour)) }
    switch weekday {
    case .monday, .wednesday: return hour >= 18
    case .tuesday, .thursday: return hour < 2
    case .saturday: return (10..<12).contains(hour)
    default: return false
    }
  }

  func run(days: Int64) throws {
    let end = now + days * 86_400
    try pass()
    while now < end {
      now = now + 60 * Int64(dice.upTo(Int(Self.longestStep / 60)) + 1)
      // Now and then nothing runs for a day or two.
      if dice.chance(1) { now = now + 3600 * Int64(dice.upTo(60)) }
      for _ in 0..<dice.upTo(3) { try? act() }
      try pass()
    }
  }

  private func pass() throws {
    let writer = try AlertWriter(
      on: connection, rules: rules, hours: hours, mailChannels: [MaildirChannel.name], now: now)
    try withExtendedLifetime(writer) {
      _ = try Sweep(connection, now: now, observer: writer).run(candidate: candidate)
    }
    let settings = MailSettings(
      deskName: "Mesa", from: MailAddress("plazo@example.org")!, language: .es, zone: zone, zoneNamed: { _ in nil })
    let pass = AlertPass(rules: rules, settings: settings, hours: hours)
    var lookup: ClockLookup?
    _ = try pass.run(on: connection, now: now) { [self] owner, clock in
      let clocks = try lookup ?? ClockLookup(connection, now: now)
      lookup = clocks
      return try clocks.judgement(owner.id, clock)
    }
    _ = try Outbox(on: connection, channels: [Swallowing()], pass: pass).send(clock: { now })
    passes.append(now)
  }

  private struct Swallowing: Channel {
    let name = MaildirChannel.name
    let timeLimit: Seconds = 1
    func deliver(_ message: OutgoingMessage) -> DeliveryResult { .sent }
  }

  private func actions(_ login: String) throws -> TicketActions {
    TicketActions(connection, actor: try Desk.Directory(connection).user(login: login)!, now: now)
  }

  /// Something that somebody does. What the desk refuses is not done.
  private func act() throws {
    let tickets = try connection.rows(sql: "SELECT id FROM ticket ORDER BY id DESC LIMIT 12").compactMap {
      $0[0].integer
    }
    let someone = dice.one(of: Self.staff)
    guard let ticket = tickets.isEmpty ? nil : dice.one(of: tickets) else { return try open(someone) }
    switch dice.upTo(14) {
    case 0...2: try open(someone)
    case 3: _ = try actions("eva").assign(ticket, to: someone)
    case 4:
      var reply = TicketActions.Reply()
      reply.body = "Hola"
      reply.goesByMail = dice.chance(60)
      reply.closes = dice.chance(30)
      reply.waitingOn = dice.chance(30) ? dice.one(of: [.client, .support, .provider]) : nil
      _ = try actions(someone).reply(to: ticket, reply)
    case 5: _ = try actions(someone).close(ticket)
    case 6: _ = try actions(someone).reopen(ticket, reason: nil)
    case 7:
      var reply = TicketActions.Reply()
      reply.plazo = dice.one(of: ["1h", "4h", "1d", "2d"])
      _ = try actions(someone).reply(to: ticket, reply)
    case 8:
      let until = now + 3600 * Int64(dice.upTo(40) + 1)
      _ = try Acknowledgement.give(
        .ticket(ticket), by: 2, until: until, reason: nil, at: now, on: connection)
    case 9 where dice.chance(30):
      let until = now + 3600 * Int64(dice.upTo(30) + 1)
      let silence = dice.chance(60) ? Silence(ticketID: ticket, until: until) : Silence(technicianID: 3, until: until)
      _ = try silence.begin(by: 1, reason: "r", at: now, on: connection)
    case 10 where dice.chance(30):
      let open = try Silence.inForce(at: now, on: connection)
      if let silence = open.first { _ = try Silence.end(silence.id, by: 1, at: now, on: connection) }
    case 11 where dice.chance(40):
      try connection.run(
        sql: "UPDATE user SET away_until = ? WHERE login = ?", .integer((now + 3600 * Int64(dice.upTo(40))).seconds),
        .text(dice.one(of: ["ana", "luis"])))
    case 12:
      _ = try Tasks(connection, actor: Desk.Directory(connection).user(login: "eva")!, now: now)
        .add(.init(title: "Tarea", technician: someone))
    case 13:
      if let id = try connection.integer(sql: "SELECT id FROM task WHERE status = 'open' ORDER BY id LIMIT 1") {
        try Tasks(connection, actor: Desk.Directory(connection).user(login: "eva")!, now: now).close(id)
      }
    default: break
    }
  }

  private func open(_ someone: String) throws {
    var opening = TicketActions.Opening(title: "No imprime", description: "")
    opening.client = dice.one(of: ["Acme", "Bolt"])
    opening.priority = dice.one(of: ["alta", nil])
    opening.assigned = dice.chance(80) ? dice.one(of: Self.staff) : nil
    _ = try actions(someone).open(opening)
  }
}
