internal import Desk
internal import Text

/// A small table of texts that the program itself knows, in the formats that every list has.
struct PlainTable {
  var columns: [String]
  var rows: [[String]]

  func print(_ line: Line, _ session: Session, emptyText: String) throws {
    let output = session.world.output
    switch try line.choice("--format", Listing.Format.self) ?? .text {
    case .text:
      if rows.isEmpty { return output.line(emptyText) }
      let widths = columns.indices.map { index in ([columns] + rows).map { $0[index].count }.max() ?? 0 }
      for row in [columns] + rows {
        let cells = row.enumerated().map { index, cell in
          index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
        }
        output.line(cells.joined(separator: "  ").trimmingSuffix(while: { $0 == " " }))
      }
    case .csv:
      for row in [columns] + rows { output.write(row.map(Self.csv).joined(separator: ",") + "\r\n") }
    case .json:
      let objects = try rows.map { row in
        try JSONValue.object(Dictionary(uniqueKeysWithValues: zip(columns, row.map { JSONValue.string($0) })))
          .canonicalText()
      }
      output.line("[\(objects.joined(separator: ",\n"))]")
    }
  }

  private static func csv(_ text: String) -> String {
    text.contains { "\",\r\n".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, predicate(last) { text.removeLast() }
    return String(text)
  }
}
