import SLA
import SQLite
import Seeded
import Testing

@testable import Scheduler

/// A year of passes by a clock that the test moves: through both clock changes, outages, wrong clocks, failures and
/// crashes in the middle of a run.
private final class Year {
  let connection: Connection
  let zone: Zone
  let jobs: [Job]
  var now: Instant
  let start: Instant
  private var random = Dice(seed: 2026)
  /// How often the work of a slot was begun, and how often it went well.
  var begun: [Slot.Key: Int] = [:]
  var succeeded: [Slot.Key: Int] = [:]
  var caughtUp: Set<Slot.Key> = []

  init(_ jobs: [Job], zone: Zone, from start: Instant) throws {
    connection = try Connection(path: ":memory:", mode: .create)
    try connection.migrate(schedulerMigrations, now: 0)
    self.zone = zone
    self.jobs = jobs
    self.start = start
    now = start
  }

  /// One pass at `now`. One run in forty fails; after one in sixty the process dies before it can write that down.
  func pass() throws {
    let pass = Pass(ledger: SlotLedger(connection), zone: zone, clock: { self.now })
    var died: [Slot] = []
    try pass.runDue(jobs, now: now) { job, slot in
      begun[slot.key, default: 0] += 1
      if slot.isCaughtUp { caughtUp.insert(slot.key) }
      if Int.random(in: 0..<40, using: &random) == 0 { throw Fault(description: "the disk is full") }
      if Int.random(in: 0..<60, using: &random) == 0 { died.append(slot) } else { succeeded[slot.key, default: 0] += 1 }
      return nil
    }
    for slot in died {
      // What a process leaves that was killed: a claim, and no end.
      try connection.run(
        sql: """
          UPDATE job_slot SET state = 'running', finished_at = NULL, claimed_by = ?, leased_until = ?
           WHERE job = ? AND planned_at = ?
          """, .text(Self.dead.text), .integer(now.seconds + 600), .text(slot.job), .integer(slot.plannedAt.seconds))
    }
  }

  /// A process of this machine, from before it was started last.
  private static let dead = Claimant(machine: Claimant.current.machine, boot: "earlier", process: 1, startedAt: 1)

  /// Goes on to an instant with a pass at each slot, and a minute and some after it: as a service with little to do.
  func live(until end: Instant) throws {
    while now < end {
      let next = jobs.map { $0.next(after: now, in: zone) }.min()!
      let retry = try SlotLedger(connection).nextRetry() ?? next
      now = min(end, max(now + 1, min(next, retry)))
      try pass()
      if Int.random(in: 0..<3, using: &random) == 0 {
        now = now + Int64.random(in: 1...70, using: &random)
        try pass()
      }
    }
  }
}

extension Slot {
  struct Key: Hashable {
    var job: String
    var plannedAt: Instant
  }
  var key: Key { Key(job: job, plannedAt: plannedAt) }
}

