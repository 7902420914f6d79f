import SLA
import SQLite
import Testing

@testable import Scheduler

@Suite("The claim on a slot")
struct ClaimTests {
  private let folder: TemporaryFolder
  private let jobs: [Job]

  init() throws {
    folder = try TemporaryFolder()
    jobs = [try job("report", "0 8 * * *")]
    try connection().migrate(schedulerMigrations, now: 0)
    try pass(as: .current, at: "2026-03-27T07:00:00Z")
  }

  private func connection() throws -> Connection { try Connection(path: "\(folder.path)/desk.sqlite", mode: .create) }

  /// Another machine's process, of which nobody here can say whether it lives.
  private let elsewhere = Claimant(machine: "other", boot: "b", process: 7, startedAt: 9)

  @discardableResult
  private func pass(
    as claimant: Claimant, at time: String, work: () throws -> String? = { "ok" }
  ) throws -> [SlotResult.Outcome] {
    let now = try at(time)
    return try Pass(ledger: SlotLedger(connection(), claimant: claimant), zone: .utc, clock: { now })
      .runDue(jobs, now: now) { _, _ in try work() }.map(\.outcome)
  }

  @Test("keeps every other process from the slot, whatever lock it has")
  func excludes() throws {
    var inner: [SlotResult.Outcome]?
    var ran = 0
    let outer = try pass(as: .current, at: "2026-03-27T08:00:00Z") {
      inner = try pass(as: elsewhere, at: "2026-03-27T08:00:30Z") {
        ran += 1
        return "twice"
      }
      return "once"
    }
    #expect(outer == [.done("once")])
    // A process of this machine may be at work as far as another machine can tell.
    #expect(inner == [])
    #expect(ran == 0)
    #expect(try pass(as: elsewhere, at: "2026-03-27T08:01:00Z") == [])
  }

  @Test("ends with its process where that can be seen, and else with its time")
  func ends() throws {
    func leave(_ claimant: Claimant) throws {
      let now = try at("2026-03-27T08:00:00Z")
      let ledger = SlotLedger(try connection(), claimant: claimant)
      try ledger.connection.execute(sql: "DELETE FROM job_slot")
      let slot = Slot(job: "report", plannedAt: now, isCaughtUp: false)
      #expect(try ledger.plan(slot))
      #expect(try ledger.begin(slot, at: now, timeLimit: 1800))
      #expect(try !ledger.begin(slot, at: now, timeLimit: 1800))
      try ledger.count(job: "report", through: now)
    }
    // The same machine, started anew since; then a process of that number begun at another time; then this very one.
    let mine = Claimant.current
    for gone in [
      Claimant(machine: mine.machine, boot: "earlier", process: mine.process, startedAt: mine.startedAt),
      Claimant(machine: mine.machine, boot: mine.boot, process: mine.process, startedAt: mine.startedAt + 1),
      Claimant(machine: mine.machine, boot: mine.boot, process: .max, startedAt: 1), mine,
    ] {
      try leave(gone)
      #expect(try pass(as: mine, at: "2026-03-27T08:00:10Z") == [.done("ok")])
    }
    try leave(elsewhere)
    #expect(try pass(as: mine, at: "2026-03-27T08:31:59Z") == [])
    #expect(try pass(as: mine, at: "2026-03-27T08:32:00Z") == [.done("ok")])
  }

  @Test("that ran out is another's: what its process then says of the slot is not written down")
  func late() throws {
    let outcome = try pass(as: elsewhere, at: "2026-03-27T08:00:00Z") {
      let other = try pass(as: .current, at: "2026-03-27T08:40:00Z")
      #expect(other == [.done("ok")])
      return "late"
    }
    #expect(outcome == [])
    let record = try #require(try SlotLedger(connection()).history(of: "report", limit: 1).first)
    #expect(record.detail == "ok" && record.attempts == 2)
  }

  @Test("that ran out and is another's now: the late process ends nothing under its hands, neither well nor badly")
  func lateWhileAnotherRuns() throws {
    let other = Claimant(machine: "third", boot: "c", process: 8, startedAt: 9)
    for isWell in [true, false] {
      try connection().execute(sql: "DELETE FROM job_slot; DELETE FROM job_cursor")
      try pass(as: .current, at: "2026-03-27T07:00:00Z")
      let outcome = try pass(as: elsewhere, at: "2026-03-27T08:00:00Z") {
        let ledger = SlotLedger(try connection(), claimant: other)
        let slot = Slot(job: "report", plannedAt: try at("2026-03-27T08:00:00Z"), isCaughtUp: true)
        #expect(try ledger.plan(slot))
        #expect(try ledger.begin(slot, at: at("2026-03-27T08:40:00Z"), timeLimit: 1800))
        if !isWell { throw Fault(description: "too late") }
        return "late"
      }
      #expect(outcome == [])
      let rows = try connection().rows(sql: "SELECT state, claimed_by, finished_at FROM job_slot")
      #expect(rows == [[.text("running"), .text(other.text), .null]])
    }
  }

