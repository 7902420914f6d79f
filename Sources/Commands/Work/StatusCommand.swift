internal import Monitor
internal import Reports
internal import SQLite

let statusCommand = Command(
  name: "status", summary: "the board: what is late, what goes late next, who needs help, how the monitor is",
  options: [
    .init("--format", "text|csv|json", "csv: the open tickets; json: all that the daily report has"),
    .init("--width", "COLUMNS", "60 to 100; else the terminal's"),
  ],
  details: """
    It is the first screen of the report daily-sla, as of now: the same figures, questions and rows, from the same
    queries. A desk that has its own daily-sla has its own board.
    """,
  examples: ["plazo status"], isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  let reports = ReportFiles(desk)
  var request = try reports.request(formats: [ReportFormat(rawValue: try Listing.format(line).rawValue)!])
  request.csvProfile = .rfc4180
  request.text = try textStyle(line, session.world, isTerminal: true)
  request.text.isBoard = true
  session.world.output.flush()
  try ReportRun(session, desk).runner()
    .run([try reports.definition(named: "daily-sla")], request, to: .stream(session.world.output.descriptor))
  return .done
}
