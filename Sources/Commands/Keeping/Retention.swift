internal import Alerts
internal import FoundationEssentials
internal import Glibc
internal import Reports
internal import SLA
internal import SQLite
internal import Scheduler
internal import Text

/// Takes away what plazo itself wrote and nobody needs any more, as the settings say.
///
/// Events, verdicts and what people wrote are never touched. Of a mail first the text goes: that it was sent, to whom and
/// when stays, and so does the key by which nothing is sent twice, until even that is of no use.
struct Retention {
  private let desk: OpenDesk

  init(_ desk: OpenDesk) { self.desk = desk }

  /// - Returns: what was taken away.
  func run(shouldStop: () -> Bool) throws -> String {
    let settings = desk.configuration.keeping
    var told: [String] = []
    if let days = settings.messageDays {
      let count = try emptyMessages(before: desk.now - Int64(days) * 86_400, shouldStop: shouldStop)
      told.append("\(counted(count, "mail")) emptied")
    }
    told.append(
      "\(try SlotLedger(desk.connection).prune(before: desk.now - Int64(settings.jobDays) * 86_400)) slots forgotten")
    let forgotten = try AlertRetention(desk.connection, before: alertHorizon).run(shouldStop: shouldStop)
    if forgotten.alerts + forgotten.messages > 0 {
      told.append("\(forgotten.alerts) alerts and \(forgotten.messages) messages forgotten")
    }
    let leftovers =
      Leftovers.remove(in: desk.folder, depth: 4)
      + (settings.backupFolder.hasPrefix("/") ? Leftovers.remove(in: settings.backupFolder, depth: 0) : 0)
    if leftovers > 0 { told.append("\(leftovers) half-written files of processes that died removed") }
    // What was written is taken over into the file, whose log then begins anew.
    _ = try desk.connection.value(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    try desk.connection.execute(sql: "PRAGMA optimize")
    return told.joined(separator: ", ")
  }

  /// Before which alerts can go. A report that is kept can be made again, so what it tells of stays.
  private var alertHorizon: Instant {
    let oldest = desk.now - Int64(desk.configuration.keeping.alertDays) * 86_400
    return min(oldest, ReportShelf(folder: "\(desk.folder)/out").earliestNeed ?? oldest)
  }

  /// In small transactions, so that nobody waits for long.
  private func emptyMessages(before instant: Instant, shouldStop: () -> Bool) throws -> Int64 {
    var count: Int64 = 0
    while !shouldStop() {
      try desk.connection.run(
        sql: """
          UPDATE message SET content = x'' WHERE id IN (
            SELECT id FROM message WHERE state = 'sent' AND sent_at < ? AND length(content) > 0 LIMIT 500)
          """, .integer(instant.seconds))
      if desk.connection.changes == 0 { break }
      count += desk.connection.changes
    }
    return count
  }
}

/// Files under a temporary name whose process died before it gave them their own.
enum Leftovers {
  /// Removes those in a folder and, so many levels deep, in the folders within. - Returns: how many.
  static func remove(in folder: String, depth: Int) -> Int {
    var count = 0
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let path = "\(folder)/\(name)"
      var information = stat()
      guard lstat(path, &information) == 0 else { continue }
      switch information.st_mode & S_IFMT {
      case S_IFDIR where depth > 0: count += remove(in: path, depth: depth - 1)
      case S_IFREG where isLeftover(name): if unlink(path) == 0 { count += 1 }
      default: break
      }
    }
    return count
  }

  /// `.NAME.PROCESS.partial`, with what SQLite puts beside it, of a process that is no more.
  private static func isLeftover(_ name: String) -> Bool {
    guard name.hasPrefix("."), let mark = name.firstRange(of: ".partial"),
      let process = name[..<mark.lowerBound].split(separator: ".").last.flatMap({ pid_t($0) })
    else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}
