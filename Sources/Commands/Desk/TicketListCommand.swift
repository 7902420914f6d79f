internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let ticketListCommand = Command(
  name: "ticket list", summary: "the tickets, the worst first",
  options: [
    .init("--number", "N", "this one"), .init("--external", "NUMBER", "with this number of the provider's"),
    .init("--client", "NAME", "of this client"), .init("--product", "NAME", "about this product"),
    .init("--responsible", "LOGIN", "answered for by"), .init("--assigned", "LOGIN", "worked on by"),
    .init("--situation", "S", "on-time, near-due or late"), .init("--status", "S", "open (the default), closed or all"),
    .init("--waiting-on", "PARTY", "client, provider or support"), .init("--vobo", "V", "pending, granted or refused"),
    .init("--text", "WORDS", "with this in the title or the description, accents and case aside"),
    .init("--limit", "N", "at most so many; else a terminal shows 50 and counts all"),
    .init("--offset", "N", "leaves out the first N"),
    Listing.formatOption,
  ],
  details: """
    In text: number; situation (● on time, ▲ near due, ■ late); deadline; working time left, less than zero when late;
    title; client; assigned technician; who must act; the provider's number; responsible technician: as many as fit.
    CSV and JSON have them all; remaining_s is in working seconds. A client's contact sees the own company's only.
    """,
  examples: ["plazo ticket list --assigned ana", "plazo ticket list --situation late --format csv > late.csv"]
) { line, session in
  var status = line.value("--status") ?? "open"
  if line.has("--number") || line.has("--external") { status = line.value("--status") ?? "all" }
  guard ["open", "closed", "all"].contains(status) else {
    let guess = nearest(to: status, among: ["open", "closed", "all"]).map { "did you mean '\($0)'? " } ?? ""
    throw UsageError(
      problem: "'\(status)' is not legal for --status", mend: "\(guess)legal values: open, closed, all")
  }
  _ = try line.choice("--situation", Situation.self)
  _ = try line.choice("--waiting-on", Party.self)
  _ = try line.choice("--vobo", VoBo.self)
  let desk = try session.open(.readOnly)
  try checkNames(line, desk)
  let filters: [(option: String, condition: String)] = [
    ("--number", "t.number = CAST(:number AS INTEGER)"), ("--external", "t.external_number = :external"),
    ("--client", "t.client = :client"), ("--product", "t.product = :product"),
    ("--responsible", "t.responsible_login = :responsible"), ("--assigned", "t.assigned_login = :assigned"),
    ("--situation", "t.situation = :situation"), ("--waiting-on", "t.waiting_on = :waiting_on"),
    ("--vobo", "t.vobo = :vobo"),
    (
      "--text",
      "(SELECT instr(folded(k.title || char(10) || k.description), folded(:text)) FROM ticket k WHERE k.id = t.number) > 0"
    ),
  ]
  var conditions = status == "all" ? [] : ["t.status = :status"]
  var arguments = [
    "limit": "\(try line.count("--limit") ?? -1)", "offset": "\(try line.count("--offset") ?? 0)",
  ]
  if status != "all" { arguments["status"] = status }
  for filter in filters {
    guard var value = line.value(filter.option) else { continue }
    if filter.option == "--number" { value = "\(try line.id("--number")!)" }
    conditions.append(filter.condition)
    arguments[String(filter.option.dropFirst(2)).replacing("-", with: "_")] = value
  }
  // A contact sees the own company's tickets only.
  if let clientID = try session.reader(desk)?.clientID {
    conditions.append("t.client = (SELECT name FROM client WHERE id = CAST(:own AS INTEGER))")
    arguments["own"] = "\(clientID)"
  }
  let isText = try Listing.format(line) == .text
  let situation = try Listing.worded(
    "t.situation", line, desk.language,
    Situation.allCases.map {
      ($0.rawValue, .init(es: "\($0.symbol) \(short($0, .es))", en: "\($0.symbol) \(short($0, .en))"))
    })
  let columns = isText ? textColumns(isOpen: status == "open") : dataColumns
  let selected = columns.map { $0.name == "situation" ? "\(situation) AS situation" : "t.\($0.name)" }
  var listing = Listing(
    title: .init(es: "Tickets", en: "Tickets"),
    sql: """
      SELECT \(selected.joined(separator: ", "))
        FROM tickets t \(conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))")
        ORDER BY t.status DESC, t.remaining_s IS NULL, t.remaining_s, t.closed_at DESC, t.number
        LIMIT CAST(:limit AS INTEGER) OFFSET CAST(:offset AS INTEGER)
      """,
    columns: columns, parameters: arguments.keys.sorted().map { ReportParameter(name: $0, kind: .text) },
    arguments: arguments, empty: .init(es: "Ningún ticket.", en: "No ticket."), needsJudging: true)
  if line.has("--limit") == false { listing.terminalRows = 50 }
  return try listing.print(line, session, desk)
}

