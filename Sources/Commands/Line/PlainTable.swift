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
    /// A word for programs, and what people read for it.
    case word(String, Bilingual)
    case number(Int)
    case instant(Instant)
    case none
  }

  func print(_ line: Line, _ session: Session, _ desk: OpenDesk, empty: Bilingual) throws {
    try print(
      Listing.format(line), to: session.world.output, zone: desk.zone, language: desk.language, empty: empty)
  }

  /// The same without a desk that is open.
  func print(
    _ format: Listing.Format, to output: Output, zone: Zone, language: Language, empty: Bilingual
  ) throws {
    switch format {
    case .text:
      if rows.isEmpty { return output.line(empty(language)) }
      for line in text(in: zone, language, width: output.width) { output.line(line) }
    case .csv:
      output.write(columns.map(\.name).joined(separator: ",") + "\r\n")
      for row in rows { output.write(row.map { Self.csv($0.data(in: zone)) }.joined(separator: ",") + "\r\n") }
    case .json:
      let objects = try rows.map { row in
        "  {"
          + (try zip(columns, row).map { column, cell in
            "\(try JSONValue.string(column.name).canonicalText()): \(try cell.json(in: zone).canonicalText())"
          }.joined(separator: ", ")) + "}"
      }
      output.line(objects.isEmpty ? "[]" : "[\n\(objects.joined(separator: ",\n"))\n]")
    }
  }

  /// As many columns as fit, from the first on.
  private func text(in zone: Zone, _ language: Language, width: Int) -> [String] {
    let heads = columns.map { $0.label(language) }
    let cells = rows.map { $0.map { $0.words(in: zone, language) } }
    var widths = columns.indices.map { index in ([heads] + cells).map { $0[index].count }.max() ?? 0 }
    func total() -> Int { widths.reduce(0, +) + 2 * (widths.count - 1) }
    while widths.count > 1, total() > width { widths.removeLast() }
    var lines = ([heads, widths.map { String(repeating: "-", count: $0) }] + cells).map { row in
      let line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
      return String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
    }
    if widths.count < columns.count {
      let left = heads[widths.count...].joined(separator: ", ")
      lines.append(
        language(es: "Más columnas en el formato csv: \(left).", en: "More in the csv format: \(left)."))
    }
    return lines
  }

  private static func csv(_ text: String) -> String {
    text.contains { "\",\r\n".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}

extension PlainTable.Cell {
  fileprivate func words(in zone: Zone, _ language: Language) -> String {
    switch self {
    case .text(let text): oneLine(text)
    case .word(_, let word): word(language)
    case .number(let number): "\(number)"
    case .instant(let instant): String(instant.localText(in: zone).dropLast(3))
    case .none: "-"
    }
  }

  fileprivate func data(in zone: Zone) -> String {
    switch self {
    case .text(let text), .word(let text, _): text
    case .number(let number): "\(number)"
    case .instant(let instant): instant.iso8601(in: zone)
    case .none: ""
    }
  }

  fileprivate func json(in zone: Zone) -> JSONValue {
    switch self {
    case .text(let text), .word(let text, _): .string(text)
    case .number(let number): .integer(Int64(number))
    case .instant(let instant): .string(instant.iso8601(in: zone))
    case .none: .null
    }
  }
}
