import Glibc
import SQLite
import Testing

@Suite("The monitoring plugin") struct CheckTests {
  private let desk = TestDesk()

  private func check(
    _ arguments: String..., says text: String, code: Int32, at location: SourceLocation = #_sourceLocation
  ) {
    let outcome = desk.program.run(["check"] + arguments)
    #expect(outcome.code == code && outcome.talk == "", "\(outcome)", sourceLocation: location)
    #expect(outcome.data == "PLAZO \(text)\n", sourceLocation: location)
  }

  /// Two late, one near due, one on time.
  private func openTickets() {
    for (title, plazo) in [("Uno", "1h"), ("Dos", "1h"), ("Tres", "2h"), ("Cuatro", "5d")] {
      desk.done(
        "--as", "ana", "ticket", "open", "--client", "Acme", "--title", title, "--plazo", plazo, "--assign", "beto")
    }
    desk.now = "2026-03-27T10:45"
    desk.done("tick")
  }

  @Test("says in one line how the desk stands, with its numbers for a chart")
  func ok() {
    openTickets()
    check(
      says:
        "OK - 2 late, 1 near due, 1 on time | late=2;;;0 near_due=1;;;0 late_tasks=0;;;0 sweep_age=0s;300;900;0 waiting=0;0;;0 missed=0;0;;0 failed=0;0;;0 parked=0;0;;0 outbox_age=0s;3600;;0",
      code: 0)
  }

  @Test("holds late tickets against thresholds, at the bound and past it")
  func thresholds() {
    openTickets()
    #expect(desk.run("check", "-w", "2").code == 0)
    #expect(desk.run("check", "-w", "1").code == 1)
    #expect(desk.run("check", "-w", "1", "-c", "1").code == 2)
    #expect(desk.run("check", "-w", "late=2,near-due=0").code == 1)
    #expect(desk.run("check", "-c", "@2:3").code == 2)
    #expect(desk.run("check", "-c", "3:").code == 2)
    #expect(desk.run("check", "-c", "~:2").code == 0)
    let said = desk.run("check", "-w", "late=1", "-c", "near-due=0").data
    #expect(
      said.hasPrefix(
        "PLAZO CRITICAL - late 2 (-w 1); near-due 1 (-c 0); 2 late, 1 near due, 1 on time | late=2;1;;0 near_due=1;;0;0 "
      ))
  }

  @Test("alarms when nothing sweeps, at the second past the bound")
  func sweepAge() {
    desk.done("tick")
    desk.now = "2026-03-27T09:05:00"
    #expect(desk.run("check").code == 0)
    desk.now = "2026-03-27T09:05:01"
    #expect(desk.run("check").data.hasPrefix("PLAZO WARNING - sweep-age 301s (-w 300); "))
    desk.now = "2026-03-27T09:15:01"
    #expect(desk.run("check").code == 2)
    #expect(desk.run("check", "-w", "sweep-age=", "-c", "sweep-age=").code == 0)
    // A clock that went back is no good age either.
    desk.now = "2026-03-27T08:59:59"
    #expect(desk.run("check").code == 2)
  }

  @Test("tells of a desk that no sweep has seen, of slots that passed, and of mail that is stuck")
  func troubles() throws {
    #expect(desk.run("check").data.hasPrefix("PLAZO CRITICAL - the desk was never swept; "))
    desk.done("tick")
    desk.now = "2026-03-30T08:02"
    let said = desk.run("check", "-c", "sweep-age=")
    #expect(said.code == 1)
    // The report, the weekly look, and each night's backup.
    #expect(said.data.contains("waiting 6 (-w 0)"))
    desk.done("tick")
    #expect(desk.run("check").code == 0)
    // A night without a backup stays missed for a day, whatever was caught up.
    desk.now = "2026-04-01T02:00"
    desk.done("tick")
    #expect(desk.run("check").data.hasPrefix("PLAZO WARNING - missed 1 (-w 0); "))
    desk.now = "2026-04-02T02:01"
    desk.done("tick")
    #expect(desk.run("check").code == 0)
    try Connection(path: "\(desk.folder)/mesa/desk.sqlite", mode: .readWrite).execute(
      sql: """
        INSERT INTO message (key, message_id, kind, channel, recipient, mailbox, subject, state, not_before, created_at, content)
        VALUES ('k', 'm', 'digest', 'maildir', 'a@example.com', 'a', 's', 'parked', 0, 0, x'')
        """)
    #expect(desk.run("check").data.contains("parked 1 (-w 0)"))
    #expect(desk.run("check", "-c", "parked=0").code == 2)
  }

  @Test("says what keeps it from knowing on standard output, with exit code 3")
  func unknown() {
    check(
      "--desk", "none",
      says: "UNKNOWN - there is no desk at 'none'; make one with 'plazo init none', or name another with --desk",
      code: 3)
    check("-w", "1O", says: "UNKNOWN - '1O' is no range for -w; write it as 10, 10:, ~:10, 10:20 or @10:20", code: 3)
    check(
      "-w", "20:10", says: "UNKNOWN - '20:10' is no range for -w; write it as 10, 10:, ~:10, 10:20 or @10:20", code: 3)
    check("-x", says: "UNKNOWN - 'plazo check' has no option -x; see 'plazo help check'", code: 3)
    let wrong = desk.run("check", "-w", "lat=1")
    #expect(
      wrong.code == 3
        && wrong.data.hasPrefix("PLAZO UNKNOWN - there is no 'lat' for -w; did you mean 'late'? there are: late, "))
    desk.write("{ nonsense", to: "mesa/plazo.json5")
    let broken = desk.run("check")
    #expect(broken.code == 3 && broken.data.hasPrefix("PLAZO UNKNOWN - mesa/plazo.json5:"))
    #expect(broken.data.split(separator: "\n").count == 1)
  }
}

@Suite("Metrics for Prometheus") struct MetricsTests {
  private let desk = TestDesk()

  init() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Uno", "--plazo", "1h", "--assign", "beto")
    desk.now = "2026-03-27T10:30"
    desk.done("tick")
  }

  @Test("are written as a whole, for others to read")
  func file() throws {
    desk.done("metrics", "--out", "plazo.prom")
    #expect(desk.mode(of: "plazo.prom") == 0o644)
    #expect(desk.names(in: ".") == ["mesa", "plazo.prom"])
    let text = try #require(desk.file("plazo.prom"))
    // The room on the disk is another's to change.
    let lines = { (text: String) in text.split(separator: "\n").filter { !$0.hasPrefix("plazo_free_bytes") } }
    #expect(lines(text) == lines(desk.done("metrics")))
    for line in [
      #"plazo_open_tickets{situation="late"} 1"#, "plazo_last_sweep_timestamp_seconds 1774629000",
      #"plazo_job_missed_slots{job="daily-sla"} 0"#, #"plazo_messages{state="pending"} 0"#, "plazo_rules_pending 0",
    ] {
      #expect(text.contains("\n\(line)\n"), "\(line)")
    }
    desk.fails(
      "metrics", "--out", "none/plazo.prom",
      saying: "plazo: none/plazo.prom cannot be written (No such file or directory); make room, or send it elsewhere")
  }

  @Test("pass promtool's check")
  func promtool() throws {
    guard let promtool = Tool.path("promtool", else: "apt-get install prometheus") else { return }
    let text = desk.run("metrics").data
    let outcome = desk.program.run(["check", "metrics"], input: text, as: promtool)
    #expect(outcome == .init(code: 0, data: "", talk: ""))
    // The judge does judge.
    #expect(desk.program.run(["check", "metrics"], input: text + "plazo_x 1\n", as: promtool).code != 0)
  }
}
