import FoundationEssentials
import Glibc
import SQLite
import Testing

@Suite("Jobs") struct JobTests {
  private let desk = TestDesk()

  /// Puts jobs in place of the template's.
  private func jobs(_ text: String) throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    let start = try #require(settings.firstRange(of: "      jobs: [") ?? settings.firstRange(of: "  jobs: ["))
    desk.write("\(settings[..<start.lowerBound])jobs: [\(text)],\n}\n", to: "mesa/plazo.json5")
    chmod("\(desk.folder)/mesa/plazo.json5", 0o600)
  }

  @Test("tell their next times, each in the order in which it runs, in zones of their own")
  func next() throws {
    try jobs(
      """
      { name: "backup", at: "0 2 * * *", do: "backup" },
      { name: "madrid", at: "0 8 * * mon-fri", timeZone: "Europe/Madrid", report: "daily-sla" },
      { name: "end", at: "0 2 L * *", do: "doctor" },
      """)
    let text = desk.done("jobs", "--next", "6", "--format", "csv")
    #expect(
      text.split(separator: "\r\n")
        == [
          "planned_at,job,does,at,zone",
          "2026-03-28T02:00:00-06:00,backup,backup,0 2 * * *,America/Mexico_City",
          "2026-03-29T02:00:00-06:00,backup,backup,0 2 * * *,America/Mexico_City",
          "2026-03-30T00:00:00-06:00,madrid,report,0 8 * * mon-fri,Europe/Madrid",
          "2026-03-30T02:00:00-06:00,backup,backup,0 2 * * *,America/Mexico_City",
          "2026-03-31T00:00:00-06:00,madrid,report,0 8 * * mon-fri,Europe/Madrid",
          "2026-03-31T02:00:00-06:00,backup,backup,0 2 * * *,America/Mexico_City",
        ].map { Substring($0) })
    #expect(desk.done("jobs", "--next", "9", "--format", "csv").contains("2026-03-31T02:00:00-06:00,end,doctor"))
  }

  @Test("made up for late tell of the period that was planned, and of what changed since the last that ran")
  func lateReports() throws {
    try jobs(
      """
      { name: "month", at: "50 23 L * *", report: "sla-compliance", formats: ["text"], period: "this-month" },
      { name: "daily", at: "0 8 * * mon-fri", report: "daily-sla", formats: ["text"] },
      """)
    desk.now = "2026-03-27T07:00"
    desk.done("tick")
    desk.now = "2026-03-27T08:00"
    desk.done("tick")
    desk.now = "2026-03-27T09:00"
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Uno", "--plazo", "30m")
    desk.now = "2026-04-03T09:00"
    desk.done("tick")
    let month = try #require(desk.file("mesa/out/2026-03-31/month/sla-compliance.txt"))
    #expect(month.contains("del domingo 1 de marzo de 2026 al martes 31 de marzo de 2026"))
    // Those of Monday to Thursday were skipped; this one tells of their changes, too.
    let daily = try #require(desk.file("mesa/out/2026-04-03/daily/daily-sla.txt"))
    #expect(daily.contains("2026-03-27T08:00:00-06:00") && daily.contains("27 mar 09:30"))
  }

  @Test("of every kind do their work, and the ledger keeps what came of it")
  func kinds() throws {
    try jobs(
      """
      { name: "sweep", at: "every 5m", do: "sweep" },
      { name: "alerts", at: "every 5m", do: "alerts" },
      { name: "outbox", at: "every 5m", do: "outbox" },
      { name: "daily", at: "0 10 * * *", report: "daily-sla", formats: ["csv"] },
      { name: "backup", at: "0 10 * * *", do: "backup", folder: "elsewhere" },
      { name: "retention", at: "0 10 * * *", do: "retention" },
      { name: "doctor", at: "0 10 * * *", do: "doctor" },
      { name: "metrics", at: "0 10 * * *", do: "metrics", file: "plazo.prom" },
      { name: "heartbeat", at: "every 5m", do: "heartbeat", file: "alive" },
      """)
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Uno", "--plazo", "30m", "--assign", "beto")
    // The first pass makes the jobs known; nothing of their past is due, a sweep neither.
    #expect(desk.done("tick") == "")
    #expect(desk.names(in: "mesa/mail") == [])
    desk.now = "2026-03-27T10:00"
    let said = desk.done("tick")
    #expect(said.contains("job sweep: applied plazo.json5 as version "))
    #expect(said.contains("job outbox: mail: 1 sent"))
    #expect(said.contains(" files in out/2026-03-27/daily\n"))
    #expect(said.contains("job sweep skipped 11 times, from 2026-03-27T09:05:00-06:00 to 2026-03-27T09:55:00-06:00: "))
    #expect(said.contains("job doctor: "))
    #expect(said.contains("job retention: 0 slots forgotten"))
    #expect(desk.names(in: "mesa/elsewhere") == ["mesa-2026-03-27T160000Z.sqlite"])
    #expect(desk.file("mesa/alive") == "2026-03-27T10:00:00-06:00\n")
    #expect(desk.file("mesa/plazo.prom")?.contains("plazo_open_tickets{situation=\"late\"} 1\n") == true)
    let history = desk.done("jobs", "--history", "20", "--format", "csv").split(separator: "\r\n")
    #expect(history.count == 21)
    #expect(
      history[1..<10].allSatisfy { $0.contains("2026-03-27T10:00:00-06:00,") && $0.contains(",done,") }, "\(history)")
    #expect(history[10...].allSatisfy { $0.contains(",skipped,") }, "\(history)")
    #expect(desk.run("doctor").code == 0)
    // Late: the latest time stands for those missed, and says so.
    desk.now = "2026-03-29T10:03"
    desk.done("tick")
    #expect(
      desk.done("jobs", "--history", "400", "--format", "csv").contains("2026-03-29T10:00:00-06:00,backup,caught-up,"))
    #expect(
      desk.done("jobs", "--history", "2000", "--format", "csv").contains("2026-03-28T10:00:00-06:00,backup,skipped,"))
  }

  @Test("that fail are tried again, told of, and do not keep the others from running")
  func failure() throws {
    try jobs(
      """
      { name: "backup", at: "0 10 * * *", do: "backup", folder: "taken", retry: 1, retryAfter: "5m" },
      { name: "daily", at: "0 10 * * *", report: "daily-sla", formats: ["csv"] },
      """)
    desk.done("tick")
    #expect(desk.file("mesa/heartbeat") == "2026-03-27T09:00:00-06:00\n")
    desk.write("a file where the folder should be", to: "mesa/taken")
    desk.now = "2026-03-27T10:00"
    let first = desk.run("tick")
    #expect(first.code == 1)
    #expect(first.talk.hasPrefix("plazo: job backup failed, and is tried again at 2026-03-27T10:05:00-06:00: "))
    #expect(first.data.contains("job daily: "))
    // A pass in which something failed leaves no sign of life.
    #expect(desk.file("mesa/heartbeat") == "2026-03-27T09:00:00-06:00\n")
    #expect(desk.done("jobs", "--format", "csv").contains(",retrying,"))
    desk.now = "2026-03-27T10:05"
    #expect(desk.run("tick").talk.hasPrefix("plazo: job backup failed: "))
    #expect(desk.run("check").data.contains("failed 1 (-w 0)"))
    #expect(
      desk.run("doctor", "--quiet").data.contains("job 'backup' failed at its last time, 2026-03-27T10:00:00-06:00"))
  }

  @Test("are refused with settings that are not theirs")
  func refused() throws {
    try jobs(
      """
      { name: "a", at: "0 2 * * *", do: "backup", formats: ["csv"], timeLimit: "soon" },
      { name: "b", at: "0 2 * * *", do: "heartbeat" },
      { name: "c", at: "0 2 30 2 *", do: "bakup", timeZone: "Europe/Madird", retry: 99 },
      """)
    let talk = desk.run("tick").talk
    let settings = try #require(desk.file("mesa/plazo.json5")).split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(settings.firstIndex { $0.contains("{ name: \"a\"") }) + 1
    for line in [
      "jobs[0].formats: is not for do: \"backup\"; leave it out, or write do: \"report\"",
      "jobs[0].timeLimit: 'soon' is not a time; write it as 90s, 10m or 2h",
      "jobs[1].file: is missing; add it",
      "jobs[2].do: 'bakup' is not legal; did you mean 'backup'? legal values: report, ",
      "jobs[2].timeZone: there is no time zone 'Europe/Madird'; did you mean 'Europe/Madrid'?",
      "jobs[2].at: day of month '30' (character 5) never comes in month '2'; write a day that the month has",
      "jobs[2].retry: ",
    ] {
      let number = first + (Int(line.dropFirst(5).prefix(1)) ?? 0)
      #expect(talk.contains("plazo: mesa/plazo.json5:\(number): \(line)"), "\(line)\n\(talk)")
    }
  }

  @Test("of retention remove what processes that died left half-written, and nothing of one that is at work")
  func leftovers() throws {
    try jobs("{ name: \"retention\", at: \"0 11 * * *\", do: \"retention\" }")
    desk.done("tick")
    // The test's own process lives; no process has the greatest number that there can be.
    for name in [".a.html.\(getpid()).partial", ".b.html.\(Int32.max).partial", "c.partial", ".d.partial"] {
      desk.write("half", to: "mesa/out/\(name)")
    }
    desk.now = "2026-03-27T11:00"
    #expect(desk.done("tick").contains("1 half-written files of processes that died removed"))
    #expect(
      desk.names(in: "mesa/out").filter { $0.contains("partial") }
        == [".a.html.\(getpid()).partial", ".d.partial", "c.partial"])
  }

  @Test("of retention empty what is old, and leave what is younger by a second")
  func retention() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    desk.write(
      settings.replacing("// messages: 365, ", with: "messages: 2, "), to: "mesa/plazo.json5")
    try jobs("{ name: \"retention\", at: \"0 11 * * *\", do: \"retention\" }")
    desk.done("tick")
    let database = try Connection(path: "\(desk.folder)/mesa/desk.sqlite", mode: .readWrite)
    // 27 March 2026, 11:00:00 in Mexico City, and the second before.
    for second: Int64 in [1_774_630_800, 1_774_630_799] {
      try database.run(
        sql: """
          INSERT INTO message (key, message_id, kind, channel, recipient, mailbox, subject, state, not_before, created_at,
                               sent_at, content)
          VALUES (?1, ?1, 'digest', 'maildir', 'a@example.com', 'a', 's', 'sent', ?2, ?2, ?2, x'41')
          """, .text("message \(second)"), .integer(second))
    }
    let sent = desk.done("outbox", "list", "--format", "csv")
    desk.now = "2026-03-29T11:00:00"
    #expect(desk.done("tick").contains("job retention: 1 mail emptied"))
    #expect(try database.integer(sql: "SELECT sent_at FROM message WHERE length(content) > 0") == 1_774_630_800)
    desk.now = "2026-03-30T11:00:00"
    #expect(desk.done("tick").contains("job retention: 1 mail emptied"))
    #expect(desk.done("outbox", "list", "--format", "csv") == sent)
  }

  @Test("of retention forget messages, but none of which a kept report tells")
  func retentionOfMessages() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    desk.write(
      settings.replacing("jobs: 400, ", with: "jobs: 30, ").replacing("alerts: 400, ", with: "alerts: 30, "),
      to: "mesa/plazo.json5")
    try jobs(
      """
      { name: "daily-sla", at: "0 10 * * *", report: "daily-sla" },
      { name: "retention", at: "0 11 * * *", do: "retention" }
      """)
    desk.now = "2026-03-27T09:00:00"
    desk.done("tick")
    desk.now = "2026-03-27T10:00:00"
    #expect(desk.done("tick").contains("in out/2026-03-27/daily-sla"))
    let database = try Connection(path: "\(desk.folder)/mesa/desk.sqlite", mode: .readWrite)
    // A week before the report; and an hour before it, when it tells what has changed.
    for second: Int64 in [1_774_022_400, 1_774_623_600] {
      try database.run(
        sql: """
          INSERT INTO message (key, message_id, kind, channel, recipient, mailbox, subject, state, not_before, created_at,
                               sent_at, content)
          VALUES (?1, ?1, 'report', 'maildir', 'a@example.com', 'a', 's', 'sent', ?2, ?2, ?2, x'41')
          """, .text("message \(second)"), .integer(second))
    }
    desk.now = "2026-05-10T11:00:00"
    #expect(desk.done("tick").contains("0 alerts and 1 messages forgotten"))
    #expect(try database.rows(sql: "SELECT sent_at FROM message") == [[1_774_623_600]])
    try FileManager.default.removeItem(atPath: "\(desk.folder)/mesa/out/2026-03-27")
    desk.now = "2026-05-11T11:00:00"
    #expect(desk.done("tick").contains("0 alerts and 1 messages forgotten"))
  }
}
