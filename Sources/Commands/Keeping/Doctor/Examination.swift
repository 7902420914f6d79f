internal import Desk
internal import Monitor
internal import SLA
internal import SQLite

/// One thing that is not as it should be, and what to do about it. Neither has personal data.
struct Finding: Equatable, Sendable {
  var problem: String
  var mend: String

  init(_ problem: String, mend: String) {
    self.problem = problem
    self.mend = mend
  }
}

/// One thing that `plazo doctor` looks at. What it throws is a finding, too, and the others are made all the same.
struct DoctorCheck: Sendable {
  /// Such as `free-space`: stable, for programs.
  var name: String
  /// What is all right when nothing is found, in the reader's eyes: `every page and index of desk.sqlite agrees`.
  var subject: String
  var run: @Sendable (Examination) throws -> [Finding]

  init(_ name: String, _ subject: String, _ run: @escaping @Sendable (Examination) throws -> [Finding]) {
    self.name = name
    self.subject = subject
    self.run = run
  }
}

/// Everything that doctor looks at, in this order. A module that has something to look after adds its list here.
let doctorChecks: [DoctorCheck] = fileChecks + rulesChecks + workChecks + channelChecks

/// A desk as doctor finds it: parts of it may be missing or broken, and the rest is examined all the same.
final class Examination {
  let session: Session
  let folder: String
  let now: Instant
  /// `nil` when plazo.json5 is wrong; `configurationError` then says why.
  let configuration: Configuration?
  let configurationError: (any Error)?
  /// Only reads. `nil` when the file is missing, is no desk, or is too damaged to be opened.
  let connection: Connection?
  let connectionError: (any Error)?
  /// Whether a job examines: then something is at work, and what is due is about to run.
  let isJob: Bool

  init(_ session: Session) throws {
    self.session = session
    isJob = false
    folder = session.folder
    let place = DeskPlace(folder: folder, user: session.world.systemUser)
    try place.checkForAnyPart()
    do {
      configuration = try session.configuration()
      configurationError = nil
    } catch {
      (configuration, configurationError) = (nil, error)
    }
    do {
      try place.check(writes: false)
      connection = try DeskFile.open(
        at: session.databasePath, mode: .readOnly, migrations: allMigrations, now: session.now())
      connectionError = nil
    } catch let error as UsageError {
      throw error
    } catch {
      (connection, connectionError) = (nil, error)
    }
    zone = configuration?.zone ?? Self.appliedZone(session, connection) ?? .utc
    now = try session.now(in: zone)
  }

  /// For a service, whose configuration is the last good one and whose clock goes on.
  init(_ session: Session, _ configuration: Configuration, now: Instant) throws {
    self.session = session
    folder = session.folder
    self.configuration = configuration
    self.now = now
    isJob = true
    zone = configuration.zone
    // The file as it is now may be another one, and worth a finding.
    do {
      _ = try session.configuration()
      configurationError = nil
    } catch {
      configurationError = error
    }
    do {
      connection = try DeskFile.open(at: session.databasePath, mode: .readOnly, migrations: allMigrations, now: now)
      connectionError = nil
    } catch {
      (connection, connectionError) = (nil, error)
    }
  }

  /// The desk's, else that of a calendar in force.
  let zone: Zone

  private static func appliedZone(_ session: Session, _ connection: Connection?) -> Zone? {
    let name = try? connection?.value(
      sql: """
        SELECT c.zone FROM sweep_state s JOIN policy_calendar p ON p.policy_version_id = s.policy_version_id
          JOIN calendar_version c ON c.id = p.calendar_id ORDER BY c.name = 'always', c.name LIMIT 1
        """
    ).text
    return name.flatMap { try? session.zones.zone($0) }
  }

  /// The connection, or an error that says why this check could not be made.
  func desk() throws -> Connection {
    guard let connection else { throw NotExamined(reason: "\(DeskFile.name) cannot be opened") }
    return connection
  }

  func settings() throws -> Configuration {
    guard let configuration else { throw NotExamined(reason: "\(Configuration.fileName) cannot be read") }
    return configuration
  }

  /// Another check has the finding already.
  struct NotExamined: Error {
    let reason: String
  }
}
