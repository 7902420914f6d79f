/// Bars that stand: one for each day, or for each band of a distribution.
struct ColumnDrawing {
  private static let plotHeight = 150
  /// Above the plot, for the topmost number; below it, for the names.
  private static let head = 20
  private static let foot = 24

  let data: ChartData
  private let scale: ChartScale
  /// Where the plot begins at the left, after the numbers of the axis.
  private let left: Int
  private let width: Int

  init(data: ChartData) {
    self.data = data
    scale = data.scale
    // A digit is about 2.6 % of a phone's drawing.
    let longest = scale.ticks.map { DisplayWidth.of(data.tick($0, hasUnit: $0 == data.scale.top)) }.max() ?? 1
    left = 200 + longest * 260
    width = ChartGeometry.whole - left
  }

  /// The place of a column: an even share of the plot, and how much of that is the bar.
  private func column(_ index: Int, fill: Double) -> (middle: Int, start: Int, width: Int) {
    let count = data.bars.count
    let (from, to) = (left + width * index / count, left + width * (index + 1) / count)
    let bar = Int(Double(to - from) * fill)
    return ((from + to) / 2, from + (to - from - bar) / 2, bar)
  }

  func days(in chart: HTMLChart, _ out: inout Markup) {
    draw(in: chart, fill: 0.78, &out) { out in
      for index in ChartGeometry.labelled(data.bars.count, atMost: 5) {
        let place = column(index, fill: 1)
        let isLast = index == data.bars.count - 1
        let text = data.bars[index].tick
        out.line(
          x1: ChartGeometry.percent(place.middle), y1: Self.head + Self.plotHeight,
          x2: ChartGeometry.percent(place.middle), y2: Self.head + Self.plotHeight + 4, style: "tick")
        out.svgText(
          text, x: ChartGeometry.percent(isLast ? ChartGeometry.whole : place.middle),
          y: Self.head + Self.plotHeight + 18, anchor: isLast ? "end" : "middle", style: "axis")
      }
      // The last day is the one that is read; its number saves the way to the axis.
      if let last = data.bars.last, last.isKnown { total(of: last, at: data.bars.count - 1, &out) }
    }
  }

  func bands(in chart: HTMLChart, _ out: inout Markup) {
    draw(in: chart, fill: 0.66, foot: Self.foot + 15, &out) { out in
      for (index, bar) in data.bars.enumerated() {
        let place = column(index, fill: 1)
        for (line, text) in Self.folded(bar.label).enumerated() {
          out.svgText(
            text, x: ChartGeometry.percent(place.middle), y: Self.head + Self.plotHeight + 18 + line * 15,
            anchor: "middle", style: "axis")
        }
        if bar.isKnown { total(of: bar, at: index, &out) }
      }
    }
  }

  private func total(of bar: ChartData.Bar, at index: Int, _ out: inout Markup) {
    let text = data.parts.count == 1 ? bar.texts[0] : data.tick(bar.sum, hasUnit: false)
    let height = ChartGeometry.segments([bar.sum], of: scale.top)[0].upperBound * Self.plotHeight / ChartGeometry.whole
    out.svgText(
      text, x: ChartGeometry.percent(column(index, fill: 1).middle), y: Self.head + Self.plotHeight - height - 5,
      anchor: "middle", style: "total")
  }

  /// The name of a band on two lines, of which a phone has room for nine letters each.
  private static func folded(_ label: String) -> [String] {
    let lines = TextPage.wrap(label, width: 9)
    return lines.count < 3 ? lines : [lines[0], DisplayWidth.cut(lines.dropFirst().joined(separator: " "), to: 9)]
  }

  private func draw(
    in chart: HTMLChart, fill: Double, foot: Int = Self.foot, _ out: inout Markup, _ names: (inout Markup) -> Void
  ) {
    chart.svg(height: Self.head + Self.plotHeight + foot, &out) { out in
      for (index, tick) in scale.ticks.enumerated() {
        let y = Self.head + Self.plotHeight - Self.plotHeight * index / scale.stepCount
        out.line(x1: ChartGeometry.percent(left), y1: y, x2: "100%", y2: y, style: index == 0 ? "base" : "grid")
        out.svgText(
          data.tick(tick, hasUnit: index == scale.stepCount), x: ChartGeometry.percent(left - 120), y: y + 4,
          anchor: "end", style: "axis")
      }
      for (index, bar) in data.bars.enumerated() {
        let place = column(index, fill: fill)
        for (part, segment) in ChartGeometry.segments(bar.values, of: scale.top).enumerated() where !segment.isEmpty {
          let (bottom, top) = (pixels(segment.lowerBound), pixels(segment.upperBound))
          out.rect(
            data.parts[part].tone, part, x: ChartGeometry.percent(place.start), y: Self.decimal(top),
            width: ChartGeometry.percent(place.width), height: Self.decimal(bottom - top), title: data.words(of: bar))
        }
      }
      names(&out)
    }
  }

  /// The height of a share of the scale, in hundredths of a pixel from the top of the drawing.
  private func pixels(_ share: Int) -> Int { (Self.head + Self.plotHeight) * 100 - share * Self.plotHeight / 100 }

  private static func decimal(_ hundredths: Int) -> String {
    let (unit, rest) = (hundredths / 100, hundredths % 100)
    return rest == 0 ? String(unit) : "\(unit).\(rest < 10 ? "0" : "")\(rest)"
  }
}
