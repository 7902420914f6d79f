internal import SLA
internal import SQLite

/// The rows of a section as a chart draws them: a bar for each, with a value for each part.
struct ChartData {
  struct Bar {
    let label: String
    let date: LocalDate?
    /// The date as short as an axis needs it; the label where there is none.
    let tick: String
    /// One for each part, in order; hours where the column has seconds.
    let values: [Double]
    let texts: [String]
    /// Whether there is any value at all.
    let isKnown: Bool
    /// Of a matrix: the column of the cell, as people read it and as it is.
    let across: String?
    let acrossRaw: String?

    var sum: Double { values.reduce(0, +) }
  }

  let chart: ReportChart
  let parts: [ReportColumn]
  let bars: [Bar]
  /// How many rows the section has; those beyond the limit are not drawn.
  let rowCount: Int64
  let people: PeopleText

  init(_ chart: ReportChart, _ part: PageContent.Section, _ people: PeopleText, limit: Int) {
    let columns = part.section.columns
    func place(_ name: String?) -> Int? { name.flatMap { name in columns.firstIndex { $0.name == name } } }
    self.chart = chart
    self.people = people
    rowCount = part.end.rowCount
    let places = chart.values.compactMap(place)
    parts = places.map { columns[$0] }
    let (label, across) = (place(chart.label), place(chart.across))
    bars = part.chartRows.prefix(limit).map { row in
      var date: LocalDate?
      if let label, case .text(let text) = row[label] { date = LocalDate(text) }
      let name = label.flatMap { Self.name(row[$0], columns[$0], people) } ?? "–"
      let isDay = label.map { columns[$0].kind == .date } ?? false
      return Bar(
        label: name, date: date, tick: isDay ? date.map(people.dayAndMonth) ?? name : name,
        values: places.map { Self.number(row[$0], columns[$0].kind) },
        texts: places.map { people.text(row[$0], of: columns[$0]) ?? "0" },
        isKnown: places.contains { row[$0] != .null },
        across: across.map { Self.name(row[$0], columns[$0], people) ?? "–" },
        acrossRaw: across.flatMap { if case .text(let text) = row[$0] { text } else { nil } })
    }
  }

  private static func name(_ value: Value, _ column: ReportColumn, _ people: PeopleText) -> String? {
    if case .text(let text) = value, column.kind == .date, let date = LocalDate(text) { return people.short(date) }
    return people.text(value, of: column)
  }

  private static func number(_ value: Value, _ kind: ColumnKind) -> Double {
    let number: Double =
      switch value {
      case .integer(let value): Double(max(0, value))
      case .real(let value): value.isFinite ? max(0, value) : 0
      default: 0
      }
    return kind.isSeconds ? number / 3600 : number
  }

  /// The longest bar.
  var most: Double { bars.map(\.sum).max() ?? 0 }
  var isEmpty: Bool { most <= 0 }
  private var isWhole: Bool { parts.allSatisfy { $0.kind == .integer } }
  var scale: ChartScale { ChartScale(upTo: most, isWhole: isWhole) }

  /// A value of the axis, with its unit at the top alone, where there is one.
  func tick(_ value: Double, hasUnit: Bool) -> String {
    let column = parts.first
    if column?.kind == .percent { return people.text(.real(value), of: column!) ?? "" }
    let number = value == value.rounded() ? people.grouped(Int64(value)) : people.decimal(value)
    return hasUnit && column?.kind.isSeconds == true ? "\(number)\u{A0}h" : number
  }

  /// A bar in words: `Ana Muñoz: Retrasados 2, A tiempo 5`.
  func words(of bar: Bar) -> String {
    if parts.count == 1 { return "\(DisplayWidth.cut(bar.label, to: 80)): \(bar.texts[0])" }
    let values = zip(parts, bar.texts).map { "\($0.label(people.language)) \($1)" }.joined(separator: ", ")
    return chart.kind == .stack ? values : "\(DisplayWidth.cut(bar.label, to: 80)): \(values)"
  }

  /// The whole chart in words, for whoever cannot see it; the section's table has the same numbers.
  var words: String {
    let names = parts.count == 1 && chart.kind != .stack ? "\(parts[0].label(people.language)). " : ""
    return names + bars.map { words(of: $0) }.joined(separator: "; ") + "."
  }
}
