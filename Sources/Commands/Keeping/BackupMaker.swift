internal import Desk
internal import Glibc
internal import SLA
internal import SQLite
internal import Scheduler

/// Makes a backup of a desk: one file, copied while others write, verified before it gets its name.
struct BackupMaker {
  /// The desk's folder.
  let folder: String
  let now: Instant

  struct Made {
    var path: String
    var bytes: Int64
    var rows: Int64
    var tables: Int
  }

  /// - Parameter path: of the file, which must not be there yet. Its folder is made when it is missing.
  /// - Throws: `DeskError` when it is there, or the copy is not the desk; `DatabaseError`. Nothing is then left behind.
  func make(at path: String, shouldStop: () -> Bool = { false }) throws -> Made {
    guard access(path, F_OK) != 0 else {
      throw DeskError("'\(path)' is there already", mend: "give another name, or remove it first")
    }
    let slash = path.lastIndex(of: "/")
    let place = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    return try Folders.making(place) {
      let partial = "\(place)/.\(name).\(getpid()).partial"
      defer { for suffix in ["", "-journal", "-wal", "-shm"] { unlink(partial + suffix) } }
      // Made before SQLite opens it, so that it is its owner's alone from the first byte on.
      let descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw Folders.cannotMake(path, errno) }
      defer { close(descriptor) }
      var made = try copy(to: partial, shouldStop: shouldStop)
      guard fsync(descriptor) == 0 else { throw Folders.cannotMake(path, errno) }
      guard link(partial, path) == 0 || moveWithoutLink(partial, path) else { throw Folders.cannotMake(path, errno) }
      Self.synchronize(place)
      made.path = path
      return made
    }
  }

  private func copy(to path: String, shouldStop: () -> Bool) throws -> Made {
    let files = BackupTables.files(of: folder)
    let source = try DeskFile.open(
      at: "\(folder)/\(DeskFile.name)", mode: .readOnly, migrations: allMigrations, now: now)
    let target = try Connection(path: path, mode: .readWrite)
    let counts = try source.read {
      let counts = try BackupTables.count(BackupTables.tables(of: source), on: source)
      try source.copy(into: target, shouldStop: shouldStop)
      return counts
    }
    // One file, which needs none beside it to be read.
    _ = try target.value(sql: "PRAGMA journal_mode = DELETE")
    try BackupTables.write(
      to: target, counts: counts, files: files, desk: BackupName(folder: folder, madeAt: now).desk, madeAt: now)
    try BackupCheck(connection: target, path: path).check(.quick, counts: counts)
    let pages = try target.integer(sql: "PRAGMA page_count") ?? 0
    let pageSize = try target.integer(sql: "PRAGMA page_size") ?? 0
    return Made(path: path, bytes: pages * pageSize, rows: counts.values.reduce(0, +), tables: counts.count)
  }

  /// Where the file system has no second names for a file, which would refuse a name that is taken.
  private func moveWithoutLink(_ from: String, _ to: String) -> Bool {
    guard errno != EEXIST, access(to, F_OK) != 0 else { return false }
    return rename(from, to) == 0
  }

  /// Makes what was renamed in a folder durable.
  static func synchronize(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Removes the dated backups of the desk in a folder that the rotation does not keep. - Returns: their names.
  func rotate(_ place: String, _ rotation: Rotation, in zone: Zone) throws -> [String] {
    let all = BackupName.all(of: folder, in: place)
    let kept = rotation.kept(of: all.map(\.madeAt), in: zone)
    var removed: [String] = []
    for backup in all where !kept.contains(backup.madeAt) {
      guard unlink("\(place)/\(backup.text)") == 0 || errno == ENOENT else {
        throw DeskError(
          "the old backup '\(place)/\(backup.text)' cannot be removed (\(String(cString: strerror(errno)).lowercased()))",
          mend: "remove it by hand, or let plazo's user write the folder")
      }
      removed.append(backup.text)
    }
    return removed
  }
}
