internal import SLA
internal import SQLite

/// Writes each section as a CSV file, straight from the statement's memory into the writer's.
final class CSVSink: Sink {
  private let request: ReportRequest
  private let package: DataPackage?
  /// The writer of a section's file; `nil` for a section that is not wanted.
  private let open: (ReportSection) throws -> ByteWriter?
  private let clock: LocalClock
  private var head: ReportHead?
  private var writer: ByteWriter?
  private var cell: CSVCell?
  private var kinds: [ColumnKind] = []

  init(request: ReportRequest, package: DataPackage?, open: @escaping (ReportSection) throws -> ByteWriter?) {
    self.request = request
    self.package = package
    self.open = open
    clock = LocalClock(zone: request.zone)
  }

  func begin(_ head: ReportHead) { self.head = head }

  func begin(_ section: ReportSection) throws {
    writer = try open(section)
    guard let writer else { return }
    let cell = CSVCell(writer: writer, profile: request.csvProfile)
    self.cell = cell
    kinds = section.columns.map(\.kind)
    if request.csvProfile.hasByteOrderMark { writer.put("\u{FEFF}") }
    for (index, column) in section.columns.enumerated() {
      if index > 0 { writer.put(request.csvProfile.delimiter) }
      var name = request.csvHeaders == .labels ? column.label(request.language) : column.name
      name.withUTF8 { cell.put(text: $0) }
    }
    writer.put(ascii: "\r\n")
  }

  func row(_ row: Row) throws {
    guard let writer, let cell else { return }
    let delimiter = request.csvProfile.delimiter
    let decimalMark = request.csvProfile.decimalMark
    for index in 0..<kinds.count {
      if index > 0 { writer.put(delimiter) }
      let value = row[index]
      switch value.content {
      case .null: break
      case .text, .blob: cell.put(text: value.bytes)
      case .integer, .real: put(number: value, row, index, decimalMark)
      }
    }
    // A line with nothing on it would be no row to most readers.
    if kinds.count == 1, row[0].isNull || (row[0].content == .text && row[0].bytes.isEmpty) {
      writer.put(ascii: "\"\"")
    }
    writer.put(ascii: "\r\n")
    try writer.check()
  }

  @inline(__always) private func put(number: Cell, _ row: Row, _ index: Int, _ decimalMark: UInt8) {
    guard let writer else { return }
    switch (kinds[index], number.content) {
    case (.integer, .integer), (.ticket, .integer), (.flag, .integer), (.number, .integer), (.percent, .integer):
      writer.put(number.integer)
    case (.instant, .integer): put(instant: number.integer, writer)
    case (.hours, .integer), (.duration, .integer), (.age, .integer):
      writer.put(hoursOfSeconds: number.integer, decimalMark: decimalMark)
    case (.hours, _), (.duration, _), (.age, _): writer.put(number.real / 3600, decimalMark: decimalMark)
    case (let kind, _) where kind.isText || kind == .instant:
      var text = row.text(index)
      text.withUTF8 { cell?.put(text: $0) }
    default: writer.put(number.real, decimalMark: decimalMark)
    }
  }

  /// `2026-03-27 17:00:00` by the report's wall clock.
  @inline(__always) private func put(instant seconds: Int64, _ writer: ByteWriter) {
    let local = clock.localSeconds(at: seconds)
    writer.put(LocalDate(localSeconds: local))
    writer.put(UInt8(ascii: " "))
    writer.put(timeOfLocalSeconds: local)
  }

  func end(_ section: ReportSection, _ end: SectionEnd) throws {
    guard let head, writer != nil else { return }
    package?.add(section, of: head, end)
    writer = nil
  }

  func end() {}
}
