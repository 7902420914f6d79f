internal import Desk
internal import FoundationEssentials
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let initCommand = Command(
  name: "init", summary: "makes a new desk", operands: ["[DIR]"],
  options: [
    .init("--name", "TEXT", "what the desk is called"),
    .init("--zone", "ZONE", "its time zone, an IANA name; else this machine's"),
    .init("--admin", "LOGIN", "the login of its first administrator; else yours"),
    .init("--admin-name", "TEXT", "the administrator's name, as reports and mails have it; else the login"),
    .init("--mail", "ADDRESS", "where the administrator reads mail"),
  ],
  details: """
    Makes DIR (else the folder of --desk) with plazo.json5, which has every setting with a comment; desk.sqlite, the
    one file of the desk; and the folders calendars/ and reports/ for definitions of your own, out/ and mail/. All are yours alone
    (0700, 0600).
    """,
  examples: [
    """
    plazo init soporte --name "Soporte Acme" --zone America/Mexico_City \\
      --admin rocio --mail rocio@example.com
    """
  ]
) { line, session in
  let folder = line.operand(0) ?? session.folder
  guard !folder.isEmpty else { throw UsageError(problem: "DIR is empty", mend: "give the folder of the new desk") }
  let zone = try session.zones.zone(line.value("--zone") ?? systemZone(session) ?? "UTC")
  let now = try session.now(in: zone)
  let language = try line.choice("--lang", Language.self) ?? .es
  let login = try plainLogin(line.value("--admin") ?? session.world.systemUser)
  try checkMail(line)
  let name = line.value("--name") ?? (language == .es ? "Mesa de ayuda" : "Help desk")
  let text = Template.text(name: quoted(name), zone: zone.name, language: language.rawValue)
  // Read back before it is written: a template that plazo itself refuses must not be left lying there.
  _ = try Configuration.read(
    Data(text.utf8), file: Configuration.fileName, zones: session.zones, reports: ReportCatalog(folder: nil))
  let maker = try DeskMaker(folder)
  try maker.make {
    for name in ["calendars", "reports", "out", "mail"] { try maker.makeFolder(name) }
    try maker.write([UInt8](text.utf8), to: Configuration.fileName)
    let path = maker.begin(DeskFile.name)
    try DeskFile.create(at: path, migrations: allMigrations, now: now)
    let connection = try DeskFile.open(at: path, mode: .readWrite, migrations: allMigrations, now: now)
    try Directory(connection).addUser(
      login: login, name: line.value("--admin-name") ?? login, role: .administrator, mail: line.value("--mail"))
  }
  session.world.output.line("\(folder): a new desk, in \(zone.name), administered by \(login)")
  let isDefault = folder == "desk"
  let isPlain = folder.allSatisfy { $0.isLetter || $0.isNumber || "/._-".contains($0) }
  let quoted = isPlain ? folder : "'\(folder.replacing("'", with: "'\\''"))'"
  var plazo = isDefault ? "plazo" : "plazo --desk \(quoted)"
  if login != session.world.systemUser { plazo += " --as \(login)" }
  session.world.talk.line(
    """
    next: look through \(folder)/\(Configuration.fileName): the hours, the holidays, what is promised
          \(plazo) user add ana --name \"Ana Muñoz\" --mail ana@example.com
          \(plazo) client add Acme
          \(plazo) ticket open --client Acme --title \"No imprime\"
          \(plazo) tick        judges, tells and reports; from cron each minute
    """)
  return .done
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
  if let name = session.world.variable("TZ"), (try? session.zones.zone(name)) != nil { return name }
  if let data = FileManager.default.contents(atPath: "/etc/timezone") {
    let name = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace).first.map(String.init)
    if let name, (try? session.zones.zone(name)) != nil { return name }
  }
  guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/etc/localtime"),
    let range = target.firstRange(of: "zoneinfo/")
  else { return nil }
  let name = String(target[range.upperBound...])
  return (try? session.zones.zone(name)) == nil ? nil : name
}
