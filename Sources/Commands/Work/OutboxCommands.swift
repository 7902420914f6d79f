internal import Alerts
internal import Desk
internal import Reports
internal import SLA
internal import SQLite

let outboxCommands: [Command] = [
  Command(
    name: "alert list", summary: "who was told what, and what was held or dropped, with the reason",
    options: [.init("--limit", "N", "at most so many, the newest first; else 50"), Listing.formatOption],
    isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let state = try Listing.worded("state", line, desk.language, states)
    return try Listing(
      title: .init(es: "Avisos", en: "Alerts"),
      sql: """
        SELECT a.id, a.happened_at, a.ticket_id, a.situation, u.login AS recipient, \(state) AS state, a.reason
          FROM alert a LEFT JOIN user u ON u.id = a.recipient_id ORDER BY a.id DESC LIMIT CAST(:limit AS INTEGER)
        """,
      columns: [
        .init("id", .integer, es: "Aviso", en: "Alert"), .init("happened_at", .instant, es: "Desde", en: "Since"),
        .init("ticket_id", .ticket, es: "Ticket", en: "Ticket"),
        .init("situation", .situation, es: "Situación", en: "Situation"),
        .init("recipient", .text, es: "Para", en: "To"), .init("state", .text, es: "Estado", en: "State"),
        .init("reason", .text, es: "Motivo", en: "Reason"),
      ],
      parameters: [ReportParameter(name: "limit", kind: .text)],
      arguments: ["limit": "\(try line.count("--limit") ?? 50)"]
    ).print(line, session, desk)
  },
  Command(
    name: "outbox list", summary: "the messages: sent, waiting, or parked with the reason",
    options: [.init("--limit", "N", "at most so many, the newest first; else 50"), Listing.formatOption],
    isForStaff: true
  ) { line, session in
    let desk = try session.open(.readOnly)
    let state = try Listing.worded("state", line, desk.language, states)
    return try Listing(
      title: .init(es: "Correos", en: "Messages"),
      sql: """
        SELECT id, created_at, mailbox, subject, \(state) AS state, attempt, sent_at, last_error
          FROM message ORDER BY id DESC LIMIT CAST(:limit AS INTEGER)
        """,
      columns: [
        .init("id", .integer, es: "Correo", en: "Message"), .init("created_at", .instant, es: "Escrito", en: "Written"),
        .init("mailbox", .text, es: "Para", en: "To"), .init("subject", .text, es: "Asunto", en: "Subject"),
        .init("state", .text, es: "Estado", en: "State"), .init("attempt", .integer, es: "Intentos", en: "Attempts"),
        .init("sent_at", .instant, es: "Enviado", en: "Sent"), .init("last_error", .text, es: "Motivo", en: "Reason"),
      ],
      parameters: [ReportParameter(name: "limit", kind: .text)],
      arguments: ["limit": "\(try line.count("--limit") ?? 50)"]
    ).print(line, session, desk)
  },
  Command(name: "outbox send", summary: "sends what is due now", isForStaff: true) { _, session in
    let desk = try session.open()
    session.world.output.line(try Work(session, desk).send() ?? "nothing is due")
    return .done
  },
]

/// The states of alerts and of messages.
private let states: [(raw: String, word: Bilingual)] = [
  ("pending", .init(es: "por enviar", en: "pending")), ("held", .init(es: "retenido", en: "held")),
  ("dropped", .init(es: "descartado", en: "dropped")), ("grouped", .init(es: "en un correo", en: "in a message")),
  ("sent", .init(es: "enviado", en: "sent")), ("parked", .init(es: "detenido", en: "parked")),
]
