internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import SLA
internal import SQLite

/// What a backup has besides the desk's own tables: when it was made, how many rows each table had, and the files beside
/// the database without which the desk would be judged by other rules.
enum BackupTables {
  /// Folders of the desk whose files go along.
  static let folders = ["reports", "calendars"]
  /// A file larger than this is nobody's settings.
  private static let largest = 4 << 20

  static let names = ["backup_note", "backup_rows", "backup_file"]

  private static let schema = """
    CREATE TABLE backup_note (
      id INTEGER PRIMARY KEY CHECK (id = 1), made_at INTEGER NOT NULL, program TEXT NOT NULL, desk TEXT NOT NULL
    ) STRICT;
    CREATE TABLE backup_rows (name TEXT PRIMARY KEY, rows INTEGER NOT NULL) STRICT;
    CREATE TABLE backup_file (path TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
    """

  /// The names of the desk's own tables, those of search indexes left to the tables that they serve.
  static func tables(of connection: Connection) throws -> [String] {
    try connection.rows(
      sql: """
        SELECT name FROM sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name
        """
    ).compactMap(\.[0].text).filter { !names.contains($0) }
  }

  static func count(_ tables: [String], on connection: Connection) throws -> [String: Int64] {
    var counts: [String: Int64] = [:]
    for table in tables {
      counts[table] = try connection.integer(sql: "SELECT count(*) FROM \"\(table)\"") ?? 0
    }
    return counts
  }

  static func write(
    to connection: Connection, counts: [String: Int64], files: [(path: String, content: [UInt8])], desk: String,
    madeAt: Instant
  ) throws {
    try connection.write {
      for name in names { try connection.execute(sql: "DROP TABLE IF EXISTS \(name)") }
      try connection.execute(sql: schema)
      try connection.run(
        sql: "INSERT INTO backup_note VALUES (1, ?, ?, ?)", .integer(madeAt.seconds), .text(programVersion), .text(desk)
      )
      for (name, rows) in counts {
        try connection.run(sql: "INSERT INTO backup_rows VALUES (?, ?)", .text(name), .integer(rows))
      }
      for (path, content) in files {
        try connection.run(sql: "INSERT INTO backup_file VALUES (?, ?)", .text(path), .blob(content))
      }
    }
  }

  /// The settings of a desk, and the files in the folders that belong to them. Links are left out: they lead elsewhere.
  static func files(of folder: String) -> [(path: String, content: [UInt8])] {
    var paths = [Configuration.fileName]
    for name in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []
      paths += names.sorted().filter { !$0.hasPrefix(".") }.map { "\(name)/\($0)" }
    }
    return paths.compactMap { path in
      var information = stat()
      guard lstat("\(folder)/\(path)", &information) == 0, information.st_mode & S_IFMT == S_IFREG,
        information.st_size <= largest, let data = FileManager.default.contents(atPath: "\(folder)/\(path)")
      else { return nil }
      return (path, [UInt8](data))
    }
  }

  /// Whether a path from a backup is one that a backup would have: nothing in it leads out of the desk.
  static func isPlain(_ path: String) -> Bool {
    if path == Configuration.fileName { return true }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && folders.contains(String(parts[0])) && !parts[1].isEmpty && !parts[1].hasPrefix(".")
      && !parts[1].contains("\0")
  }
}