@Suite("A year of the scheduler")
struct SimulatedYearTests {
  @Test("gives every slot exactly one end, and runs none twice, whatever happens to machine and clock")
  func year() throws {
    let newYork = try zone("America/New_York")
    let zone = try zone("Europe/Madrid")
    let jobs = try [
      Job(name: "nightly", schedule: CronExpression("30 2 * * *"), catchUp: .once, retries: 2, retryAfter: 300),
      Job(name: "hourly", schedule: CronExpression("0 * * * *"), catchUp: .all),
      Job(name: "often", schedule: CronExpression("every 3h"), catchUp: .skip),
      Job(name: "month-end", schedule: CronExpression("59 23 L * *"), catchUp: .all),
      Job(name: "elsewhere", schedule: CronExpression("0 8 * * mon-fri"), catchUp: .once, zone: newYork),
    ]
    let year = try Year(jobs, zone: zone, from: at("2026-01-01T00:00:00Z"))
    try year.pass()
    try year.live(until: at("2026-02-10T10:20:00Z"))
    // An outage of an hour, one of a day, one of a month over the change in spring.
    year.now = year.now + 3600
    try year.live(until: at("2026-02-20T10:20:00Z"))
    year.now = year.now + 86_400
    try year.live(until: at("2026-03-10T10:20:00Z"))
    let outage = (from: year.now, to: try at("2026-04-10T10:20:00Z"))
    year.now = outage.to
    try year.pass()
    try year.live(until: at("2026-06-01T00:00:00Z"))
    // The clock goes back by three hours: nothing is run again, and nothing new before it is there once more.
    let begun = year.begun
    year.now = year.now - 3 * 3600
    try year.live(until: at("2026-05-31T23:59:59Z"))
    #expect(year.begun.filter { begun[$0.key] == nil }.isEmpty)
    try year.live(until: at("2026-07-01T00:00:00Z"))
    // It is a week ahead for an hour, and is put right and accepted.
    year.now = year.now + 7 * 86_400
    try year.live(until: year.now + 3600)
    year.now = year.now - 7 * 86_400
    let accepted = year.now
    #expect(try SlotLedger(year.connection).acceptClock(now: accepted).count == jobs.count)
    for key in year.begun.keys where key.plannedAt > accepted { (year.begun[key], year.succeeded[key]) = (nil, nil) }
    try year.live(until: at("2027-01-01T00:00:00Z"))
    // What still waits to be tried again, and what a crash left, comes to its end.
    for _ in 0..<8 {
      year.now = year.now + 400
      try year.pass()
    }
    try check(year, outage)
  }

  private func check(_ year: Year, _ outage: (from: Instant, to: Instant)) throws {
    for job in year.jobs {
      let planned = job.schedule.slots(after: year.start, through: year.now, in: job.zone ?? year.zone)
      let records = try SlotLedger(year.connection).history(of: job.name, limit: 100_000)
      #expect(records.map(\.slot.plannedAt).reversed() == planned, "\(job.name): a slot is missing, or one too many")
      for record in records {
        let key = record.slot.key
        let times = "\(job.name) \(record.slot.plannedAt.iso8601(in: year.zone)): \(record)"
        #expect([.done, .failed, .skipped].contains(record.state), "\(times)")
        #expect(year.begun[key] ?? 0 == record.attempts, "\(times)")
        #expect(record.attempts <= job.mostAttempts, "\(times)")
        // Done is what went well once; a second time only for a process that died before it could say so.
        if record.state == .done { #expect(year.succeeded[key] == 1, "\(times)") }
        if record.state == .skipped { #expect(year.begun[key] == nil, "\(times)") }
        if record.state == .failed, job.retries == 0, record.attempts == 1 {
          #expect(
            record.detail == "the disk is full" || record.detail?.hasPrefix("the process ended during the run") == true,
            "\(times)")
        }
      }
      let missed = records.filter { $0.slot.plannedAt > outage.from && $0.slot.plannedAt < outage.to }
      let begun = missed.filter { $0.attempts > 0 }
      switch job.catchUp {
      case .once:
        // One stands for all.
        #expect(begun.map(\.slot.plannedAt) == [missed.first!.slot.plannedAt])
        #expect(missed.dropFirst().allSatisfy { $0.state == .skipped })
      case .all: #expect(begun.count == missed.count)
      case .skip: #expect(begun.isEmpty && missed.allSatisfy { $0.state == .skipped })
      }
      #expect(begun.allSatisfy { year.caughtUp.contains($0.slot.key) })
    }
    // The gap of spring has its slot at its end, the doubled hour of autumn only one.
    let nights = year.jobs[0].schedule.slots(
      after: try at("2026-10-24T12:00:00Z"), through: try at("2026-10-25T12:00:00Z"), in: year.zone)
    #expect(nights == [try at("2026-10-25T00:30:00Z")])
    #expect(year.begun.count > 8000)
  }
}
