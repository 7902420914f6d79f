internal import Desk
internal import Glibc
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let feedCommand = Command(
  name: "feed", summary: "a technician's deadlines as iCalendar, for a calendar program",
  options: [
    .init("--user", "LOGIN", "whose; else who acts"),
    .init("--all", nil, "everybody's, a file LOGIN.ics each in the folder --out"),
    .init("--out", "PATH", "replaces this file as a whole, or the files in this folder; else standard output"),
  ],
  details: """
    What is assigned to the technician and open, each ticket and task at its deadline as of now; one whose clock stands
    still has no deadline and is left out. Written anew every few minutes to where a calendar program fetches it, an
    entry that moves stays the same entry. Times are in UTC, and every program shows them in its own zone.
    """,
  examples: ["plazo feed --user ana > ana.ics", "mkdir agendas && plazo feed --all --out agendas"], isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  let feed = try Feed(session, desk)
  if line.has("--all") {
    guard line.value("--user") == nil else {
      throw UsageError(problem: "--all and --user are both given", mend: "give one or the other")
    }
    let folder = try line.required("--out")
    let people = try desk.connection.rows(
      sql: "SELECT login FROM user WHERE active = 1 AND role IN ('administrator', 'technician') ORDER BY login")
    try Folders.making(folder) {
      for login in people.compactMap(\.[0].text) {
        // A login may have a stroke in it, which a file's name cannot.
        let name = login.map { "/\0".contains($0) ? "_" : String($0) }.joined()
        try WholeFile.write(feed.text(of: login), to: "\(folder)/\(name).ics", mode: 0o600)
        session.world.output.line("\(folder)/\(name).ics")
      }
    }
    return .done
  }
  let login: String
  if let given = line.value("--user") {
    login = try Directory(desk.connection).require(login: given).login
  } else {
    login = try session.actor(desk).login
  }
  let text = try feed.text(of: login)
  if let path = line.value("--out") {
    try WholeFile.write(text, to: path, mode: 0o600)
  } else {
    session.world.output.write(text)
  }
  return .done
}

/// The deadlines of a desk, judged once for all who ask.
private struct Feed {
  private let desk: OpenDesk
  private var entries: [String: [Entry]] = [:]
  /// When the desk was made: with the number of a ticket, what makes an entry that entry and no other's.
  private let madeAt: Int64

  private struct Entry {
    var uid: String
    var deadline: Instant
    var situation: Situation
    var moves: Int64
    var heading: String
    var facts: [String]
  }

  init(_ session: Session, _ desk: OpenDesk) throws {
    self.desk = desk
    let connection = desk.connection
    madeAt = try connection.integer(sql: "SELECT min(applied_at) FROM migration") ?? 0
    let candidate = try desk.candidate(session.zones)
    let ticket = try connection.prepare(
      sql: """
        SELECT u.login, t.title, c.name, t.external_number, t.waiting_on FROM ticket t
          JOIN client c ON c.id = t.client_id JOIN user u ON u.id = coalesce(t.assigned_id, t.responsible_id)
         WHERE t.id = ?
        """)
    // A task's closing is the technician's to see to, its sign-off that of who gave it.
    let task = try connection.prepare(
      sql: """
        SELECT u.login, k.title FROM task k JOIN user u ON u.id = iif(?2 = 'vobo', k.given_by, k.technician_id)
         WHERE k.id = ?1
        """)
    try connection.read {
      let judge = try Judge(connection, now: desk.now, candidate: candidate)
      try judge.each { judged in
        guard let deadline = judged.judgement?.deadline else { return }
        ticket.bind([.integer(judged.ownerID)])
        defer { ticket.reset() }
        guard try ticket.step() else { return }
        var facts = [promise(judged.kind), ticket.text(2)]
        if let plazo = judged.plazo { facts.append("plazo \(plazo)") }
        if let party = Party(rawValue: ticket.text(4)) {
          facts.append(
            "\(desk.language(es: "Esperando respuesta de", en: "Waiting on")): \(party.label(in: desk.language))")
        }
        if let number = ticket.textOrNil(3) {
          facts.append(desk.language(es: "No. Proveedor", en: "External number") + " \(number)")
        }
        add(judged, of: "ticket", to: ticket.text(0), at: deadline, "#\(judged.ownerID) \(ticket.text(1))", facts)
      }
      try judge.eachTaskClock { judged in
        guard let deadline = judged.judgement?.deadline else { return }
        task.bind([.integer(judged.ownerID), .text(judged.kind.rawValue)])
        defer { task.reset() }
        guard try task.step() else { return }
        let heading = "\(desk.language(es: "Tarea", en: "Task")) \(judged.ownerID): \(task.text(1))"
        add(judged, of: "task", to: task.text(0), at: deadline, heading, [promise(judged.kind)])
      }
    }
  }

  private mutating func add(
    _ judged: Judge.Judged, of owner: String, to login: String, at deadline: Instant, _ heading: String,
    _ facts: [String]
  ) {
    entries[login, default: []].append(
      Entry(
        uid: "\(owner)-\(judged.ownerID)-\(judged.kind.rawValue)", deadline: deadline, situation: judged.situation,
        moves: judged.moves, heading: heading, facts: facts))
  }

  /// Which of several promises it is that falls due.
  private func promise(_ kind: ClockKind) -> String {
    switch kind {
    case .firstResponse: desk.language(es: "Primera respuesta", en: "First response")
    case .nextResponse: desk.language(es: "Siguiente respuesta", en: "Next response")
    case .resolution: desk.language(es: "Solución", en: "Resolution")
    case .completion: desk.language(es: "Cierre de la tarea", en: "Completion")
    case .vobo: desk.language(es: "Visto bueno", en: "VoBo")
    }
  }

  func text(of login: String) throws -> String {
    var text = ICalendarText()
    text.add("BEGIN", "VCALENDAR")
    text.add("VERSION", "2.0")
    text.add("PRODID", "-//plazo//plazo \(programVersion)//EN")
    text.add("METHOD", "PUBLISH")
    text.add("X-WR-CALNAME", text: "\(desk.configuration.name): \(login)")
    // How often to look again, for programs that ask.
    text.add("REFRESH-INTERVAL;VALUE=DURATION", "PT15M")
    text.add("X-PUBLISHED-TTL", "PT15M")
    for entry in (entries[login] ?? []).sorted(by: { ($0.deadline, $0.uid) < ($1.deadline, $1.uid) }) {
      text.add("BEGIN", "VEVENT")
      text.add("UID", "\(entry.uid)-\(madeAt)@plazo")
      text.add("DTSTAMP", desk.now)
      text.add("DTSTART", entry.deadline)
      text.add("SEQUENCE", "\(entry.moves)")
      let mark = entry.situation == .onTime ? "" : "\(entry.situation.label(in: desk.language)): "
      text.add("SUMMARY", text: mark + entry.heading)
      text.add("DESCRIPTION", text: ([entry.situation.label(in: desk.language)] + entry.facts).joined(separator: "\n"))
      text.add("CATEGORIES", entry.situation.rawValue)
      text.add("PRIORITY", entry.situation == .late ? "1" : entry.situation == .nearDue ? "5" : "9")
      // A deadline takes up none of the day.
      text.add("TRANSP", "TRANSPARENT")
      text.add("END", "VEVENT")
    }
    text.add("END", "VCALENDAR")
    return text.text
  }
}
