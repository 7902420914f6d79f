internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let activityCommands: [Command] = [
  Command(
    name: "activity log", summary: "books time that a technician spent",
    options: [
      .init("--text", "TEXT", "what was done; '-' reads standard input"),
      .init("--time", "TIME", "time spent: 1h30, 90m or 1.5 (hours)"),
      .init("--start", "INSTANT", "when it began, for who books by event"),
      .init("--day", "DATE", "the day, for who books by day; else today"),
      .init("--ticket", "NUMBER", "the ticket that it was for"), .init("--task", "NUMBER", "the task that it was for"),
      .init("--client", "NAME", "the client that it was for"),
      .init("--technician", "LOGIN", "who spent it, when an administrator books for another"),
    ],
    details: """
      The administrator says of each technician whether hours are booked by event or by day; the other way is refused.
      So are events that overlap, more than 24 hours in a day, and days that are closed.
      """,
    examples: [
      """
      plazo activity log --as ana --start 2026-10-30T09:15 --time 1h30 --ticket 57 \\
        --text "Falla del timbrado"
      """,
      """
      plazo activity log --as bety --day 2026-10-30 --time 3.5 --text "Finiquitos" \\
        --client "Despacho Arce y Muñoz"
      """,
    ]
  ) { line, session in
    let desk = try session.open()
    let start = try line.value("--start").map { try session.instant($0, "--start", in: desk.zone) }
    var entry = Activities.Entry(
      startedAt: start, day: try day(line, start, in: desk.zone) ?? desk.zone.date(at: desk.now),
      seconds: try time(line) ?? { throw UsageError(problem: "--time is missing", mend: "write 1h30, 90m or 1.5") }(),
      description: try text(line, "--text", session) ?? line.required("--text"))
    entry.technician = line.value("--technician")
    entry.ticketID = try line.id("--ticket")
    entry.taskID = try line.id("--task")
    entry.client = line.value("--client")
    let id = try Activities(desk.connection, actor: try session.actor(desk), now: desk.now).log(entry)
    session.world.output.line("\(id)")
    return .done
  },
  Command(
    name: "activity correct", summary: "books an entry anew in the place of a wrong one, which is kept",
    operands: ["NUMBER"],
    options: [
      .init("--reason", "TEXT", "why; it stays beside both"),
      .init("--void", nil, "takes the entry back: it counts no more"),
      .init("--text", "TEXT", "what was done; '-' reads standard input"),
      .init("--time", "TIME", "time spent: 1h30, 90m or 1.5 (hours)"),
      .init("--start", "INSTANT", "when it began, of an entry by event"),
      .init("--day", "DATE", "the day, of an entry by day"),
      .init("--ticket", "NUMBER", "the ticket that it was for, or none"),
      .init("--task", "NUMBER", "the task that it was for, or none"),
      .init("--client", "NAME", "the client that it was for; empty for none"),
    ],
    details: """
      What is not given stays as it was. The number of the new entry is printed; a second correction is one of that
      entry. Technicians correct the own entries, administrators all.
      """,
    examples: [
      "plazo activity correct 11 --time 45m --reason \"Era la mitad\" --as luis",
      "plazo activity correct 9 --void --reason \"Registrada dos veces\" --as ana",
    ]
  ) { line, session in
    let desk = try session.open()
    let number = try line.number(0, "activity")
    let reason = try line.required("--reason")
    let activities = Activities(desk.connection, actor: try session.actor(desk), now: desk.now)
    let facts = ["--text", "--time", "--start", "--day", "--ticket", "--task", "--client"].filter { line.has($0) }
    if line.has("--void") {
      guard facts.isEmpty else {
        throw UsageError(problem: "--void and \(facts[0]) are both given", mend: "take it back, or correct it")
      }
      try activities.takeBack(number, reason: reason)
      session.confirm("activity \(number): taken back")
      return .done
    }
    var correction = Activities.Correction()
    correction.startedAt = try line.value("--start").map { try session.instant($0, "--start", in: desk.zone) }
    correction.day = try day(line, correction.startedAt, in: desk.zone)
    correction.seconds = try time(line)
    correction.description = try text(line, "--text", session)
    if line.has("--ticket") { correction.ticketID = .some(try idOrNone(line, "--ticket")) }
    if line.has("--task") { correction.taskID = .some(try idOrNone(line, "--task")) }
    if let client = line.value("--client") { correction.client = .some(client.isEmpty ? nil : client) }
    session.world.output.line("\(try activities.correct(number, correction, reason: reason))")
    return .done
  },
  activityListCommand,
  activityLockCommand,
]

/// The day of an entry: the one given, else that of the start.
private func day(_ line: Line, _ start: Instant?, in zone: Zone) throws -> LocalDate? {
  guard let text = line.value("--day") else { return start.map { zone.date(at: $0) } }
  guard start == nil else { throw UsageError(problem: "--start and --day are both given", mend: "give one of them") }
  return try date(text)
}

func date(_ text: String) throws -> LocalDate {
  guard let date = LocalDate(text) else {
    throw UsageError(problem: "'\(text)' is no date", mend: "write it as 2026-03-27")
  }
  return date
}

private func time(_ line: Line) throws -> Seconds? {
  guard let text = line.value("--time") else { return nil }
  guard let seconds = SpentTime.seconds(text) else {
    throw UsageError(problem: "'\(text)' is no time spent", mend: "write 1h30, 90m or 1.5 (hours)")
  }
  return seconds
}

private func idOrNone(_ line: Line, _ option: String) throws -> Int64? {
  line.value(option) == "none" ? nil : try line.id(option)
}
