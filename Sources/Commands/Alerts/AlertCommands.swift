internal import Alerts
internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let alertCommands: [Command] = [
  Command(
    name: "alert list", summary: "who was told what, and what was held or dropped, with the reason",
    options: [
      .init("--state", "STATE", "only those pending, held, dropped or grouped"),
      .init("--limit", "N", "at most so many, the newest first; else 50"), Listing.formatOption,
    ], examples: ["plazo alert list --state held", "plazo alert list --format csv > avisos.csv"], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let state = try Listing.worded("a.state", line, desk.language, alertStates)
    let kind = try Listing.worded("a.kind", line, desk.language, alertKinds)
    let reasons: [(raw: String, word: Bilingual)] =
      HoldReason.allCases.map { ($0.rawValue, .init(es: $0.sentence(in: .es), en: $0.sentence(in: .en))) }
      + DropReason.allCases.map { ($0.rawValue, .init(es: $0.sentence(in: .es), en: $0.sentence(in: .en))) }
    let reason = try Listing.worded("a.reason", line, desk.language, reasons)
    let only = try line.choice("--state", AlertState.self)
    return try Listing(
      title: .init(es: "Avisos", en: "Alerts"),
      sql: """
        SELECT a.id, a.happened_at, a.ticket_id, a.task_id, \(kind) AS kind,
            coalesce(u.login, a.address) AS recipient, \(state) AS state, a.next_at, \(reason) AS reason, a.channel,
            a.message_id, a.clock, a.level
          FROM alert a LEFT JOIN user u ON u.id = a.recipient_id
          WHERE :state = '' OR a.state = :state ORDER BY a.id DESC LIMIT CAST(:limit AS INTEGER)
        """,
      columns: [
        .init("id", .integer, es: "Aviso", en: "Alert"), .init("happened_at", .instant, es: "Desde", en: "Since"),
        .init("ticket_id", .ticket, es: "Ticket", en: "Ticket"), .init("task_id", .integer, es: "Tarea", en: "Task"),
        .init("kind", .text, es: "Aviso de", en: "Kind"), .init("recipient", .text, es: "Para", en: "To"),
        .init("state", .text, es: "Estado", en: "State"), .init("next_at", .instant, es: "Hasta", en: "Until"),
        .init("reason", .text, es: "Motivo", en: "Reason"), .init("channel", .text, es: "Canal", en: "Channel"),
        .init("message_id", .integer, es: "Mensaje", en: "Message"), .init("clock", .text, es: "Reloj", en: "Clock"),
        .init("level", .integer, es: "Nivel", en: "Level"),
      ],
      parameters: [ReportParameter(name: "limit", kind: .text), ReportParameter(name: "state", kind: .text)],
      arguments: ["limit": "\(try line.count("--limit") ?? 50)", "state": only?.rawValue ?? ""]
    ).print(line, session, desk)
  },
  Command(
    name: "alert ack", summary: "says that you know: no repeat and no escalation until it expires",
    operands: ["[TICKET]"],
    options: [
      .init("--task", "NUMBER", "of a task instead"),
      .init("--for", "PLAZO", "how long: 2d until the opening of the second working day, 4h of working time"),
      .init("--until", "INSTANT", "or until when"), .init("--reason", "TEXT", "what is being done"),
    ],
    details: """
      It is said of the ticket's clocks that are near due or late, as they run now: a new plazo, or a reopening, ends it.
      A later one takes the place of an earlier one; --for 0h ends it.
      """, examples: ["plazo alert ack 45 --as ana --for 1d --reason \"La pieza llega mañana\""], isForStaff: true
  ) { line, session in
    let desk = try session.open()
    let actor = try session.actor(desk)
    let owner = try owner(line, desk)
    let alerts = AlertDesk(session, desk)
    let until: Instant
    if let text = line.value("--until") {
      guard line.value("--for") == nil else {
        throw UsageError(problem: "--for and --until are both given", mend: "give one or the other")
      }
      until = try session.instant(text, "--until", in: desk.zone)
    } else {
      until = try alerts.hours.end(of: try plazo(line, "--for") ?? alerts.rules.acknowledgement, after: desk.now)
    }
    let count = try Acknowledgement.give(
      owner, by: actor.id, until: until, reason: line.value("--reason"), at: desk.now, on: desk.connection)
    guard count > 0 else {
      throw DeskError("nothing of \(name(owner)) is near due or late", mend: "there is nothing to acknowledge")
    }
    session.world.output.line("\(name(owner)): acknowledged until \(until.localText(in: desk.zone).dropLast(3))")
    return .done
  },
  Command(
    name: "alert silence", summary: "no word of what fits, until an end",
    options: [
      .init("--ticket", "NUMBER", "of this ticket"), .init("--client", "NAME", "of this client's tickets"),
      .init("--technician", "LOGIN", "to this technician"), .init("--kind", "KIND", "such as near-due"),
      .init("--for", "PLAZO", "how long: 2d until the opening of the second working day, 4h of working time"),
      .init("--until", "INSTANT", "or until when"), .init("--reason", "TEXT", "why, for the daily report"),
    ],
    details: """
      An alert that fits all that is named waits for the end; what is still so is told then. 'plazo alert silences' lists
      them, 'plazo alert unsilence' ends one early.
      """,
    examples: [
      """
      plazo alert silence --as rocio --client "Clínica Los Fresnos" \\
        --kind near-due --until 2026-11-05 --reason "Migración"
      """
    ],
    isForStaff: true
  ) { line, session in
    let desk = try session.open()
    let actor = try session.actor(desk)
    let directory = Directory(desk.connection)
    let reason = try line.required("--reason")
    guard (line.value("--for") == nil) != (line.value("--until") == nil) else {
      throw UsageError(problem: "a silence needs an end", mend: "give --for 2d or --until 2026-04-01T09:00")
    }
    let until =
      try line.value("--until").map { try session.instant($0, "--until", in: desk.zone) }
      ?? AlertDesk(session, desk).hours.end(of: plazo(line, "--for")!, after: desk.now)
    guard until > desk.now else { throw DeskError("that instant has passed", mend: "give one that is still to come") }
    var silence = Silence(until: until)
    if let text = line.value("--ticket") {
      let id = Int64(text) ?? 0
      guard try Tickets(desk.connection).ticket(id) != nil else {
        throw DeskError("there is no ticket \(text)", mend: "see 'plazo ticket list'")
      }
      silence.ticketID = id
    }
    silence.clientID = try line.value("--client").map { try directory.require($0, in: .client) }
    silence.technicianID = try line.value("--technician").map { try directory.require(login: $0).id }
    silence.kind = try line.choice("--kind", AlertKind.self)
    guard silence.ticketID ?? silence.clientID ?? silence.technicianID != nil || silence.kind != nil else {
      throw UsageError(
        problem: "a silence needs something to fit",
        mend: "give --ticket, --client, --technician or --kind; to be told nothing at all, see 'off' in plazo.json5")
    }
    let id = try silence.begin(by: actor.id, reason: reason, at: desk.now, on: desk.connection)
    session.world.output.line("silence \(id) until \(until.localText(in: desk.zone).dropLast(3))")
    return .done
  },
  Command(
    name: "alert unsilence", summary: "ends a silence early", operands: ["ID"],
    examples: ["plazo alert unsilence 1 --as bety"], isForStaff: true
  ) {
    line, session in
    let desk = try session.open()
    let actor = try session.actor(desk)
    let id = try line.number(0, "silence")
    guard try Silence.end(id, by: actor.id, at: desk.now, on: desk.connection) else {
      throw DeskError("no silence \(id) is in force", mend: "see 'plazo alert silences'")
    }
    session.confirm("silence \(id): ended")
    return .done
  },
  Command(
    name: "alert silences", summary: "the silences in force: of what, why, by whom, until when",
    options: [.init("--all", nil, "those that are over, too"), Listing.formatOption],
    examples: ["plazo alert silences --all"], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let kind = try Listing.worded("s.kind", line, desk.language, alertKinds)
    return try Listing(
      title: .init(es: "Silencios", en: "Silences"),
      sql: """
        SELECT s.id, s.until, s.ticket_id, c.name AS client, t.login AS technician, \(kind) AS kind, s.reason, b.login AS by_login,
            s.at, s.ended_at
          FROM alert_silence s LEFT JOIN client c ON c.id = s.client_id LEFT JOIN user t ON t.id = s.technician_id
          JOIN user b ON b.id = s.by_id
          WHERE :all = '1' OR (s.ended_at IS NULL AND s.until > CAST(:now AS INTEGER)) ORDER BY s.until, s.id
        """,
      columns: [
        .init("id", .integer, es: "Silencio", en: "Silence"), .init("until", .instant, es: "Hasta", en: "Until"),
        .init("ticket_id", .ticket, es: "Ticket", en: "Ticket"), .init("client", .text, es: "Cliente", en: "Client"),
        .init("technician", .text, es: "Técnico", en: "Technician"), .init("kind", .text, es: "Aviso de", en: "Kind"),
        .init("reason", .text, es: "Motivo", en: "Reason"), .init("by_login", .text, es: "Por", en: "By"),
        .init("at", .instant, es: "Desde", en: "Since"), .init("ended_at", .instant, es: "Terminado", en: "Ended"),
      ],
      parameters: [ReportParameter(name: "all", kind: .text), ReportParameter(name: "now", kind: .text)],
      arguments: ["all": line.has("--all") ? "1" : "0", "now": "\(desk.now.seconds)"],
      empty: .init(es: "Nada está silenciado.", en: "Nothing is silenced.")
    ).print(line, session, desk)
  },
  Command(
    name: "alert test", summary: "sends one message to a person, to see that the road is open", operands: ["USER"],
    options: [.init("--channel", "NAME", "by this channel; else the desk's")], examples: ["plazo alert test ana"],
    isForStaff: true
  ) { line, session in
    let desk = try session.open()
    let user = try Directory(desk.connection).require(login: line.operand(0)!)
    let alerts = AlertDesk(session, desk)
    let channel = line.value("--channel") ?? alerts.rules.channel
    let channels = desk.configuration.alerts.channels.map(\.name)
    guard channels.contains(channel) else {
      let guess = nearest(to: channel, among: channels).map { "did you mean '\($0)'? " } ?? ""
      throw DeskError("there is no channel '\(channel)'", mend: "\(guess)channels: \(channels.joined(separator: ", "))")
    }
    guard
      let id = try TestMessage.enqueue(
        toUser: user.id, by: channel, settings: alerts.mail, on: desk.connection, now: desk.now)
    else {
      throw DeskError(
        "'\(user.login)' has no address that can be written to",
        mend: "give one with 'plazo user edit \(user.login) --mail'")
    }
    return try sendNow(id, session, desk)
  },
]

