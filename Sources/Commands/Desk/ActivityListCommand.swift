internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let activityListCommand = Command(
  name: "activity list", summary: "the hours of a period, unlikely ones marked",
  options: [
    .init("--from", "DATE", "from this day on; else this month"), .init("--to", "DATE", "through this day"),
    .init("--technician", "LOGIN", "of this technician"), .init("--unlikely", nil, "only what looks like a slip"),
    .init("--all", nil, "what was corrected or taken back, too"), Listing.formatOption,
  ],
  details: """
    Marked are technicians' days of more than 12 hours (long-day), work on a day on which their calendar is closed
    (closed-day), and between 22:00 and 6:00 outside of its hours (night). The calendar is the technician's own, else
    that of the policy for all tickets.
    """,
  examples: ["plazo activity list --from 2026-10-01 --unlikely"], isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  var conditions = ["day >= coalesce(:from_day, substr(:today, 1, 8) || '01')"]
  var arguments: [String: String] = [:]
  var parameters = [ReportParameter(name: "from_day", kind: .text)]
  if let from = line.value("--from") { arguments["from_day"] = try date(from).description }
  if let to = line.value("--to") {
    arguments["to_day"] = try date(to).description
    parameters.append(ReportParameter(name: "to_day", kind: .text))
    conditions.append("day <= :to_day")
  }
  if let login = line.value("--technician") {
    arguments["technician"] = try Directory(desk.connection).require(login: login).login
    parameters.append(ReportParameter(name: "technician", kind: .text))
    conditions.append("technician_login = :technician")
  }
  if line.has("--unlikely") { conditions.append("unlikely IS NOT NULL") }
  let isWhole = line.has("--all")
  if !isWhole { conditions.append("state = 'standing'") }
  let words: [(raw: String, word: Bilingual)] = [
    ("long-day", .init(es: "más de 12 h", en: "over 12 h")),
    ("closed-day", .init(es: "día inhábil", en: "closed day")), ("night", .init(es: "de noche", en: "at night")),
  ]
  var mark = "unlikely"
  if try Listing.format(line) == .text {
    for (raw, word) in words { mark = "replace(\(mark), '\(raw)', '\(word(desk.language))')" }
  }
  let first = arguments["from_day"] ?? "\(desk.zone.date(at: desk.now).description.dropLast(2))01"
  let last = arguments["to_day"].map { (es: " hasta el \($0)", en: " through \($0)") } ?? (es: "", en: "")
  let state = try Listing.worded(
    "state", line, desk.language,
    [
      ("standing", .init(es: "vigente", en: "standing")), ("corrected", .init(es: "corregida", en: "corrected")),
      ("void", .init(es: "anulada", en: "taken back")),
    ])
  return try Listing(
    title: .init(es: "Actividades", en: "Activities"),
    sql: """
      SELECT number, day, technician, seconds AS hours, description, ticket, client, \(mark) AS unlikely, started_at,
          task, \(isWhole ? "\(state) AS state, " : "")corrects, reason
        FROM booked_activities
        WHERE \(conditions.joined(separator: " AND "))
        ORDER BY day, technician, started_at, number
      """,
    columns: [
      .init("day", .date, es: "Día", en: "Day"), .init("number", .integer, es: "No.", en: "No."),
      .init("technician", .text, es: "Técnico", en: "Technician"),
      .init("hours", .hours, es: "Horas", en: "Hours", total: isWhole ? .none : .sum),
      .init("unlikely", .text, es: "Dudoso", en: "Unlikely"),
      .init("state", .text, es: "Estado", en: "State"),
      .init("description", .text, es: "Actividad", en: "Activity"),
      .init("ticket", .ticket, es: "Ticket", en: "Ticket"), .init("client", .text, es: "Cliente", en: "Client"),
      .init("started_at", .instant, es: "Inicio", en: "Start"), .init("task", .integer, es: "Tarea", en: "Task"),
      .init("corrects", .integer, es: "Corrige", en: "Corrects"),
      .init("reason", .text, es: "Motivo", en: "Reason"),
    ].filter { isWhole || $0.name != "state" }, parameters: parameters, arguments: arguments,
    empty: .init(es: "Ninguna actividad desde el \(first)\(last.es).", en: "No activity since \(first)\(last.en).")
  ).print(line, session, desk)
}

let activityLockCommand = Command(
  name: "activity lock", summary: "closes a period: nothing in it is booked or corrected any more",
  options: [
    .init("--through", "DATE", "the last day that is closed; without it, what was closed so far"),
    .init("--unlock", nil, "moves the closing back to --through: later days are open again"),
    .init("--reason", "TEXT", "why it is moved back"), Listing.formatOption,
  ],
  details: """
    An administrator closes. Since a date is soon mistyped a closing can be moved back, with a reason; both stay on
    record.
    """,
  examples: [
    "plazo activity lock --through 2026-10-29 --as rocio",
    """
    plazo activity lock --through 2026-10-27 --as rocio
    plazo activity lock --through 2026-09-30 --unlock --as rocio \\
      --reason "Faltaban las horas de Ana"
    """,
  ], isForStaff: true
) { line, session in
  guard let text = line.value("--through") else {
    for option in ["--unlock", "--reason"] where line.has(option) {
      throw UsageError(problem: "\(option) needs --through", mend: "give the last day that stays closed")
    }
    let desk = try session.open(.readOnly)
    return try Listing(
      title: .init(es: "Cierres de horas", en: "Closings of hours"),
      sql: """
        SELECT l.through, l.recorded_at, u.name AS recorded_by, l.reason,
            l.id = (SELECT max(id) FROM activity_lock) AS is_current
          FROM activity_lock l JOIN user u ON u.id = l.recorded_by ORDER BY l.id DESC
        """,
      columns: [
        .init("through", .date, es: "Hasta", en: "Through"), .init("is_current", .flag, es: "Vigente", en: "Current"),
        .init("recorded_at", .instant, es: "Registrado", en: "Recorded"),
        .init("recorded_by", .text, es: "Quién", en: "By"), .init("reason", .text, es: "Motivo", en: "Reason"),
      ], empty: .init(es: "Nada está cerrado.", en: "Nothing is closed.")
    ).print(line, session, desk)
  }
  let day = try date(text)
  let desk = try session.open()
  let periods = ActivityPeriods(desk.connection, actor: try session.actor(desk), now: desk.now)
  if line.has("--unlock") {
    try periods.reopen(after: day, reason: try line.required("--reason"))
    session.confirm("hours are open again after \(day)")
  } else {
    guard !line.has("--reason") else {
      throw UsageError(problem: "--reason goes with --unlock", mend: "leave it out, or give --unlock")
    }
    try periods.close(through: day, today: desk.zone.date(at: desk.now))
    session.confirm("hours are closed through \(day)")
  }
  return .done
}
