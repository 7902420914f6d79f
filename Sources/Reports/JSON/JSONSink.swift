internal import SLA
internal import SQLite
internal import Text

/// The stable format for programs: raw words, numbers as numbers, instants with their offset, durations as decimal hours.
final class JSONSink: Sink {
  private let json: JSONWriter
  private var head: ReportHead!
  private var rows: JSONRows!

  init(writer: ByteWriter) { json = JSONWriter(writer, flatDepth: 4) }

  func begin(_ head: ReportHead) {
    self.head = head
    let request = head.request
    func text(_ instant: Instant?) -> String? { instant?.iso8601(in: request.zone) }
    json.begin(UInt8(ascii: "{"))
    json.entry("report", head.definition.name)
    json.entry("title", head.definition.title(request.language))
    if !request.desk.isEmpty { json.entry("desk", request.desk) }
    json.entry("as_of", text(request.asOf))
    json.entry("zone", request.zone.name)
    json.entry("from", text(head.period?.from))
    json.entry("to", text(head.period?.to))
    json.entry("since", text(head.since))
    json.entry("language", request.language.rawValue)
    json.entry("last_event", head.lastEvent)
    json.key("versions")
    json.object { for version in request.versions { json.entry(version.name, version.value) } }
    json.key(ReportProvenance.key)
    json.writer.put(head.provenance.json)
    json.key("sections")
    json.begin(UInt8(ascii: "["))
  }

  func begin(_ section: ReportSection) {
    rows = JSONRows(section, zone: head.zone, to: json)
    json.next()
    json.begin(UInt8(ascii: "{"))
    json.entry("id", section.id)
    json.entry("title", section.title(head.language))
    json.entry("is_primary", section.id == head.definition.primary.id)
    json.key("columns")
    json.array {
      for column in section.columns {
        json.next()
        json.object {
          json.entry("name", column.name)
          json.entry("type", column.kind.rawValue)
          json.entry("label", column.label(head.language))
        }
      }
    }
    json.key("rows")
    json.begin(UInt8(ascii: "["))
  }

  func row(_ row: Row) throws { try rows.write(row) }

  func end(_ section: ReportSection, _ end: SectionEnd) throws {
    json.end(UInt8(ascii: "]"))
    json.entry("row_count", end.rowCount)
    json.key("totals")
    json.object {
      for (column, total) in zip(section.columns, end.totals) {
        guard let total else { continue }
        json.key(column.name)
        rows.put(total, column.total == .count ? .integer : column.kind)
      }
    }
    json.end(UInt8(ascii: "}"))
    try json.writer.check()
  }

  func end() throws {
    json.end(UInt8(ascii: "]"))
    json.end(UInt8(ascii: "}"))
    json.writer.put(UInt8(ascii: "\n"))
    try json.writer.check()
  }
}
