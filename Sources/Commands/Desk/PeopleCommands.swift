internal import Alerts
internal import Desk
internal import Reports
internal import SQLite
internal import Text

let peopleCommands: [Command] = [
  Command(
    name: "user add", summary: "adds a technician, an administrator or a client's contact", operands: ["LOGIN"],
    options: [
      .init("--name", "TEXT", "the person's name"),
      .init("--role", "ROLE", "technician (the default), administrator or client"),
      .init("--mail", "ADDRESS", "where the person reads mail"),
      .init("--client", "NAME", "the company of a client's contact"),
      .init("--booking", "event|day", "how a technician books hours; else by event"),
    ],
    examples: ["plazo user add ana --name \"Ana Muñoz\" --mail ana@example.com"]
  ) { line, session in
    let desk = try session.open()
    let directory = Directory(desk.connection)
    try administratorOnly(session, desk, "add a user")
    let login = try plainLogin(line.operand(0)!)
    try checkMail(line)
    let client = try line.value("--client").map { try directory.require($0, in: .client) }
    try directory.addUser(
      login: login, name: line.value("--name") ?? login, role: try line.choice("--role", Role.self) ?? .technician,
      mail: line.value("--mail"), clientID: client, booking: try line.choice("--booking", Booking.self) ?? .event)
    session.world.output.line(login)
    return .done
  },
  Command(
    name: "user list", summary: "who is on the desk", options: [Listing.formatOption], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let role = try Listing.worded(
      "u.role", line, desk.language,
      [
        ("administrator", .init(es: "administrador", en: "administrator")),
        ("technician", .init(es: "técnico", en: "technician")),
        ("client", .init(es: "cliente", en: "client's contact")),
      ])
    return try Listing(
      title: .init(es: "Usuarios", en: "Users"),
      sql: """
        SELECT u.login, u.name, \(role) AS role, u.mail, c.name AS client,
            iif(u.role = 'client', NULL, u.booking) AS booking, u.active
          FROM user u LEFT JOIN client c ON c.id = u.client_id ORDER BY u.login
        """,
      columns: [
        .init("login", .text, es: "Usuario", en: "Login"), .init("name", .text, es: "Nombre", en: "Name"),
        .init("role", .text, es: "Papel", en: "Role"), .init("mail", .text, es: "Correo", en: "Mail"),
        .init("client", .text, es: "Cliente", en: "Client"),
        .init("booking", .booking, es: "Horas", en: "Hours"), .init("active", .flag, es: "Activo", en: "Active"),
      ]
    ).print(line, session, desk)
  },
]

/// `client`, `product` and `provider` have the same two commands.
let namedListCommands: [Command] = NamedList.allCases.flatMap { list in
  [
    Command(name: "\(list.rawValue) add", summary: "adds a \(list.rawValue)", operands: ["NAME"], isForStaff: true) {
      line, session in
      let desk = try session.open()
      _ = try session.actor(desk)
      let name = try plainName(line.operand(0)!)
      try Directory(desk.connection).add(name, to: list)
      session.world.output.line(name)
      return .done
    },
    Command(
      name: "\(list.rawValue) list", summary: "the \(list.rawValue)s of the desk", options: [Listing.formatOption],
      isForStaff: true
    ) { line, session in
      try Listing(
        title: title(of: list), sql: "SELECT name, active FROM \(list.rawValue) ORDER BY name",
        columns: [
          .init("name", .text, es: "Nombre", en: "Name"), .init("active", .flag, es: "Activo", en: "Active"),
        ]
      ).print(line, session, try session.open(.readOnly))
    },
  ]
}

private func title(of list: NamedList) -> Bilingual {
  switch list {
  case .client: Bilingual(es: "Clientes", en: "Clients")
  case .product: Bilingual(es: "Productos", en: "Products")
  case .provider: Bilingual(es: "Proveedores", en: "Providers")
  }
}

func administratorOnly(_ session: Session, _ desk: OpenDesk, _ what: String) throws {
  guard try session.actor(desk).role == .administrator else {
    throw DeskError("only an administrator can \(what)", mend: "act --as an administrator")
  }
}

/// A login as people type it after `--as`. - Throws: `UsageError`.
func plainLogin(_ text: String) throws -> String {
  guard !text.isEmpty, text.count <= 64, !text.hasPrefix("-"),
    !text.contains(where: { $0.isWhitespace || $0.isNewline || $0 == "/" }), printable(text) == text
  else {
    throw UsageError(
      problem: "'\(text)' cannot be a login", mend: "write at most 64 characters without blanks and '/', such as ana")
  }
  return text
}

/// `--mail`, checked: an address that cannot be written to would be found out when the first alert is due.
func checkMail(_ line: Line) throws {
  if let mail = line.value("--mail"), MailAddress(mail) == nil {
    throw UsageError(problem: "'\(mail)' is no mail address", mend: "write it as ana@example.com")
  }
}

/// A name of a company or a thing, outer blanks cut. - Throws: `UsageError`.
private func plainName(_ text: String) throws -> String {
  let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  guard !name.isEmpty, name.count <= 200, printable(name) == name else {
    throw UsageError(problem: "'\(text)' cannot be a name", mend: "write at most 200 characters, such as Acme")
  }
  return name
}
