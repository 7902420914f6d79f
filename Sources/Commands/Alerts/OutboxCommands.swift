internal import Alerts
internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let outboxCommands: [Command] = [
  Command(
    name: "outbox list", summary: "the messages: sent, waiting, or parked with the reason",
    options: [
      .init("--state", "STATE", "only those pending, sent, parked or dropped"),
      .init("--limit", "N", "at most so many, the newest first; else 50"), Listing.formatOption,
    ], examples: ["plazo outbox list --state parked"], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let state = try Listing.worded("state", line, desk.language, alertStates)
    let kind = try Listing.worded(
      "kind", line, desk.language,
      MessageKind.allCases.map { ($0.rawValue, .init(es: $0.label(in: .es), en: $0.label(in: .en))) })
    let only = try line.choice("--state", MessageState.self)
    return try Listing(
      title: .init(es: "Mensajes", en: "Messages"),
      sql: """
        SELECT id, created_at, mailbox, subject, \(state) AS state, attempt, sent_at,
            iif(state = 'pending' AND attempt > 0, not_before, NULL) AS next_at, last_error, channel, \(kind) AS kind
          FROM message WHERE :state = '' OR message.state = :state ORDER BY id DESC LIMIT CAST(:limit AS INTEGER)
        """,
      columns: [
        .init("id", .integer, es: "Mensaje", en: "Message"),
        .init("created_at", .instant, es: "Escrito", en: "Written"),
        .init("mailbox", .text, es: "Para", en: "To"), .init("subject", .text, es: "Asunto", en: "Subject"),
        .init("state", .text, es: "Estado", en: "State"), .init("attempt", .integer, es: "Intentos", en: "Attempts"),
        .init("sent_at", .instant, es: "Enviado", en: "Sent"),
        .init("next_at", .instant, es: "Próximo intento", en: "Next attempt"),
        .init("last_error", .text, es: "Motivo", en: "Reason"), .init("channel", .text, es: "Canal", en: "Channel"),
        .init("kind", .text, es: "Clase", en: "Kind"),
      ],
      parameters: [ReportParameter(name: "limit", kind: .text), ReportParameter(name: "state", kind: .text)],
      arguments: ["limit": "\(try line.count("--limit") ?? 50)", "state": only?.rawValue ?? ""]
    ).print(line, session, desk)
  },
  Command(
    name: "outbox show", summary: "a message: to whom, what became of it, and its text", operands: ["ID"],
    options: [.init("--raw", nil, "the very bytes that are sent")],
    examples: ["plazo outbox show 15", "plazo outbox show 15 --raw > mensaje.eml"], isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let id = try line.number(0, "message")
    guard let message = try Outbox.message(id, on: desk.connection) else {
      throw DeskError("there is no message \(id)", mend: "see 'plazo outbox list'")
    }
    let output = session.world.output
    if line.has("--raw") {
      output.write(String(decoding: message.content, as: UTF8.self))
      return .done
    }
    let entry = message.entry
    let state = alertStates.first { $0.raw == entry.state.rawValue }?.word(desk.language)
    output.line(oneLine(entry.subject))
    var facts = [
      (desk.language(es: "Para", en: "To"), entry.recipient),
      (desk.language(es: "Canal", en: "Channel"), "\(entry.channel), \(entry.kind.label(in: desk.language))"),
      (desk.language(es: "Escrito", en: "Written"), entry.createdAt.localText(in: desk.zone)),
      (desk.language(es: "Estado", en: "State"), state ?? entry.state.rawValue),
      (desk.language(es: "Intentos", en: "Attempts"), "\(entry.attempt)"),
    ]
    if let sentAt = entry.sentAt {
      facts.append((desk.language(es: "Enviado", en: "Sent"), sentAt.localText(in: desk.zone)))
    }
    if let reason = entry.reason { facts.append((desk.language(es: "Motivo", en: "Reason"), reason)) }
    for (label, value) in facts { output.line("  \(label): \(oneLine(value))") }
    output.line("\n\(printable(message.text))")
    return .done
  },
  Command(
    name: "outbox send", summary: "sends what is due now, or one message at once", operands: ["[ID]"],
    examples: ["plazo outbox send"], isForStaff: true
  ) { line, session in
    let desk = try session.open()
    guard line.operand(0) != nil else {
      session.world.output.line(try Work(session, desk).send() ?? "nothing is due")
      return .done
    }
    let id = try line.number(0, "message")
    return try sendNow(id, session, desk)
  },
  Command(
    name: "outbox retry", summary: "gives parked messages all their attempts again", operands: ["[ID]"],
    options: [.init("--all", nil, "every parked one")], examples: ["plazo outbox retry --all"], isForStaff: true
  ) { line, session in
    let desk = try session.open()
    guard line.has("--all") != (line.operand(0) != nil) else {
      throw UsageError(problem: "which message?", mend: "give its number from 'plazo outbox list', or --all")
    }
    let id = try line.has("--all") ? nil : line.number(0, "message")
    let count = try Outbox.retry(id, on: desk.connection, now: desk.now)
    if let id, count == 0 {
      throw DeskError("message \(id) is not parked", mend: "see 'plazo outbox list --state parked'")
    }
    session.world.output.line("\(counted(count, "message")) will be tried again")
    return .done
  },
]

/// Sends one message and says what became of it.
func sendNow(_ id: Int64, _ session: Session, _ desk: OpenDesk) throws -> ExitCode {
  let output = session.world.output
  switch try AlertDesk(session, desk).outbox().send(id, now: desk.now) {
  case .sent?: output.line("message \(id): sent")
  case .outdated?: output.line("message \(id): not sent, since what it told is no longer so")
  case .waiting(_, let until, let reason)?:
    throw DeskError(
      "message \(id) was not sent: \(reason)", mend: "it is tried again at \(until.localText(in: desk.zone))")
  case .parked(_, let reason)?:
    throw DeskError("message \(id) is parked: \(reason)", mend: "mend that, then 'plazo outbox retry \(id)'")
  case nil:
    throw DeskError(
      "message \(id) does not wait to be sent, or another process is sending it", mend: "see 'plazo outbox list'")
  }
  return .done
}

let alertKinds: [(raw: String, word: Bilingual)] = AlertKind.allCases.map {
  ($0.rawValue, .init(es: $0.label(in: .es), en: $0.label(in: .en)))
}

/// The states of alerts and of messages.
let alertStates: [(raw: String, word: Bilingual)] = [
  ("pending", .init(es: "por enviar", en: "pending")), ("held", .init(es: "retenido", en: "held")),
  ("dropped", .init(es: "descartado", en: "dropped")), ("grouped", .init(es: "en un mensaje", en: "in a message")),
  ("sent", .init(es: "enviado", en: "sent")), ("parked", .init(es: "detenido", en: "parked")),
]
