import FoundationEssentials
import SLA
import SQLite
import Seeded
import Testing

@testable import Reports

@Suite struct ViewsTests {
  private static let readme = String(
    decoding: FileManager.default.contents(
      atPath: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "reports/README.md").path)!, as: UTF8.self)

  /// The columns that the document tells of each view, in order.
  private static let documented: [String: [String]] = {
    var views: [String: [String]] = [:]
    var view: String?
    for line in readme.split(separator: "\n") {
      if line.hasPrefix("#") { view = line.hasPrefix("### ") ? String(line.dropFirst(4)) : nil }
      if let view, line.hasPrefix("| `") {
        views[view, default: []].append(String(line.dropFirst(3).prefix { $0 != "`" }))
      }
    }
    return views
  }()

  @Test func theDocumentTellsEveryColumnOfEveryView() throws {
    let desk = try OfficeDesk()
    let connection = try Connection(path: desk.path, mode: .readOnly)
    _ = try ReportViews.make(on: connection, for: desk.request([.csv]))
    #expect(Self.documented.keys.sorted() == ReportViews.names.sorted())
    for name in ReportViews.names {
      let columns = try connection.prepare(sql: "SELECT name FROM pragma_table_info(?)").rows(.text(name))
        .compactMap { $0[0].text }
      #expect(Self.documented[name] == columns, "\(name)")
    }
  }

  @Test func theDocumentTellsEveryTypeFunctionAndParameter() {
    for kind in ColumnKind.allCases { #expect(Self.readme.contains("`\(kind.rawValue)`")) }
    for function in ReportFunctions.names { #expect(Self.readme.contains("| `\(function)(")) }
    for parameter in DefinitionReader.givenParameters { #expect(Self.readme.contains("`:\(parameter)`")) }
  }

  @Test func theExampleOfTheDocumentRuns() throws {
    let start = try #require(Self.readme.firstRange(of: "```json5\n"))
    let rest = Self.readme[start.upperBound...]
    let end = try #require(rest.firstRange(of: "```"))
    let desk = try OfficeDesk()
    let files = try desk.run(try desk.definition(String(rest[..<end.lowerBound])), desk.request([.csv]))
    #expect(files["mine.csv"] == "product,late,worst_hours\r\nBelenus ERP,2,17.5\r\nNómina,1,3.3331\r\n")
  }

  @Test func aReportOfThePastKnowsNothingOfWhatCameLater() throws {
    let desk = try OfficeDesk()
    desk.judged = []
    var request = desk.request([.csv])
    request.asOf = OfficeDesk.instant("2026-03-24T09:30")
    let definition = try desk.definition(
      """
      { title: { es: '-', en: '-' }, about: { es: '-', en: '-' }, sections: [{ id: 's', title: { es: '-', en: '-' },
        sql: "SELECT number, status, closed_at, outcome FROM tickets ORDER BY number",
        columns: [
          { name: 'number', type: 'ticket', label: { es: '-', en: '-' } },
          { name: 'status', type: 'status', label: { es: '-', en: '-' } },
          { name: 'closed_at', type: 'instant', label: { es: '-', en: '-' } },
          { name: 'outcome', type: 'outcome', label: { es: '-', en: '-' } }] }] }
      """)
    #expect(
      try desk.run(definition, request)["mine.csv"]
        == """
        number,status,closed_at,outcome\r
        1,open,,\r
        2,open,,\r
        6,open,,\r
        9,open,,\r
        10,open,,\r
        11,closed,2026-03-13 12:00:00,kept\r

        """)
  }

  @Test func functionsAnswerInTheZoneOfTheReport() throws {
    let connection = try Connection(path: ":memory:", mode: .create)
    try ReportFunctions.add(to: connection, zone: OfficeDesk.zone)
    func value(_ sql: String) throws -> Value { try connection.prepare(sql: "SELECT \(sql)").rows()[0][0] }
    let night = "unixepoch('2026-03-28T05:59:59Z')"
    #expect(try value("local_date(\(night))") == "2026-03-27")
    #expect(try value("local_time(\(night))") == "23:59:59")
    #expect(try value("local_month(\(night))") == "2026-03")
    #expect(try value("local_date(\(night) + 1)") == "2026-03-28")
    #expect(try value("local_midnight('2026-03-28') - \(night)") == 1)
    #expect(try value("hours(5400)") == .real(1.5))
    for function in ReportFunctions.names { #expect(try value("\(function)(NULL)") == .null) }
    #expect(try value("local_midnight('2026-02-30')") == .null)
  }

  @Test func theClockOfAZoneRemembersOnlyWhatHolds() throws {
    let zone = try Zone(
      name: "Europe/Madrid", data: [UInt8](FileManager.default.contents(atPath: "/usr/share/zoneinfo/Europe/Madrid")!))
    let clock = LocalClock(zone: zone)
    var random = Dice(seed: 3)
    for _ in 0..<20_000 {
      let second = Int64.random(in: -2_000_000_000...4_000_000_000, using: &random)
      #expect(clock.offset(at: second) == zone.offset(at: Instant(second)))
    }
  }
}

/// Judging is asked for only by queries whose answer needs it.
@Suite struct LazyTablesTests {
  @Test(
    arguments: [
      ("SELECT number, client FROM tickets", []),
      ("SELECT number, situation FROM tickets", [.worst, .unfrozen]),
      ("SELECT number, situation FROM open_tickets", .worst),
      ("SELECT sum(tickets) FROM open_counts", .openCounts),
      ("SELECT sum(opened) FROM recent_days", .recentDays),
      ("SELECT count(*) FROM pending_vobos", []),
      ("SELECT count(*) FROM task_clocks", .taskClocks),
      ("SELECT count(*) FROM verdicts", .unfrozen),
      ("SELECT count(*) FROM time_spent", .timeSpent),
      ("SELECT count(*) FROM openings", .outlooks),
      ("SELECT number FROM tickets WHERE deadline < :as_of", [.worst, .unfrozen]),
      ("SELECT * FROM clocks", .clocks),
      ("SELECT count(*) FROM activities", []),
      ("SELECT number FROM tickets WHERE number IN (SELECT number FROM clocks WHERE situation = 'late')", [.clocks]),
      ("SELECT nonsense", []),
    ] as [(String, LazyTables.Use)])
  func readsFromAQuerysProgramWhatItUses(sql: String, expected: LazyTables.Use) throws {
    let desk = try OfficeDesk()
    let connection = try Connection(path: desk.path, mode: .readOnly)
    let request = desk.request([.csv])
    _ = try ReportViews.make(on: connection, for: request)
    #expect(try LazyTables(connection, for: request).use(of: [sql]) == expected)
  }
}
