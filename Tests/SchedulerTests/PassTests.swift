import SLA
import SQLite
import Scheduler
import Testing

struct Fault: Error, CustomStringConvertible {
  let description: String
}

@Suite("A pass over the jobs")
struct PassTests {
  @Test("counts a job from the moment it is first seen, and runs each slot once")
  func firstSeen() throws {
    let bench = try Bench(job("report", "0 8 * * *", .all))
    try bench.pass("2026-03-27T08:00:00Z")
    #expect(bench.ran == [])
    try bench.pass("2026-03-28T07:59:00Z")
    try bench.pass("2026-03-28T08:00:00Z")
    try bench.pass("2026-03-28T08:00:00Z")
    try bench.pass("2026-03-28T08:01:00Z")
    #expect(bench.ran == ["report 2026-03-28 08:00:00"])
    #expect(try bench.rows() == ["report 2026-03-28 08:00:00 done 1 ok"])
  }

  @Test("makes up for ten slots of a job at a time, oldest first, while other jobs run")
  func tenAtATime() throws {
    let bench = try Bench(job("hourly", "0 * * * *", .all), job("daily", "30 8 * * *"))
    try bench.pass("2026-03-26T09:00:00Z")
    try bench.pass("2026-03-27T09:10:00Z")
    #expect(bench.ran.count == 11)
    #expect(bench.ran[0] == "hourly 2026-03-26 10:00:00 caught up")
    #expect(bench.ran[9...] == ["hourly 2026-03-26 19:00:00 caught up", "daily 2026-03-27 08:30:00 caught up"])
    try bench.pass("2026-03-27T09:11:00Z")
    #expect(bench.ran.count == 21)
    try bench.pass("2026-03-27T09:12:00Z")
    #expect(bench.ran.count == 25 && Set(bench.ran).count == 25)
    #expect(bench.ran.last == "hourly 2026-03-27 09:00:00 caught up")
    // What comes due on time is not counted.
    try bench.pass("2026-03-27T10:00:00Z")
    #expect(bench.ran.last == "hourly 2026-03-27 10:00:00")
  }

