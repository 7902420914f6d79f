/// A line over days that is read at a glance: where it comes from, its highest point, where it stands.
struct LineDrawing {
  private static let height = 44
  /// Above and below the line, so that its width is not cut.
  private static let margin = 4

  let data: ChartData

  func draw(in chart: HTMLChart, _ out: inout Markup) {
    // Stretched to the page, but for the width of the line.
    chart.svg(height: Self.height, viewBox: "0 0 1000 \(Self.height)", &out) { out in
      out.line(x1: "0", y1: Self.height - 1, x2: "1000", y2: Self.height - 1, style: "base")
      for run in runs {
        let points = run.map { "\(x($0)) \(y($0))" }
        out.open("path", [("class", "line"), ("d", "M\(points.joined(separator: "L"))")])
        out.close("path")
      }
      if let last = data.bars.indices.last, data.bars[last].isKnown {
        // A line of no length with round ends is a point that does not stretch.
        out.open("path", [("class", "point"), ("d", "M\(x(last)) \(y(last))h0")])
        out.close("path")
      }
    }
    ends(&out)
  }

  /// The stretches of days that have a value.
  private var runs: [[Int]] {
    data.bars.indices.reduce(into: [[Int]]()) { runs, index in
      guard data.bars[index].isKnown else { return }
      if let last = runs.last?.last, last == index - 1 {
        runs[runs.count - 1].append(index)
      } else {
        runs.append([index])
      }
    }
  }

  private func x(_ index: Int) -> Int { data.bars.count < 2 ? 1000 : 8 + 984 * index / (data.bars.count - 1) }

  private func y(_ index: Int) -> Int {
    let room = Double(Self.height - 2 * Self.margin)
    return Self.height - Self.margin - Int((data.bars[index].values[0] / data.most * room).rounded())
  }

  private func ends(_ out: inout Markup) {
    let known = data.bars.indices.filter { data.bars[$0].isKnown }
    guard let first = known.first, let last = known.last else { return }
    let highest = known.max { data.bars[$0].values[0] < data.bars[$1].values[0] } ?? last
    func text(_ index: Int) -> String {
      let bar = data.bars[index]
      return "\(bar.tick): \(bar.texts[0])"
    }
    out.raw("<p class=\"ends\">")
    out.element("span", text(first))
    if highest != first, highest != last {
      out.element("span", "\(Wording.highest(data.people.language)) \(text(highest))")
    }
    if last != first { out.element("span", text(last)) }
    out.raw("</p>")
  }
}
