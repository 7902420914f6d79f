internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

/// `client`, `product` and `provider` have the same commands.
let namedListCommands: [Command] = NamedList.allCases.flatMap { list in
  [addCommand(list), listCommand(list), editCommand(list), showCommand(list)]
}

private func addCommand(_ list: NamedList) -> Command {
  Command(
    name: "\(list.rawValue) add", summary: "adds a \(list.rawValue)", operands: ["NAME"],
    examples: ["plazo \(list.rawValue) add \"\(newExample(of: list))\" --as rocio"], isForStaff: true
  ) { line, session in
    let desk = try session.open()
    let name = try plainName(line.operand(0)!)
    try names(session, desk).add(name, to: list)
    session.world.output.line(name)
    return .done
  }
}

private func listCommand(_ list: NamedList) -> Command {
  let contacts = "(SELECT count(*) FROM user u WHERE u.client_id = n.id AND u.active = 1) AS contacts, "
  return Command(
    name: "\(list.rawValue) list", summary: "the \(list.rawValue)s of the desk",
    options: [.init("--active", nil, "leaves out what was put out of use"), Listing.formatOption],
    examples: ["plazo \(list.rawValue) list"], isForStaff: true
  ) { line, session in
    var columns: [ReportColumn] = [.init("name", .text, es: "Nombre", en: "Name")]
    if list == .client { columns.append(.init("contacts", .integer, es: "Contactos", en: "Contacts")) }
    columns += [
      .init("open_tickets", .integer, es: "Tickets abiertos", en: "Open tickets"),
      .init("active", .flag, es: "Activo", en: "Active"),
    ]
    return try Listing(
      title: title(of: list),
      sql: """
        SELECT n.name, \(list == .client ? contacts : "")coalesce(o.open_tickets, 0) AS open_tickets, n.active
          FROM \(list.rawValue) n LEFT JOIN (
            SELECT \(list.rawValue)_id AS id, count(*) AS open_tickets FROM ticket WHERE status = 'open' GROUP BY 1
          ) o ON o.id = n.id
          \(line.has("--active") ? "WHERE n.active = 1" : "") ORDER BY folded(n.name), n.name
        """,
      columns: columns
    ).print(line, session, try session.open(.readOnly))
  }
}

private func editCommand(_ list: NamedList) -> Command {
  let word = list.rawValue
  return Command(
    name: "\(word) edit", summary: "renames a \(word), or puts it out of use; it is never deleted",
    operands: ["NAME"],
    options: [
      .init("--name", "NAME", "the new name"),
      .init("--deactivate", nil, "puts it out of use: no new ticket can name it"),
      .init("--activate", nil, "puts it back into use"),
    ],
    details: """
      Policies match by name: after a new name, the clocks of its open tickets are derived anew at the next sweep, by the
      policies that fit that name. Policies of plazo.json5 that name the old one are told.
      """,
    examples: [
      "plazo \(word) edit \"\(example(of: list))\" --name \"\(newExample(of: list))\" --as rocio",
      "plazo \(word) edit \"\(example(of: list))\" --deactivate --as rocio",
    ], isForStaff: true
  ) { line, session in
    guard line.has("--name") || line.has("--deactivate") || line.has("--activate") else {
      throw UsageError(problem: "nothing to change is given", mend: "see 'plazo help \(word) edit'")
    }
    let desk = try session.open()
    let old = line.operand(0)!
    let new = try line.value("--name").map(plainName)
    let isActive = try line.activity()
    let open = try names(session, desk).edit(old, in: list, newName: new, isActive: isActive)
    session.confirm("\(word) \(new ?? old): changed; it has \(open) open tickets")
    if let new { tellPolicies(naming: old, now: new, list, session, desk) }
    if isActive == false, open > 0 {
      session.world.talk.line("plazo: \(word) '\(new ?? old)' still has \(open) open tickets")
    }
    return .done
  }
}

/// Tells of policies that a new name leaves behind: they would fit no ticket any more, and nobody would know.
private func tellPolicies(naming old: String, now new: String, _ list: NamedList, _ session: Session, _ desk: OpenDesk)
{
  guard old != new else { return }
  for policy in desk.configuration.rules.policies {
    let names =
      switch list {
      case .client: policy.match.clients
      case .product: policy.match.products
      case .provider: policy.match.providers
      }
    guard names.contains(old) else { continue }
    session.world.talk.line(
      "plazo: policy '\(policy.name)' in plazo.json5 names the \(list.rawValue) '\(old)' and fits it no more; "
        + "write '\(new)' there, and run 'plazo apply'")
  }
}

private func showCommand(_ list: NamedList) -> Command {
  Command(
    name: "\(list.rawValue) show", summary: "a \(list.rawValue), and what was changed about it by whom",
    operands: ["NAME"], examples: ["plazo \(list.rawValue) show \"\(example(of: list))\""], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let id = try Directory(desk.connection).require(line.operand(0)!, in: list)
    let row = try desk.connection.rows(sql: "SELECT name, active FROM \(list.rawValue) WHERE id = ?", .integer(id))[0]
    let counts = try desk.connection.rows(
      sql: """
        SELECT count(*) FILTER (WHERE status = 'open'), count(*) FROM ticket WHERE \(list.rawValue)_id = ?
        """, .integer(id))[0]
    let say = desk.language
    let page = FactPage(width: min(session.world.output.width, Output.pageWidth))
    page.head((row[0].text ?? "") + (row[1].integer == 1 ? "" : say(es: "  (fuera de uso)", en: "  (out of use)")))
    page.fact(
      "Tickets",
      say(
        es: "\(counts[0].integer ?? 0) abiertos de \(counts[1].integer ?? 0)",
        en: "\(counts[0].integer ?? 0) open of \(counts[1].integer ?? 0)"))
    if list == .client {
      let contacts = try Directory(desk.connection).users().filter { $0.clientID == id }
      for (index, contact) in contacts.enumerated() {
        let mail = contact.mail.map { " <\($0)>" } ?? ""
        let state = contact.isActive ? "" : say(es: ", inactivo", en: ", not active")
        page.fact(
          index == 0 ? say(es: "Contactos", en: "Contacts") : "",
          "\(contact.name)\(mail) (\(contact.login)\(state))")
      }
    }
    page.history(try DirectoryLog(desk.connection).entries(of: id, in: list.rawValue), desk)
    session.world.output.write(page.text)
    return .done
  }
}

private func names(_ session: Session, _ desk: OpenDesk) throws -> NameActions {
  NameActions(desk.connection, actor: try session.actor(desk), now: desk.now)
}

private func title(of list: NamedList) -> Bilingual {
  switch list {
  case .client: Bilingual(es: "Clientes", en: "Clients")
  case .product: Bilingual(es: "Productos", en: "Products")
  case .provider: Bilingual(es: "Proveedores", en: "Providers")
  }
}

/// A name that the sample desk has.
private func example(of list: NamedList) -> String {
  switch list {
  case .client: "Colegio Bugambilias"
  case .product: "Nómina"
  case .provider: "Redes del Valle"
  }
}

/// A name that the sample desk does not have.
private func newExample(of list: NamedList) -> String {
  switch list {
  case .client: "Colegio Jacarandas"
  case .product: "Sueldos"
  case .provider: "Redes del Norte"
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
