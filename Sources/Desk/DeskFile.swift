internal import FoundationEssentials
public import SLA
public import SQLite

/// The file of a desk: making it, opening it, and refusing what is not one.
public enum DeskFile {
  public static let name = "desk.sqlite"

  /// Makes the tables of a new desk at `path`.
  /// - Throws: `DeskError` when there is something already.
  public static func create(at path: String, migrations: [Migration], now: Instant) throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw DeskError("'\(path)' is there already", mend: "choose another folder, or remove it first")
    }
    let connection = try Connection(path: path, mode: .create)
    try connection.execute(sql: "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL")
    try prepare(connection)
    try connection.migrate(migrations, now: now.seconds)
    // Last, so that a half-made file is not taken for a desk.
    try connection.execute(sql: "PRAGMA application_id = \(DeskSchema.applicationID)")
  }

  /// Opens the desk at `path` and brings an older one to this program's tables.
  ///
  /// - Throws: `DeskError` for a file that is no desk or that a newer program made; `DatabaseError` for the rest.
  public static func open(
    at path: String, mode: Connection.Mode, migrations: [Migration], now: Instant
  ) throws -> Connection {
    guard FileManager.default.fileExists(atPath: path) else {
      throw DeskError("there is no desk at '\(path)'", mend: "make one with 'plazo init', or name another with --desk")
    }
    do {
      let connection = try Connection(path: path, mode: mode)
      guard try connection.integer(sql: "PRAGMA application_id") == DeskSchema.applicationID else {
        throw notADesk(path)
      }
      let pending = try connection.pendingMigrations(migrations)
      if !pending.isEmpty {
        if case .readOnly = mode {
          let writer = try Connection(path: path, mode: .readWrite)
          try prepare(writer)
          try writer.migrate(migrations, now: now.seconds)
        } else {
          try connection.migrate(migrations, now: now.seconds)
        }
      }
      try prepare(connection)
      return connection
    } catch let error as DatabaseError where error.isNotADatabase {
      throw notADesk(path)
    } catch MigrationError.newerSchema(let unknown) {
      throw DeskError(
        "the desk '\(path)' was made by a newer plazo (it has \(unknown.joined(separator: ", ")))",
        mend: "update this plazo; the desk was not touched")
    }
  }

  private static func prepare(_ connection: Connection) throws {
    try connection.execute(
      sql: """
        PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF
        """)
  }

  private static func notADesk(_ path: String) -> DeskError {
    DeskError("'\(path)' is not a desk of plazo", mend: "restore it from a backup, or name another with --desk")
  }
}
