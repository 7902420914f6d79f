internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let taskShowCommand = Command(
  name: "task show", summary: "one task: its facts, how its clock stands, and its history", operands: ["NUMBER"],
  examples: ["plazo task show 3"], isForStaff: true
) { line, session in
  let number = try line.number(0, "task")
  let desk = try session.open()
  guard let task = try TaskSheet(number, desk) else {
    throw DeskError("there is no task \(number)", mend: "see 'plazo task list'")
  }
  let say = desk.language
  let words = ClockWords(say, desk.zone)
  let page = FactPage(width: min(session.world.output.width, Output.pageWidth))
  page.head("#\(task.row.id)  \(task.row.title)")
  page.fact(say(es: "Técnico", en: "Technician"), task.technician)
  page.fact(say(es: "Asignó", en: "Given by"), task.givenBy)
  page.fact("Ticket", task.row.ticketID.map { "#\($0)" })
  page.fact(say(es: "Asignada", en: "Given"), words.time(task.row.openedAt))
  page.fact(
    say(es: "Estatus", en: "Status"),
    task.row.status == .closed ? "✓ " + say(es: "Cerrada", en: "Closed") : say(es: "Abierta", en: "Open"))
  page.fact(say(es: "Cerrada", en: "Closed"), task.row.closedAt.map(words.time))
  page.fact("VoBo", task.row.vobo.flatMap { task.row.status == .closed ? $0.label(in: say) : nil })
  let clocks = try Judge(desk.connection, now: desk.now, candidate: try desk.candidate(session.zones))
    .clocks(ofTask: number)
  for clock in clocks { page.fact(clock.kind.label(in: say), words.words(clock)) }
  if clocks.isEmpty, task.row.status == .open {
    page.fact("Plazo", task.row.plazo ?? task.row.dueAt.map(words.time) ?? say(es: "sin plazo", en: "none"))
  }
  if !task.row.description.isEmpty {
    page.line()
    page.line(task.row.description, indent: 2)
  }
  page.line()
  page.line(say(es: "Historia", en: "History"))
  for event in task.events {
    page.line("\(words.time(event.at))  \(event.actor ?? "plazo"): \(oneLine(event.words(say)))", indent: 2)
  }
  session.world.output.write(page.text)
  return .done
}

/// A task, who has to do with it, and what happened to it.
private struct TaskSheet {
  let row: TaskRow
  let technician: String?
  let givenBy: String?
  let events: [Event]

  struct Event {
    var kind: String
    var at: Instant
    var actor: String?
    var value: String?
    var detail: String?
    /// The value as people write it: a login, a local time.
    var said: String?

    func words(_ say: Language) -> String {
      switch kind {
      case "opened": return say(es: "la asigna", en: "gives it")
      case "closed" where value == TicketChange.corrected:
        return say(es: "corrige su cierre", en: "puts its closing right")
      case "closed": return say(es: "la cierra", en: "closes it")
      case "reopened": return say(es: "la reabre", en: "reopens it") + (detail.map { ": \($0)" } ?? "")
      case "assigned": return say(es: "la asigna a ", en: "assigns it to ") + (said ?? "")
      case "plazo": return value.map { "plazo \($0)" } ?? say(es: "le quita el plazo", en: "takes its plazo away")
      case "target": return said.map { say(es: "vence ", en: "due ") + $0 } ?? say(es: "sin fecha", en: "no date")
      case "edited":
        let fields = [
          "title": say(es: "título", en: "title"), "description": say(es: "descripción", en: "description"),
          "ticket": say(es: "ticket", en: "ticket"),
        ]
        return "\(fields[detail ?? ""] ?? detail ?? ""): \(value ?? "-")"
      case "vobo" where value == VoBo.granted.rawValue: return say(es: "otorga el VoBo", en: "grants the VoBo")
      case "vobo":
        let reason = detail.map { ": \($0)" } ?? ""
        return say(es: "rechaza el VoBo y la reabre", en: "refuses the VoBo and reopens it") + reason
      default: return kind
      }
    }
  }

  init?(_ number: Int64, _ desk: OpenDesk) throws {
    guard let row = try TaskRow.find(number, on: desk.connection) else { return nil }
    self.row = row
    let directory = Directory(desk.connection)
    technician = try directory.user(id: row.technicianID)?.name
    givenBy = try directory.user(id: row.givenBy)?.name
    events = try desk.connection.rows(
      sql: """
        SELECT e.kind, e.happened_at, u.login, e.value, iif(e.kind = 'opened', NULL, e.detail), n.login FROM task_event e
          LEFT JOIN user u ON u.id = e.actor_id
          LEFT JOIN user n ON e.kind = 'assigned' AND n.id = CAST(e.value AS INTEGER)
          WHERE e.task_id = ? ORDER BY e.sequence
        """, .integer(number)
    ).map { row in
      let kind = row[0].text ?? ""
      let due = kind == "target" ? row[3].text.flatMap { Int64($0) }.map { Instant($0).localText(in: desk.zone) } : nil
      return Event(
        kind: kind, at: Instant(row[1].integer ?? 0), actor: row[2].text, value: row[3].text, detail: row[4].text,
        said: row[5].text ?? due)
    }
  }
}
