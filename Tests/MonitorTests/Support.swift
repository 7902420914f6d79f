import Desk
import FoundationEssentials
import Monitor
import SLA
import SQLite
import Testing
import Text

/// A desk in a file of its own, with the rules of a configuration, for as long as a test holds it.
final class TestDesk {
  let connection: Connection
  let folder: String
  let candidate: AppliedRules.Candidate
  let zone: Zone
  let admin: User

  /// Monday to Friday 09:00–14:00 and 16:00–19:00 in Mexico City; two days, near due from 80 %.
  static let officeRules = """
    {
      timeZone: "America/Mexico_City",
      calendars: { office: { weekly: {
        mon: ["09:00-14:00", "16:00-19:00"], tue: ["09:00-14:00", "16:00-19:00"], wed: ["09:00-14:00", "16:00-19:00"],
        thu: ["09:00-14:00", "16:00-19:00"], fri: ["09:00-14:00", "16:00-19:00"] } } },
      policies: [{ name: "default", calendar: "office", clocks: { resolution: {
        plazo: "16h", pauseWhileWaitingOn: ["client"] } } }],
    }
    """

  init(rules text: String = TestDesk.officeRules, openedAt now: String = "2026-01-01T00:00:00Z") throws {
    folder = "\(FileManager.default.temporaryDirectory.path())plazo-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/desk.sqlite"
    let start = try #require(Instant(iso8601: now, in: .utc))
    let migrations = DeskSchema.migrations + MonitorSchema.migrations
    try DeskFile.create(at: path, migrations: migrations, now: start)
    connection = try DeskFile.open(at: path, mode: .readWrite, migrations: migrations, now: start)
    // A test desk outlives no crash.
    try connection.execute(sql: "PRAGMA synchronous = OFF")
    candidate = try Self.candidate(text, now: start)
    zone = try Self.zone("America/Mexico_City")
    let directory = Directory(connection)
    admin = try directory.addUser(login: "admin", name: "Admin", role: .administrator)
    try directory.addUser(login: "ana", name: "Ana", role: .technician)
    try directory.add("Acme", to: .client)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static func zone(_ name: String) throws -> Zone {
    try Zone(name: name, data: [UInt8](Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))))
  }

  static func candidate(
    _ text: String, now: Instant, zone: (String) throws -> Zone = TestDesk.zone
  ) throws -> AppliedRules.Candidate {
    let document = try Document(file: "rules", data: Data(text.utf8))
    let rules = RulesReader.read(document.root)
    try document.finish()
    return try AppliedRules.candidate(document.root.value!, rules: rules, zone: zone, now: now)
  }

  /// An instant by the desk's wall clock.
  func at(_ text: String) -> Instant { Instant(iso8601: text, in: zone)! }

  /// The same in Mexico City, where every test desk is.
  static func instant(_ text: String) -> Instant { Instant(iso8601: text, in: mexico)! }
  private static let mexico = try! zone("America/Mexico_City")

  func actions(_ now: String) -> TicketActions { TicketActions(connection, actor: admin, now: at(now)) }

  @discardableResult
  func open(_ now: String, plazo: String? = nil) throws -> Int64 {
    var opening = TicketActions.Opening(title: "No imprime", description: "")
    opening.client = "Acme"
    opening.plazo = plazo
    return try actions(now).open(opening).id
  }

  func reply(_ id: Int64, _ now: String, _ edit: (inout TicketActions.Reply) -> Void) throws {
    var reply = TicketActions.Reply()
    edit(&reply)
    _ = try actions(now).reply(to: id, reply)
  }

  @discardableResult
  func sweep(_ now: String, _ extent: Sweep.Extent = .due) throws -> Sweep.Outcome {
    try Sweep(connection, now: at(now)).run(extent, candidate: candidate)
  }

  /// Records facts as an import does: now, though they happened earlier.
  func record(_ id: Int64, _ now: String, _ facts: [(change: TicketChange, at: String)]) throws {
    try DeskWriter.transact(connection, at: at(now), by: nil) { writer in
      var row = try #require(try Tickets(connection).ticket(id))
      try writer.append(facts.map { ($0.change, at($0.at)) }, to: &row)
    }
  }

  /// One thing that happened when it was recorded.
  func record(_ id: Int64, _ now: String, _ change: TicketChange) throws { try record(id, now, [(change, now)]) }

  /// The only running clock's deadline by the desk's wall clock, such as `2026-03-24T19:00:00`; `-` without one.
  func deadline() throws -> String {
    let rows = try connection.rows(sql: "SELECT deadline FROM ticket_clock")
    try #require(rows.count == 1)
    return rows[0][0].integer.map { local(Instant($0)) } ?? "-"
  }

  func local(_ instant: Instant) -> String { String(instant.iso8601(in: zone).prefix(19)) }

  /// Transitions as `late on-time 2026-03-24T19:00:00`, in the order in which they were written.
  func transitions() throws -> [String] {
    try connection.rows(sql: "SELECT from_situation, to_situation, happened_at FROM ticket_transition ORDER BY id").map
    {
      "\($0[0].text ?? "-") \($0[1].text!) \(local(Instant($0[2].integer!)))"
    }
  }

  /// A table's rows as text, for comparing.
  func dump(_ sql: String) throws -> [String] {
    try connection.rows(sql: sql).map { row in
      row.map { value in
        switch value {
        case .null: "-"
        case .integer(let integer): "\(integer)"
        case .real(let real): "\(real)"
        case .text(let text): text
        case .blob(let bytes): "\(bytes.count) bytes"
        }
      }.joined(separator: " ")
    }
  }

  func judged(_ now: String) throws -> [Judge.Judged] {
    var all: [Judge.Judged] = []
    try Judge(connection, now: at(now), candidate: candidate).each { all.append($0) }
    return all
  }

  static let clockSQL = "SELECT * FROM ticket_clock ORDER BY ticket_id, kind"
  static let pauseSQL = "SELECT * FROM ticket_clock_pause ORDER BY ticket_id, kind, from_at"
}
