internal import Desk
internal import FoundationEssentials
internal import SLA
internal import SQLite
internal import Text

let initCommand = Command(
  name: "init", summary: "makes a new desk", operands: ["[DIR]"],
  options: [
    .init("--name", "TEXT", "what the desk is called"),
    .init("--zone", "ZONE", "its time zone, an IANA name; else this machine's"),
    .init("--admin", "LOGIN", "the login of its first administrator; else yours"),
    .init("--mail", "ADDRESS", "where the administrator reads mail"),
  ],
  details: """
    Makes DIR (else the folder of --desk) with plazo.json5, which has every setting with a comment; desk.sqlite, the
    one file of the desk; and the folders reports/ for definitions of your own, out/ and mail/. All are yours alone
    (0700, 0600).
    """,
  examples: ["plazo init soporte --name \"Soporte Acme\" --zone America/Mexico_City"]
) { line, session in
  let folder = line.operand(0) ?? session.folder
  let files = FileManager.default
  let zone = try session.zones.zone(line.value("--zone") ?? systemZone(session) ?? "UTC")
  let now = try session.now(in: zone)
  let language = try line.choice("--lang", Language.self) ?? .es
  guard !files.fileExists(atPath: "\(folder)/\(Configuration.fileName)"),
    !files.fileExists(atPath: "\(folder)/\(DeskFile.name)")
  else {
    throw DeskError("there is a desk at '\(folder)' already", mend: "choose another folder")
  }
  do {
    for name in ["", "/reports", "/out", "/mail"] {
      try files.createDirectory(
        atPath: folder + name, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    let name = line.value("--name") ?? (language == .es ? "Mesa de ayuda" : "Help desk")
    let text = Template.text(name: quoted(name), zone: zone.name, language: language.rawValue)
    // Read back before it is written: a template that plazo itself refuses must not be left lying there.
    _ = try Configuration.read(Data(text.utf8), file: Configuration.fileName, zones: session.zones)
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(Configuration.fileName)"), options: .atomic)
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(folder)/\(Configuration.fileName)")
  } catch let error as CocoaError {
    throw DeskError(
      "'\(folder)' cannot be made (\(error.code == .fileWriteOutOfSpace ? "the disk is full" : "\(error.localizedReason)"))",
      mend: "check that the folder above it is yours and writable")
  }
  try DeskFile.create(at: "\(folder)/\(DeskFile.name)", migrations: allMigrations, now: now)
  let connection = try DeskFile.open(
    at: "\(folder)/\(DeskFile.name)", mode: .readWrite, migrations: allMigrations, now: now)
  let login = line.value("--admin") ?? session.world.systemUser
  try Directory(connection).addUser(login: login, name: login, role: .administrator, mail: line.value("--mail"))
  session.world.output.line("\(folder): a new desk, in \(zone.name), administered by \(login)")
  session.world.talk.line(
    "next: look through \(folder)/\(Configuration.fileName), then 'plazo --desk \(folder) import tickets FILE --map MAP'"
  )
  session.world.talk.line("      or 'plazo --desk \(folder) ticket open', and 'plazo --desk \(folder) tick'")
  return .done
}

extension CocoaError {
  /// The system's words, without the personal part that a whole description has.
  var localizedReason: String {
    switch code {
    case .fileWriteNoPermission, .fileReadNoPermission: "permission denied"
    case .fileWriteVolumeReadOnly: "the disk is read-only"
    case .fileNoSuchFile, .fileReadNoSuchFile: "no such folder"
    default: "error \(code.rawValue)"
    }
  }
}

/// A text as it stands between double quotes in JSON5.
private func quoted(_ text: String) -> String {
  text.map { character in
    switch character {
    case "\"", "\\": "\\\(character)"
    case _ where character.isNewline || character.unicodeScalars.contains { $0.value < 32 }: " "
    default: "\(character)"
    }
  }.joined()
}

/// The machine's own zone, as far as its settings tell.
private func systemZone(_ session: Session) -> String? {
  if let name = session.world.environment["TZ"], !name.isEmpty, !name.hasPrefix(":") { return name }
  if let data = FileManager.default.contents(atPath: "/etc/timezone") {
    let name = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace).first.map(String.init)
    if let name, (try? session.zones.zone(name)) != nil { return name }
  }
  guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/etc/localtime"),
    let range = target.firstRange(of: "zoneinfo/")
  else { return nil }
  return String(target[range.upperBound...])
}
