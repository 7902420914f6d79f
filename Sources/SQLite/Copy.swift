internal import CSQLite

extension Connection {
  /// Copies the whole database, as this connection sees it, into another that is empty, by SQLite's online backup.
  ///
  /// The view is held for as long as it takes: others go on writing, and what they write is not in the copy. Called
  /// within `read`, the copy is of the same view as what else is read there.
  /// - Parameter shouldStop: asked every few megabytes; `true` ends it with `DatabaseError.isInterrupted`.
  /// - Source: <https://www.sqlite.org/backup.html>
  public func copy(into target: Connection, shouldStop: () -> Bool = { false }) throws {
    guard isInTransaction else { return try read { try copy(into: target, shouldStop: shouldStop) } }
    // BEGIN alone takes no view; without one, a write of another process would begin the copy anew.
    _ = try integer(sql: "SELECT count(*) FROM sqlite_schema")
    guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
      throw DatabaseError(sqlite3_errcode(target.handle), of: target.handle, sql: nil)
    }
    var code = SQLITE_OK
    while code == SQLITE_OK {
      if shouldStop() {
        sqlite3_backup_finish(backup)
        throw DatabaseError(code: SQLITE_INTERRUPT, message: "interrupted")
      }
      code = sqlite3_backup_step(backup, Self.pagesAtOnce)
    }
    let finished = sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE else { throw DatabaseError(code, of: target.handle, sql: nil) }
    guard finished == SQLITE_OK else { throw DatabaseError(finished, of: target.handle, sql: nil) }
  }

  private static let pagesAtOnce: Int32 = 1024
}
