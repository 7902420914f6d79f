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
    .init("--text", "WORDS", "with these words in the title or the description"),
    .init("--limit", "N", "at most so many; else 50 on a terminal, all elsewhere"),
    .init("--offset", "N", "leaves out the first N"),
    Listing.formatOption,
  ],
  details: """
    Columns: the desk's number and the provider's; situation (● on time, ▲ near due, ■ late); who must act; client;
    title; responsible and assigned technician; deadline; working time left, less than zero when late.
    """,
  examples: ["plazo ticket list --assigned ana", "plazo ticket list --situation late --format csv > late.csv"]
) { line, session in
  let format = try line.choice("--format", Listing.Format.self) ?? .text
  let isTerminal = session.world.output.isTerminal
  var status = line.value("--status") ?? "open"
  if line.has("--number") || line.has("--external") { status = line.value("--status") ?? "all" }
  guard ["open", "closed", "all"].contains(status) else {
    throw UsageError(problem: "'\(status)' is not legal for --status", mend: "legal values: open, closed, all")
  }
  _ = try line.choice("--situation", Situation.self)
  _ = try line.choice("--waiting-on", Party.self)
  _ = try line.choice("--vobo", VoBo.self)
  let limit = line.value("--limit") ?? (isTerminal && format == .text ? "50" : "-1")
  let filters: [(option: String, condition: String)] = [
    ("--number", "t.number = CAST(:number AS INTEGER)"), ("--external", "t.external_number = :external"),
    ("--client", "t.client = :client"), ("--product", "t.product = :product"),
    ("--responsible", "t.responsible_login = :responsible"), ("--assigned", "t.assigned_login = :assigned"),
    ("--situation", "t.situation = :situation"), ("--waiting-on", "t.waiting_on = :waiting_on"),
    ("--vobo", "t.vobo = :vobo"),
    ("--text", "(instr(lower(t.title), lower(:text)) > 0 OR instr(lower(t.description), lower(:text)) > 0)"),
  ]
  var conditions = status == "all" ? [] : ["t.status = :status"]
  var arguments = ["limit": limit, "offset": line.value("--offset") ?? "0"]
  if status != "all" { arguments["status"] = status }
  for filter in filters {
    guard let value = line.value(filter.option) else { continue }
    conditions.append(filter.condition)
    arguments[String(filter.option.dropFirst(2)).replacing("-", with: "_")] = value
  }
  // A contact sees the own company's tickets only.
  let desk = try session.open()
  if let actor = try? session.actor(desk), let clientID = actor.clientID {
    conditions.append("t.client = (SELECT name FROM client WHERE id = CAST(:own AS INTEGER))")
    arguments["own"] = "\(clientID)"
  }
  let isWide = format != .text
  let listing = Listing(
    title: .init(es: "Tickets", en: "Tickets"),
    sql: """
      SELECT t.number, t.external_number, t.situation, t.waiting_on, t.client, t.title, t.responsible, t.assigned,
          t.deadline, t.remaining_s\(isWide ? ", t.status, t.vobo, t.product, t.provider, t.priority, t.registered_by, t.opened_at, t.closed_at, t.plazo, t.policy" : "")
        FROM tickets t \(conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))")
        ORDER BY t.status DESC, t.remaining_s IS NULL, t.remaining_s, t.number
        LIMIT CAST(:limit AS INTEGER) OFFSET CAST(:offset AS INTEGER)
      """,
    columns: ticketColumns(isWide: isWide),
    parameters: arguments.keys.sorted().map { ReportParameter(name: $0, kind: .text) }, arguments: arguments,
    empty: .init(es: "Ningún ticket.", en: "No ticket."), needsJudging: true)
  return try listing.print(line, session)
}

private func ticketColumns(isWide: Bool) -> [ReportColumn] {
  let narrow: [ReportColumn] = [
    .init("number", .ticket, es: "No.", en: "No."),
    .init("external_number", .text, es: "Externo", en: "External"),
    .init("situation", .situation, es: "Situación", en: "Situation"),
    .init("waiting_on", .waiting, es: "Esperando a", en: "Waiting on"),
    .init("client", .text, es: "Cliente", en: "Client"), .init("title", .text, es: "Título", en: "Title"),
    .init("responsible", .text, es: "Responsable", en: "Responsible"),
    .init("assigned", .text, es: "Asignado", en: "Assigned"),
    .init("deadline", .instant, es: "Vence", en: "Due"),
    .init("remaining_s", .duration, es: "Queda", en: "Left"),
  ]
  guard isWide else { return narrow }
  return narrow + [
    .init("status", .status, es: "Estatus", en: "Status"), .init("vobo", .vobo, es: "VoBo", en: "VoBo"),
    .init("product", .text, es: "Producto", en: "Product"), .init("provider", .text, es: "Proveedor", en: "Provider"),
    .init("priority", .text, es: "Prioridad", en: "Priority"),
    .init("registered_by", .text, es: "Registró", en: "Registered by"),
    .init("opened_at", .instant, es: "Registrado", en: "Registered"),
    .init("closed_at", .instant, es: "Cerrado el", en: "Closed"), .init("plazo", .text, es: "Plazo", en: "Plazo"),
    .init("policy", .text, es: "Política", en: "Policy"),
  ]
}
