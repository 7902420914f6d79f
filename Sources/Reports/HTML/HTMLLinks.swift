internal import SQLite

/// Where numbers lead: to the rows that they count, on this page or, where it shows only some, in the CSV.
struct HTMLLinks {
  private let head: ReportHead
  private var targets: [String: PageContent.Section] = [:]
  /// By which columns some link chooses rows of a section.
  private var keys: [String: Set<String>] = [:]

  init(_ content: PageContent) {
    head = content.head
    for part in content.sections { targets[part.section.id] = part }
    for section in content.sections.map(\.section) {
      for link in section.columns.compactMap(\.link) {
        keys[link.section, default: []].formUnion(link.conditions.map(\.column))
      }
      switch section.board?.condition {
      case .equals(let column, _)?, .hasValue(let column)?: keys[section.id, default: []].insert(column)
      case nil: break
      }
    }
  }

  /// What a row says of itself, so that links can choose it.
  func attributes(of row: [Value], in section: ReportSection) -> [(String, String)] {
    guard let keys = keys[section.id] else { return [] }
    return section.columns.indices.filter { keys.contains(section.columns[$0].name) }.map {
      ("data-\(section.columns[$0].name)", Self.raw(row[$0]))
    }
  }

  /// The attributes of the link from a number of a row; `nil` where nothing is counted or there is no link.
  func anchor(_ column: ReportColumn, _ value: Value, row: [Value], of section: ReportSection) -> [(String, String)]? {
    guard let link = column.link, value != .integer(0), value != .null else { return nil }
    let conditions = link.conditions.map { condition in
      switch condition.value {
      case .fixed(let text): ("data-is-\(condition.column)", text)
      case .own(let name):
        (
          "data-is-\(condition.column)",
          section.columns.firstIndex { $0.name == name }.map { Self.raw(row[$0]) } ?? ""
        )
      }
    }
    return anchor(to: link.section, conditions)
  }

  /// From a card to all rows of which it shows some.
  func anchor(ofCard board: ReportBoard, in section: ReportSection) -> [(String, String)] {
    switch board.condition {
    case .equals(let column, let text)?: anchor(to: section.id, [("data-is-\(column)", text)])
    case .hasValue(let column)?: anchor(to: section.id, [("data-has-\(column)", "")])
    case nil: anchor(to: section.id, [])
    }
  }

  private func anchor(to id: String, _ conditions: [(String, String)]) -> [(String, String)] {
    // A page that has only the first rows would show some of those counted for all of them.
    if let target = targets[id], target.end.rowCount > target.rows.count, let file = head.csvFile(of: target.section) {
      return [("href", file)]
    }
    return [("href", "#\(id)")] + conditions
  }

  /// A value as CSV has it; empty for none.
  private static func raw(_ value: Value) -> String {
    switch value {
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    case .null, .blob: ""
    }
  }
}