/// A name that the desk does not know finds nothing, which looks like good news: it is refused.
private func checkNames(_ line: Line, _ desk: OpenDesk) throws {
  let directory = Directory(desk.connection)
  if let name = line.value("--client") { _ = try directory.require(name, in: .client) }
  if let name = line.value("--product") { _ = try directory.require(name, in: .product) }
  for option in ["--responsible", "--assigned"] {
    // Who left may still have tickets, so the user need not be active.
    if let login = line.value(option), try directory.user(login: login) == nil {
      _ = try directory.require(login: login)
    }
  }
}

/// The situation in a word or two: lists are narrow.
private func short(_ situation: Situation, _ language: Language) -> String {
  switch situation {
  case .nearDue: language(es: "Próximo", en: "Near due")
  default: situation.label(in: language)
  }
}

/// The columns of a text, the most important first.
private func textColumns(isOpen: Bool) -> [ReportColumn] {
  let first: [ReportColumn] = [
    .init("number", .ticket, es: "No.", en: "No."), .init("situation", .text, es: "Situación", en: "Situation"),
    isOpen
      ? .init("deadline", .instant, es: "Vence", en: "Due") : .init("status", .status, es: "Estatus", en: "Status"),
    isOpen ? .init("remaining_s", .duration, es: "Queda", en: "Left") : .init("vobo", .vobo, es: "VoBo", en: "VoBo"),
    .init("title", .text, es: "Título", en: "Title"), .init("client", .text, es: "Cliente", en: "Client"),
    .init("assigned", .text, es: "Asignado", en: "Assigned"),
    .init("waiting_on", .waiting, es: "Esperando a", en: "Waiting on"),
    .init("external_number", .text, es: "Externo", en: "External"),
    .init("responsible", .text, es: "Responsable", en: "Responsible"),
  ]
  return first + [
    .init("opened_at", .instant, es: "Registrado", en: "Registered"),
    isOpen
      ? .init("product", .text, es: "Producto", en: "Product")
      : .init("closed_at", .instant, es: "Cerrado", en: "Closed"),
  ]
}

/// The columns for programs: their names and units stay as they are, new ones come last.
private let dataColumns: [ReportColumn] = [
  .init("number", .ticket, es: "No.", en: "No."), .init("external_number", .text, es: "Externo", en: "External"),
  .init("situation", .situation, es: "Situación", en: "Situation"),
  .init("waiting_on", .waiting, es: "Esperando a", en: "Waiting on"),
  .init("client", .text, es: "Cliente", en: "Client"), .init("title", .text, es: "Título", en: "Title"),
  .init("responsible", .text, es: "Responsable", en: "Responsible"),
  .init("assigned", .text, es: "Asignado", en: "Assigned"), .init("deadline", .instant, es: "Vence", en: "Due"),
  .init("remaining_s", .integer, es: "Quedan (s)", en: "Left (s)"),
  .init("status", .status, es: "Estatus", en: "Status"), .init("vobo", .vobo, es: "VoBo", en: "VoBo"),
  .init("product", .text, es: "Producto", en: "Product"), .init("provider", .text, es: "Proveedor", en: "Provider"),
  .init("priority", .text, es: "Prioridad", en: "Priority"),
  .init("registered_by", .text, es: "Registró", en: "Registered by"),
  .init("opened_at", .instant, es: "Registrado", en: "Registered"),
  .init("closed_at", .instant, es: "Cerrado el", en: "Closed"), .init("plazo", .text, es: "Plazo", en: "Plazo"),
  .init("policy", .text, es: "Política", en: "Policy"),
  .init("responsible_login", .text, es: "Responsable (usuario)", en: "Responsible (login)"),
  .init("assigned_login", .text, es: "Asignado (usuario)", en: "Assigned (login)"),
]
