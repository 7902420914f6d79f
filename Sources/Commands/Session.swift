internal import Desk
internal import FoundationEssentials
internal import Monitor
internal import SLA
internal import SQLite
internal import Text

/// One call of the program: the global options, and the desk as far as a command asks for it.
final class Session: Sendable {
  let world: World
  let folder: String
  private let command: Command
  /// `--as`, when given.
  private let actorLogin: String?
  private let languageOption: Language?
  /// What stands in for the clock, and where it was given.
  private let nowOption: (text: String, origin: String)?

  static let globalOptions: [Command.Option] = [
    .init("--desk", "DIR", "the desk's folder; else $PLAZO_DESK, else ./desk"),
    .init("--now", "INSTANT", "stands in for the clock, such as 2026-03-27T09:00; else $PLAZO_NOW"),
    .init("--as", "USER", "who acts; else the user whose login is yours on this machine"),
    .init("--lang", "es|en", "the language of what people read; else the desk's"),
  ]

  init(world: World, line: Line, command: Command) throws {
    self.world = world
    self.command = command
    folder = line.value("--desk") ?? world.variable("PLAZO_DESK") ?? "desk"
    guard !folder.isEmpty else { throw UsageError(problem: "--desk is empty", mend: "give the desk's folder") }
    actorLogin = line.value("--as")
    languageOption = try line.choice("--lang", Language.self)
    nowOption =
      line.value("--now").map { ($0, "--now") } ?? world.variable("PLAZO_NOW").map { ($0, "$PLAZO_NOW") }
  }

  // MARK: Time

  /// The instant at which the command runs: read once. - Throws: `UsageError` for an unreadable `--now`.
  func now(in zone: Zone = .utc) throws -> Instant {
    guard let (text, origin) = nowOption else { return world.clock() }
    return try instant(text, origin, in: zone)
  }

  /// Whether something stands in for the clock.
  var isClockGiven: Bool { nowOption != nil }

  func instant(_ text: String, _ option: String, in zone: Zone) throws -> Instant {
    guard let instant = Instant(iso8601: text, in: zone) else {
      throw UsageError(
        problem: "'\(text)' is no instant for \(option)",
        mend: "write it as 2026-03-27T09:00 or 2026-03-27T09:00:00-06:00")
    }
    // Calendars are walked years ahead of an instant and behind it, and dates end with the year 9999.
    guard (0..<7_258_118_400).contains(instant.seconds) else {
      throw UsageError(
        problem: "'\(text)' for \(option) is too far away", mend: "give an instant from the years 1970 to 2199")
    }
    return instant
  }

  /// Tells a person that what was asked for is done; programs read the exit code.
  func confirm(_ text: String) {
    if world.talk.isTerminal { world.talk.line(text) }
  }

  // MARK: The desk

  var zones: ZoneFiles { ZoneFiles(environment: world.environment) }
  var databasePath: String { "\(folder)/\(DeskFile.name)" }

  func language(_ configuration: Configuration) -> Language { languageOption ?? configuration.language }

  /// The configuration, checked as a whole.
  func configuration() throws -> Configuration { try Configuration.load(folder: folder, zones: zones) }

  /// Opens the desk and everything that a command on it needs.
  func open(_ mode: Connection.Mode = .readWrite) throws -> OpenDesk {
    try place.check(writes: mode == .readWrite)
    return try open(mode, with: try configuration())
  }

  private var place: DeskPlace { DeskPlace(folder: folder, user: world.systemUser) }

  /// - Parameters:
  ///   - configuration: one that was read before, for a service that keeps the last good one.
  ///   - now: for a service, whose clock goes on; `nil`: the instant of this run.
  func open(
    _ mode: Connection.Mode = .readWrite, with configuration: Configuration, now: Instant? = nil
  ) throws -> OpenDesk {
    let now = try now ?? self.now(in: configuration.zone)
    let connection = try DeskFile.open(at: databasePath, mode: mode, migrations: allMigrations, now: now)
    let desk = OpenDesk(
      connection: connection, configuration: configuration, now: now, language: language(configuration), folder: folder)
    if let reader = try reader(desk), reader.role == .client, command.isForStaff {
      throw keptOut
    }
    return desk
  }

  /// For commands that get at a desk that may be broken by a road of their own: keeps out whoever `open` would.
  func keepContactsOut() throws {
    guard command.isForStaff,
      let connection = try? DeskFile.open(
        at: databasePath, mode: .readOnly, migrations: allMigrations, now: world.clock()),
      let reader = try? reader(on: connection), reader.role == .client
    else { return }
    throw keptOut
  }

  private var keptOut: DeskError {
    DeskError("a client's contact cannot use 'plazo \(command.name)'", mend: "ask a technician")
  }

  /// Who acts. - Throws: `DeskError` when nobody on the desk has the login.
  func actor(_ desk: OpenDesk) throws -> User {
    guard let user = try reader(desk) else {
      throw DeskError(
        "nobody on this desk has your login '\(world.systemUser)'",
        mend: "say who acts with --as USER, or add yourself with 'plazo user add'")
    }
    return user
  }

  /// The user whom `--as` names; `nil` without it. - Throws: `DeskError` when it names nobody.
  func explicitActor(_ desk: OpenDesk) throws -> User? {
    try actorLogin.map { try Directory(desk.connection).require(login: $0) }
  }

  /// Who looks at the desk: the one named by `--as`, or whose login is the system user's; else `nil`, for the operator
  /// of the machine, who may read the file anyhow. - Throws: `DeskError` when `--as` names nobody.
  func reader(_ desk: OpenDesk) throws -> User? { try reader(on: desk.connection) }

  private func reader(on connection: Connection) throws -> User? {
    if let actorLogin { return try Directory(connection).require(login: actorLogin) }
    guard let user = try Directory(connection).user(login: world.systemUser), user.isActive else { return nil }
    return user
  }
}

/// A desk that is open, with its configuration and the one instant of this run.
struct OpenDesk {
  let connection: Connection
  let configuration: Configuration
  let now: Instant
  let language: Language
  let folder: String

  var zone: Zone { configuration.zone }

  /// The files that say something else than the version in force, such as `plazo.json5 or calendars/mexico.json5`: a
  /// calendar that differs is told with all files that have a say in it. `nil` where nothing differs, or nothing was ever
  /// applied.
  func changedFiles(_ candidate: AppliedRules.Candidate) throws -> String? {
    guard let difference = try Plan.difference(of: candidate, on: connection) else { return nil }
    let name = Configuration.fileName
    var files = Set(difference.rules ? [name] : [])
    // A calendar that is gone had its place in the one file that is always there, as far as anybody can tell.
    for calendar in difference.calendars { files.formUnion(configuration.calendarSources[calendar] ?? [name]) }
    if files.isEmpty { return "the time zones' data (tzdata)" }
    return (files.filter { $0 == name } + files.subtracting([name]).sorted()).joined(separator: " or ")
  }

  /// The rules of the configuration, ready to be applied.
  func candidate(_ zones: ZoneFiles) throws -> AppliedRules.Candidate {
    try AppliedRules.candidate(
      configuration.document, rules: configuration.rules, zone: { try zones.zone($0) }, now: now)
  }
}
