internal import Desk
internal import SLA
internal import SQLite
internal import Text

/// The first screen of a report on a terminal: its figures, and the card of each question that a section answers.
struct TextBoard {
  private static let gap = "  "
  /// How much of a line a bar may take.
  private static let barShare = 3

  private let content: PageContent
  private let people: PeopleText
  private let colour: TextColour
  private let width: Int
  private var language: Language { people.language }

  init(_ content: PageContent) {
    self.content = content
    people = PeopleText(content.head)
    colour = TextColour(isOn: content.head.request.text.isColoured)
    width = content.head.request.text.width
  }

  func render() -> String {
    let head = content.head
    let name = head.request.desk.isEmpty ? head.definition.title(language) : DisplayWidth.oneLine(head.request.desk)
    let when = "\(people.long(head.request.asOf))"
    let room = max(8, width - DisplayWidth.of(when) - 2)
    var lines = [
      colour.bold(DisplayWidth.pad(DisplayWidth.cut(name, to: room), to: room, atRight: false) + Self.gap + when), "",
    ]
    for (index, part) in content.sections.enumerated() {
      if part.section.layout == .figures {
        if index > 0 { lines += ["", colour.bold(part.section.title(language))] }
        lines += figures(part)
      } else if let board = part.section.board {
        lines += card(board, part)
      }
    }
    return lines.joined(separator: "\n").replacing("\u{A0}", with: " ") + "\n"
  }

  // MARK: Figures

  /// `■ 5 Retrasados`, as many in a line as fit, in columns.
  private func figures(_ part: PageContent.Section) -> [String] {
    guard let row = part.rows.first else { return [] }
    let cells = part.section.columns.indices.filter { !part.section.columns[$0].isDataOnly }.map { index in
      let column = part.section.columns[index]
      let value = people.text(row[index], of: column) ?? "–"
      // What has no tone is a fact, told by its name first.
      return column.tone.map { "\($0.symbol) \(value) \(column.label(language))" }
        ?? "\(column.label(language)): \(value)"
    }
    let widest = min(width - 2, cells.map(DisplayWidth.of).max() ?? 0)
    let perLine = max(1, (width - 2 + 2) / (widest + 2))
    return stride(from: 0, to: cells.count, by: perLine).map { start in
      let line = cells[start..<min(cells.count, start + perLine)]
        .map { DisplayWidth.pad(DisplayWidth.cut($0, to: widest), to: widest, atRight: false) }
        .joined(separator: Self.gap)
      return colour.symbols(Self.trimmed(Self.gap + line))
    }
  }

  // MARK: Cards

  private func card(_ board: ReportBoard, _ part: PageContent.Section) -> [String] {
    let total = board.showsChart ? part.end.rowCount : part.boardCount
    guard total > 0 else {
      let nothing = board.empty ?? part.section.empty
      return ["", colour.bold(board.title(language)), Self.gap + (nothing?(language) ?? Wording.nothing(language))]
    }
    if board.showsChart, let chart = part.section.chart {
      let drawn = draw(ChartData(chart, part, people, limit: chart.kind == .bars ? board.rows : 400))
      return drawn.isEmpty ? [] : ["", colour.bold(board.title(language))] + drawn
    }
    let shown = part.boardRows.count
    let count =
      shown < total
      ? Wording.firstOf(people.grouped(Int64(shown)), people.grouped(total), language) : people.grouped(total)
    return ["", colour.bold("\(board.title(language)) (\(count))")] + rows(board, part)
  }

