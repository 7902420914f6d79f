internal import Reports
internal import SLA
internal import Text

/// A small table of facts that the program itself knows, in the formats that every list has.
struct PlainTable {
  /// Each has a stable name for programs and a label for people.
  var columns: [(name: String, label: Bilingual)]
  var rows: [[Cell]]

  enum Cell {
    case text(String)
    case number(Int)
    case instant(Instant)
    case none
  }

  func print(_ line: Line, _ session: Session, _ desk: OpenDesk, empty: Bilingual) throws {
    let output = session.world.output
    switch try Listing.format(line) {
    case .text:
      if rows.isEmpty { return output.line(empty(desk.language)) }
      let heads = columns.map { $0.label(desk.language) }
      let cells = rows.map { $0.map { $0.words(in: desk.zone) } }
      let widths = columns.indices.map { index in ([heads] + cells).map { $0[index].count }.max() ?? 0 }
      for row in [heads, widths.map { String(repeating: "-", count: $0) }] + cells {
        let line = row.enumerated().map { index, cell in
          cell + String(repeating: " ", count: widths[index] - cell.count)
        }.joined(separator: "  ")
        output.line(String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count)))
      }
    case .csv:
      output.write(columns.map(\.name).joined(separator: ",") + "\r\n")
      for row in rows { output.write(row.map { Self.csv($0.data(in: desk.zone)) }.joined(separator: ",") + "\r\n") }
    case .json:
      let objects = try rows.map { row in
        "  {"
          + (try zip(columns, row).map { column, cell in
            "\(try JSONValue.string(column.name).canonicalText()): \(try cell.json(in: desk.zone).canonicalText())"
          }.joined(separator: ", ")) + "}"
      }
      output.line(objects.isEmpty ? "[]" : "[\n\(objects.joined(separator: ",\n"))\n]")
    }
  }

  private static func csv(_ text: String) -> String {
    text.contains { "\",\r\n".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}

extension PlainTable.Cell {
  fileprivate func words(in zone: Zone) -> String {
    switch self {
    case .text(let text): oneLine(text)
    case .number(let number): "\(number)"
    case .instant(let instant): String(instant.localText(in: zone).dropLast(3))
    case .none: "-"
    }
  }

  fileprivate func data(in zone: Zone) -> String {
    switch self {
    case .text(let text): text
    case .number(let number): "\(number)"
    case .instant(let instant): instant.iso8601(in: zone)
    case .none: ""
    }
  }

  fileprivate func json(in zone: Zone) -> JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .number(let number): .integer(Int64(number))
    case .instant(let instant): .string(instant.iso8601(in: zone))
    case .none: .null
    }
  }
}
