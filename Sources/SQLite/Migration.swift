/// One step of a schema, forward only. A published one is never edited.
public struct Migration: Sendable {
  public let name: String
  public let sql: String

  public init(name: String, sql: String) {
    self.name = name
    self.sql = sql
  }
}

/// Why a file cannot be brought to a schema.
public enum MigrationError: Error, Equatable, Sendable {
  /// The file has steps that this program does not know: a newer program made them.
  case newerSchema(unknown: [String])
}

extension Connection {
  /// Applies the steps that the file lacks, each in its own transaction together with its name.
  ///
  /// - Throws: `MigrationError.newerSchema` when the file has steps that `migrations` lacks.
  /// - Returns: the names of the steps applied now.
  @discardableResult
  public func migrate(_ migrations: [Migration], now: Int64) throws -> [String] {
    var applied: [String] = []
    if try pendingMigrations(migrations).isEmpty { return [] }
    try execute(
      sql:
        "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID"
    )
    for migration in migrations {
      try write {
        // Asked again under the lock: another process may have been quicker.
        if try integer(sql: "SELECT 1 FROM migration WHERE name = ?", .text(migration.name)) != nil { return }
        try execute(sql: migration.sql)
        try run(sql: "INSERT INTO migration (name, applied_at) VALUES (?, ?)", .text(migration.name), .integer(now))
        applied.append(migration.name)
      }
    }
    return applied
  }

  /// The names of the steps that the file lacks.
  /// - Throws: `MigrationError.newerSchema`.
  public func pendingMigrations(_ migrations: [Migration]) throws -> [String] {
    guard try integer(sql: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'") != nil else {
      return migrations.map(\.name)
    }
    let present = Set(try rows(sql: "SELECT name FROM migration").compactMap { $0[0].text })
    let known = Set(migrations.map(\.name))
    let unknown = present.subtracting(known).sorted()
    guard unknown.isEmpty else { throw MigrationError.newerSchema(unknown: unknown) }
    return migrations.map(\.name).filter { !present.contains($0) }
  }
}
