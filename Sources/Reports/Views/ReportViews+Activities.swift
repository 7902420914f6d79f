/// Hours and articles, as far as they were recorded by the as-of instant.
extension ReportViews {
  /// Every entry of hours that ever was. What it leaves out of `activities` are those that do not count.
  static func bookedActivities(_ ticket: String) -> String {
    """
    SELECT a.id AS number, u.name AS technician, u.login AS technician_login, a.booking, a.day, a.started_at,
      a.started_at + a.seconds AS ended_at, a.seconds, a.description, a.ticket_id AS ticket, a.task_id AS task,
      coalesce(c.name, d.name) AS client, a.recorded_at, b.name AS recorded_by, a.corrects_id AS corrects,
      coalesce(w.reason, a.reason) AS reason,
      unlikely_time(u.calendar, a.day, a.started_at, a.seconds, (
        SELECT sum(s.seconds) FROM activity s
        WHERE s.technician_id = a.technician_id AND s.day = a.day AND s.recorded_at <= r.as_of
          AND NOT EXISTS (SELECT 1 FROM activity z WHERE z.corrects_id = s.id AND z.recorded_at <= r.as_of)
          AND NOT EXISTS (SELECT 1 FROM activity_void v WHERE v.activity_id = s.id AND v.recorded_at <= r.as_of)
      )) AS unlikely,
      CASE
        WHEN EXISTS (SELECT 1 FROM activity z WHERE z.corrects_id = a.id AND z.recorded_at <= r.as_of) THEN 'corrected'
        WHEN w.activity_id IS NOT NULL THEN 'void'
        ELSE 'standing'
      END AS state
    FROM report_run r
    JOIN activity a ON a.day <= r.today AND a.recorded_at <= r.as_of
    JOIN user u ON u.id = a.technician_id
    JOIN user b ON b.id = a.recorded_by
    LEFT JOIN client c ON c.id = a.client_id
    LEFT JOIN \(ticket) t ON t.id = a.ticket_id
    LEFT JOIN client d ON d.id = t.client_id
    LEFT JOIN activity_void w ON w.activity_id = a.id AND w.recorded_at <= r.as_of
    """
  }

  static let activities = """
    SELECT number, technician, technician_login, booking, day, started_at, ended_at, seconds, description, ticket, task,
      client, recorded_at, recorded_by, corrects, reason, unlikely
    FROM booked_activities
    WHERE state = 'standing'
    """

  /// Each as its last version has it.
  static let articles = """
    SELECT a.id AS number, a.title, p.name AS product, a.ticket_id AS ticket, u.name AS author, a.written_at,
      a.changed_at, a.version, a.active AS is_active
    FROM article a
    LEFT JOIN product p ON p.id = a.product_id
    LEFT JOIN user u ON u.id = a.author_id
    WHERE a.written_at <= (SELECT as_of FROM report_run)
    """
}