private func plazo(_ line: Line, _ option: String) throws -> Plazo? {
  guard let text = line.value(option) else { return nil }
  guard let plazo = Plazo(text) else {
    throw UsageError(
      problem: "'\(text)' is no span for \(option)", mend: "write 2d (working days) or 4h (working time)")
  }
  return plazo
}

/// The ticket, or with `--task` the task, that a command is about.
func owner(_ line: Line, _ desk: OpenDesk) throws -> AlertOwner {
  if let text = line.value("--task") {
    guard line.operand(0) == nil else {
      throw UsageError(problem: "a ticket and a task are both given", mend: "give one or the other")
    }
    guard let id = Int64(text), try desk.connection.integer(sql: "SELECT 1 FROM task WHERE id = ?", .integer(id)) != nil
    else { throw DeskError("there is no task \(text)", mend: "see 'plazo task list'") }
    return .task(id)
  }
  let id = try line.number(0, "ticket")
  guard try Tickets(desk.connection).ticket(id) != nil else {
    throw DeskError("there is no ticket \(id)", mend: "see 'plazo ticket list'")
  }
  return .ticket(id)
}

private func name(_ owner: AlertOwner) -> String {
  switch owner {
  case .ticket(let id): "ticket \(id)"
  case .task(let id): "task \(id)"
  }
}