  /// Number and lead, the notes, the value at the right edge.
  private func rows(_ board: ReportBoard, _ part: PageContent.Section) -> [String] {
    let columns = part.section.columns
    func cell(_ name: String?, _ row: [Value], isValue: Bool = false) -> String {
      guard let index = name.flatMap({ name in columns.firstIndex { $0.name == name } }) else { return "" }
      if columns[index].kind == .instant, case .integer(let seconds) = row[index] {
        return people.brief(Instant(seconds))
      }
      return people.text(row[index], of: columns[index]) ?? ""
    }
    func note(_ name: String, _ row: [Value]) -> String {
      let (text, column) = (cell(name, row), columns.first { $0.name == name })
      guard let column, column.isBareNumber, !text.isEmpty else { return text }
      return "\(column.label(language)): \(text)"
    }
    let situation = columns.firstIndex { $0.kind == .situation }
    let lines = part.boardRows.map { row in
      var value = cell(board.value, row, isValue: true)
      if let situation, !value.isEmpty, case .text(let raw) = row[situation], let word = Situation(rawValue: raw) {
        value = "\(word.symbol) \(value)"
      }
      return (
        number: cell(board.number, row), lead: cell(board.lead, row),
        notes: board.notes.map { note($0, row) }.filter { !$0.isEmpty }.joined(separator: " · "), value: value
      )
    }
    let (numbers, values) = (widest(lines.map(\.number)), widest(lines.map(\.value)))
    let fixed = 2 + (numbers > 0 ? numbers + 2 : 0) + (values > 0 ? values + 2 : 0)
    let room = max(16, width - fixed - 2)
    let notes = min(widest(lines.map(\.notes)), max(room * 2 / 5, room - widest(lines.map(\.lead))))
    let lead = room - notes
    return lines.map { line in
      var text = ""
      if numbers > 0 { text += Self.gap + DisplayWidth.pad(line.number, to: numbers, atRight: true) }
      text += Self.gap + DisplayWidth.pad(DisplayWidth.cut(line.lead, to: lead), to: lead, atRight: false)
      text += Self.gap + DisplayWidth.pad(DisplayWidth.cut(line.notes, to: notes), to: notes, atRight: false)
      if values > 0 { text += Self.gap + DisplayWidth.pad(line.value, to: values, atRight: false) }
      return colour.symbols(Self.trimmed(text))
    }
  }

  // MARK: Charts

  private func draw(_ data: ChartData) -> [String] {
    guard !data.isEmpty else { return [] }
    switch data.chart.kind {
    case .stack, .bars, .ages: return bars(data)
    case .spark, .stackedDays: return [Self.gap + line(data)]
    // What has two directions does not fit in lines; its report has it.
    case .matrix: return []
    }
  }

  /// One symbol for each while they fit, else in proportion; nothing that is there goes without one.
  private func bars(_ data: ChartData) -> [String] {
    let names = min(widest(data.bars.map(\.label)), width / Self.barShare)
    let room = width / Self.barShare
    let scale = data.most > Double(room) || data.parts.contains { $0.kind != .integer } ? Double(room) / data.most : 1
    let lengths = data.bars.map { bar in bar.values.map { $0 > 0 ? max(1, Int(($0 * scale).rounded())) : 0 } }
    let longest = lengths.map { $0.reduce(0, +) }.max() ?? 0
    return zip(data.bars, lengths).map { bar, lengths in
      let name = DisplayWidth.pad(DisplayWidth.cut(bar.label, to: names), to: names, atRight: false)
      let symbols = data.parts.map { $0.tone?.symbol ?? "▪" }
      let drawn = zip(symbols, lengths).map { colour.run($0, count: $1) }.joined()
      let space = String(repeating: " ", count: longest - lengths.reduce(0, +))
      let counts = data.parts.indices.filter { bar.values[$0] > 0 || data.parts.count == 1 }
        .map { data.parts.count == 1 ? bar.texts[$0] : "\(symbols[$0]) \(bar.texts[$0])" }.joined(separator: Self.gap)
      return Self.gap + name + Self.gap + drawn + space + colour.symbols(Self.gap + counts)
    }
  }

  /// The last days as a line of blocks, and what it ends with.
  private func line(_ data: ChartData) -> String {
    let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let days = data.bars.suffix(width / 2)
    let drawn = days.map { day in
      day.isKnown ? blocks[min(7, Int((day.sum / data.most * 7).rounded()))] : " "
    }.joined()
    guard let last = days.last else { return "" }
    return "\(drawn)  \(last.tick): \(data.parts.count == 1 ? last.texts[0] : data.tick(last.sum, hasUnit: false))"
  }

  private func widest(_ texts: [String]) -> Int { texts.map(DisplayWidth.of).max() ?? 0 }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
