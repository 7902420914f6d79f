internal import SQLite

/// A report as pages show it: all of its head and totals, and of each section the first rows.
struct PageContent {
  /// How many rows of a section a page shows; the CSV has the rest.
  static let rowLimit = 200
  /// How many rows a chart can draw: a month of days for sixty people.
  static let chartRowLimit = 2000

  struct Section {
    let section: ReportSection
    var rows: [[Value]] = []
    /// Those that its card on the first screen shows.
    var boardRows: [[Value]] = []
    /// How many rows its card would show, had it the room.
    var boardCount: Int64 = 0
    /// Those that its chart draws.
    var chartRows: [[Value]] = []
    var end = SectionEnd(totals: [])
  }

  let head: ReportHead
  var sections: [Section] = []
}

/// Keeps what pages show, so that they can put the summary before the rows, and lets each page render it once.
final class PageSink: Sink {
  struct Page {
    let open: () throws -> ByteWriter
    let render: (PageContent) -> String
  }

  private let pages: [Page]
  private var content: PageContent?
  private var current: PageContent.Section?
  /// The column by which the section's card chooses its rows, and what it must have there; `nil`: any value.
  private var wanted: (column: Int, text: [UInt8]?)?
  private var rowLimit = PageContent.rowLimit
  private var boardLimit: Int?
  private var hasChart = false

  init(_ pages: [Page]) { self.pages = pages }

  func begin(_ head: ReportHead) { content = PageContent(head: head) }

  func begin(_ section: ReportSection) {
    current = PageContent.Section(section: section)
    rowLimit = content!.head.request.list?.rowLimit ?? PageContent.rowLimit
    boardLimit = section.board.map(\.rows)
    hasChart = section.chart != nil
    func place(_ name: String) -> Int { section.columns.firstIndex { $0.name == name }! }
    wanted =
      switch section.board?.condition {
      case nil: nil
      case .equals(let column, let text)?: (place(column), Array(text.utf8))
      case .hasValue(let column)?: (place(column), nil)
      }
  }

  func row(_ row: Row) {
    let isShown = current!.rows.count < rowLimit
    let isWanted = boardLimit != nil && isWanted(row)
    if isWanted { current!.boardCount += 1 }
    let isOnBoard = isWanted && current!.boardRows.count < boardLimit!
    let isDrawn = hasChart && current!.chartRows.count < PageContent.chartRowLimit
    guard isShown || isOnBoard || isDrawn else { return }
    let values = row.values
    if isShown { current!.rows.append(values) }
    if isDrawn { current!.chartRows.append(values) }
    if isOnBoard { current!.boardRows.append(values) }
  }

  /// Whether the section's card shows such a row.
  private func isWanted(_ row: Row) -> Bool {
    guard let wanted else { return true }
    let cell = row[wanted.column]
    guard let text = wanted.text else { return !cell.isNull }
    return cell.content == .text && cell.bytes.elementsEqual(text)
  }

  func end(_ section: ReportSection, _ end: SectionEnd) {
    current!.end = end
    content!.sections.append(current!)
  }

  func end() throws {
    for page in pages {
      let writer = try page.open()
      writer.put(page.render(content!))
      try writer.check()
    }
  }
}
