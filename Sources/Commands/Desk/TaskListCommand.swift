internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

/// How a task stands, in one word.
private enum TaskState: String, CaseIterable {
  case open
  case waitingVoBo = "waiting-vobo"
  case done
  case late

  var condition: String {
    switch self {
    case .open: "k.status = 'open'"
    case .waitingVoBo: "(k.status = 'closed' AND k.vobo = 'pending')"
    case .done: "(k.status = 'closed' AND k.vobo = 'granted')"
    case .late: "k.situation = 'late'"
    }
  }
}

let taskListCommand = Command(
  name: "task list", summary: "the tasks that are not done: the late ones first, then as they are due",
  options: [
    .init("--state", "S", "open, waiting-vobo, done, late, or all; else what is not done", isRepeatable: true),
    .init("--technician", "LOGIN", "of this technician", isRepeatable: true),
    .init("--given-by", "LOGIN", "given by", isRepeatable: true),
    .init("--mine", nil, "those that you have to do, or to sign"),
    .init("--ticket", "NUMBER", "that belong to this ticket", isRepeatable: true),
    .init("--opened-since", "DATE", "given on this date or later"),
    .init("--opened-until", "DATE", "given on this date or earlier"),
    .init("--older-than", "DAYS", "given at least so many days ago"),
    .init("--text", "WORDS", "with all these words in title or description; accents and case aside"),
    ListOrder.option("--sort technician,-age_s"),
    .init("--columns", "FIELD,…", "only these columns of the csv format, in this order"),
  ] + ListPage.options + [Listing.formatOption],
  details: "Late are tasks that are open past their plazo or due instant, and closed ones whose VoBo is overdue.",
  examples: [
    "plazo task list --as luis --mine", "plazo task list --state late,waiting-vobo --sort -age_s",
    "plazo task list --technician ana --state all --format csv",
  ], isForStaff: true
) { line, session in
  let page = try ListPage(line)
  let isText = try Listing.format(line) == .text
  let order = try ListOrder.sql(line, dataColumns, prefix: "")
  let chosen = try ListOrder.columns(line, dataColumns)
  let states = try states(line)
  let desk = try session.open(.readOnly)
  var filter = ListFilter()
  if let states { filter.add("(\(states.map(\.condition).joined(separator: " OR ")))") }
  let directory = Directory(desk.connection)
  for (option, column) in [("--technician", "k.technician_login"), ("--given-by", "k.given_by_login")] {
    for login in line.values(option) where try directory.user(login: login) == nil {
      _ = try directory.require(login: login)
    }
    filter.add(column, isOneOf: line.values(option))
  }
  filter.add("k.ticket", isOneOf: try line.ids("--ticket").map { "\($0)" }, cast: "INTEGER")
  try filter.addPeriod(line, "opened", "k.opened_at", session, in: desk.zone)
  if let days = try line.count("--older-than") {
    guard days <= 100_000 else { throw UsageError(problem: "--older-than is too long ago", mend: "give fewer days") }
    let day = desk.zone.date(at: desk.now).adding(days: 1 - Int(days))
    let before = filter.bind("\(desk.zone.instant(on: day, secondOfDay: 0).seconds)")
    filter.add("k.opened_at < CAST(\(before) AS INTEGER)")
  }
  if line.has("--mine") {
    let actor = try session.actor(desk)
    let me = filter.bind(actor.login)
    let signs = actor.role == .administrator ? " OR \(TaskState.waitingVoBo.condition)" : ""
    filter.add("(k.technician_login = \(me)\(signs))")
  }
  for word in folded(line.value("--text") ?? "").split(whereSeparator: \.isWhitespace) {
    let name = filter.bind(String(word))
    filter.add(
      """
      EXISTS (SELECT 1 FROM task w WHERE w.id = k.number
        AND (found(\(name), w.title) OR found(\(name), w.description)))
      """)
  }
  let now = "CAST(\(filter.bind("\(desk.now.seconds)")) AS INTEGER)"
  let columns = chosen ?? (isText ? textColumns : dataColumns)
  let state = try Listing.worded("state", line, desk.language, stateWords)
  let selected = columns.map { $0.name == "state" ? "\(state) AS state" : $0.name }
  return try Listing(
    title: .init(es: "Tareas", en: "Tasks"),
    sql: """
      WITH rows AS (
        SELECT k.number, k.title, k.given_by, k.given_by_login, k.technician, k.technician_login, k.ticket,
            k.opened_at, k.plazo, k.due_at, k.status, k.closed_at, k.vobo, k.vobo_by, k.vobo_at, k.reopened,
            -- Without a plazo nothing is on time or late.
            iif(k.remaining_s IS NULL, NULL, k.situation) AS situation, k.clock,
            coalesce(k.deadline, k.due_at) AS deadline, k.remaining_s,
            CASE WHEN k.status = 'open' THEN 'open' WHEN k.vobo = 'pending' THEN 'waiting-vobo' ELSE 'done' END
            AS state,
            CASE WHEN k.status = 'closed' AND k.vobo = 'granted' THEN k.vobo_at ELSE \(now) END - k.opened_at AS age_s
          FROM tasks k \(filter.clause)
      )
      SELECT \(selected.joined(separator: ", ")) FROM rows
        ORDER BY \(order ?? "rows.state = 'done', situation IS NOT 'late', remaining_s IS NULL, remaining_s, opened_at"), number
        \(page.sql)
      """,
    columns: columns, parameters: filter.parameters, arguments: filter.arguments,
    empty: .init(es: "Ninguna tarea.", en: "No task."), needsJudging: true
  ).print(line, session, desk)
}

