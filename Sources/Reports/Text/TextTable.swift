internal import Desk
internal import SLA
internal import SQLite

/// A section as an aligned table: as many columns as fit, texts cut where they must be.
struct TextTable {
  /// To what widths columns are made narrower so that all fit, one step after the other: `lead` is the column of the
  /// longest texts, which says most of a row. Words of a short list say nothing once they are cut, and come last.
  private static let steps = [
    (lead: Int.max, others: 12, words: Int.max), (24, .max, .max), (.max, 9, 16), (16, .max, .max), (.max, 8, .max),
    (12, .max, .max), (.max, .max, 12), (8, .max, 8),
  ]
  private static let narrowest = 8
  private static let gap = "  "

  private(set) var lines: [String] = []

  /// - Parameter narrowest: to how many columns texts are cut before whole columns are left out.
  init(_ part: PageContent.Section, people: PeopleText, width: Int, narrowest: Int = TextTable.narrowest) {
    let language = people.language
    let shown = part.section.columns.indices.filter { !part.section.columns[$0].isDataOnly }
    func made(_ look: Look) -> [Column] {
      shown.map { index in
        let column = part.section.columns[index]
        return Column(
          heading: look == .brief && column.kind == .situation ? "" : DisplayWidth.oneLine(column.label(language)),
          cells: part.rows.map { Self.cell($0[index], column, people, look) },
          total: part.end.totals[index].flatMap { Self.total($0, column, people) },
          isNumeric: column.kind.isNumeric || column.kind == .ticket, canShrink: Self.canShrink(column.kind),
          isWord: column.kind != .text, wraps: look != .roomy)
      }
    }
    func total(_ columns: [Column], lead: Int = .max, others: Int = .max) -> Int {
      let longest = columns.indices.filter { columns[$0].canShrink }.max { columns[$0].width < columns[$1].width }
      let widths = columns.indices.map { index in
        columns[index].canShrink && (index == longest || !columns[index].isWord)
          ? min(columns[index].width, index == longest ? lead : others) : columns[index].width
      }
      return widths.reduce(0, +) + Self.gap.count * (columns.count - 1)
    }
    // Headings on several lines cost no words; after them the words of situations are the ones that symbols can stand for.
    var columns = made(.roomy)
    if total(columns) > width { columns = made(.wrapped) }
    // A list has no legend.
    let isBrief = narrowest == Self.narrowest && total(columns, lead: 24, others: 12) > width
    if isBrief { columns = made(.brief) }
    let leftOut = Self.fit(&columns, in: width, narrowest: narrowest)
    let ruler = columns.map { String(repeating: "-", count: $0.width) }.joined(separator: Self.gap)
    lines = headings(columns) + [ruler]
    for row in part.rows.indices { lines.append(line(columns, columns.map { $0.cells[row] })) }
    if columns.contains(where: { $0.total != nil }) {
      lines += [ruler, totals(columns, Wording.total(language))]
    }
    if isBrief, part.section.columns.contains(where: { !$0.isDataOnly && $0.kind == .situation }) {
      lines.append(
        Situation.allCases.reversed().map { "\($0.symbol) \($0.label(in: language))" }.joined(separator: Self.gap))
    }
    if !leftOut.isEmpty {
      lines += TextPage.wrap("\(Wording.columnsLeftOut(leftOut.joined(separator: ", "), language)).", width: width)
    }
  }

  /// How much room a table may take.
  private enum Look {
    case roomy
    /// Headings stand on several lines where that makes columns narrower.
    case wrapped
    /// Situations are their symbols alone.
    case brief
  }

  private struct Column {
    let heading: String
    let cells: [String]
    let total: String?
    let isNumeric: Bool
    let canShrink: Bool
    let isWord: Bool
    var width: Int

    init(
      heading: String, cells: [String], total: String?, isNumeric: Bool, canShrink: Bool, isWord: Bool, wraps: Bool
    ) {
      self.heading = heading
      self.cells = cells
      self.total = total
      self.isNumeric = isNumeric
      self.canShrink = canShrink
      self.isWord = isWord
      let words = wraps ? heading.split(separator: " ").map(String.init) : [heading]
      width = (words + [total ?? ""] + cells).map(DisplayWidth.of).max()!
    }
  }

  private static func canShrink(_ kind: ColumnKind) -> Bool { [.text, .word, .waiting, .clock].contains(kind) }

  private static func cell(_ value: Value, _ column: ReportColumn, _ people: PeopleText, _ look: Look) -> String {
    if column.kind == .duration, case .integer(let seconds) = value { return PeopleText.hoursAndMinutes(seconds) }
    if column.kind == .instant, case .integer(let seconds) = value { return people.compact(Instant(seconds)) }
    guard let text = people.text(value, of: column) else { return "-" }
    guard column.kind == .situation, case .text(let raw) = value, let situation = Situation(rawValue: raw) else {
      return text
    }
    return look == .brief ? situation.symbol : "\(situation.symbol) \(text)"
  }

  private static func total(_ value: Value, _ column: ReportColumn, _ people: PeopleText) -> String? {
    if column.kind == .duration, case .integer(let seconds) = value { return PeopleText.hoursAndMinutes(seconds) }
    return people.total(value, of: column)
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
    for step in narrowest == Self.narrowest ? steps : [(narrowest, narrowest, narrowest)] {
      func spare(_ index: Int) -> Int {
        columns[index].width - (index == lead ? step.lead : columns[index].isWord ? step.words : step.others)
      }
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

  /// The headings, the last line of each right over its column.
  private func headings(_ columns: [Column]) -> [String] {
    let folded = columns.map { TextPage.wrap($0.heading, width: $0.width) }
    let height = folded.map(\.count).max() ?? 1
    return (0..<height).map { row in
      line(columns, folded.map { row < height - $0.count ? "" : $0[row - (height - $0.count)] })
    }
  }

  /// The totals, with their name in the first column, and on into the next where that is narrow and has none.
  private func totals(_ columns: [Column], _ name: String) -> String {
    var (columns, cells) = (columns, columns.map { $0.total ?? "" })
    if cells[0].isEmpty { cells[0] = name }
    if DisplayWidth.of(cells[0]) > columns[0].width, cells.count > 1, cells[1].isEmpty {
      columns[1].width += columns[0].width + Self.gap.count
      cells[1] = cells[0]
      columns.removeFirst()
      cells.removeFirst()
    }
    return line(columns, cells)
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
