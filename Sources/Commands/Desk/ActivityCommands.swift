internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let activityCommands: [Command] = [
  Command(
    name: "activity log", summary: "books time that a technician spent",
    options: [
      .init("--text", "TEXT", "what was done"), .init("--time", "TIME", "time spent: 1h30, 90m or 1.5 (hours)"),
      .init("--start", "INSTANT", "when it began, for who books by event"),
      .init("--day", "DATE", "the day, for who books by day; else today"),
      .init("--ticket", "NUMBER", "the ticket that it was for"), .init("--task", "NUMBER", "the task that it was for"),
      .init("--client", "NAME", "the client that it was for"),
      .init("--technician", "LOGIN", "who spent it, when an administrator books for another"),
    ],
    examples: ["plazo activity log --start 2026-03-27T09:00 --time 1h30 --text \"Instalación\" --ticket 17"]
  ) { line, session in
    let desk = try session.open()
    let text = try line.required("--time")
    guard let seconds = spentTime(text) else {
      throw UsageError(problem: "'\(text)' is no time spent", mend: "write 1h30, 90m or 1.5 (hours)")
    }
    let start = try line.value("--start").map { try session.instant($0, "--start", in: desk.zone) }
    let day: LocalDate
    if let text = line.value("--day") {
      guard start == nil else {
        throw UsageError(problem: "--start and --day are both given", mend: "give one of them")
      }
      guard let date = LocalDate(text) else {
        throw UsageError(problem: "'\(text)' is no date", mend: "write it as 2026-03-27")
      }
      day = date
    } else {
      day = desk.zone.date(at: start ?? desk.now)
    }
    var entry = Activities.Entry(startedAt: start, day: day, seconds: seconds, description: try line.required("--text"))
    entry.technician = line.value("--technician")
    entry.ticketID = try line.id("--ticket")
    entry.taskID = try line.id("--task")
    entry.client = line.value("--client")
    let id = try Activities(desk.connection, actor: try session.actor(desk), now: desk.now).log(entry)
    session.world.output.line("\(id)")
    return .done
  },
  Command(
    name: "activity list", summary: "the hours of a period",
    options: [
      .init("--from", "DATE", "from this day on; else this month"),
      .init("--technician", "LOGIN", "of this technician"),
      Listing.formatOption,
    ], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let from = line.value("--from")
    if let from, LocalDate(from) == nil {
      throw UsageError(problem: "'\(from)' is no date", mend: "write it as 2026-03-27")
    }
    let login = line.value("--technician")
    return try Listing(
      title: .init(es: "Actividades", en: "Activities"),
      sql: """
        SELECT day, technician, seconds AS hours, description, ticket, client, number, started_at, task
          FROM activities
          WHERE day >= coalesce(:from_day, substr(:today, 1, 8) || '01')
            \(login == nil ? "" : "AND technician_login = :technician")
          ORDER BY day, technician, started_at, number
        """,
      columns: [
        .init("day", .date, es: "Día", en: "Day"), .init("technician", .text, es: "Técnico", en: "Technician"),
        .init("hours", .hours, es: "Horas", en: "Hours", total: .sum),
        .init("description", .text, es: "Actividad", en: "Activity"),
        .init("ticket", .ticket, es: "Ticket", en: "Ticket"), .init("client", .text, es: "Cliente", en: "Client"),
        .init("number", .integer, es: "No.", en: "No."), .init("started_at", .instant, es: "Inicio", en: "Start"),
        .init("task", .integer, es: "Tarea", en: "Task"),
      ],
      parameters: [ReportParameter(name: "from_day", kind: .text)]
        + (login == nil ? [] : [ReportParameter(name: "technician", kind: .text)]),
      arguments: [("from_day", from), ("technician", login)].reduce(into: [:]) {
        if let value = $1.1 { $0[$1.0] = value }
      }, empty: .init(es: "Ninguna actividad.", en: "No activity.")
    ).print(line, session, desk)
  },
]

/// `1h30`, `1h30m`, `90m`, `2h`, `1.5` or `1,5` hours, in seconds; `nil` for anything else.
func spentTime(_ text: String) -> Seconds? {
  if case .workingTime(let seconds)? = Plazo(text) { return seconds }
  if let hour = text.firstIndex(of: "h"), case .workingTime(let seconds)? = Plazo("\(text)m"), hour != text.startIndex {
    return seconds
  }
  guard let hours = Double(text.replacing(",", with: ".")), hours > 0, hours <= 24 else { return nil }
  return Seconds((hours * 3600).rounded())
}
