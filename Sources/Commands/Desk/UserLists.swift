internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

private let roleWords: [(raw: String, word: Bilingual)] = [
  ("administrator", .init(es: "administrador", en: "administrator")),
  ("technician", .init(es: "técnico", en: "technician")), ("client", .init(es: "cliente", en: "client's contact")),
]

let userListCommand = Command(
  name: "user list", summary: "who is on the desk",
  options: [
    .init("--role", "ROLE", "only administrators, technicians, or contacts: administrator, technician, client"),
    .init("--client", "NAME", "only the contacts of this client"),
    .init("--active", nil, "leaves out who was put out of use"), Listing.formatOption,
  ],
  examples: ["plazo user list", "plazo user list --client \"Colegio Bugambilias\" --active"], isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  let wanted = try line.choice("--role", Role.self)
  if let name = line.value("--client") { _ = try Directory(desk.connection).require(name, in: .client) }
  let role = try Listing.worded("u.role", line, desk.language, roleWords)
  var arguments: [String: String] = [:]
  var conditions: [String] = []
  if let wanted { (arguments["role"], conditions) = (wanted.rawValue, conditions + ["u.role = :role"]) }
  if let name = line.value("--client") { (arguments["client"], conditions) = (name, conditions + ["c.name = :client"]) }
  if line.has("--active") { conditions.append("u.active = 1") }
  return try Listing(
    title: .init(es: "Usuarios", en: "Users"),
    sql: """
      SELECT u.login, u.name, \(role) AS role, u.mail, c.name AS client,
          iif(u.role = 'client', NULL, u.booking) AS booking, u.active, u.away_until, s.login AS stand_in,
          u.language, u.zone, u.calendar
        FROM user u LEFT JOIN client c ON c.id = u.client_id LEFT JOIN user s ON s.id = u.stand_in_id
        \(conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))") ORDER BY u.login
      """,
    columns: [
      .init("login", .text, es: "Usuario", en: "Login"), .init("name", .text, es: "Nombre", en: "Name"),
      .init("role", .text, es: "Papel", en: "Role"), .init("mail", .text, es: "Correo", en: "Mail"),
      .init("client", .text, es: "Cliente", en: "Client"),
      .init("booking", .booking, es: "Horas", en: "Hours"), .init("active", .flag, es: "Activo", en: "Active"),
      .init("away_until", .instant, es: "Ausente hasta", en: "Away until"),
      .init("stand_in", .text, es: "Suplente", en: "Stand-in"),
      .init("language", .text, es: "Idioma", en: "Language"), .init("zone", .text, es: "Zona", en: "Zone"),
      .init("calendar", .text, es: "Calendario", en: "Calendar"),
    ],
    parameters: arguments.keys.sorted().map { ReportParameter(name: $0, kind: .text) }, arguments: arguments,
    empty: .init(es: "Ningún usuario.", en: "No user.")
  ).print(line, session, desk)
}

let userShowCommand = Command(
  name: "user show", summary: "a user, and what was changed about this user by whom", operands: ["LOGIN"],
  examples: ["plazo user show ana"]
) { line, session in
  let desk = try session.open(.readOnly)
  let directory = Directory(desk.connection)
  let reader = try session.reader(desk)
  let login = line.operand(0)!
  // A contact sees nobody but the own company's.
  guard let user = try directory.user(login: login),
    reader.map({ $0.role != .client || $0.clientID == user.clientID }) ?? true
  else {
    throw DeskError("there is no user '\(login)'", mend: "see 'plazo user list'")
  }
  let say = desk.language
  func name(_ sql: String, _ id: Int64?) throws -> String? {
    try id.map { try desk.connection.value(sql: sql, .integer($0)).text } ?? nil
  }
  func time(_ instant: Instant?) -> String? { instant.map { String($0.localText(in: desk.zone).dropLast(3)) } }
  let page = FactPage(width: min(session.world.output.width, Output.pageWidth))
  page.head("\(user.login)  \(user.name)" + (user.isActive ? "" : say(es: "  (inactivo)", en: "  (not active)")))
  page.fact(say(es: "Papel", en: "Role"), roleWords.first { $0.raw == user.role.rawValue }?.word(say))
  page.fact(say(es: "Cliente", en: "Client"), try name("SELECT name FROM client WHERE id = ?", user.clientID))
  page.fact(say(es: "Correo", en: "Mail"), user.mail)
  page.fact(say(es: "Idioma", en: "Language"), user.language?.rawValue)
  page.fact(say(es: "Zona", en: "Zone"), user.zone)
  page.fact(say(es: "Calendario", en: "Calendar"), user.calendar)
  if user.role != .client {
    page.fact(
      say(es: "Horas", en: "Hours"),
      user.booking == .event ? say(es: "por evento", en: "by event") : say(es: "por día", en: "by day"))
  }
  page.fact(
    say(es: "Ausente hasta", en: "Away until"), time(user.awayUntil.flatMap { $0 > desk.now ? $0 : nil }))
  page.fact(say(es: "Suplente", en: "Stand-in"), try name("SELECT login FROM user WHERE id = ?", user.standInID))
  page.history(try DirectoryLog(desk.connection).entries(of: user.id, in: "user"), desk)
  session.world.output.write(page.text)
  return .done
}
