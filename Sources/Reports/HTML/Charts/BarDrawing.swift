/// Bars that lie: one for each row, or the first row alone.
struct BarDrawing {
  private static let rowHeight = 40
  private static let axisHeight = 22
  private static let longestLabel = 26

  let data: ChartData
  /// Without an axis the longest bar fills the width, and the rest of it is shown behind the others.
  let hasAxis: Bool

  private var top: Double { hasAxis ? data.scale.top : data.most }

  /// One bar as wide as the page.
  func stack(in chart: HTMLChart, _ out: inout Markup) {
    chart.svg(height: 16, &out) { bar(data.bars[0], y: 0, height: 16, &$0) }
  }

  func bars(in chart: HTMLChart, _ out: inout Markup) {
    let height = data.bars.count * Self.rowHeight
    chart.svg(height: height + (hasAxis ? Self.axisHeight : 0), &out) { out in
      if hasAxis { axis(height, &out) }
      for (index, bar) in data.bars.enumerated() { row(bar, top: index * Self.rowHeight, &out) }
    }
  }

  private func axis(_ height: Int, _ out: inout Markup) {
    let scale = data.scale
    for (index, tick) in scale.ticks.enumerated() {
      let x = ChartGeometry.percent(ChartGeometry.whole * index / scale.stepCount)
      out.line(x1: x, y1: 4, x2: x, y2: height + 2, style: "grid")
      let isLast = index == scale.stepCount
      out.svgText(
        data.tick(tick, hasUnit: isLast), x: x, y: height + 17,
        anchor: index == 0 ? "start" : isLast ? "end" : "middle", style: "axis")
    }
  }

  /// Name at the left and numbers at the right, the bar under both.
  private func row(_ bar: ChartData.Bar, top: Int, _ out: inout Markup) {
    out.svgText(DisplayWidth.cut(bar.label, to: Self.longestLabel), x: "0", y: top + 15, style: "name")
    out.open("text", [("x", "100%"), ("y", String(top + 15)), ("text-anchor", "end"), ("class", "numbers")])
    var isFirst = true
    for (place, part) in data.parts.enumerated() where bar.values[place] > 0 || data.parts.count == 1 {
      if !isFirst { out.raw("<tspan> \u{A0}</tspan>") }
      isFirst = false
      out.open("tspan", [("class", part.tone?.rawValue ?? "neutral")])
      if let symbol = part.tone?.symbol { out.raw("\(symbol) ") }
      out.text(bar.texts[place])
      out.close("tspan")
    }
    out.close("text")
    self.bar(bar, y: top + 22, height: 10, &out)
  }

  private func bar(_ bar: ChartData.Bar, y: Int, height: Int, _ out: inout Markup) {
    if !hasAxis {
      out.open(
        "rect", [("class", "track"), ("y", String(y)), ("width", "100%"), ("height", String(height)), ("rx", "2")])
      out.close("rect")
    }
    for (place, segment) in ChartGeometry.segments(bar.values, of: top).enumerated() where !segment.isEmpty {
      out.rect(
        data.parts[place].tone, place, x: ChartGeometry.percent(segment.lowerBound), y: String(y),
        width: ChartGeometry.percent(segment.count), height: String(height),
        title: "\(data.parts[place].label(data.people.language)): \(bar.texts[place])")
    }
  }
}
