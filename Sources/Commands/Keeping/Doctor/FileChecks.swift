internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import SLA
internal import SQLite
internal import Text

/// What doctor looks at of the folder and the file.
let fileChecks: [DoctorCheck] = [
  DoctorCheck("file", "desk.sqlite is a desk, and can be read and written") { examination in
    if let error = examination.connectionError { throw error }
    try DeskPlace(folder: examination.folder, user: examination.session.world.systemUser).check(writes: true)
    return []
  },
  DoctorCheck("integrity", "every page, table and index of desk.sqlite agrees") { examination in
    try examination.desk().rows(sql: "PRAGMA integrity_check(20)").compactMap { row in
      guard let text = row[0].text, text != "ok" else { return nil }
      return Finding(
        "desk.sqlite is damaged: \(text)",
        mend: "stop plazo, and restore the last backup into a new folder with 'plazo restore'")
    }
  },
  DoctorCheck("references", "every row that refers to another finds it") { examination in
    let rows = try examination.desk().rows(sql: "PRAGMA foreign_key_check")
    let counts = Dictionary(grouping: rows) { "\($0[0].text ?? "?") to \($0[2].text ?? "?")" }.mapValues(\.count)
    return counts.sorted { $0.key < $1.key }.map { pair, count in
      Finding(
        "\(counted(count, "reference")) from \(pair) \(count == 1 ? "leads" : "lead") nowhere",
        mend: "another program has changed the file: restore the last backup, and keep it from doing so")
    }
  },
  DoctorCheck("replay", "every ticket and task is what its events make of it") { examination in
    let connection = try examination.desk()
    var findings: [Finding] = []
    var count = 0
    _ = try connection.read {
      try Replay(connection).check { difference in
        count += 1
        if count > mostNamed { return }
        findings.append(
          Finding(
            "the row differs from its events: \(difference)",
            mend: "another program has changed the file: restore the last backup, and keep it from doing so"))
      }
    }
    if count > mostNamed {
      findings.append(Finding("\(count - mostNamed) more rows differ from their events", mend: "as above"))
    }
    return findings
  },
  DoctorCheck("permissions", "the desk is its owner's alone") { examination in
    Permissions(examination.folder).findings()
  },
  DoctorCheck("free-space", "there is room for the desk to grow and for a backup") { examination in
    var disk = statvfs()
    guard statvfs(examination.folder, &disk) == 0 else { return [] }
    let free = Int64(disk.f_bavail) * Int64(disk.f_frsize)
    let size = fileSize(examination.session.databasePath) ?? 0
    let wanted = max(leastFree, 2 * size)
    if free >= wanted { return [] }
    return [
      Finding(
        "the disk of '\(examination.folder)' has \(mebibytes(free)) free, and \(mebibytes(wanted)) are wanted",
        mend: "make room; old files in out/ and backups are the first candidates")
    ]
  },
  DoctorCheck("write-ahead-log", "what was written is taken over into desk.sqlite as it should") { examination in
    let size = fileSize("\(examination.session.databasePath)-wal") ?? 0
    if size <= max(largestLog, (fileSize(examination.session.databasePath) ?? 0) / 2) { return [] }
    let path = examination.session.databasePath
    let holders = LockHolders.having(open: [path]).joined(separator: " and ")
    return [
      Finding(
        "\(DeskFile.name)-wal has grown to \(mebibytes(size))",
        mend:
          "a program that reads for very long keeps it from being taken over\(holders.isEmpty ? "" : ": \(holders)"); end it"
      )
    ]
  },
]

private let mostNamed = 20
private let leastFree: Int64 = 64 << 20
private let largestLog: Int64 = 64 << 20

func fileSize(_ path: String) -> Int64? {
  var information = stat()
  return stat(path, &information) == 0 ? Int64(information.st_size) : nil
}

func mebibytes(_ bytes: Int64) -> String { "\(bytes / (1 << 20)) MiB" }

/// Who may read and write the desk's files.
private struct Permissions {
  let folder: String
  init(_ folder: String) { self.folder = folder }

  func findings() -> [Finding] {
    var findings: [Finding] = []
    var information = stat()
    guard stat(folder, &information) == 0 else { return [] }
    let owner = information.st_uid
    if information.st_mode & 0o077 != 0 {
      findings.append(
        Finding(
          "'\(folder)' can be entered by others than its owner (\(octal(information.st_mode)))",
          mend: "chmod 700 '\(folder)'"))
    }
    var names = [
      DeskFile.name, "\(DeskFile.name)-wal", "\(DeskFile.name)-shm", Configuration.fileName, "mail", ".plazo.lock",
    ]
    let backups = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/backups")) ?? []
    names += backups.sorted().map { "backups/\($0)" }
    for name in names {
      let path = "\(folder)/\(name)"
      guard lstat(path, &information) == 0, information.st_mode & S_IFMT != S_IFLNK else { continue }
      if information.st_mode & 0o077 != 0 {
        findings.append(
          Finding(
            "'\(path)' can be read by others than its owner (\(octal(information.st_mode)))",
            mend: "chmod go= '\(path)'"))
      }
      if information.st_uid != owner {
        findings.append(
          Finding(
            "'\(path)' belongs to another user than its folder", mend: "chown '\(path)' to the owner of '\(folder)'"))
      }
    }
    return findings
  }

  private func octal(_ mode: mode_t) -> String { "0\(String(mode & 0o7777, radix: 8))" }
}
