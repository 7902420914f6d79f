import Reports
import Testing
import Text

@testable import Reports

/// Text at the widths of terminals and pages.
@Suite struct TextLayoutTests {
  private func text(
    _ name: String, width: Int, colour: Bool = false, board: Bool = false, language: Language = .es
  ) throws -> String {
    let desk = try OfficeDesk()
    var request = desk.request([.text], language: language)
    request.text.width = width
    request.text.isColoured = colour
    request.text.isBoard = board
    return try #require(try desk.run(name, request)["\(name).txt"])
  }

  @Test(arguments: ShippedReportsTests.names, [60, 80, 100]) func noLineIsWider(_ name: String, _ width: Int) throws {
    for board in [false, true] {
      for line in try text(name, width: width, board: board).split(separator: "\n") {
        #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
      }
    }
  }

  @Test func atEightyColumns() throws {
    Golden.expect(try text("daily-sla", width: 80), matches: "office-80-daily-sla.txt")
  }

  @Test(arguments: Language.allCases) func theBoard(_ language: Language) throws {
    Golden.expect(
      try text("daily-sla", width: 80, board: true, language: language), matches: "office-board-\(language).txt")
  }

  @Test func coloursAreTheOnlyDifferenceThatATerminalMakes() throws {
    for board in [false, true] {
      let coloured = try text("daily-sla", width: 100, colour: true, board: board)
      #expect(coloured.contains("\u{1B}[31m■\u{1B}[0m"))
      let plain = coloured.replacing(#/\u{1B}\[\d+m/#, with: "")
      #expect(plain == (try text("daily-sla", width: 100, board: board)))
    }
  }

  @Test func aTextMadeAtAnotherWidthCanBeMadeAgain() throws {
    let made = try #require(ReportProvenance.read(try text("daily-sla", width: 72), ofFile: "daily-sla.txt").first)
    #expect(made.textWidth == 72)
    #expect(made.request(zone: OfficeDesk.zone, versions: []).text.width == 72)
  }
}

@Suite struct UsualProfileTests {
  @Test(arguments: [
    ("America/Mexico_City", Language.es, CSVProfile.excelEnglish), ("America/Guatemala", .es, .excelEnglish),
    ("America/Lima", .es, .excelEnglish), ("Europe/Madrid", .es, .excelSpanish),
    ("America/Argentina/Buenos_Aires", .es, .excelSpanish), ("America/Bogota", .es, .excelSpanish),
    ("UTC", .es, .excelSpanish), ("Europe/Madrid", .en, .excelEnglish), ("America/Mexico_City", .en, .excelEnglish),
  ])
  func followsTheDecimalMarkOfThePlace(_ zone: String, _ language: Language, _ profile: CSVProfile) {
    #expect(CSVProfile.usual(language, zone: zone) == profile)
  }
}
