internal import SLA

/// A cell for each row: lines have names at the left, columns over them; the more in it the darker, and the number in
/// it where it fits.
struct MatrixDrawing {
  private static let rowHeight = 26
  private static let head = 22
  private static let left = 2200
  /// How many columns there may be for a number in each cell.
  private static let mostWithNumbers = 10
  private static let shades = 4

  let data: ChartData

  func draw(in chart: HTMLChart, _ out: inout Markup) {
    var names: [String] = []
    for bar in data.bars where !names.contains(bar.label) { names.append(bar.label) }
    // Days come in their order, whichever of them the first line lacks.
    var columns: [(raw: String, text: String)] = []
    for bar in data.bars where !columns.contains(where: { $0.raw == bar.acrossRaw ?? "" }) {
      columns.append((bar.acrossRaw ?? "", bar.across ?? ""))
    }
    let areDays = columns.allSatisfy { LocalDate($0.raw) != nil }
    if areDays { columns.sort { $0.raw < $1.raw } }
    let width = ChartGeometry.whole - Self.left
    func place(_ column: Int) -> (start: Int, end: Int) {
      (Self.left + width * column / columns.count, Self.left + width * (column + 1) / columns.count)
    }

    chart.svg(height: Self.head + names.count * Self.rowHeight, &out) { out in
      for column in ChartGeometry.labelled(columns.count, atMost: 7) {
        let text = LocalDate(columns[column].raw).map { data.people.dayAndMonth($0) } ?? columns[column].text
        let (start, end) = place(column)
        out.svgText(
          DisplayWidth.cut(text, to: 12), x: ChartGeometry.percent((start + end) / 2), y: 14, anchor: "middle",
          style: "axis")
      }
      for (line, name) in names.enumerated() {
        let y = Self.head + line * Self.rowHeight
        out.svgText(DisplayWidth.cut(name, to: 20), x: "0", y: y + 17, style: "name")
        for bar in data.bars where bar.label == name && bar.isKnown {
          guard let column = columns.firstIndex(where: { $0.raw == bar.acrossRaw ?? "" }) else { continue }
          let (start, end) = place(column)
          let shade = bar.sum <= 0 ? 0 : max(1, Int((bar.sum / data.most * Double(Self.shades)).rounded(.up)))
          out.open(
            "rect",
            [
              ("class", "cell s\(shade)"), ("x", ChartGeometry.percent(start)), ("y", String(y + 1)),
              ("width", ChartGeometry.percent(end - start)), ("height", String(Self.rowHeight - 2)),
            ])
          out.element("title", "\(name), \(bar.across ?? ""): \(bar.texts[0])")
          out.close("rect")
          if columns.count <= Self.mostWithNumbers {
            out.svgText(
              bar.texts[0], x: ChartGeometry.percent((start + end) / 2), y: y + 17, anchor: "middle",
              style: "in s\(shade)")
          }
        }
      }
    }
  }
}
