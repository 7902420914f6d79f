internal import Desk
internal import Glibc
internal import SLA
internal import SQLite
internal import Scheduler
internal import Text

let tickCommand = Command(
  name: "tick", summary: "one pass: sweep, alerts, due reports, mail; for cron",
  options: [.init("--quiet", nil, "says nothing when all went well")],
  details: """
    Judges what can have changed, tells whom it concerns, runs the reports whose time has come (those missed meanwhile
    as their job's catchUp says), and sends the mail. While another tick or run has the desk, it does nothing: exit 0.
    """,
  examples: ["* * * * *  plazo --desk /var/lib/plazo tick --quiet"]
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
    if !line.has("--quiet") || summary.hasFailed { for line in summary.lines { session.world.output.line(line) } }
    return summary.hasFailed ? .failed : .done
  }
}

let runCommand = Command(
  name: "run", summary: "the scheduler, in the foreground: a pass each minute; for systemd",
  details: """
    SIGTERM ends it within 5 seconds; SIGHUP reads plazo.json5 again, and keeps the old one if the new one is wrong.
    It takes the same lock as 'plazo tick', so both at once do no harm. What it does is told on standard error, a line
    a fact; a pass that finds nothing to do says nothing.
    """
) { _, session in
  let first = try session.open()
  let lock = try DeskLock(path: lockPath(first), command: "plazo run", now: session.world.clock())
  let signals = try SignalInbox()
  // A configuration that is wrong later must not stop the service, so the last good one is kept here.
  let box = ConfigurationBox(first.configuration)
  let talk = session.world.talk
  func say(_ text: String) {
    talk.line("\(session.world.clock().iso8601(in: box.value.zone)) \(text)")
    talk.flush()
  }
  return withExtendedLifetime((lock, signals)) {
    say("watching \(first.folder); next pass each minute")
    let loop = ServiceLoop(
      now: session.world.clock,
      step: { _ in
        let desk = try session.open(.readWrite, with: box.value)
        let summary = try Work(session, desk).pass(shouldStop: { signals.stopRequest != nil })
        for line in summary.lines where !line.hasPrefix("swept: 0 tickets changed, 0 clocks due") {
          if line != box.lastNotice { say(line) }
          if line.hasPrefix("plazo.json5 differs") { box.lastNotice = line }
        }
      },
      reload: {
        box.value = try session.configuration()
        say("plazo.json5 was read again")
      },
      onError: { error in for line in lines(of: error) { say("error: \(line)") } })
    let signal = loop.run(signals)
    say("stopped by signal \(signal)")
    return .done
  }
}

private final class ConfigurationBox {
  var value: Configuration
  /// A standing fact that is told once, not each minute.
  var lastNotice: String?
  init(_ value: Configuration) { self.value = value }
}

let jobsCommand = Command(
  name: "jobs", summary: "the jobs: when each ran last, how that ended, when it runs next, what was missed",
  options: [Listing.formatOption]
) { line, session in
  enum Format: String, CaseIterable { case text, csv, json }
  let desk = try session.open()
  let statuses = try SlotLedger(desk.connection)
    .statuses(of: desk.configuration.jobs.map(\.job), in: desk.zone, now: desk.now, since: desk.now - 30 * 86_400)
  let rows = statuses.map { status in
    [
      status.job.name, status.job.schedule.description, status.last?.slot.plannedAt.iso8601(in: desk.zone) ?? "",
      status.last?.state.rawValue ?? "", status.last?.detail ?? "", status.next.iso8601(in: desk.zone),
      "\(status.missed)", "\(status.failed)",
    ]
  }
  let columns = ["job", "at", "last", "state", "detail", "next", "missed_30d", "failed_30d"]
  try PlainTable(columns: columns, rows: rows).print(line, session, emptyText: "plazo.json5 has no jobs")
  return .done
}

private func lockPath(_ desk: OpenDesk) -> String { "\(desk.folder)/.plazo.lock" }
