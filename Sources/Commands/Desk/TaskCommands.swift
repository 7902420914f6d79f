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
    opening.ticketID = try line.id("--ticket")
    session.world.output.line("\(try tasks(session, desk).add(opening))")
    return .done
  },
  Command(name: "task close", summary: "the technician says that the work is done", operands: ["NUMBER"]) {
    line, session in
    let desk = try session.open()
    let number = try line.number(0, "task")
    try tasks(session, desk).close(number)
    session.confirm("task \(number): closed, and waiting for its VoBo")
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
    let number = try line.number(0, "task")
    try tasks(session, desk).sign(number, vobo, reason: line.value("--reason"))
    session.confirm("task \(number): VoBo \(vobo.rawValue)\(vobo == .refused ? ", and open again" : "")")
    return .done
  },
  Command(
    name: "task list", summary: "the tasks: the open ones first, then those that want a VoBo",
    options: [.init("--technician", "LOGIN", "of this technician"), Listing.formatOption], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let login = line.value("--technician")
    return try Listing(
      title: .init(es: "Tareas", en: "Tasks"),
      sql: """
        SELECT number, status, title, technician, vobo, plazo, due_at, given_by, ticket, opened_at, closed_at FROM tasks
          \(login == nil ? "" : "WHERE technician_login = :technician")
          ORDER BY status DESC, vobo = 'pending' DESC, number
        """,
      columns: [
        .init("number", .integer, es: "No.", en: "No."), .init("status", .status, es: "Estatus", en: "Status"),
        .init("title", .text, es: "Tarea", en: "Task"), .init("technician", .text, es: "Técnico", en: "Technician"),
        .init("vobo", .vobo, es: "VoBo", en: "VoBo"), .init("plazo", .text, es: "Plazo", en: "Plazo"),
        .init("due_at", .instant, es: "Para", en: "Due"), .init("given_by", .text, es: "Asignó", en: "Given by"),
        .init("ticket", .ticket, es: "Ticket", en: "Ticket"),
        .init("opened_at", .instant, es: "Asignada", en: "Given"),
        .init("closed_at", .instant, es: "Cerrada", en: "Closed"),
      ],
      parameters: login == nil ? [] : [ReportParameter(name: "technician", kind: .text)],
      arguments: login.map { ["technician": $0] } ?? [:],
      empty: .init(es: "Ninguna tarea.", en: "No task.")
    ).print(line, session, desk)
  },
]

private func tasks(_ session: Session, _ desk: OpenDesk) throws -> Tasks {
  Tasks(desk.connection, actor: try session.actor(desk), now: desk.now)
}
