internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let ticketListCommand = Command(
  name: "ticket list", summary: "the tickets, the worst first",
  options: [
    .init("--mine", nil, "those that you work on or answer for; a contact's own"),
    .init("--situation", "S", "on-time, near-due or late", isRepeatable: true),
    .init("--status", "S", "open, closed or all; else open, or all where another filter looks for closed ones"),
    .init("--waiting-on", "PARTY", "client, provider or support", isRepeatable: true),
    .init("--vobo", "V", "pending, granted or refused", isRepeatable: true),
    .init("--client", "NAME", "of this client", isRepeatable: true),
    .init("--product", "NAME", "about this product", isRepeatable: true),
    .init("--provider", "NAME", "with this provider", isRepeatable: true),
    .init("--priority", "WORD", "of this priority", isRepeatable: true),
    .init("--responsible", "LOGIN", "answered for by", isRepeatable: true),
    .init("--assigned", "LOGIN", "worked on by; '' for nobody", isRepeatable: true),
    .init("--number", "N", "this one", isRepeatable: true),
    .init("--external", "NUMBER", "with this number of the provider's", isRepeatable: true),
    .init("--text", "WORDS", "with all these words in title, description or replies; accents and case aside"),
    .init("--opened-since", "DATE", "registered on this date or later"),
    .init("--opened-until", "DATE", "registered on this date or earlier"),
    .init("--closed-since", "DATE", "closed on this date or later"),
    .init("--closed-until", "DATE", "closed on this date or earlier"),
    .init("--due-until", "DATE", "due on this date or earlier"),
    ListOrder.option("--sort client,-opened_at"),
    .init("--columns", "FIELD,…", "only these columns of the csv format, in this order"),
  ] + ListPage.options + [Listing.formatOption],
  details: """
    In text: number; situation (● on time, ▲ near due, ■ late); deadline; working time left, less than zero when late;
    title; client; assigned technician; who must act; the provider's number; responsible technician: as many as fit. CSV
    and JSON have all fields; remaining_s is in working seconds. A filter given twice takes either. A client's contact
    sees the own company's only.
    """,
  examples: [
    "plazo ticket list --as ana --mine --situation late,near-due",
    "plazo ticket list --text \"timbrar certificado\" --status all",
    "plazo ticket list --closed-since 2026-10-01 --format csv > octubre.csv",
    "plazo ticket list --columns number,title,opened_at --sort -opened_at",
  ]
) { line, session in
  let page = try ListPage(line)
  let isText = try Listing.format(line) == .text
  let order = try ListOrder.sql(line, TicketColumns.data, prefix: "t.")
  let chosen = try ListOrder.columns(line, TicketColumns.data)
  var filter = ListFilter()
  let status = try status(line)
  if status != "all" { filter.add("t.status", isOneOf: [status]) }
  filter.add("t.situation", isOneOf: try line.choices("--situation", Situation.self).map(\.rawValue))
  filter.add("t.waiting_on", isOneOf: try line.choices("--waiting-on", Party.self).map(\.rawValue))
  filter.add("t.vobo", isOneOf: try line.choices("--vobo", VoBo.self).map(\.rawValue))
  filter.add("t.number", isOneOf: try line.ids("--number").map { "\($0)" }, cast: "INTEGER")
  let desk = try session.open(.readOnly)
  try addNames(line, desk, &filter)
  for (name, column) in [("opened", "t.opened_at"), ("closed", "t.closed_at"), ("due", "t.deadline")] {
    try filter.addPeriod(line, name, column, session, in: desk.zone)
  }
  addText(line, &filter)
  let reader = try session.reader(desk)
  // A contact sees the own company's tickets only.
  if let clientID = reader?.clientID {
    filter.add("t.client = (SELECT name FROM client WHERE id = CAST(\(filter.bind("\(clientID)")) AS INTEGER))")
  }
  if line.has("--mine") {
    let me = "CAST(\(filter.bind("\(try session.actor(desk).id)")) AS INTEGER)"
    let mine = reader?.role == .client ? "registered_by = \(me)" : "(assigned_id = \(me) OR responsible_id = \(me))"
    filter.add("t.number IN (SELECT id FROM ticket WHERE \(mine))")
  }
  let columns = chosen ?? (isText ? TicketColumns.text(isOpen: status == "open") : TicketColumns.data)
  let selected = columns.map { $0.name == "files" ? TicketColumns.files : "t.\($0.name)" }
  var listing = Listing(
    title: .init(es: "Tickets", en: "Tickets"),
    sql: """
      SELECT \(selected.joined(separator: ", ")) FROM tickets t \(filter.clause)
        ORDER BY \(order ?? "t.status DESC, t.remaining_s IS NULL, t.remaining_s, t.closed_at DESC"), t.number \(page.sql)
      """,
    columns: columns, parameters: filter.parameters, arguments: filter.arguments,
    empty: .init(es: "Ningún ticket.", en: "No ticket."), needsJudging: true)
  if !line.has("--limit"), !line.has("--page") { listing.terminalRows = 50 }
  return try listing.print(line, session, desk)
}

