import FoundationEssentials
import Glibc
import Testing
import Text

@testable import Reports

/// The page over all reports that a folder keeps.
@Suite struct IndexTests {
  private let desk: OfficeDesk
  private let out: String

  init() throws {
    desk = try OfficeDesk()
    out = "\(desk.folder)/out"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
  }

  private func run(
    _ name: String, _ place: String, at time: String = "2026-03-27T17:00", _ formats: [ReportFormat]
  ) throws {
    try FileManager.default.createDirectory(atPath: "\(out)/\(place)", withIntermediateDirectories: true)
    var request = desk.request(formats)
    request.asOf = OfficeDesk.instant(time)
    try desk.runner.run(
      [try ReportCatalog(folder: nil).definition(named: name)], request, to: .folder("\(out)/\(place)"))
  }

  private func index(_ language: Language = .es) throws -> String {
    try ReportShelf(folder: out).writeIndex(
      desk: "Mesa <b>", asOf: OfficeDesk.asOf, zone: OfficeDesk.zone, language: language
    ) { name in try? ReportCatalog(folder: nil).definition(named: name).title }
    return String(decoding: try #require(FileManager.default.contents(atPath: "\(out)/index.html")), as: UTF8.self)
  }

  @Test func theLatestOfEachReportIsFirstAndAllFollowByReport() throws {
    try run("daily-sla", "2026-03-25/daily-sla", at: "2026-03-25T17:00", [.html, .csv])
    try run("daily-sla", "2026-03-27/daily-sla", [.html, .csv, .text])
    try run("daily-sla", "2026-03-26/daily-sla", at: "2026-03-26T17:00", [.html])
    try run("tasks-vobo", "2026-03-26/tasks", at: "2026-03-26T09:00", [.text])
    try run("tickets", "2026-03-24/tickets", at: "2026-03-24T09:00", [.csv])
    let page = try index()
    Golden.expect(page, matches: "index.html")
    let links = page.split(separator: "href=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    #expect(links.contains("2026-03-26/tasks/tasks-vobo.txt") && links.contains("2026-03-24/tickets/tickets.csv"))
    for link in links where !link.hasPrefix("#") {
      #expect(FileManager.default.fileExists(atPath: "\(out)/\(link)"), "\(link) leads nowhere")
    }
  }

  /// Whatever format alone is kept, it is found.
  @Test(arguments: ReportFormat.allCases) func everyFormatTellsWhatItIs(_ format: ReportFormat) throws {
    try run("tickets", "2026-03-27/a b:c", [format])
    let runs = KeptRun.all(in: out)
    #expect(runs.count == 1 && runs[0].files.map(\.format) == [format])
    #expect(runs[0].provenance.report == "tickets" && runs[0].provenance.asOf == OfficeDesk.asOf)
    #expect(try index().contains("href=\"2026-03-27/a%20b%3Ac/tickets."))
  }

  @Test func whatIsNoReportIsPassedOver() throws {
    for name in ["notes.html", "x.json", "y.txt", ".hidden.html"] {
      try Data("<p>{".utf8).write(to: URL(filePath: "\(out)/\(name)"))
    }
    try run("tickets", "2026-03-27/tickets", [.html])
    #expect(symlink("2026-03-27", "\(out)/latest") == 0)
    _ = try index()
    // The second time the index itself is there.
    let page = try index(.en)
    #expect(KeptRun.all(in: out).count == 1)
    #expect(page.contains("<html lang=\"en\">") && page.contains("Mesa &lt;b&gt;"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: out).filter { $0.hasSuffix(".partial") }.isEmpty)
  }

  @Test func anEmptyFolderSaysSo() throws {
    #expect(try index(.en).contains("No report is kept yet."))
  }
}
