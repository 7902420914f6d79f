internal import Desk
internal import SLA
internal import SQLite

/// A section as an aligned table: as many columns as fit, texts cut where they must be.
struct TextTable {
  /// To what widths columns are made narrower so that all fit, one step after the other: `lead` is the column of the
  /// longest texts, which says most of a row.
  private static let steps = [(lead: Int.max, others: 12), (24, .max), (.max, 9), (16, .max), (.max, 8), (8, .max)]
  private static let narrowest = 8
  private static let gap = "  "

  private(set) var lines: [String] = []

  /// - Parameter narrowest: to how many columns texts are cut before whole columns are left out.
  init(_ part: PageContent.Section, people: PeopleText, width: Int, narrowest: Int = TextTable.narrowest) {
    let language = people.language
    let shown = part.section.columns.indices.filter { !part.section.columns[$0].isDataOnly }
    var columns = shown.map { index in
      let column = part.section.columns[index]
      return Column(
        heading: DisplayWidth.oneLine(column.label(language)),
        cells: part.rows.map { Self.cell($0[index], column, people) },
        total: part.end.totals[index].flatMap { people.total($0, of: column) },
        isNumeric: column.kind.isNumeric || column.kind == .ticket, canShrink: Self.canShrink(column.kind))
    }
    let leftOut = Self.fit(&columns, in: width, narrowest: narrowest)
    let ruler = columns.map { String(repeating: "-", count: $0.width) }.joined(separator: Self.gap)
    lines = [line(columns, columns.map(\.heading)), ruler]
    for row in part.rows.indices { lines.append(line(columns, columns.map { $0.cells[row] })) }
    if columns.contains(where: { $0.total != nil }) {
      var totals = columns.map { $0.total ?? "" }
      if totals[0].isEmpty { totals[0] = Wording.total(language) }
      lines += [ruler, line(columns, totals)]
    }
    if !leftOut.isEmpty {
      lines += TextPage.wrap("\(Wording.columnsLeftOut(leftOut.joined(separator: ", "), language)).", width: width)
    }
  }

  private struct Column {
    let heading: String
    let cells: [String]
    let total: String?
    let isNumeric: Bool
    let canShrink: Bool
    var width: Int

    init(heading: String, cells: [String], total: String?, isNumeric: Bool, canShrink: Bool) {
      self.heading = heading
      self.cells = cells
      self.total = total
      self.isNumeric = isNumeric
      self.canShrink = canShrink
      width = ([heading, total ?? ""] + cells).map(DisplayWidth.of).max()!
    }
  }

  private static func canShrink(_ kind: ColumnKind) -> Bool { [.text, .word, .waiting, .clock].contains(kind) }

  private static func cell(_ value: Value, _ column: ReportColumn, _ people: PeopleText) -> String {
    if column.kind == .duration, case .integer(let seconds) = value { return PeopleText.hoursAndMinutes(seconds) }
    if column.kind == .instant, case .integer(let seconds) = value { return people.compact(Instant(seconds)) }
    guard let text = people.text(value, of: column) else { return "-" }
    guard column.kind == .situation, case .text(let raw) = value, let situation = Situation(rawValue: raw) else {
      return text
    }
    return "\(situation.symbol) \(text)"
  }

  /// Makes the widest texts narrower until all fit; drops columns from the right while even that is not enough.
  /// - Returns: the headings of the columns left out.
  private static func fit(_ columns: inout [Column], in width: Int, narrowest: Int) -> [String] {
    var leftOut: [String] = []
    func total() -> Int { columns.map(\.width).reduce(0, +) + gap.count * (columns.count - 1) }
    func least() -> Int {
      columns.map { $0.canShrink ? min($0.width, narrowest) : $0.width }.reduce(0, +) + gap.count * (columns.count - 1)
    }
    while columns.count > 1, least() > width { leftOut.insert(columns.removeLast().heading, at: 0) }
    let lead = columns.indices.filter { columns[$0].canShrink }.max { columns[$0].width < columns[$1].width }
    for step in narrowest == Self.narrowest ? steps : [(narrowest, narrowest)] {
      func spare(_ index: Int) -> Int { columns[index].width - (index == lead ? step.lead : step.others) }
      while total() > width {
        let widest = columns.indices.filter { columns[$0].canShrink && spare($0) > 0 }.max { spare($0) < spare($1) }
        guard let widest else { break }
        columns[widest].width -= 1
      }
    }
    // One column alone may still be too wide.
    if total() > width, columns.count == 1 { columns[0].width = width }
    return leftOut
  }

  private func line(_ columns: [Column], _ cells: [String]) -> String {
    var line = ""
    for (column, cell) in zip(columns, cells) {
      if !line.isEmpty { line += Self.gap }
      let cell = DisplayWidth.cut(cell, to: column.width)
      line += DisplayWidth.pad(cell, to: column.width, atRight: column.isNumeric)
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
