internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let taskCommands: [Command] = [
  Command(
    name: "task add", summary: "gives work to a technician",
    options: [
      .init("--title", "TEXT", "what is to be done, in a line"), .init("--text", "TEXT", "more of it"),
      .init("--technician", "LOGIN", "who does it"), .init("--ticket", "NUMBER", "the ticket that it belongs to"),
      .init("--plazo", "PLAZO", "3d working days, 6h or 90m working time"),
      .init("--due", "INSTANT", "or the instant by which it is wanted"),
    ],
    examples: ["plazo task add --title \"Revisar el servidor\" --technician ana --plazo 2d"]
  ) { line, session in
    let desk = try session.open()
    var opening = Tasks.Opening(title: try line.required("--title"), technician: try line.required("--technician"))
    opening.description = line.value("--text") ?? ""
    opening.plazo = line.value("--plazo")
    opening.dueAt = try line.value("--due").map { try session.instant($0, "--due", in: desk.zone) }
    opening.ticketID = try line.value("--ticket").map { text in
      guard let number = Int64(text) else {
        throw UsageError(problem: "'\(text)' is not the number of a ticket", mend: "give a whole number such as 17")
      }
      return number
    }
    session.world.output.line("\(try tasks(session, desk).add(opening))")
    return .done
  },
  Command(name: "task close", summary: "the technician says that the work is done", operands: ["NUMBER"]) {
    line, session in
    let desk = try session.open()
    try tasks(session, desk).close(try line.number(0, "task"))
    return .done
  },
  Command(
    name: "task vobo", summary: "the administrator signs a closed task off, or refuses and reopens it",
    operands: ["NUMBER", "granted|refused"], options: [.init("--reason", "TEXT", "why it is refused")]
  ) { line, session in
    let desk = try session.open()
    guard let vobo = VoBo(rawValue: line.operand(1)!), vobo != .pending else {
      throw UsageError(problem: "'\(line.operand(1)!)' is no VoBo", mend: "write granted or refused")
    }
    try tasks(session, desk).sign(try line.number(0, "task"), vobo, reason: line.value("--reason"))
    return .done
  },
  Command(
    name: "task list", summary: "the tasks: the open ones first, then those that want a VoBo",
    options: [.init("--technician", "LOGIN", "of this technician"), Listing.formatOption]
  ) { line, session in
    let login = line.value("--technician")
    return try Listing(
      title: .init(es: "Tareas", en: "Tasks"),
      sql: """
        SELECT number, title, technician, given_by, status, vobo, opened_at, plazo, due_at, closed_at, ticket FROM tasks
          \(login == nil ? "" : "WHERE technician_login = :technician")
          ORDER BY status DESC, vobo = 'pending' DESC, number
        """,
      columns: [
        .init("number", .integer, es: "No.", en: "No."), .init("title", .text, es: "Tarea", en: "Task"),
        .init("technician", .text, es: "Técnico", en: "Technician"),
        .init("given_by", .text, es: "Asignó", en: "Given by"),
        .init("status", .status, es: "Estatus", en: "Status"), .init("vobo", .vobo, es: "VoBo", en: "VoBo"),
        .init("opened_at", .instant, es: "Asignada", en: "Given"), .init("plazo", .text, es: "Plazo", en: "Plazo"),
        .init("due_at", .instant, es: "Para", en: "Due"), .init("closed_at", .instant, es: "Cerrada", en: "Closed"),
        .init("ticket", .ticket, es: "Ticket", en: "Ticket"),
      ],
      parameters: login == nil ? [] : [ReportParameter(name: "technician", kind: .text)],
      arguments: login.map { ["technician": $0] } ?? [:]
    ).print(line, session)
  },
]

private func tasks(_ session: Session, _ desk: OpenDesk) throws -> Tasks {
  Tasks(desk.connection, actor: try session.actor(desk), now: desk.now)
}
