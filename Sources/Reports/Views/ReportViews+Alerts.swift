/// The tables of alerts and jobs are theirs, and a desk may not have them yet: without them the views are empty.
extension ReportViews {
  struct Optional {
    let name: String
    let table: String
    let columns: [(name: String, sql: String)]
    let from: String
  }

  static let optional: [Optional] = [
    Optional(
      name: "messages", table: "message",
      columns: [
        ("id", "id"), ("kind", "kind"), ("channel", "channel"), ("recipient", "recipient"), ("subject", "subject"),

        // What was sent later was still waiting.
        ("state", "iif(sent_at > \(asOf), 'pending', state)"), ("attempt", "attempt"), ("not_before", "not_before"),
        ("created_at", "created_at"),
        ("sent_at", "iif(sent_at > \(asOf), NULL, sent_at)"), ("last_error", "last_error"),
      ],
      from: "FROM message WHERE created_at <= \(asOf)"),
    Optional(
      name: "slots", table: "job_slot",
      columns: [
        ("job", "job"), ("planned_at", "planned_at"),
        (
          "state",
          """
          CASE WHEN finished_at <= \(asOf) THEN state WHEN started_at <= \(asOf) THEN 'running' ELSE 'planned' END
          """
        ), ("is_caught_up", "is_caught_up"), ("started_at", "iif(started_at > \(asOf), NULL, started_at)"),
        ("finished_at", "iif(finished_at > \(asOf), NULL, finished_at)"),
        ("detail", "iif(finished_at > \(asOf), NULL, detail)"),
      ],
      from: "FROM job_slot WHERE planned_at <= \(asOf)"),
    Optional(
      name: "alerts", table: "alert",
      columns: [
        ("id", "a.id"), ("kind", "a.kind"), ("number", "a.ticket_id"), ("task", "a.task_id"), ("clock", "a.clock"),
        ("deadline", "a.deadline"), ("situation", "a.situation"), ("level", "a.level"), ("channel", "a.channel"),
        ("recipient", "coalesce(u.name, a.address)"), ("recipient_login", "u.login"), ("stands_in_for", "s.name"),
        ("happened_at", "a.happened_at"), ("recorded_at", "a.recorded_at"),
        // What went into a message later was still waiting.
        ("state", "iif(m.created_at > \(asOf), 'pending', a.state)"), ("reason", "a.reason"),
        ("message", "iif(m.created_at > \(asOf), NULL, a.message_id)"),
      ],
      from: """
        FROM alert a
        LEFT JOIN user u ON u.id = a.recipient_id
        LEFT JOIN user s ON s.id = a.stands_in_for
        LEFT JOIN message m ON m.id = a.message_id
        WHERE a.recorded_at <= \(asOf)
        """),
    Optional(
      name: "silences", table: "alert_silence",
      columns: [
        ("id", "i.id"), ("number", "i.ticket_id"), ("client", "c.name"), ("technician", "t.name"), ("kind", "i.kind"),
        ("reason", "i.reason"), ("said_by", "b.name"), ("said_at", "i.at"), ("ends_at", "i.until"),
        ("ended_at", "iif(i.ended_at > \(asOf), NULL, i.ended_at)"),
        ("is_active", "i.until > \(asOf) AND (i.ended_at IS NULL OR i.ended_at > \(asOf))"),
      ],
      from: """
        FROM alert_silence i
        LEFT JOIN client c ON c.id = i.client_id
        LEFT JOIN user t ON t.id = i.technician_id
        JOIN user b ON b.id = i.by_id
        WHERE i.at <= \(asOf)
        """),
  ]
}
