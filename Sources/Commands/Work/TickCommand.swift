internal import Desk
internal import Glibc
internal import Reports
internal import SLA
internal import SQLite
internal import Scheduler
internal import Text

let tickCommand = Command(
  name: "tick", summary: "one pass: sweep, alerts, mail, due reports; for cron",
  options: [.init("--quiet", nil, "says nothing when all went well")],
  details: """
    Judges what can have changed, tells whom it concerns by mail, and runs the reports whose time has come (those missed
    meanwhile as their job's catchUp says). While another tick or run has the desk, it does nothing: exit 0. The line of
    a crontab: * * * * * plazo --desk /var/lib/plazo tick --quiet
    """,
  examples: ["plazo tick"], isForStaff: true
) { line, session in
  let desk = try session.open()
  let lock: DeskLock
  do throws(DeskLockError) {
    lock = try DeskLock(path: lockPath(desk), command: "plazo tick", now: session.world.clock())
  } catch let error {
    guard case .held = error else { throw error }
    if !line.has("--quiet") { session.world.talk.line("plazo: \(error)") }
    return .done
  }
  return try withExtendedLifetime(lock) {
    let summary = try Work(session, desk).pass()
    if !line.has("--quiet") { for line in summary.lines { session.world.output.line(line) } }
    for failure in summary.failures { session.world.talk.line("plazo: \(oneLine(failure)); see 'plazo jobs'") }
    return summary.failures.isEmpty ? .done : .failed
  }
}

/// The file by which passes keep out of one another's way.
func lockPath(_ desk: OpenDesk) -> String { "\(desk.folder)/.plazo.lock" }
