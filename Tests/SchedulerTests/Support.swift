import FoundationEssentials
import SLA
import SQLite
import Scheduler
import Testing

/// The zone as this machine's database has it.
func zone(_ name: String) throws -> Zone {
  try Zone(name: name, data: [UInt8](Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))))
}

/// An instant by its text, which has an offset, or else is in UTC.
func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text, in: .utc)) }

/// A folder of its own for one test, removed when the value goes.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "plazo-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A ledger in memory, with the jobs' work recorded: the tests step it by hand.
final class Bench {
  let connection: Connection
  let ledger: SlotLedger
  var jobs: [Job]
  /// `job at time`, with `caught up` where it is, in the order in which the work was called.
  var ran: [String] = []
  /// What a job's work throws, by its name.
  var faults: [String: any Error] = [:]

  init(_ jobs: Job...) throws {
    connection = try Connection(path: ":memory:", mode: .create)
    try connection.migrate(schedulerMigrations, now: 0)
    ledger = SlotLedger(connection)
    self.jobs = jobs
  }

  @discardableResult
  func pass(_ time: String, stopAfter limit: Int = .max) throws -> [SlotResult] {
    let now = try at(time)
    let before = ran.count
    return try Pass(ledger: ledger, zone: .utc, clock: { now + 5 }).runDue(
      jobs, now: now, shouldStop: { self.ran.count - before >= limit },
      run: { job, slot in
        self.ran.append("\(job.name) \(slot.plannedAt.localText(in: .utc))\(slot.isCaughtUp ? " caught up" : "")")
        if let fault = self.faults[job.name] { throw fault }
        return "ok"
      })
  }

  /// Rows as `job planned state attempts detail`, oldest first.
  func rows() throws -> [String] {
    try connection.rows(sql: "SELECT job, planned_at, state, attempts, detail FROM job_slot ORDER BY planned_at, job")
      .map { row in
        let planned = Instant(row[1].integer!).localText(in: .utc)
        return "\(row[0].text!) \(planned) \(row[2].text!) \(row[3].integer!) \(row[4].text ?? "-")"
      }
  }
}

func job(_ name: String, _ schedule: String, _ catchUp: CatchUp = .once) throws -> Job {
  Job(name: name, schedule: try CronExpression(schedule), catchUp: catchUp)
}
