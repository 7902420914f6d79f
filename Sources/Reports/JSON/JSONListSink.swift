/// A list for programs: an array with an object for each row, one a line, in the words and units of `JSONSink`.
final class JSONListSink: Sink {
  private let json: JSONWriter
  private var head: ReportHead!
  private var rows: JSONRows!

  init(writer: ByteWriter) { json = JSONWriter(writer, flatDepth: 1) }

  func begin(_ head: ReportHead) {
    self.head = head
    json.begin(UInt8(ascii: "["))
  }

  func begin(_ section: ReportSection) { rows = JSONRows(section, zone: head.zone, to: json) }

  func row(_ row: Row) throws { try rows.write(row) }

  func end(_ section: ReportSection, _ end: SectionEnd) {}

  func end() throws {
    json.end(UInt8(ascii: "]"))
    json.writer.put(UInt8(ascii: "\n"))
    try json.writer.check()
  }
}
