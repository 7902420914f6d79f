import SLA
import SQLite
import Seeded
import Testing
import Text

@testable import Reports

@Suite struct ChartTests {
  // MARK: Scales

  @Test(arguments: [
    (7.0, true, [0.0, 2, 4, 6, 8]), (1, true, [0, 1]), (3, true, [0, 1, 2, 3]), (4, true, [0, 1, 2, 3, 4]),
    (5, true, [0, 2, 4, 6]), (40, true, [0, 10, 20, 30, 40]), (41, true, [0, 20, 40, 60]),
    (1234, true, [0, 500, 1000, 1500]), (0.9, false, [0, 0.5, 1]), (0.35, false, [0, 0.1, 0.2, 0.3, 0.4]),
    (0, true, [0, 1]), (.nan, true, [0, 1]), (.infinity, true, [0, 1]), (-3, true, [0, 1]),
  ])
  func anAxisHasRoundTicksUpToTheMost(_ most: Double, _ isWhole: Bool, _ ticks: [Double]) {
    let scale = ChartScale(upTo: most, isWhole: isWhole)
    #expect(scale.ticks.map { ($0 * 1e6).rounded() / 1e6 } == ticks)
  }

  @Test func everyAxisFitsItsValuesAndWastesLittle() {
    var random = Dice(seed: 11)
    for _ in 0..<2000 {
      let most = Double(random.upTo(1_000_000) + 1) / Double([1, 7, 1000][random.upTo(3)])
      let isWhole = random.upTo(2) == 0
      let scale = ChartScale(upTo: isWhole ? most.rounded(.up) : most, isWhole: isWhole)
      #expect(scale.top >= most - 1e-9 && (1...5).contains(scale.stepCount), "\(most)")
      #expect(scale.top <= max(2.5 * most, isWhole ? 1 : 0), "\(most) has an axis to \(scale.top)")
      if isWhole { #expect(scale.step == scale.step.rounded()) }
    }
  }

  // MARK: Bars

  /// The parts of a bar are as long together as the bar of their sum, each begins where the one before ends, and a part
  /// is as long as its value says, to a hundredth of a percent.
  @Test func partsOfABarSumToTheirTotal() {
    var random = Dice(seed: 5)
    for _ in 0..<2000 {
      let values = (0..<random.upTo(6)).map { _ in Double(random.upTo(10_000)) / 3 }
      let sum = values.reduce(0, +)
      let top = sum * Double(100 + random.upTo(300)) / 100 + 1
      let segments = ChartGeometry.segments(values, of: top)
      #expect(segments.count == values.count)
      #expect(segments.map(\.count).reduce(0, +) == ChartGeometry.segments([sum], of: top)[0].count)
      var end = 0
      for (segment, value) in zip(segments, values) {
        #expect(segment.lowerBound == end)
        #expect(abs(Double(segment.count) - value / top * 10_000) <= 1)
        end = segment.upperBound
      }
      #expect(end <= ChartGeometry.whole)
    }
  }

  @Test(arguments: [
    (30, 6, [4, 9, 14, 19, 24, 29]), (6, 6, [0, 1, 2, 3, 4, 5]), (7, 6, [0, 2, 4, 6]), (1, 6, [0]), (0, 6, []),
    (31, 7, [0, 5, 10, 15, 20, 25, 30]),
  ])
  func labelsGoBackFromTheLast(_ count: Int, _ most: Int, _ labelled: [Int]) {
    #expect(ChartGeometry.labelled(count, atMost: most) == labelled)
  }

  @Test(arguments: [(0, "0%"), (5, "0.05%"), (1234, "12.34%"), (10_000, "100%"), (120, "1.20%")])
  func percentsAreOfTheWholeDrawing(_ hundredths: Int, _ text: String) {
    #expect(ChartGeometry.percent(hundredths) == text)
  }

  // MARK: Drawings

  private static func definition(_ kind: String, _ rows: String, _ more: String = "", values: String = "'a', 'b'")
    -> String
  {
    """
    { title: { es: 'T', en: 'T' }, about: { es: '-', en: '-' }, sections: [{ id: 's', title: { es: 'S', en: 'S' },
      sql: "SELECT column1 AS name, column2 AS a, column3 AS b, column4 AS who FROM (VALUES \(rows))",
      columns: [
        { name: 'name', type: '\(["stacked-days", "spark"].contains(kind) ? "date" : "text")', label: { es: 'N', en: 'N' } },
        { name: 'a', type: 'integer', tone: 'late', label: { es: 'Retrasados', en: 'Late' } },
        { name: 'b', type: 'integer', tone: 'on-time', label: { es: 'A tiempo', en: 'On time' } },
        { name: 'who', type: 'date', label: { es: 'Q', en: 'Q' } }],
      chart: { kind: '\(kind)', title: { es: 'Dibujo', en: 'Drawing' }, label: 'name', \(more) values: [\(values)] } }] }
    """
  }

  private func svg(_ kind: String, _ rows: String, _ more: String = "", values: String = "'a', 'b'") throws -> String {
    let desk = try OfficeDesk(sql: "")
    let definition = try desk.definition(Self.definition(kind, rows, more, values: values))
    let html = try #require(try desk.run(definition, desk.request([.html]))["mine.html"])
    guard let start = html.firstRange(of: "<figure"), let end = html.firstRange(of: "</figure>") else { return "" }
    return String(html[start.lowerBound..<end.lowerBound])
  }

  @Test func daysStandInARowWithTheirDatesAndTheLastTotal() throws {
    let rows = (1...9).map { "('2026-03-0\($0)', \($0), 1, NULL)" }.joined(separator: ", ")
    let svg = try svg("stacked-days", rows)
    #expect(svg.contains("<figcaption>Dibujo</figcaption>"))
    #expect(svg.contains(">9\u{A0}mar</text>") && svg.contains(">1\u{A0}mar</text>"))
    #expect(svg.contains("class=\"total\">10</text>"))
    #expect(svg.contains("<title>dom 1 mar: Retrasados 1, A tiempo 1</title>"))
    #expect(svg.split(separator: "<rect class=\"part").count - 1 == 2 + 18)
    // The axis.
    for tick in ["0", "5", "10"] { #expect(svg.contains("class=\"axis\">\(tick)</text>")) }
  }

  @Test func whatIsDrawnIsToldInWords() throws {
    let svg = try svg("bars", "('Ana', 2, 5, NULL), ('Luis', 0, 1, NULL)")
    #expect(svg.contains("<title id=\"s-ct\">Dibujo</title>"))
    #expect(
      svg.contains(
        "<desc id=\"s-cd\">Ana: Retrasados 2, A tiempo 5; Luis: Retrasados 0, A tiempo 1.</desc>"))
    #expect(svg.contains("aria-labelledby=\"s-ct s-cd\""))
  }

  @Test func bandsHaveTheirNumbersOverThem() throws {
    let svg = try svg("ages", "('1 d', 2, NULL, NULL), ('2 d', 7, NULL, NULL)", values: "'a'")
    #expect(svg.contains("class=\"total\">2</text>") && svg.contains("class=\"total\">7</text>"))
    #expect(svg.contains(">1 d</text>"))
  }

  @Test func aLineBreaksWhereNothingIsKnownAndSaysItsEnds() throws {
    let svg = try svg(
      "spark",
      "('2026-03-01', 2, 0, NULL), ('2026-03-02', 8, 0, NULL), ('2026-03-03', NULL, 0, NULL), ('2026-03-04', 4, 0, NULL)",
      values: "'a'")
    #expect(svg.split(separator: "<path class=\"line\"").count - 1 == 2)
    #expect(svg.contains("<span>1\u{A0}mar: 2</span><span>máximo 2\u{A0}mar: 8</span><span>4\u{A0}mar: 4</span>"))
  }

  @Test func aMatrixHasItsDaysInOrderWhicheverTheFirstLineLacks() throws {
    let svg = try svg(
      "matrix", "('Ana', 3, 0, '2026-03-03'), ('Luis', 1, 0, '2026-03-02'), ('Luis', 8, 0, '2026-03-03')",
      "across: 'who',", values: "'a'")
    let days = svg.split(separator: "class=\"axis\">").dropFirst().map { $0.prefix { $0 != "<" } }
    #expect(days == ["2\u{A0}mar", "3\u{A0}mar"])
    #expect(svg.contains("<title>Ana, mar 3 mar: 3</title>"))
    #expect(svg.split(separator: "class=\"cell s").count - 1 == 3)
  }

  @Test(arguments: ["stacked-days", "bars", "ages", "spark", "stack"])
  func nothingIsDrawnOfNothing(_ kind: String) throws {
    let values = ["ages", "spark"].contains(kind) ? "'a'" : "'a', 'b'"
    #expect(try svg(kind, "('2026-03-01', 0, 0, NULL)", values: values) == "")
    #expect(try svg(kind, "('2026-03-01', NULL, NULL, NULL)", values: values) == "")
  }

  @Test func barsBeyondTheFirstAreCounted() throws {
    let rows = (1...40).map { "('t\($0)', \($0), 1, NULL)" }.joined(separator: ", ")
    #expect(try svg("bars", rows).contains("<figcaption>Dibujo (12 de 40)</figcaption>"))
  }
}