/// Open tickets are what is worked on; whoever looks for one by its number, or for a VoBo, means closed ones as well.
private func status(_ line: Line) throws -> String {
  let legal = ["open", "closed", "all"]
  let looksForClosed = ["--number", "--external", "--vobo", "--closed-since", "--closed-until"].contains(
    where: line.has)
  let status = line.value("--status") ?? (looksForClosed ? "all" : "open")
  if legal.contains(status) { return status }
  let guess = nearest(to: status, among: legal).map { "did you mean '\($0)'? " } ?? ""
  throw UsageError(problem: "'\(status)' is not legal for --status", mend: "\(guess)legal values: open, closed, all")
}

/// A name that the desk does not know finds nothing, which looks like good news: it is refused, with the nearest.
private func addNames(_ line: Line, _ desk: OpenDesk, _ filter: inout ListFilter) throws {
  let directory = Directory(desk.connection)
  for (list, option) in [(NamedList.client, "--client"), (.product, "--product"), (.provider, "--provider")] {
    for name in line.values(option) { _ = try directory.require(name, in: list) }
    filter.add(
      "t.\(list.rawValue)", isOneOf: line.values(option).map { $0.split(separator: " ").joined(separator: " ") })
  }
  for (option, column) in [("--responsible", "t.responsible_login"), ("--assigned", "t.assigned_login")] {
    let logins = line.values(option)
    // Who left may still have tickets, so the user need not be active.
    for login in logins where !login.isEmpty {
      if try directory.user(login: login) == nil { _ = try directory.require(login: login) }
    }
    if logins.contains("") {
      filter.add("\(column) IS NULL")
    } else {
      filter.add(column, isOneOf: logins)
    }
  }
  let priorities = line.values("--priority")
  if !priorities.isEmpty {
    let rows = try desk.connection.rows(sql: "SELECT DISTINCT priority FROM ticket WHERE priority IS NOT NULL")
    let named = desk.configuration.rules.policies.flatMap(\.match.priorities)
    let known = Set(rows.compactMap { $0[0].text } + named).sorted()
    for word in priorities where !known.contains(word) {
      let guess = nearest(to: word, among: known).map { "did you mean '\($0)'? " } ?? ""
      throw DeskError(
        "there is no priority '\(word)'",
        mend: known.isEmpty ? "no ticket has one" : "\(guess)there are: \(known.joined(separator: ", "))")
    }
    filter.add("t.priority", isOneOf: priorities)
  }
  filter.add("t.external_number", isOneOf: line.values("--external"))
}

/// Every word must be somewhere in the ticket, one here and one there.
private func addText(_ line: Line, _ filter: inout ListFilter) {
  for word in folded(line.value("--text") ?? "").split(whereSeparator: \.isWhitespace) {
    let name = filter.bind(String(word))
    filter.add(
      """
      EXISTS (SELECT 1 FROM ticket k WHERE k.id = t.number AND (found(\(name), k.title) OR found(\(name), k.description)
        OR EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = k.id AND found(\(name), r.body))))
      """)
  }
}

extension Line {
  /// Numbers of tickets or the like, given by an option that may be repeated, or with commas between.
  func ids(_ option: String) throws -> [Int64] {
    try values(option).flatMap { $0.split(separator: ",") }.map { text in
      guard let number = Int64(text.hasPrefix("#") ? text.dropFirst() : text), number > 0 else {
        throw UsageError(problem: "'\(text)' is no number for \(option)", mend: "give a whole number such as 17")
      }
      return number
    }
  }
}
