import SLA
import Scheduler
import Testing

@Suite("A job's plan")
struct CatchUpPlanTests {
  /// Decisions as `27T08:00 run`.
  private func plan(
    _ job: Job, open: [(String, Int)] = [], from: String, now: String
  ) throws -> [String] {
    try job.plan(
      open: open.map { OpenSlot(plannedAt: try at($0.0), attempts: $0.1) }, countedThrough: at(from), in: .utc,
      now: at(now)
    ).map { decision in
      let action =
        switch decision.action {
        case .run: "run"
        case .runCaughtUp: "run caught up"
        case .skip(let reason): "skip: \(reason.text(in: .utc, wasBegun: false))"
        case .fail(let reason): "fail: \(reason.text(in: .utc, wasBegun: true))"
        }
      return "\(decision.plannedAt.iso8601(in: .utc).dropFirst(8).prefix(8)) \(action)"
    }
  }

  @Test("after three days of silence runs the latest slot only, by default")
  func once() throws {
    #expect(
      try plan(job("report", "0 8 * * *"), from: "2026-03-24T09:00:00Z", now: "2026-03-27T10:00:00Z") == [
        "25T08:00 skip: nothing ran in time; the slot of 2026-03-27T08:00:00Z runs instead",
        "26T08:00 skip: nothing ran in time; the slot of 2026-03-27T08:00:00Z runs instead",
        "27T08:00 run caught up",
      ])
  }

  @Test("after three days of silence runs every slot when told to")
  func all() throws {
    #expect(
      try plan(job("report", "0 8 * * *", .all), from: "2026-03-24T09:00:00Z", now: "2026-03-27T08:01:00Z")
        == ["25T08:00 run caught up", "26T08:00 run caught up", "27T08:00 run"])
  }

  @Test("after three days of silence runs nothing when told to skip")
  func skip() throws {
    #expect(
      try plan(job("report", "0 8 * * *", .skip), from: "2026-03-24T09:00:00Z", now: "2026-03-27T10:00:00Z") == [
        "25T08:00 skip: nothing ran in time, and the job's catchUp is skip",
        "26T08:00 skip: nothing ran in time, and the job's catchUp is skip",
        "27T08:00 skip: nothing ran in time, and the job's catchUp is skip",
      ])
  }

  @Test("takes a slot for on time until the grace is over", arguments: CatchUp.allCases)
  func grace(catchUp: CatchUp) throws {
    let job = try job("report", "0 8 * * *", catchUp)
    let from = "2026-03-27T07:00:00Z"
    #expect(try plan(job, from: from, now: "2026-03-27T07:59:59Z") == [])
    #expect(try plan(job, from: from, now: "2026-03-27T08:00:00Z") == ["27T08:00 run"])
    #expect(try plan(job, from: from, now: "2026-03-27T08:01:30Z") == ["27T08:00 run"])
    #expect(try plan(job, from: from, now: "2026-03-27T08:01:31Z") != ["27T08:00 run"])
  }

  @Test("lets one slot stand for several that are on time together")
  func coalesced() throws {
    for catchUp in [CatchUp.once, .skip] {
      #expect(
        try plan(job("sweep", "every 1m", catchUp), from: "2026-03-27T08:00:00Z", now: "2026-03-27T08:02:10Z") == [
          "27T08:01 skip: nothing ran in time; the slot of 2026-03-27T08:02:00Z runs instead", "27T08:02 run",
        ])
    }
  }

  @Test("repeats a slot broken off by a crash, as caught up, and gives it up at the fifth")
  func interrupted() throws {
    let report = try job("report", "0 8 * * *")
    let from = "2026-03-27T08:00:00Z"
    for attempts in 1...4 {
      #expect(
        try plan(report, open: [("2026-03-27T08:00:00Z", attempts)], from: from, now: "2026-03-27T08:00:30Z")
          == ["27T08:00 run caught up"])
    }
    #expect(
      try plan(report, open: [("2026-03-27T08:00:00Z", 5)], from: from, now: "2026-03-27T08:00:30Z")
        == ["27T08:00 fail: the process ended during the run, 5 times; not tried again"])
    // A job that is to be tried oftener after failures is begun as often after crashes.
    let stubborn = Job(name: "report", schedule: try CronExpression("0 8 * * *"), retries: 7)
    #expect(
      try plan(stubborn, open: [("2026-03-27T08:00:00Z", 7)], from: from, now: "2026-03-27T08:00:30Z")
        == ["27T08:00 run caught up"])
    #expect(
      try plan(stubborn, open: [("2026-03-27T08:00:00Z", 8)], from: from, now: "2026-03-27T08:00:30Z")
        == ["27T08:00 fail: the process ended during the run, 8 times; not tried again"])
  }

  @Test("counts a slot broken off as failed when a later one runs instead, or when the job skips")
  func interruptedAndOvertaken() throws {
    let open = [("2026-03-26T08:00:00Z", 1)]
    #expect(
      try plan(job("report", "0 8 * * *"), open: open, from: "2026-03-26T08:00:00Z", now: "2026-03-27T08:00:00Z") == [
        "26T08:00 fail: the process ended during the run; the slot of 2026-03-27T08:00:00Z runs instead",
        "27T08:00 run",
      ])
    #expect(
      try plan(job("report", "0 8 * * *", .skip), open: open, from: "2026-03-26T08:00:00Z", now: "2026-03-26T08:00:10Z")
        == ["26T08:00 fail: the process ended during the run, and the job's catchUp is skip"])
  }

  @Test("has nothing before the instant up to which slots were counted, also when the clock is set back")
  func setBack() throws {
    #expect(try plan(job("sweep", "every 5m"), from: "2026-03-27T09:00:00Z", now: "2026-03-27T08:00:00Z") == [])
  }

  @Test("looks no further back than its horizon")
  func horizon() throws {
    let decisions = try job("report", "@daily", .all).plan(
      open: [], countedThrough: Instant(0), in: .utc, now: at("2026-03-27T12:00:00Z"))
    #expect(decisions.count == 400)
  }
}