  @Test("cannot be had of a slot that has ended, whatever end it was")
  func ended() throws {
    let ledger = SlotLedger(try connection())
    let slot = Slot(job: "report", plannedAt: try at("2026-03-27T08:00:00Z"), isCaughtUp: false)
    for state in ["done", "failed", "skipped"] {
      try ledger.connection.run(
        sql: """
          INSERT OR REPLACE INTO job_slot (job, planned_at, state, is_caught_up, attempts, started_at, finished_at)
            VALUES ('report', ?1, ?2, 0, 1, ?1, ?1)
          """, .integer(slot.plannedAt.seconds), .text(state))
      #expect(try !ledger.plan(slot))
      #expect(try !ledger.begin(slot, at: slot.plannedAt, timeLimit: 60))
      #expect(try !ledger.drop(slot, as: .skipped, because: "late", at: slot.plannedAt))
      #expect(try ledger.connection.value(sql: "SELECT state FROM job_slot") == .text(state))
      // The latest of a job is kept, however old it is.
      try ledger.prune(job: "report", before: slot.plannedAt + 86_400)
      #expect(try ledger.prune(before: slot.plannedAt + 86_400) == 0)
      #expect(try ledger.connection.integer(sql: "SELECT count(*) FROM job_slot") == 1)
    }
  }

  @Test("is told by its text again")
  func text() {
    #expect(Claimant(Claimant.current.text) == .current)
    #expect(Claimant.current.startedAt > 0)
    #expect(!Claimant.current.text.contains("\n"))
    for text in ["", "a b c", "a b c d", "a b 1 -2", "a b 1 2 3"] { #expect(Claimant(text) == nil) }
  }
}

@Suite("A slot that failed")
struct RetryTests {
  @Test("is tried again after its time, as often as the job says, and then has failed")
  func tries() throws {
    let bench = try Bench(Job(name: "mail", schedule: CronExpression("0 8 * * *"), retries: 2, retryAfter: 300))
    bench.faults["mail"] = Fault(description: "no network")
    try bench.pass("2026-03-27T07:00:00Z")
    #expect(
      try bench.pass("2026-03-27T08:00:00Z").map(\.outcome)
        == [.postponed("no network", until: at("2026-03-27T08:05:05Z"))])
    #expect(try bench.pass("2026-03-27T08:05:04Z").isEmpty)
    #expect(try bench.ledger.nextRetry() == at("2026-03-27T08:05:05Z"))
    #expect(try bench.ledger.history(limit: 9).map(\.outcome) == ["retrying"])
    try bench.pass("2026-03-27T08:05:05Z")
    #expect(try bench.pass("2026-03-27T08:11:00Z").map(\.outcome) == [.failed("no network")])
    #expect(try bench.pass("2026-03-27T08:30:00Z").isEmpty)
    #expect(try bench.rows() == ["mail 2026-03-27 08:00:00 failed 3 no network"])
    #expect(bench.ran.count == 3)
    #expect(bench.ran.last == "mail 2026-03-27 08:00:00 caught up")
    #expect(try bench.ledger.nextRetry() == nil)
  }

  @Test("is done when it goes well the second time")
  func mends() throws {
    let bench = try Bench(Job(name: "mail", schedule: CronExpression("0 8 * * *"), catchUp: .skip, retries: 1))
    bench.faults["mail"] = Fault(description: "no network")
    try bench.pass("2026-03-27T07:00:00Z")
    try bench.pass("2026-03-27T08:00:00Z")
    bench.faults = [:]
    #expect(try bench.pass("2026-03-27T08:10:00Z").map(\.outcome) == [.done("ok")])
    #expect(try bench.ledger.history(limit: 9).map(\.outcome) == ["caught-up"])
  }

  @Test("gives way to the next slot where one run stands for all")
  func outrun() throws {
    let bench = try Bench(Job(name: "mail", schedule: CronExpression("0 * * * *"), retries: 3, retryAfter: 7200))
    bench.faults["mail"] = Fault(description: "no network")
    try bench.pass("2026-03-27T07:30:00Z")
    try bench.pass("2026-03-27T08:00:00Z")
    bench.faults = [:]
    try bench.pass("2026-03-27T09:00:00Z")
    #expect(
      try bench.rows() == [
        "mail 2026-03-27 08:00:00 failed 1 failed; the slot of 2026-03-27T09:00:00Z runs before it was tried again",
        "mail 2026-03-27 09:00:00 done 1 ok",
      ])
  }
}