  @Test("records what it skips, and tells of everything in order")
  func catchesUp() throws {
    let bench = try Bench(job("report", "0 8 * * *"))
    try bench.pass("2026-03-24T09:00:00Z")
    let results = try bench.pass("2026-03-27T10:00:00Z")
    #expect(bench.ran == ["report 2026-03-27 08:00:00 caught up"])
    let reason = "nothing ran in time; the slot of 2026-03-27T08:00:00Z runs instead"
    #expect(results.map(\.outcome) == [.skipped(reason), .skipped(reason), .done("ok")])
    #expect(
      try bench.rows() == [
        "report 2026-03-25 08:00:00 skipped 0 \(reason)", "report 2026-03-26 08:00:00 skipped 0 \(reason)",
        "report 2026-03-27 08:00:00 done 1 ok",
      ])
  }

  @Test("runs slots due together oldest first, then in the order of the jobs")
  func order() throws {
    let bench = try Bench(job("z", "30 8 * * *"), job("b", "0 8 * * *"), job("a", "0 8 * * *"))
    try bench.pass("2026-03-27T07:00:00Z")
    try bench.pass("2026-03-27T09:00:00Z")
    #expect(bench.ran.map { $0.prefix(1) } == ["b", "a", "z"])
  }

  @Test("goes on after a job that fails, keeps its message, and does not repeat it")
  func failure() throws {
    let bench = try Bench(job("bad", "0 8 * * *"), job("good", "0 8 * * *"))
    bench.faults["bad"] = Fault(description: "out/: no space left; free some")
    try bench.pass("2026-03-27T07:00:00Z")
    let results = try bench.pass("2026-03-27T08:00:00Z")
    #expect(results.map(\.outcome) == [.failed("out/: no space left; free some"), .done("ok")])
    try bench.pass("2026-03-27T08:01:00Z")
    #expect(bench.ran.count == 2)
    #expect(
      try bench.rows() == [
        "bad 2026-03-27 08:00:00 failed 1 out/: no space left; free some", "good 2026-03-27 08:00:00 done 1 ok",
      ])
  }

  @Test("stops between two slots when told to, and takes the rest up later")
  func stops() throws {
    let bench = try Bench(job("report", "0 8 * * *", .all))
    try bench.pass("2026-03-24T09:00:00Z")
    try bench.pass("2026-03-27T08:00:00Z", stopAfter: 1)
    #expect(
      try bench.rows() == [
        "report 2026-03-25 08:00:00 done 1 ok", "report 2026-03-26 08:00:00 planned 0 -",
        "report 2026-03-27 08:00:00 planned 0 -",
      ])
    try bench.pass("2026-03-27T08:05:00Z")
    #expect(bench.ran.dropFirst() == ["report 2026-03-26 08:00:00 caught up", "report 2026-03-27 08:00:00 caught up"])
  }

  @Test("repeats a slot in the middle of which the process ended, and gives it up at the fifth")
  func crash() throws {
    let bench = try Bench(job("report", "0 8 * * *"))
    try bench.pass("2026-03-27T07:00:00Z")
    // What a crash leaves: a slot begun, and no end.
    func crash(attempts: Int) throws {
      try bench.connection.run(
        sql: """
          INSERT INTO job_slot (job, planned_at, state, is_caught_up, attempts, started_at) VALUES ('report', ?1, 'running', 0, ?2, ?1)
          ON CONFLICT DO UPDATE SET state = 'running', attempts = ?2, finished_at = NULL
          """, .integer(try at("2026-03-27T08:00:00Z").seconds), .integer(Int64(attempts)))
      try bench.connection.run(
        sql: "UPDATE job_cursor SET counted_through = ?", .integer(try at("2026-03-27T08:00:00Z").seconds))
    }
    try crash(attempts: 4)
    try bench.pass("2026-03-27T08:00:20Z")
    #expect(bench.ran == ["report 2026-03-27 08:00:00 caught up"])
    #expect(try bench.rows() == ["report 2026-03-27 08:00:00 done 5 ok"])
    try crash(attempts: 5)
    let results = try bench.pass("2026-03-27T08:00:40Z")
    #expect(bench.ran.count == 1)
    #expect(results.map(\.outcome) == [.failed("the process ended during the run, 5 times; not tried again")])
    #expect(
      try bench.rows() == [
        "report 2026-03-27 08:00:00 failed 5 the process ended during the run, 5 times; not tried again"
      ])
  }

  @Test("lets the work write to the same database")
  func workWrites() throws {
    let bench = try Bench(job("report", "0 8 * * *"))
    try bench.pass("2026-03-27T07:00:00Z")
    let now = try at("2026-03-27T08:00:00Z")
    try Pass(ledger: bench.ledger, zone: .utc, clock: { now }).runDue(bench.jobs, now: now) { _, _ in
      try bench.connection.write { try bench.connection.execute(sql: "CREATE TABLE made_by_work (id INTEGER) STRICT") }
      return nil
    }
    #expect(try bench.rows() == ["report 2026-03-27 08:00:00 done 1 -"])
  }

  @Test("forgets a job that is gone, and counts it as new when it is back")
  func goneAndBack() throws {
    let report = try job("report", "0 8 * * *", .all)
    let bench = try Bench(report)
    try bench.pass("2026-03-24T09:00:00Z")
    try bench.pass("2026-03-26T09:00:00Z", stopAfter: 1)
    bench.jobs = []
    try bench.pass("2026-03-26T09:01:00Z")
    #expect(try bench.rows().last == "report 2026-03-26 08:00:00 skipped 0 the job is no longer configured")
    bench.jobs = [report]
    try bench.pass("2026-04-20T09:00:00Z")
    #expect(bench.ran == ["report 2026-03-25 08:00:00 caught up"])
  }

  @Test("of a changed schedule counts from the last pass, not from the last slot")
  func changedSchedule() throws {
    let bench = try Bench(job("sweep", "0 8 * * *", .all))
    try bench.pass("2026-03-27T08:00:00Z")
    try bench.pass("2026-03-27T16:59:00Z")
    bench.jobs = [try job("sweep", "every 5m", .all)]
    try bench.pass("2026-03-27T17:00:00Z")
    #expect(bench.ran == ["sweep 2026-03-27 17:00:00"])
  }

  @Test("runs nothing twice when the clock is set back, and runs again once the clock is accepted")
  func clockRanAhead() throws {
    let bench = try Bench(job("report", "0 8 * * *"))
    try bench.pass("2026-03-27T07:00:00Z")
    try bench.pass("2090-01-01T09:00:00Z")
    try bench.pass("2026-03-27T08:00:00Z")
    #expect(bench.ran == ["report 2090-01-01 08:00:00 caught up"])
    let now = try at("2026-03-27T08:00:30Z")
    let ahead = try bench.ledger.statuses(of: bench.jobs, in: .utc, now: now, since: now)[0].aheadUntil
    #expect(ahead == (try at("2090-01-01T09:00:00Z")))
    #expect(try bench.ledger.acceptClock(now: now) == ["report"])
    try bench.pass("2026-03-28T08:00:00Z")
    #expect(bench.ran.last == "report 2026-03-28 08:00:00")
    #expect(try bench.rows() == ["report 2026-03-28 08:00:00 done 1 ok"])
  }

  @Test("keeps four hundred days of slots, and the latest whatever its age")
  func prunes() throws {
    let bench = try Bench(job("report", "@monthly"), job("leap", "0 0 29 2 *"))
    try bench.pass("2024-02-28T00:00:00Z")
    var month = 2
    while month < 40 {
      month += 1
      try bench.pass(
        "\(2024 + (month - 1) / 12)-\((month - 1) % 12 < 9 ? "0" : "")\((month - 1) % 12 + 1)-01T00:00:00Z")
    }
    let rows = try bench.rows()
    #expect(rows.first?.hasPrefix("leap 2024-02-29") == true)
    #expect(rows.count == 1 + 14)
  }
}

