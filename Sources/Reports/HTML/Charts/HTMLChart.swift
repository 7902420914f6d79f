internal import SQLite

/// A drawing of a section's rows as inline SVG that stretches with the page and keeps its letters' size, with the same
/// in words for whoever cannot see it.
struct HTMLChart {
  /// Where it stands, which says how much room it has.
  enum Place {
    /// Under the figures that the page begins with, or on a card of the first screen.
    case board
    /// Over the table of its section, with legend and axis.
    case section
  }

  let data: ChartData
  let id: String
  let place: Place

  /// How many rows a chart draws: bars as far as one looks at each, days and cells as many as a year has.
  private static func limit(_ kind: ReportChart.Kind) -> Int {
    switch kind {
    case .stack: 1
    case .bars: 12
    case .ages: 24
    case .stackedDays, .spark: 400
    case .matrix: PageContent.chartRowLimit
    }
  }

  /// - Parameter id: of the section, from which the ids of the drawing are made.
  init(
    _ chart: ReportChart, _ part: PageContent.Section, _ people: PeopleText, id: String, place: Place,
    limit: Int? = nil
  ) {
    data = ChartData(chart, part, people, limit: limit ?? Self.limit(chart.kind))
    self.id = id
    self.place = place
  }

  func render(_ out: inout Markup) {
    guard !data.isEmpty else { return }
    let chart = data.chart
    out.open("figure", [("class", "chart \(chart.kind.rawValue)")])
    if place == .section {
      out.element("figcaption", title)
      legend(&out)
    }
    switch chart.kind {
    case .stack: BarDrawing(data: data, hasAxis: false).stack(in: self, &out)
    case .bars: BarDrawing(data: data, hasAxis: place == .section).bars(in: self, &out)
    case .stackedDays: ColumnDrawing(data: data).days(in: self, &out)
    // The names of bands need the width of a page.
    case .ages where place == .board: BarDrawing(data: data, hasAxis: false).bars(in: self, &out)
    case .ages: ColumnDrawing(data: data).bands(in: self, &out)
    case .spark: LineDrawing(data: data).draw(in: self, &out)
    case .matrix: MatrixDrawing(data: data).draw(in: self, &out)
    }
    out.close("figure")
    out.raw("\n")
  }

  private var title: String {
    let (language, chart) = (data.people.language, data.chart)
    guard chart.kind == .bars, data.rowCount > data.bars.count else { return chart.title(language) }
    let counts = Wording.firstOf(
      data.people.grouped(Int64(data.bars.count)), data.people.grouped(data.rowCount), language)
    return "\(chart.title(language)) (\(counts))"
  }

  /// What the parts are, each with its colour, its pattern and its symbol.
  private func legend(_ out: inout Markup) {
    guard data.parts.count > 1 else { return }
    out.raw("<ul class=\"legend\">")
    for (index, part) in data.parts.enumerated() {
      out.open("li", [("class", part.tone?.rawValue ?? "neutral")])
      out.raw("<svg class=\"key\" width=\"14\" height=\"14\" aria-hidden=\"true\">")
      out.rect(part.tone, index, x: "0", y: "1", width: "14", height: "12")
      out.raw("</svg>")
      if let symbol = part.tone?.symbol { out.raw("<span aria-hidden=\"true\">\(symbol)</span> ") }
      out.text(part.label(data.people.language))
      out.close("li")
    }
    out.raw("</ul>")
  }

  /// The drawing itself, with its title and its words.
  func svg(height: Int, viewBox: String? = nil, _ out: inout Markup, _ body: (inout Markup) -> Void) {
    var attributes = [
      ("class", "drawing"), ("role", "img"), ("aria-labelledby", "\(id)-ct \(id)-cd"), ("width", "100%"),
      ("height", String(height)),
    ]
    if let viewBox { attributes += [("viewBox", viewBox), ("preserveAspectRatio", "none")] }
    out.open("svg", attributes)
    out.element("title", [("id", "\(id)-ct")], title)
    out.element("desc", [("id", "\(id)-cd")], data.words)
    body(&out)
    out.close("svg")
  }

  /// The patterns by which parts are told apart where colours are not seen, or not printed.
  static let patterns = """
    <svg class="patterns" width="0" height="0" aria-hidden="true"><defs>\
    <pattern id="p-late" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <rect class="ground late" width="5" height="5"></rect><rect class="figure" width="1.4" height="5"></rect></pattern>\
    <pattern id="p-near" width="6" height="6" patternUnits="userSpaceOnUse">\
    <rect class="ground near-due" width="6" height="6"></rect><circle class="figure" cx="3" cy="3" r="1.1"></circle>\
    </pattern></defs></svg>

    """
}

extension Markup {
  /// A part of a bar in the colour and pattern of its tone; without one, in that of its place among the parts.
  mutating func rect(
    _ tone: ReportColumn.Tone?, _ place: Int, x: String, y: String, width: String, height: String, title: String? = nil
  ) {
    open(
      "rect",
      [
        ("class", "part \(tone?.rawValue ?? "p\(place % 4)")"), ("x", x), ("y", y), ("width", width),
        ("height", height),
      ])
    if let title { element("title", title) }
    close("rect")
  }

  mutating func svgText(_ text: String, x: String, y: Int, anchor: String? = nil, style: String? = nil) {
    var attributes = [("x", x), ("y", String(y))]
    if let anchor { attributes.append(("text-anchor", anchor)) }
    if let style { attributes.append(("class", style)) }
    element("text", attributes, text)
  }

  mutating func line(x1: String, y1: Int, x2: String, y2: Int, style: String) {
    open("line", [("class", style), ("x1", x1), ("y1", String(y1)), ("x2", x2), ("y2", String(y2))])
    close("line")
  }
}
