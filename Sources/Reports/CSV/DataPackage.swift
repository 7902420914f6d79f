internal import SLA
internal import SQLite

/// The descriptor beside CSV files: what the columns are, how the file is written, how many rows it has.
///
/// - Source: Frictionless Data Package and Table Schema, <https://specs.frictionlessdata.io>
final class DataPackage {
  static let fileName = "datapackage.json"

  private let request: ReportRequest
  private var resources: [(head: ReportHead, section: ReportSection, end: SectionEnd)] = []

  init(request: ReportRequest) { self.request = request }

  func add(_ section: ReportSection, of head: ReportHead, _ end: SectionEnd) { resources.append((head, section, end)) }

  /// One of each report, in their order.
  private var heads: [ReportHead] {
    var names: Set<String> = []
    return resources.map(\.head).filter { names.insert($0.definition.name).inserted }
  }

  func write(to writer: ByteWriter) throws {
    let json = JSONWriter(writer, flatDepth: 5)
    json.object {
      json.entry("profile", "tabular-data-package")
      let names = Set(resources.map(\.head.definition.name))
      json.entry("name", names.count == 1 ? names.first! : "reports")
      json.entry("created", request.asOf.iso8601(in: .utc))
      json.entry("as_of", request.asOf.iso8601(in: request.zone))
      json.entry("zone", request.zone.name)
      if let head = resources.first?.head {
        json.entry("from", head.period?.from.iso8601(in: request.zone))
        json.entry("to", head.period?.to.iso8601(in: request.zone))
        json.entry("last_event", head.lastEvent)
      }
      json.key("versions")
      json.object { for version in request.versions { json.entry(version.name, version.value) } }
      json.key(ReportProvenance.key)
      json.array {
        for head in heads {
          json.next()
          writer.put(head.provenance.json)
        }
      }
      json.key("resources")
      json.array {
        for resource in resources {
          json.next()
          json.object { put(resource.head, resource.section, resource.end, json) }
        }
      }
    }
    writer.put(UInt8(ascii: "\n"))
    try writer.check()
  }

  private func put(_ head: ReportHead, _ section: ReportSection, _ end: SectionEnd, _ json: JSONWriter) {
    let path = head.csvName(of: section)
    json.entry("profile", "tabular-data-resource")
    json.entry("name", String(path.dropLast(4)))
    json.entry("title", section.title(request.language))
    json.entry("path", path)
    json.entry("format", "csv")
    json.entry("mediatype", "text/csv")
    json.entry("encoding", request.csvProfile.hasByteOrderMark ? "utf-8-sig" : "utf-8")
    json.entry("rows", end.rowCount)
    json.entry("zone", request.zone.name)
    json.key("dialect")
    json.object {
      json.entry("delimiter", String(UnicodeScalar(request.csvProfile.delimiter)))
      json.entry("lineTerminator", "\r\n")
      json.entry("quoteChar", "\"")
      json.entry("doubleQuote", true)
      json.entry("header", true)
    }
    json.key("schema")
    json.object {
      json.key("fields")
      json.array {
        for column in section.columns {
          json.next()
          json.object { put(column, json) }
        }
      }
    }
  }

  private func put(_ column: ReportColumn, _ json: JSONWriter) {
    json.entry("name", request.csvHeaders == .labels ? column.label(request.language) : column.name)
    switch column.kind {
    case .integer, .ticket: json.entry("type", "integer")
    case .number, .percent, .hours, .duration, .age:
      json.entry("type", "number")
      if request.csvProfile.decimalMark != UInt8(ascii: ".") { json.entry("decimalChar", ",") }
    case .date, .month: json.entry("type", "date")
    case .instant:
      json.entry("type", "datetime")
      json.entry("format", "%Y-%m-%d %H:%M:%S")
    case .flag:
      json.entry("type", "boolean")
      json.key("trueValues")
      json.array {
        json.next()
        json.string("1")
      }
      json.key("falseValues")
      json.array {
        json.next()
        json.string("0")
      }
    default: json.entry("type", "string")
    }
    json.entry("title", column.label(request.language))
    if request.csvHeaders == .labels { json.entry("column", column.name) }
    if column.kind.isSeconds { json.entry("unit", "h") }
  }
}
