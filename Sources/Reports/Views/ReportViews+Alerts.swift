/// The tables of the alerts are theirs, and a desk may not have them yet: without them the views are empty.
extension ReportViews {
  struct Optional {
    let name: String
    let table: String
    let columns: [(name: String, sql: String)]
    let from: String
  }

  static let ofAlerts: [Optional] = [
    Optional(
      name: "messages", table: "message",
      columns: [
        ("id", "id"), ("kind", "kind"), ("channel", "channel"), ("recipient", "recipient"), ("subject", "subject"),
        ("state", "state"), ("attempt", "attempt"), ("not_before", "not_before"), ("created_at", "created_at"),
        ("sent_at", "sent_at"), ("last_error", "last_error"),
      ],
      from: "FROM message WHERE created_at <= (SELECT as_of FROM report_run)"),
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
        WHERE a.happened_at <= (SELECT as_of FROM report_run)
        """),
  ]
}
