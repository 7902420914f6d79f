internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let judgeCommand = Command(
  name: "judge", summary: "every open ticket's deadline and state, computed afresh; writes nothing",
  options: [.init("--format", "csv|json", "CSV with a header (the default), or a JSON object a line")],
  details: """
    Columns: id; deadline, empty while a pause is open or without a plazo; remaining_s, the working seconds left, less
    than zero when over; state: on-time, near-due or late. Of several clocks of a ticket, the worst is told.
    """, examples: ["plazo judge", "plazo judge --now 2026-11-03T09:00 --format json"], isForStaff: true
) { line, session in
  enum Format: String, CaseIterable { case csv, json }
  let format = try line.choice("--format", Format.self) ?? .csv
  let desk = try session.open(.readOnly)
  // One walk needs no page twice.
  try desk.connection.execute(sql: "PRAGMA cache_size = -256")
  session.world.output.flush()
  let writer = JudgementWriter(
    descriptor: session.world.output.descriptor, isJSON: format == .json, zone: desk.zone)
  let candidate = try desk.candidate(session.zones)
  // One view of the desk from the rules to the last clock, whoever applies others meanwhile.
  try desk.connection.read {
    try Judge(desk.connection, now: desk.now, candidate: candidate).eachTicket { try writer.write($0, $1) }
  }
  try writer.finish()
  return .done
}
