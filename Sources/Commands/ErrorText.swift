internal import Desk
internal import Glibc
internal import Reports
internal import SQLite
internal import Text

/// An error as lines that say what is wrong and what to do.
/// - Parameter folder: the desk's, to find out who holds it or what keeps it from being written.
func lines(of error: any Error, folder: String? = nil) -> [String] {
  let texts =
    switch error {
    case let error as DeskError: [error.description]
    case let faults as Faults: faults.all.map(\.description)
    case let fault as Fault: [fault.description]
    case let error as DatabaseError: [wording(of: error, folder)]
    case ReportError.cannotWrite(let path, let reason):
      ["\(path) cannot be written (\(reason)); make room, or send it elsewhere"]
    default: ["\(error)"]
    }
  return texts.map(oneLine)
}

/// Whether an error only says that the reader of the output had enough, as `head` has: nothing is wrong then.
func isReaderGone(_ error: any Error) -> Bool {
  guard case ReportError.cannotWrite("standard output", String(cString: strerror(EPIPE))) = error else { return false }
  return true
}

private func wording(of error: DatabaseError, _ folder: String?) -> String {
  let file = folder.map { "\($0)/\(DeskFile.name)" }
  if error.isBusy {
    let holders = file.map { LockHolders.writing(to: [$0, "\($0)-shm"]) } ?? []
    let who = holders.isEmpty ? "another program" : holders.joined(separator: " and ")
    let seconds = Connection.defaultBusyTimeoutMilliseconds / 1000
    return "the desk is locked by \(who), and waiting \(seconds) s did not help; wait for it to end, or stop it"
  }
  if let folder, error.isReadOnly || error.primaryCode == 14 {
    // SQLite only says that it cannot; the system says why.
    do { try DeskPlace(folder: folder, user: currentUser()).check(writes: true) } catch { return "\(error)" }
  }
  if error.isReadOnly {
    return "the desk cannot be written; check that its folder and files are yours and the disk is writable"
  }
  // Where the shared memory of SQLite finds no room, it only says that reading or writing failed.
  if error.isDiskFull || (error.primaryCode == 10 && folder.map(hasNoRoom) ?? false) {
    return "the disk is full, and nothing was changed; make room and run again"
  }
  if error.primaryCode == 10, isFileSizeLimited {
    return "a file reached the limit of its size, and nothing was changed; raise the limit with 'ulimit -f'"
  }
  if error.isInterrupted { return "the query took too long and was stopped; narrow it" }
  switch error.primaryCode {
  case 11:
    return "\(file.map { "'\($0)'" } ?? "the desk's file") is damaged (\(error.message)); restore it from a backup"
  case 14: return "the desk cannot be opened; check that its folder and files are yours"
  case 10:
    return "the disk failed to read or write (\(error.message)), and nothing was changed; check its room and its health"
  default: return "the database refused: \(error); if this makes no sense, please report it"
  }
}

/// Whether the disk of a folder has less room than the least that SQLite needs.
private func hasNoRoom(_ folder: String) -> Bool {
  var information = statvfs()
  return statvfs(folder, &information) == 0 && information.f_bavail * information.f_frsize < 256 * 1024
}

private var isFileSizeLimited: Bool {
  var limit = rlimit()
  return getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 && limit.rlim_cur != rlim_t.max
}

private func currentUser() -> String {
  getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(geteuid())"
}

/// A text on one line that moves no cursor: what people gave can hold anything, and errors repeat it.
func oneLine(_ text: String) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { scalars.append(isUnprintable(scalar) || scalar == "\n" ? "\u{FFFD}" : scalar) }
  let line = String(scalars)
  // The beginning says what is wrong, the end what to do; between them stands what was given.
  return line.count <= 1200 ? line : "\(line.prefix(600))…\(line.suffix(400))"
}

/// A text of several lines without anything that moves the cursor or turns the writing round.
func printable(_ text: String) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars where scalar != "\r" { scalars.append(isUnprintable(scalar) ? "\u{FFFD}" : scalar) }
  return String(scalars)
}

/// Controls but line feed and tab, and the marks that override the direction of writing.
private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 9, 10: false
  case 0..<32, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
  default: false
  }
}