@Suite("The status of a job")
struct JobStatusTests {
  @Test("tells the last slot, the next, and how many were missed")
  func tells() throws {
    let bench = try Bench(job("report", "0 8 * * *"), job("fresh", "@hourly"))
    bench.jobs.removeLast()
    try bench.pass("2026-03-24T09:00:00Z")
    try bench.pass("2026-03-27T10:00:00Z")
    bench.faults["report"] = Fault(description: "no")
    try bench.pass("2026-03-28T08:00:00Z")
    bench.jobs.append(try job("fresh", "@hourly"))
    let now = try at("2026-03-30T08:01:30Z")
    let statuses = try bench.ledger.statuses(of: bench.jobs, in: .utc, now: now, since: Instant(0))
    let report = statuses[0]
    #expect(report.last?.state == .failed)
    #expect(report.last?.slot == Slot(job: "report", plannedAt: try at("2026-03-28T08:00:00Z"), isCaughtUp: false))
    #expect(report.last?.startedAt == (try at("2026-03-28T08:00:05Z")))
    #expect(report.last?.detail == "no")
    #expect(report.next == (try at("2026-03-31T08:00:00Z")))
    #expect((report.missed, report.failed) == (2, 1))
    // The one of this morning is within the grace, yesterday's is not.
    #expect(report.waiting == 1)
    #expect(report.aheadUntil == nil)
    let fresh = statuses[1]
    #expect(fresh.last == nil)
    #expect((fresh.missed, fresh.failed, fresh.waiting) == (0, 0, 0))
    #expect(try bench.ledger.history(of: "report", limit: 2).map(\.state) == [.failed, .done])
  }

  @Test("refuses a state that it does not know, by name")
  func unknownState() {
    let error = SlotLedgerError.unreadableSlot(job: "report", plannedAt: 12, state: "odd")
    #expect(
      error.description
        == "job_slot: job 'report', planned_at 12: state 'odd' is unknown; legal are planned, running, done, failed, skipped"
    )
  }
}
