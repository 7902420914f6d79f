internal import SLA
internal import SQLite
internal import Text

/// What one report says of itself before its rows.
struct ReportHead {
  let definition: ReportDefinition
  let request: ReportRequest
  let period: Period?
  let since: Instant
  /// The sequence of the last event that the desk had recorded.
  let lastEvent: Int64
  /// The number of the last change of people and names that counted.
  let lastChange: Int64
  /// The monitor's last sweep; `nil` where it is not known.
  let swept: ReportSweep?
  /// Whether the run writes files, and so can name them.
  let hasFiles: Bool

  /// Whether any query asks what changed, and so the pages tell since when.
  var usesSince: Bool { definition.uses("since") }

  /// What its files keep of how it was made.
  var provenance: ReportProvenance { ReportProvenance(self) }

  var language: Language { request.language }
  var zone: Zone { request.zone }

  /// The file that has all rows of a section as CSV; `nil` when this run writes none.
  func csvFile(of section: ReportSection) -> String? {
    hasFiles && request.formats.contains(.csv) ? csvName(of: section) : nil
  }

  func csvName(of section: ReportSection) -> String { definition.csvName(of: section) }
}

/// What is known of a section once its last row has passed.
struct SectionEnd {
  var rowCount: Int64 = 0
  /// One for each column: the total of all rows, `nil` for a column without one.
  var totals: [Value?]
}

/// The row on which a section's statement stands, read once for all formats.
final class Row {
  private let statement: Statement
  /// The statement's column for each column of the section.
  private let places: [Int32]
  private let cells: UnsafeMutableBufferPointer<Cell>

  init(of statement: Statement, places: [Int32]) {
    self.statement = statement
    self.places = places
    cells = .allocate(capacity: places.count)
  }

  deinit { cells.deallocate() }

  /// Moves to the next row. - Returns: whether there is one.
  func next() throws -> Bool {
    guard try statement.step() else { return false }
    for index in places.indices { cells.initializeElement(at: index, to: statement.cell(places[index])) }
    return true
  }

  @inline(__always) subscript(_ column: Int) -> Cell { cells[column] }
  /// What SQLite makes of the cell as text.
  func text(_ column: Int) -> String { statement.text(places[column]) }
  var values: [Value] { cells.map(\.value) }
}

/// A format of a report, told its content in one pass.
protocol Sink: AnyObject {
  func begin(_ head: ReportHead) throws
  func begin(_ section: ReportSection) throws
  func row(_ row: Row) throws
  func end(_ section: ReportSection, _ end: SectionEnd) throws
  func end() throws
}
