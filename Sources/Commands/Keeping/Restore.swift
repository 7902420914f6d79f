internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import SLA
internal import SQLite
internal import Text

/// Makes a desk of a backup, in a folder that is new or empty.
struct Restore {
  let file: String
  let session: Session

  /// Where the desk's file is until it is known to be whole.
  private static let partial = ".desk.sqlite.partial"

  /// - Returns: what the file is, in lines for people. - Throws: `DeskError` for the first thing wrong with it.
  func check() throws -> [String] {
    let source = try open()
    return try [verify(source)]
  }

  func run(to folder: String) throws -> [String] {
    try refuseWhatIsThere(folder)
    let source = try open()
    var lines = [try verify(source)]
    let now = try session.now()
    let maker = try DeskMaker(folder)
    try maker.make {
      for name in ["reports", "out", "mail"] { try maker.makeFolder(name) }
      let partial = maker.begin(Self.partial)
      let descriptor = Glibc.open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw Folders.cannotMake(partial, errno) }
      defer { close(descriptor) }
      try copy(source, to: partial)
      lines += try examine(partial, now: now)
      guard fsync(descriptor) == 0 else { throw Folders.cannotMake(partial, errno) }
      lines += try writeFiles(of: source, maker)
      // Last, so that a folder with a desk.sqlite has all of the desk.
      let path = maker.begin(DeskFile.name)
      guard rename(partial, path) == 0 else { throw Folders.cannotMake(path, errno) }
      BackupMaker.synchronize(folder)
    }
    lines.append("\(folder): a desk again; look at it with 'plazo --desk \(folder) doctor' before anything runs there")
    return lines
  }

  private func refuseWhatIsThere(_ folder: String) throws {
    // A left-over write-ahead log would be played into the restored file.
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder), !names.isEmpty else { return }
    throw DeskError("'\(folder)' is not empty", mend: "restore into a new folder; move it into place afterwards")
  }

  private func open() throws -> Connection {
    guard access(file, R_OK) == 0 else {
      throw DeskError(
        "'\(file)' cannot be read (\(String(cString: strerror(errno)).lowercased()))",
        mend: "give a file that 'plazo backup' made")
    }
    do {
      return try Connection(path: file, mode: .readOnly)
    } catch let error as DatabaseError {
      throw unreadable(error)
    }
  }

  private func unreadable(_ error: DatabaseError) -> DeskError {
    if error.isNotADatabase {
      return DeskError("'\(file)' is not a desk of plazo", mend: "give a file that 'plazo backup' made")
    }
    if error.primaryCode == 11 {
      return DeskError("'\(file)' is damaged: \(error.message)", mend: "use another backup")
    }
    return DeskError("'\(file)' cannot be read: \(error.message)", mend: "copy it to a disk that is sound and try that")
  }

  private func verify(_ source: Connection) throws -> String {
    do {
      let isBackup = try source.integer(
        sql: "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name LIKE 'backup\\_%' ESCAPE '\\'")
      var counts: [String: Int64] = [:]
      if isBackup ?? 0 >= 3 {
        for row in try source.rows(sql: "SELECT name, rows FROM backup_rows") {
          counts[row[0].text ?? ""] = row[1].integer ?? 0
        }
      }
      try BackupCheck(connection: source, path: file).check(.full, counts: counts)
      do { _ = try source.pendingMigrations(allMigrations) } catch MigrationError.newerSchema(let unknown) {
        throw DeskError(
          "'\(file)' was made by a newer plazo (it has \(unknown.joined(separator: ", ")))", mend: "update this plazo")
      }
      guard let note = counts.isEmpty ? nil : try source.rows(sql: "SELECT made_at, program FROM backup_note").first
      else { return "\(file): a desk, whole, with no note of when it was copied" }
      let madeAt = Instant(note[0].integer ?? 0).iso8601(in: .utc)
      let rows = counts.values.reduce(0, +)
      return
        "\(file): a backup of \(madeAt), by plazo \(note[1].text ?? "?"), whole: \(rows) rows in \(counts.count) tables"
    } catch let error as DatabaseError {
      throw unreadable(error)
    }
  }

  private func copy(_ source: Connection, to path: String) throws {
    let target = try Connection(path: path, mode: .readWrite)
    try source.copy(into: target)
    for name in BackupTables.names { try target.execute(sql: "DROP TABLE IF EXISTS \(name)") }
  }

  /// Brings the file to this program's tables, replays it, and says what there is to know.
  private func examine(_ path: String, now: Instant) throws -> [String] {
    let connection = try DeskFile.open(at: path, mode: .readWrite, migrations: allMigrations, now: now)
    defer { for suffix in ["-wal", "-shm"] { unlink(path + suffix) } }
    var differences: [Replay.Difference] = []
    let count = try connection.read { try Replay(connection).check { differences.append($0) } }
    var lines = [
      "replayed \(count) tickets and tasks from their events: \(differences.isEmpty ? "all agree" : "see below")"
    ]
    for difference in differences.prefix(20) { lines.append("differs from its events: \(difference)") }
    let waiting = try connection.integer(sql: "SELECT count(*) FROM message WHERE state = 'pending'") ?? 0
    if waiting > 0 {
      lines.append(
        "\(waiting) mails waited when the backup was made, and may have been sent since: see 'plazo outbox list' before 'plazo tick'"
      )
    }
    // Into one file, and then as every desk is kept.
    _ = try connection.value(sql: "PRAGMA journal_mode = DELETE")
    _ = try connection.value(sql: "PRAGMA journal_mode = WAL")
    return lines
  }

  private func writeFiles(of source: Connection, _ maker: DeskMaker) throws -> [String] {
    var files: [[Value]] = []
    if try source.integer(sql: "SELECT 1 FROM sqlite_schema WHERE name = 'backup_file'") != nil {
      files = try source.rows(sql: "SELECT path, content FROM backup_file ORDER BY path")
    }
    var paths: Set<String> = []
    for row in files {
      guard let path = row[0].text, BackupTables.isPlain(path), case .blob(let content) = row[1] else { continue }
      if let slash = path.firstIndex(of: "/") { try maker.makeFolder(String(path[..<slash])) }
      try maker.write(content, to: path)
      paths.insert(path)
    }
    if paths.contains(Configuration.fileName) {
      return ["\(counted(paths.count, "file")) of settings and reports restored"]
    }
    return ["it has no \(Configuration.fileName): copy the desk's own into the folder, or that of a new desk"]
  }
}
