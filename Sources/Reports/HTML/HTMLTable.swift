internal import Desk
internal import SLA
internal import SQLite

/// The rows of a section: a table on wide screens and paper, cards on a phone, in one markup.
struct HTMLTable {
  /// How wide columns may want to be together before the table scrolls in a box of its own, in the page's unit.
  private static let roomyWidth = 70

  let part: PageContent.Section
  let cells: HTMLCells
  let links: HTMLLinks

  /// Whether it has more columns than a page is wide.
  var isWide: Bool {
    part.section.columns.filter { !$0.isDataOnly }.map { column in
      switch column.kind {
      case .ticket, .integer, .number, .percent, .flag: 5
      case .text: Self.isTitle(column) ? 13 : 8
      case .situation, .instant: 9
      default: 7
      }
    }.reduce(0, +) > Self.roomyWidth
  }

  func render(_ out: inout Markup) {
    let section = part.section
    let language = cells.people.language
    let shown = section.columns.indices.filter { !section.columns[$0].isDataOnly }
    // What scrolls must be reachable by keyboard, and have a name.
    out.open(
      "div",
      [
        ("class", isWide ? "scroll wide" : "scroll"), ("role", "region"), ("tabindex", "0"),
        ("aria-labelledby", "h-\(section.id)"),
      ])
    out.raw("<table>\n<thead><tr>")
    for index in shown {
      let column = section.columns[index]
      out.element("th", [("scope", "col")] + Self.classes(column), column.label(language))
    }
    out.raw("</tr></thead>\n<tbody>\n")
    let anchor =
      section.id == cells.primaryID
      ? section.columns.firstIndex { $0.kind == .ticket }.flatMap { $0 == 0 ? 0 : nil } : nil
    var anchored: Set<Int64> = []
    for row in part.rows {
      // A ticket that has several rows is found at its first.
      var number: Int64?
      if let anchor, case .integer(let value) = row[anchor], anchored.insert(value).inserted { number = value }
      out.open("tr", (number.map { [("id", "ticket-\($0)")] } ?? []) + links.attributes(of: row, in: section))
      for index in shown { cell(row, index, isFirst: index == shown.first, anchor, &out) }
      out.raw("</tr>\n")
    }
    out.raw("</tbody>\n")
    totals(shown, &out)
    out.raw("</table></div>\n")
  }

  private func cell(_ row: [Value], _ index: Int, isFirst: Bool, _ anchor: Int?, _ out: inout Markup) {
    let column = part.section.columns[index]
    let value = row[index]
    var attributes = [("data-label", column.label(cells.people.language))]
    if let key = Self.sortKey(value, column) { attributes.append(("data-v", key)) }
    let element = isFirst ? "th" : "td"
    out.open(element, (isFirst ? [("scope", "row")] : []) + attributes + Self.classes(column, Self.look(value, column)))
    if let link = links.anchor(column, value, row: row, of: part.section) {
      out.element("a", [("class", "to")] + link) { cells.content(value, column, &$0) }
    } else {
      cells.content(value, column, isAnchor: index == anchor, &out)
    }
    out.close(element)
  }

  /// By what a column is sorted where its words do not say it: numbers of any unit, times, and how bad a situation is.
  private static func sortKey(_ value: Value, _ column: ReportColumn) -> String? {
    switch (value, column.kind) {
    case (.integer(let number), _): String(number)
    case (.real(let number), _): String(number)
    case (.text(let text), _) where column.kind.isDate: LocalDate(text).map { String($0.dayNumber) }
    case (.text(let text), .situation):
      Situation(rawValue: text).flatMap { Situation.allCases.firstIndex(of: $0) }.map { String($0) }
    default: nil
    }
  }

  /// How a value differs in look from others of its column: nothing there, nothing to see, or a tone's colour.
  private static func look(_ value: Value, _ column: ReportColumn) -> String? {
    switch value {
    case .null: column.absent == nil ? "null" : nil
    case .integer(0) where column.kind.isNumeric: "zero"
    // A working time that is left and is negative is how late something is.
    case .integer(..<0) where column.kind == .duration: "late"
    default: column.tone?.rawValue
    }
  }

  private func totals(_ shown: [Int], _ out: inout Markup) {
    let language = cells.people.language
    guard shown.contains(where: { part.end.totals[$0] != nil }) else { return }
    out.raw("<tfoot><tr>")
    for index in shown {
      let column = part.section.columns[index]
      let text = part.end.totals[index].flatMap { cells.people.total($0, of: column) }
      let label = ("data-label", column.label(language))
      if index == shown.first {
        out.element("th", [("scope", "row"), label] + Self.classes(column), text ?? Wording.total(language))
      } else {
        out.element("td", [label] + Self.classes(column, text == nil ? "null" : nil), text ?? "")
      }
    }
    out.raw("</tr></tfoot>\n")
  }

  /// Whether its texts are sentences.
  private static func isTitle(_ column: ReportColumn) -> Bool {
    column.name == "title" || column.name == "description" || column.name == "reason"
  }

  /// What the style knows a column by.
  private static func classes(_ column: ReportColumn, _ more: String? = nil) -> [(String, String)] {
    var names: [String] = []
    if column.kind.isNumeric { names.append("n") }
    switch column.kind {
    case .ticket: names += ["w", "k"]
    case .instant: names += ["w", "i"]
    case .date, .month, .word, .status, .waiting, .vobo, .clock, .booking: names.append("w")
    case .text where isTitle(column): names.append("t")
    default: break
    }
    if let more { names.append(more) }
    return names.isEmpty ? [] : [("class", names.joined(separator: " "))]
  }
}
