import Reports
import Testing
import Text

@Suite struct ShippedReportsTests {
  static let names = [
    "activity-log", "alerts-sent", "daily-sla", "overdue", "sla-compliance", "tasks-vobo", "technician-hours",
    "tickets", "where-time-went",
  ]

  @Test func theseAreShipped() { #expect(ReportCatalog(folder: nil).names == Self.names) }

  @Test(arguments: names) func inSpanish(_ name: String) throws {
    let files = try OfficeDesk().run(name, OfficeDesk().request([.csv, .json, .html, .text]))
    for (file, text) in files where file != "datapackage.json" { Golden.expect(text, matches: "office-\(file)") }
    Golden.expect(files["datapackage.json"], matches: "office-\(name).datapackage.json")
  }

  @Test(arguments: names) func inEnglish(_ name: String) throws {
    let files = try OfficeDesk().run(name, OfficeDesk().request([.html, .text], language: .en))
    Golden.expect(files["\(name).txt"], matches: "office-english-\(name).txt")
  }

  @Test(arguments: names) func sameDeskAndArgumentsGiveTheSameBytes(_ name: String) throws {
    let desk = try OfficeDesk()
    let request = desk.request([.csv, .json, .html, .text])
    #expect(try desk.run(name, request) == desk.run(name, request))
  }

  @Test func aDeskWithoutAnythingIsReportedCalmly() throws {
    let desk = try OfficeDesk(sql: "")
    desk.judged = []
    for name in Self.names {
      let files = try desk.run(name, desk.request([.csv, .json, .html, .text]))
      Golden.expect(files["\(name).txt"], matches: "nothing-\(name).txt")
    }
  }
}
