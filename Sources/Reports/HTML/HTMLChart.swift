internal import SQLite

/// Bars as inline SVG that stretch with the page, with the same in words for whoever cannot see them.
struct HTMLChart {
  private struct Bar {
    let label: String
    /// One for each part, in order.
    let values: [Double]
    let texts: [String]

    var sum: Double { values.reduce(0, +) }
  }

  private static let rowHeight = 40
  private static let longestLabel = 26

  private let chart: ReportChart
  private let parts: [ReportColumn]
  private let bars: [Bar]
  private let people: PeopleText
  private let id: String

  /// - Parameter id: of the section, from which the ids of the drawing are made.
  init(_ chart: ReportChart, _ part: PageContent.Section, _ people: PeopleText, id: String, limit: Int = 12) {
    self.chart = chart
    self.people = people
    self.id = id
    let columns = part.section.columns
    let places = chart.values.compactMap { name in columns.firstIndex { $0.name == name } }
    parts = places.map { columns[$0] }
    let label = chart.label.flatMap { name in columns.firstIndex { $0.name == name } }
    bars = part.rows.prefix(chart.kind == .stack ? 1 : limit).map { row in
      Bar(
        label: label.flatMap { people.text(row[$0], of: columns[$0]) } ?? "–",
        values: places.map { Self.number(row[$0]) },
        texts: places.map { people.text(row[$0], of: columns[$0]) ?? "0" })
    }
  }

  private static func number(_ value: Value) -> Double {
    switch value {
    case .integer(let value): Double(max(0, value))
    case .real(let value): value.isFinite ? max(0, value) : 0
    default: 0
    }
  }

  func render(_ out: inout Markup) {
    guard let most = bars.map(\.sum).max(), most > 0 else { return }
    let height = chart.kind == .stack ? 14 : bars.count * Self.rowHeight
    out.open(
      "svg",
      [
        ("class", chart.kind.rawValue), ("role", "img"), ("aria-labelledby", "\(id)-ct \(id)-cd"), ("width", "100%"),
        ("height", String(height)),
      ])
    out.element("title", [("id", "\(id)-ct")], chart.title(people.language))
    out.element("desc", [("id", "\(id)-cd")], words)
    for (index, bar) in bars.enumerated() {
      chart.kind == .stack
        ? draw(bar, of: most, y: 0, height: height, &out) : draw(bar, at: index, of: most, &out)
    }
    out.raw("</svg>\n")
  }

  /// Name at the left and numbers at the right, the bar under both.
  private func draw(_ bar: Bar, at index: Int, of most: Double, _ out: inout Markup) {
    let top = index * Self.rowHeight
    out.element(
      "text", [("x", "0"), ("y", String(top + 15))], DisplayWidth.cut(bar.label, to: Self.longestLabel))
    out.open("text", [("x", "100%"), ("y", String(top + 15)), ("text-anchor", "end"), ("class", "numbers")])
    var isFirst = true
    for (place, part) in parts.enumerated() where bar.values[place] > 0 || parts.count == 1 {
      if !isFirst { out.raw("<tspan> \u{A0}</tspan>") }
      isFirst = false
      out.open("tspan", [("class", part.tone?.rawValue ?? "neutral")])
      if let symbol = part.tone?.symbol { out.raw("\(symbol) ") }
      out.text(bar.texts[place])
      out.close("tspan")
    }
    out.close("text")
    draw(bar, of: most, y: top + 22, height: 8, &out)
  }

  private func draw(_ bar: Bar, of most: Double, y: Int, height: Int, _ out: inout Markup) {
    out.open(
      "rect",
      [
        ("class", "track"), ("x", "0"), ("y", String(y)), ("width", "100%"), ("height", String(height)), ("rx", "3"),
      ])
    out.close("rect")
    var start = 0.0
    for (place, value) in bar.values.enumerated() where value > 0 {
      let share = value / most * 100
      out.open(
        "rect",
        [
          ("class", parts[place].tone?.rawValue ?? "neutral"), ("x", Self.percent(start)), ("y", String(y)),
          ("width", Self.percent(share)), ("height", String(height)), ("rx", "3"),
        ])
      out.close("rect")
      start += share
    }
  }

  private static func percent(_ share: Double) -> String {
    let hundredths = Int((share * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
  }

  /// The chart's numbers as a sentence.
  private var words: String {
    bars.map { bar in
      let values = zip(parts, bar.texts).map { "\($0.label(people.language)) \($1)" }.joined(separator: ", ")
      return chart.kind == .stack ? values : "\(DisplayWidth.cut(bar.label, to: 80)): \(values)"
    }.joined(separator: "; ") + "."
  }
}
