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
    meanwhile as their job's catchUp says). While another tick or run has the desk, it does nothing: exit 0.
    """,
  examples: ["* * * * *  plazo --desk /var/lib/plazo tick --quiet"], isForStaff: true
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

let runCommand = Command(
  name: "run", summary: "the scheduler, in the foreground: a pass each minute; for systemd",
  details: """
    SIGTERM ends it within 5 seconds; SIGHUP reads plazo.json5 again, and keeps the old one if the new one is wrong.
    It takes the same lock as 'plazo tick', so both at once do no harm. What it does is told on standard error, a line
    a fact; a pass that finds nothing to do says nothing. With --now its clock begins there, and goes on.
    """, isForStaff: true
) { _, session in
  let first = try session.open()
  // Found now rather than in every pass: what only the calendars' use shows, such as one that never opens.
  _ = try first.candidate(session.zones)
  let lock = try DeskLock(path: lockPath(first), command: "plazo run", now: session.world.clock())
  let signals = try SignalInbox()
  // A configuration that is wrong later must not stop the service, so the last good one is kept here.
  let box = ConfigurationBox(first.configuration)
  let ahead = session.isClockGiven ? first.now - session.world.clock() : 0
  func now() -> Instant { session.world.clock() + ahead }
  let talk = session.world.talk
  func say(_ text: String) {
    talk.line("\(now().iso8601(in: box.value.zone)) \(text)")
    talk.flush()
  }
  return withExtendedLifetime((lock, signals)) {
    say("watching \(first.folder), a pass each minute")
    let loop = ServiceLoop(
      now: now,
      step: { now in
        let desk = try session.open(.readWrite, with: box.value, now: now)
        let summary = try Work(session, desk).pass(shouldStop: { signals.stopRequest != nil })
        for line in summary.lines where !line.hasPrefix("swept: 0 tickets changed, 0 clocks due") {
          if line != box.lastNotice { say(line) }
          if line.hasPrefix("plazo.json5 differs") { box.lastNotice = line }
        }
        for failure in summary.failures { say("error: \(oneLine(failure))") }
      },
      reload: {
        do {
          let fresh = try session.configuration()
          _ = try session.open(.readOnly, with: fresh, now: now()).candidate(session.zones)
          box.value = fresh
        } catch {
          for line in lines(of: error, folder: session.folder) { say("error: \(line)") }
          return say("plazo.json5 as it was read before stays in use")
        }
        say("plazo.json5 was read again")
      },
      onError: { error in for line in lines(of: error, folder: session.folder) { say("error: \(line)") } })
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
  options: [Listing.formatOption],
  details: """
    Waiting: due and not run, so no scheduler is at work. Missed and failed are counted over the last 30 days.
    """, isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  let statuses = try SlotLedger(desk.connection)
    .statuses(of: desk.configuration.jobs.map(\.job), in: desk.zone, now: desk.now, since: desk.now - 30 * 86_400)
  let rows: [[PlainTable.Cell]] = statuses.map { status in
    [
      .text(status.job.name), .text(status.job.schedule.description),
      status.last.map { .instant($0.slot.plannedAt) } ?? .none, status.last.map { .text($0.state.rawValue) } ?? .none,
      .instant(status.next), .number(status.waiting), .number(status.missed), .number(status.failed),
      status.last?.detail.map { .text($0) } ?? .none,
    ]
  }
  try PlainTable(
    columns: [
      ("job", .init(es: "Trabajo", en: "Job")), ("at", .init(es: "Cuándo", en: "At")),
      ("last", .init(es: "Último", en: "Last")), ("state", .init(es: "Estado", en: "State")),
      ("next", .init(es: "Próximo", en: "Next")), ("waiting", .init(es: "En espera", en: "Waiting")),
      ("missed_30d", .init(es: "Omitidos", en: "Missed")),
      ("failed_30d", .init(es: "Fallidos", en: "Failed")), ("detail", .init(es: "Detalle", en: "Detail")),
    ], rows: rows
  ).print(line, session, desk, empty: .init(es: "plazo.json5 no tiene trabajos.", en: "plazo.json5 has no jobs."))
  return .done
}

/// The file by which passes keep out of one another's way.
func lockPath(_ desk: OpenDesk) -> String { "\(desk.folder)/.plazo.lock" }
