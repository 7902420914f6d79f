internal import SQLite

/// A list for programs: an array with an object for each row, one a line, in the words and units of `JSONSink`.
final class JSONListSink: Sink {
  private let json: JSONWriter
  private var head: ReportHead!
  private var columns: [ReportColumn] = []

  init(writer: ByteWriter) { json = JSONWriter(writer, flatDepth: 1) }

  func begin(_ head: ReportHead) {
    self.head = head
    json.begin(UInt8(ascii: "["))
  }

  func begin(_ section: ReportSection) { columns = section.columns }

  func row(_ row: Row) throws {
    json.next()
    json.object {
      for (index, column) in columns.enumerated() {
        json.key(column.name)
        json.put(row.value(index), column.kind, in: head.zone)
      }
    }
    try json.writer.check()
  }

  func end(_ section: ReportSection, _ end: SectionEnd) {}

  func end() throws {
    json.end(UInt8(ascii: "]"))
    json.writer.put(UInt8(ascii: "\n"))
    try json.writer.check()
  }
}
