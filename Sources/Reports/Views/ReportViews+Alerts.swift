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
        ("id", "a.id"), ("kind", "a.kind"), ("number", "a.ticket_id"), ("clock", "a.clock"), ("deadline", "a.deadline"),
        ("situation", "a.situation"), ("recipient", "u.name"), ("recipient_login", "u.login"),
        ("happened_at", "a.happened_at"), ("recorded_at", "a.recorded_at"), ("state", "a.state"),
        ("reason", "a.reason"), ("message", "a.message_id"),
      ],
      from: """
        FROM alert a LEFT JOIN user u ON u.id = a.recipient_id
        WHERE a.happened_at <= \(asOf)
        """),
  ]
}
