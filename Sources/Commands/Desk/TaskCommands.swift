internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let taskCommands: [Command] = [
  Command(
    name: "task add", summary: "gives work to a technician",
    options: [
      .init("--title", "TEXT", "what is to be done, in a line"),
      .init("--text", "TEXT", "more of it; '-' reads standard input"),
      .init("--text-file", "PATH", "or the file that holds it"),
      .init("--technician", "LOGIN", "who does it"), .init("--ticket", "NUMBER", "the ticket that it belongs to"),
      .init("--plazo", "PLAZO", "3d working days, 6h or 90m working time"),
      .init("--due", "INSTANT", "or the instant by which it is wanted"),
    ],
    examples: [
      "plazo task add --as rocio --title \"Respaldo\" --technician ana --plazo 2d",
      """
      plazo task add --as rocio --title "Visita al Colegio" --technician luis \\
        --due 2026-11-03T12:00
      """,
    ]
  ) { line, session in
    let desk = try session.open()
    _ = try line.required("--title")
    var opening = Tasks.Opening(title: try line.oneLine("--title")!, technician: try line.required("--technician"))
    opening.description = try text(line, "--text", file: "--text-file", session) ?? ""
    opening.plazo = line.value("--plazo")
    opening.dueAt = try line.value("--due").map { try session.instant($0, "--due", in: desk.zone) }
    opening.ticketID = try line.id("--ticket")
    session.world.output.line("\(try tasks(session, desk).add(opening))")
    return .done
  },
  Command(
    name: "task close", summary: "the technician says that the work is done", operands: ["NUMBER"],
    details: "The administrator's VoBo is then pending: see 'plazo help task vobo'.",
    examples: ["plazo task close 4 --as luis"]
  ) {
    line, session in
    let desk = try session.open()
    let number = try line.number(0, "task")
    try tasks(session, desk).close(number)
    session.confirm("task \(number): closed, and waiting for its VoBo")
    return .done
  },
  Command(
    name: "task vobo", summary: "the administrator signs a closed task off, or refuses and reopens it",
    operands: ["NUMBER", "granted|refused"], options: [.init("--reason", "TEXT", "why it is refused")],
    examples: [
      "plazo task vobo 1 granted --as rocio", "plazo task vobo 1 refused --reason \"Falta probarlo\" --as rocio",
    ]
  ) { line, session in
    let (number, vobo) = (try line.number(0, "task"), try line.sign(1))
    let desk = try session.open()
    try tasks(session, desk).sign(number, vobo, reason: line.value("--reason"))
    session.confirm("task \(number): VoBo \(vobo.rawValue)\(vobo == .refused ? ", and open again" : "")")
    return .done
  },
  taskListCommand, taskShowCommand,
]

private func tasks(_ session: Session, _ desk: OpenDesk) throws -> Tasks {
  Tasks(desk.connection, actor: try session.actor(desk), now: desk.now)
}
