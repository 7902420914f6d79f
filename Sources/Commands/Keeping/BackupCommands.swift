internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import SLA
internal import SQLite
internal import Scheduler
internal import Text

let backupCommands: [Command] = [
  Command(
    name: "backup", summary: "a verified copy of the desk in one file, made while others work",
    operands: ["[DIR|FILE]"],
    options: [
      .init("--keep-all", nil, "removes no older backup, whatever plazo.json5 says"),
      .init("--quiet", nil, "says nothing when all went well"),
    ],
    details: """
      Into DIR, else the folder that plazo.json5 names, goes a file with the date in its name, and the older ones there
      that are beyond the numbers to keep are removed; FILE is written under its own name and removes nothing. The file
      holds desk.sqlite as it was at one moment, plazo.json5, and the folders reports/ and calendars/. It is read back
      (every page, every table's rows) before it gets its name, and it is never half there. Mails in mail/ and files in
      out/ are not in it. 'plazo restore' makes a desk of it. A job with do: "backup" does this by itself.
      """,
    examples: ["plazo backup", "mkdir copias && plazo backup copias", "plazo backup antes-de-importar.sqlite"],
    isForStaff: true
  ) { line, session in
    try session.keepContactsOut()
    let backup = Backup(session)
    let result = try backup.run(to: line.operand(0), keepsAll: line.has("--keep-all"))
    if !line.has("--quiet") { for text in result.lines { session.world.output.line(text) } }
    for warning in result.warnings { session.world.talk.line("plazo: \(oneLine(warning))") }
    return .done
  },
  Command(
    name: "restore", summary: "makes a desk of a backup, in a new place", operands: ["FILE"],
    options: [
      .init("--to", "DIR", "the folder of the desk, which must be new or empty"),
      .init("--check", nil, "only looks whether FILE is whole; writes nothing"),
    ],
    details: """
      FILE is verified first: every page, every table's rows, every reference; then the desk made of it is replayed, every
      ticket and task from its events. A desk that exists is never written over: restore beside it, look, and then move
      the folders. What happened after the backup is not in it; mails that waited in it may have been sent since.
      """,
    examples: [
      "plazo backup copia.sqlite && plazo restore copia.sqlite --check",
      "plazo backup copia.sqlite && plazo restore copia.sqlite --to recuperado",
    ]
  ) { line, session in
    let restore = Restore(file: line.operands[0], session: session)
    if line.has("--check") {
      guard line.value("--to") == nil else {
        throw UsageError(problem: "--check and --to are both given", mend: "give one or the other")
      }
      for text in try restore.check() { session.world.output.line(text) }
      return .done
    }
    let folder = try line.required("--to")
    guard !folder.isEmpty else { throw UsageError(problem: "--to is empty", mend: "give the folder of the new desk") }
    for text in try restore.run(to: folder) { session.world.output.line(text) }
    return .done
  },
]

/// A backup as asked for on the command line or by a job.
struct Backup {
  let session: Session
  private let configuration: Configuration?
  private var warnings: [String] = []

  struct Result {
    var made: BackupMaker.Made
    var removed: [String]
    var warnings: [String]

    var lines: [String] {
      [
        "\(made.path): \(made.rows) rows in \(made.tables) tables, \((made.bytes + 1023) / 1024) KiB, verified"
      ] + (removed.isEmpty ? [] : ["removed \(removed.count) older beyond those to keep"])
    }
  }

  init(_ session: Session) {
    self.session = session
    // A desk whose settings are wrong is all the more in need of a backup.
    do { configuration = try session.configuration() } catch {
      configuration = nil
      warnings = ["\(Configuration.fileName) is wrong, so no older backup is removed; see 'plazo doctor'"]
    }
  }

  init(_ session: Session, _ configuration: Configuration) {
    self.session = session
    self.configuration = configuration
  }

  /// - Parameter place: a folder or a file; `nil`: where the settings say.
  func run(
    to place: String?, keepsAll: Bool = false, now: Instant? = nil, shouldStop: () -> Bool = { false }
  ) throws -> Result {
    try DeskPlace(folder: session.folder, user: session.world.systemUser).check(writes: false)
    let zone = configuration?.zone ?? .utc
    let now = try now ?? session.now(in: zone)
    let maker = BackupMaker(folder: session.folder, now: now)
    if let place, !place.hasSuffix("/"), !isFolder(place) {
      return Result(made: try maker.make(at: place, shouldStop: shouldStop), removed: [], warnings: warnings)
    }
    var folder = place ?? (configuration?.keeping ?? KeepingSettings()).backupFolder(of: session.folder)
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let name = BackupName(folder: session.folder, madeAt: now)
    let made = try maker.make(at: "\(folder)/\(name.text)", shouldStop: shouldStop)
    guard let configuration, !keepsAll else { return Result(made: made, removed: [], warnings: warnings) }
    let removed = try maker.rotate(folder, configuration.keeping.rotation, in: zone)
    return Result(made: made, removed: removed, warnings: warnings)
  }

  private func isFolder(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }
}
