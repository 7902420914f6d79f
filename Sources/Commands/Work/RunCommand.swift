internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Scheduler
internal import Text

let runCommand = Command(
  name: "run", summary: "the scheduler, in the foreground: a pass when something is due; for systemd",
  options: [
    .init(
      "--log", "text|json|journal",
      "how it tells on standard error what it does; else text, and where that leads to the journal, journal")
  ],
  details: """
    A pass at once, then each minute, and in between at the second at which a ticket's situation can change, a mail is
    due again or a job is tried again. SIGTERM ends it within 5 seconds; SIGHUP reads plazo.json5 again, and keeps the old
    one if the new one is wrong. A clock that is set and a machine that slept are noticed within seconds. It takes the
    same lock as 'plazo tick', so both at once do no harm. What it does is told a line a fact; a pass that finds nothing
    to do says nothing. It tells systemd when it is ready and that it lives, where systemd asks. With --now its clock
    begins there, and goes on.
    """,
  examples: ["plazo run", "plazo run --log json 2>> run.log"], isForStaff: true
) { line, session in
  let format = try line.choice("--log", ServiceLog.Format.self)
  let first = try session.open()
  // Found now rather than in every pass: what only the calendars' use shows, such as one that never opens.
  _ = try first.candidate(session.zones)
  let lock = try DeskLock(path: lockPath(first), command: "plazo run", now: session.world.clock())
  let signals = try SignalInbox()
  let service = Service(
    session, first, signals,
    ServiceLog(session.world.talk, format: format, environment: session.world.environment, zone: first.zone))
  return withExtendedLifetime((lock, signals)) { service.run() }
}

/// The scheduler as a process that goes on.
private final class Service {
  private let session: Session
  private let signals: SignalInbox
  private let log: ServiceLog
  private let notifier: ServiceNotifier
  private let folder: String
  /// The last good one: one that is wrong later must not stop the service.
  private var configuration: Configuration
  /// What --now puts the clock ahead by.
  private let ahead: Seconds
  /// A standing fact that is told once, not each minute.
  private var lastNotice: String?
  /// What went wrong in the last pass, told again only when it is something else, or after an hour.
  private var lastErrors: (texts: [String], at: Instant)?
  private var nextDue: Instant?

  init(_ session: Session, _ first: OpenDesk, _ signals: SignalInbox, _ log: ServiceLog) {
    self.session = session
    self.signals = signals
    self.log = log
    notifier = ServiceNotifier(environment: session.world.environment)
    configuration = first.configuration
    folder = first.folder
    ahead = session.isClockGiven ? first.now - session.world.clock() : 0
  }

  private func now() -> Instant { session.world.clock() + ahead }
  private func say(_ text: String, _ level: ServiceLog.Level = .info) { log.say(text, level, at: now()) }

  func run() -> ExitCode {
    say("watching \(folder), a pass each minute")
    notifier.ready("watching \(folder)")
    warnOfJobs()
    let loop = ServiceLoop(
      now: now,
      hooks: .init(
        step: { [self] in try step($0) }, reload: { [self] in reload() }, onError: { [self] in tell(error: $0) },
        nextDue: { [self] _ in nextDue }, isAlive: { [self] in notifier.alive() }, onJump: { [self] in tell(jump: $0) })
    )
    let signal = loop.run(signals)
    notifier.stopping()
    say("stopped by signal \(signal)")
    return .done
  }

  private func step(_ now: Instant) throws {
    nextDue = nil
    let desk = try session.open(.readWrite, with: configuration, now: now)
    let work = Work(session, desk, onProgress: { [notifier] in notifier.alive() })
    let summary = try work.pass(shouldStop: { [signals] in signals.stopRequest != nil })
    for line in summary.lines where !line.hasPrefix("swept: 0 tickets changed, 0 clocks due") {
      if line != lastNotice { say(line) }
      if line.contains(" \(Work.notice)") { lastNotice = line }
    }
    tell(errors: summary.failures, at: now)
    nextDue = try work.nextDue()
  }

  private func reload() {
    notifier.reloading()
    defer { notifier.ready("watching \(folder)") }
    do {
      let fresh = try session.configuration()
      _ = try session.open(.readOnly, with: fresh, now: now()).candidate(session.zones)
      configuration = fresh
      log.zone = fresh.zone
    } catch {
      for line in lines(of: error, folder: session.folder) { say(line, .error) }
      return say("plazo.json5 as it was read before stays in use", .warning)
    }
    say("plazo.json5 was read again", .notice)
    warnOfJobs()
  }

  /// What would else be found out when a job is due.
  private func warnOfJobs() {
    do {
      let desk = try session.open(.readOnly, with: configuration, now: now())
      for fault in try JobArguments(session, desk).faults() { say(oneLine(fault.description), .warning) }
    } catch {
      // Whatever keeps the desk from being read is told by the pass that comes next.
    }
  }

  private func tell(error: any Error) { tell(errors: lines(of: error, folder: session.folder), at: now()) }

  /// A fault that lasts would else fill the log with one line a minute.
  private func tell(errors: [String], at now: Instant) {
    if errors.isEmpty {
      if lastErrors != nil { say("what went wrong before is well again", .notice) }
      lastErrors = nil
      return
    }
    if let last = lastErrors, last.texts == errors, now - last.at < 3600, now >= last.at { return }
    lastErrors = (errors, now)
    for text in errors { say(text, .error) }
  }

  private func tell(jump: ClockJump) {
    switch jump {
    case .slept(let seconds): say("the machine slept for \(seconds) s", .notice)
    case .set(let seconds) where seconds > 0: say("the clock was set forward by \(seconds) s", .warning)
    case .set(let seconds): say("the clock was set back by \(-seconds) s", .warning)
    }
  }
}

extension Work {
  /// The next instant at which a situation can change, a mail is due again, or a job is tried again.
  func nextDue() throws -> Instant? {
    let connection = desk.connection
    let instants = [
      try connection.integer(sql: "SELECT min(next_change_at) FROM ticket_clock WHERE next_change_at IS NOT NULL"),
      try connection.integer(sql: "SELECT min(next_change_at) FROM task_clock WHERE next_change_at IS NOT NULL"),
      try connection.integer(sql: "SELECT min(next_at) FROM alert WHERE state = 'held'"),
      try connection.integer(sql: "SELECT min(next_at) FROM alert_watch WHERE next_at IS NOT NULL"),
      try connection.integer(sql: "SELECT min(not_before) FROM message WHERE state = 'pending'"),
      try SlotLedger(connection).nextRetry()?.seconds,
    ]
    return instants.compactMap { $0 }.min().map { Instant($0) }
  }
}
