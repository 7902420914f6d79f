import FoundationEssentials
import Testing

/// A job's report: where it is kept, for how long, and to whom it goes.
@Suite struct DeliveryTests {
  private func desk(_ jobs: String, reports: String = "csv: \"rfc4180\"") throws -> TestDesk {
    let desk = TestDesk()
    let text = try #require(desk.file("mesa/plazo.json5"))
    let jobsStart = try #require(text.firstRange(of: "jobs: ["))
    let reportsStart = try #require(text.firstRange(of: "reports: {"))
    var settings = String(text[..<jobsStart.lowerBound]) + "jobs: [\(jobs)],\n}\n"
    let rest = settings[reportsStart.lowerBound...]
    let end = try #require(rest.firstRange(of: "\n  },\n"))
    settings.replaceSubrange(reportsStart.lowerBound..<end.upperBound, with: "reports: { \(reports) },\n")
    desk.write(settings, to: "mesa/plazo.json5")
    desk.done("ticket", "open", "--as", "ada", "--client", "Acme", "--title", "No imprime", "--assign", "ana")
    desk.done("tick", "--quiet")
    return desk
  }

  @Test func aJobOfSeveralTimesADayKeepsEachRun() throws {
    let desk = try desk(
      """
      { name: "often", at: "0 9,13,18 * * *", report: "tickets", formats: ["csv"] },
      { name: "once", at: "0 8 * * *", report: "tickets", formats: ["csv"] },
      """)
    for now in ["2026-03-28T08:00", "2026-03-28T09:00", "2026-03-28T13:00", "2026-03-28T18:01"] {
      desk.now = now
      desk.done("tick", "--quiet")
    }
    #expect(desk.names(in: "mesa/out/2026-03-28") == ["often@0900", "often@1300", "often@1800", "once"])
    #expect(desk.names(in: "mesa/out/2026-03-28/often@1300") == ["datapackage.json", "tickets.csv"])
    #expect(desk.file("mesa/out/latest/often/tickets.csv") == desk.file("mesa/out/2026-03-28/often@1800/tickets.csv"))
  }

  @Test func oldReportsGoByAgeAndCount() throws {
    let desk = try desk(
      """
      { name: "daily", at: "0 8 * * *", report: "tickets", formats: ["csv"] },
      { name: "other", at: "0 8 28 3 *", report: "tickets", formats: ["csv"] },
      """, reports: "keep: { days: 9, count: 3 }")
    for day in 28...31 {
      desk.now = "2026-03-\(day)T08:00"
      desk.done("tick", "--quiet")
    }
    // One of the four is one too many; the day keeps what another job left there.
    #expect(desk.names(in: "mesa/out/2026-03-28") == ["other"])
    #expect(
      desk.names(in: "mesa/out") == ["2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31", "index.html", "latest"])
    desk.now = "2026-04-09T08:00"
    let told = desk.done("tick")
    #expect(told.contains("out/2026-04-09/daily, 2 old ones removed"))
    #expect(desk.names(in: "mesa/out") == ["2026-03-28", "2026-03-31", "2026-04-09", "index.html", "latest"])
    #expect(desk.names(in: "mesa/out/latest/daily") == ["datapackage.json", "tickets.csv"])
  }

  @Test func aReportIsMailedWithItsRowsAttached() throws {
    let desk = try desk(
      """
      { name: "daily", at: "0 8 * * *", report: "daily-sla", formats: ["json"],
        recipients: ["administrators", "jefa@example.com", "user:nobody"] },
      """)
    desk.now = "2026-03-28T08:00"
    #expect(desk.done("tick").contains("2 mails, 1 without an address"))
    let files = desk.names(in: "mesa/out/2026-03-28/daily")
    #expect(files.contains("daily-sla.html") && files.contains("daily-sla.json") && files.contains("daily-sla.csv"))
    let mail = try #require(desk.names(in: "mesa/mail/ada/new").first)
    let message = try #require(desk.file("mesa/mail/ada/new/\(mail)"))
    #expect(message.contains("To: ") && message.contains("ada@example.com"))
    #expect(message.contains("text/plain") && message.contains("text/html"))
    #expect(message.contains("daily-sla.csv") && message.contains("text/csv"))
    #expect(message.contains("Auto-Submitted: auto-generated"))
    // The same slot again mails nothing again.
    desk.now = "2026-03-28T08:01"
    desk.done("tick", "--quiet")
    #expect(desk.names(in: "mesa/mail/ada/new").count == 1)
  }

  @Test func nothingIsWrittenOrMailedWhenThereIsNothingToTell() throws {
    let desk = try desk(
      """
      { name: "late", at: "0 8 * * *", report: "overdue", formats: ["csv"], skipWhenEmpty: true,
        recipients: "administrators" },
      """)
    desk.now = "2026-03-28T08:00"
    #expect(desk.done("tick").contains("job late: nothing to tell, so nothing was written"))
    #expect(desk.names(in: "mesa/out").isEmpty && desk.names(in: "mesa/mail/ada/new").isEmpty)
    desk.now = "2026-04-08T08:00"
    desk.done("tick", "--quiet")
    #expect(desk.names(in: "mesa/out/2026-04-08/late").contains("overdue.csv"))
    #expect(!desk.names(in: "mesa/mail/ada/new").isEmpty)
  }

  @Test func whoIsNobodyIsRefusedWithTheSetting() throws {
    let desk = TestDesk()
    let text = try #require(desk.file("mesa/plazo.json5"))
    desk.write(
      text.replacing(
        "jobs: [",
        with: "jobs: [ { name: \"x\", at: \"@daily\", report: \"tickets\", recipients: [\"assigned\", \"boss\"] },"),
      to: "mesa/plazo.json5")
    let outcome = desk.run("jobs")
    #expect(outcome.code == 1)
    for (index, name) in ["assigned", "boss"].enumerated() {
      #expect(outcome.talk.contains("jobs[0].recipients[\(index)]: '\(name)' is nobody to whom a report can go; write"))
    }
  }
}
