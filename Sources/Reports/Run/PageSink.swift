internal import SQLite

/// A report as pages show it: all of its head and totals, and of each section the first rows.
struct PageContent {
  /// How many rows of a section a page shows; the CSV has the rest.
  static let rowLimit = 200

  struct Section {
    let section: ReportSection
    var rows: [[Value]] = []
    /// Those that its card on the first screen shows.
    var boardRows: [[Value]] = []
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

  init(_ pages: [Page]) { self.pages = pages }

  func begin(_ head: ReportHead) { content = PageContent(head: head) }
  func begin(_ section: ReportSection) { current = PageContent.Section(section: section) }

  func row(_ row: Row) {
    let isShown = current!.rows.count < (content!.head.request.list?.rowLimit ?? PageContent.rowLimit)
    let isOnBoard = current!.boardRows.count < (current!.section.board?.rows ?? 0) && isWanted(row)
    guard isShown || isOnBoard else { return }
    let values = row.places.indices.map { row.value($0) }
    if isShown { current!.rows.append(values) }
    if isOnBoard { current!.boardRows.append(values) }
  }

  /// Whether the section's card shows such a row.
  private func isWanted(_ row: Row) -> Bool {
    func value(_ name: String) -> Value {
      current!.section.columns.firstIndex { $0.name == name }.map { row.value($0) } ?? .null
    }
    switch current!.section.board?.condition {
    case nil: return true
    case .equals(let column, let text)?: return value(column) == .text(text)
    case .hasValue(let column)?: return value(column) != .null
    }
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