/// `nil` for all. - Throws: `UsageError` with the nearest state.
private func states(_ line: Line) throws -> [TaskState]? {
  let words = line.values("--state").flatMap { $0.split(separator: ",").map(String.init) }
  if words.isEmpty { return [.open, .waitingVoBo] }
  if words.contains("all") { return nil }
  return try words.map { word in
    if let state = TaskState(rawValue: word) { return state }
    let legal = TaskState.allCases.map(\.rawValue) + ["all"]
    let guess = nearest(to: word, among: legal).map { "did you mean '\($0)'? " } ?? ""
    throw UsageError(
      problem: "'\(word)' is not legal for --state", mend: "\(guess)legal values: \(legal.joined(separator: ", "))")
  }
}

private let stateColumn = ReportColumn("state", .text, es: "Estado", en: "State")

private let stateWords: [(raw: String, word: Bilingual)] = [
  ("open", .init(es: "Abierta", en: "Open")), ("waiting-vobo", .init(es: "Espera VoBo", en: "Wants VoBo")),
  ("done", .init(es: "Terminada", en: "Done")),
]

private let textColumns: [ReportColumn] = [
  .init("number", .integer, es: "No.", en: "No."), .init("situation", .situation, es: "Situación", en: "Situation"),
  stateColumn, .init("title", .text, es: "Tarea", en: "Task"),
  .init("technician", .text, es: "Técnico", en: "Technician"), .init("deadline", .instant, es: "Vence", en: "Due"),
  .init("age_s", .age, es: "Edad", en: "Age"), .init("ticket", .ticket, es: "Ticket", en: "Ticket"),
  .init("given_by", .text, es: "Asignó", en: "Given by"), .init("opened_at", .instant, es: "Asignada", en: "Given"),
  .init("closed_at", .instant, es: "Cerrada", en: "Closed"), .init("plazo", .text, es: "Plazo", en: "Plazo"),
]

/// For programs: names and units stay as they are, new ones come last.
private let dataColumns: [ReportColumn] = [
  .init("number", .integer, es: "No.", en: "No."), .init("status", .status, es: "Estatus", en: "Status"),
  .init("title", .text, es: "Tarea", en: "Task"), .init("technician", .text, es: "Técnico", en: "Technician"),
  .init("vobo", .vobo, es: "VoBo", en: "VoBo"), .init("plazo", .text, es: "Plazo", en: "Plazo"),
  .init("due_at", .instant, es: "Para", en: "Due"), .init("given_by", .text, es: "Asignó", en: "Given by"),
  .init("ticket", .ticket, es: "Ticket", en: "Ticket"), .init("opened_at", .instant, es: "Asignada", en: "Given"),
  .init("closed_at", .instant, es: "Cerrada", en: "Closed"), stateColumn,
  .init("situation", .situation, es: "Situación", en: "Situation"), .init("clock", .clock, es: "Reloj", en: "Clock"),
  .init("deadline", .instant, es: "Vence", en: "Deadline"),
  .init("remaining_s", .integer, es: "Quedan (s)", en: "Left (s)"),
  .init("age_s", .integer, es: "Edad (s)", en: "Age (s)"),
  .init("technician_login", .text, es: "Técnico (usuario)", en: "Technician (login)"),
  .init("given_by_login", .text, es: "Asignó (usuario)", en: "Given by (login)"),
  .init("vobo_by", .text, es: "Firmó", en: "Signed by"), .init("vobo_at", .instant, es: "Firmada", en: "Signed"),
  .init("reopened", .integer, es: "Reaperturas", en: "Reopenings"),
]
