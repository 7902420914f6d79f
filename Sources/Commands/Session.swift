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
  /// `--as`, when given.
  private let actorLogin: String?
  private let languageOption: Language?
  private let nowOption: String?

  static let globalOptions: [Command.Option] = [
    .init("--desk", "DIR", "the desk's folder; else $PLAZO_DESK, else ./desk"),
    .init("--now", "INSTANT", "stands in for the clock, such as 2026-03-27T09:00; else $PLAZO_NOW"),
    .init("--as", "USER", "who acts; else the user whose login is yours on this machine"),
    .init("--lang", "es|en", "the language of what people read; else the desk's"),
  ]

  init(world: World, line: Line) throws {
    self.world = world
    folder = line.value("--desk") ?? world.environment["PLAZO_DESK"] ?? "desk"
    actorLogin = line.value("--as")
    languageOption = try line.choice("--lang", Language.self)
    nowOption = line.value("--now") ?? world.environment["PLAZO_NOW"]
  }

  // MARK: Time

  /// The instant at which the command runs: read once. - Throws: `UsageError` for an unreadable `--now`.
  func now(in zone: Zone = .utc) throws -> Instant {
    guard let nowOption else { return world.clock() }
    return try instant(nowOption, "--now", in: zone)
  }

  func instant(_ text: String, _ option: String, in zone: Zone) throws -> Instant {
    guard let instant = Instant(iso8601: text, in: zone) else {
      throw UsageError(
        problem: "'\(text)' is no instant for \(option)",
        mend: "write it as 2026-03-27T09:00 or 2026-03-27T09:00:00-06:00")
    }
    return instant
  }

  // MARK: The desk

  var zones: ZoneFiles { ZoneFiles(environment: world.environment) }
  var databasePath: String { "\(folder)/\(DeskFile.name)" }

  func language(_ configuration: Configuration) -> Language { languageOption ?? configuration.language }

  /// The configuration, checked as a whole.
  func configuration() throws -> Configuration {
    guard FileManager.default.fileExists(atPath: databasePath) else {
      throw DeskError("there is no desk at '\(folder)'", mend: "make one with 'plazo init \(folder)', or give --desk")
    }
    return try Configuration.load(folder: folder, zones: zones)
  }

  /// Opens the desk and everything that a command on it needs.
  func open(_ mode: Connection.Mode = .readWrite) throws -> OpenDesk {
    try open(mode, with: try configuration())
  }

  /// - Parameter configuration: one that was read before, for a service that keeps the last good one.
  func open(_ mode: Connection.Mode = .readWrite, with configuration: Configuration) throws -> OpenDesk {
    let now = try now(in: configuration.zone)
    let connection = try DeskFile.open(at: databasePath, mode: mode, migrations: allMigrations, now: now)
    return OpenDesk(
      connection: connection, configuration: configuration, now: now, language: language(configuration), folder: folder)
  }

  /// Who acts. - Throws: `DeskError` when nobody on the desk has the login.
  func actor(_ desk: OpenDesk) throws -> User {
    if let actorLogin { return try Directory(desk.connection).require(login: actorLogin) }
    guard let user = try Directory(desk.connection).user(login: world.systemUser), user.isActive else {
      throw DeskError(
        "nobody on this desk has your login '\(world.systemUser)'",
        mend: "say who acts with --as USER, or add yourself with 'plazo user add'")
    }
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

  /// The rules of the configuration, ready to be applied.
  func candidate(_ zones: ZoneFiles) throws -> AppliedRules.Candidate {
    try AppliedRules.candidate(
      configuration.document, rules: configuration.rules, zone: { try zones.zone($0) }, now: now)
  }
}
