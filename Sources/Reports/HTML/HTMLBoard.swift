internal import Desk
internal import SLA
internal import SQLite

/// The first screen: the figures, and a card for each question that a section answers.
struct HTMLBoard {
  /// How many letters a figure has at most to be as large as figures can be.
  private static let shortFigure = 6

  let page: HTMLPage
  /// The section of figures with which the report begins.
  let summary: PageContent.Section?

  func render(_ out: inout Markup) {
    out.open("section", [("class", "board"), ("aria-label", Wording.summary(page.language))])
    out.raw("\n")
    if let summary, let row = summary.rows.first { figures(summary, row, &out) }
    let parts = page.content.sections.filter { $0.section.board != nil }
    out.open("div", [("class", parts.count == 4 ? "cards four" : "cards")])
    out.raw("\n")
    for part in parts { card(part.section.board!, part, &out) }
    out.raw("</div>\n</section>\n")
  }

  private func figures(_ part: PageContent.Section, _ row: [Value], _ out: inout Markup) {
    out.open("div", [("class", "summary"), ("id", part.section.id)])
    // Seven stand in a row; eight would leave one alone under them.
    let isInFours = part.section.columns.count { !$0.isDataOnly } == 8
    out.raw("<ul class=\"figures\(isInFours ? " fours" : "")\">\n")
    for (index, column) in part.section.columns.enumerated() where !column.isDataOnly {
      let isZero = row[index] == .integer(0) || row[index] == .null
      out.open("li", [("class", "\(column.tone?.rawValue ?? "neutral")\(isZero ? " zero" : "")")])
      let link = page.links.anchor(column, row[index], row: row, of: part.section)
      out.open(link == nil ? "div" : "a", link ?? [])
      let figure = page.people.text(row[index], of: column) ?? "–"
      out.element("span", [("class", DisplayWidth.of(figure) > Self.shortFigure ? "figure long" : "figure")], figure)
      out.open("span", [("class", "label")])
      if let symbol = column.tone?.symbol { out.raw("<span aria-hidden=\"true\">\(symbol)</span> ") }
      out.text(column.label(page.language))
      out.close("span")
      out.close(link == nil ? "div" : "a")
      out.raw("</li>\n")
    }
    out.raw("</ul>\n")
    if let chart = part.section.chart {
      HTMLChart(chart, part, page.people, id: part.section.id, place: .board).render(&out)
    }
    out.raw("</div>\n")
  }

  private func card(_ board: ReportBoard, _ part: PageContent.Section, _ out: inout Markup) {
    let section = part.section
    let rows = part.boardRows
    let isOverDays = board.showsChart && section.chart?.kind == .stackedDays
    out.open("article", [("class", isOverDays ? "card days" : "card")])
    out.element("h2", board.title(page.language))
    // A card shows what there is to see: its own rows, or those of its chart.
    if board.showsChart ? part.rows.isEmpty : rows.isEmpty {
      let nothing = board.empty ?? section.empty
      out.element("p", [("class", "nothing")], nothing?(page.language) ?? Wording.nothing(page.language))
    } else if board.showsChart, let chart = section.chart {
      HTMLChart(
        chart, part, page.people, id: section.id, place: .board, limit: chart.kind == .bars ? board.rows : nil
      ).render(&out)
    } else {
      out.raw("<ul class=\"rows\">")
      for row in rows { item(board, section, row, &out) }
      out.raw("</ul>")
    }
    let total = board.showsChart ? part.end.rowCount : part.boardCount
    if total > 0 {
      out.element("p", [("class", "more")]) { out in
        out.element("a", page.links.anchor(ofCard: board, in: section)) { out in
          out.text(Wording.seeAll(page.people.grouped(total), isOne: total == 1, page.language))
          // Several such links on a page would sound alike.
          out.element("span", [("class", "unseen")], ": \(section.title(page.language))")
        }
      }
    }
    out.raw("</article>\n")
  }

  private func item(_ board: ReportBoard, _ section: ReportSection, _ row: [Value], _ out: inout Markup) {
    func find(_ name: String?) -> (Value, ReportColumn)? {
      name.flatMap { name in section.columns.firstIndex { $0.name == name } }.map { (row[$0], section.columns[$0]) }
    }
    let situation = section.columns.firstIndex { $0.kind == .situation }.flatMap { index -> Situation? in
      if case .text(let raw) = row[index] { Situation(rawValue: raw) } else { nil }
    }
    out.open("li", situation.map { [("class", $0.rawValue)] } ?? [])
    out.raw("<span class=\"lead\">")
    if case (.integer(let number), let column)? = find(board.number) {
      if column.kind == .ticket, let address = page.cells.address(ofTicket: number) {
        out.element("a", [("class", "number"), ("href", address)], String(number))
      } else {
        out.element("span", [("class", "number")], String(number))
      }
      out.raw(" ")
    }
    if let (value, column) = find(board.lead) {
      out.raw("<bdi>")
      page.cells.content(value, column, isAnchor: true, &out)
      out.raw("</bdi>")
    }
    out.raw("</span>")
    let notes = board.notes.compactMap(find).filter { $0.0 != .null }
    if !notes.isEmpty {
      out.raw("<span class=\"small\">")
      for (index, (value, column)) in notes.enumerated() {
        if index > 0 { out.raw(" · ") }
        out.raw("<bdi>")
        // A bare number would say nothing of what it counts.
        if column.isBareNumber { out.text("\(column.label(page.language)):\u{A0}") }
        page.cells.content(value, column, &out)
        out.raw("</bdi>")
      }
      out.raw("</span>")
    }
    if let (value, column) = find(board.value) {
      out.raw("<span class=\"value\">")
      if let situation, value != .null {
        out.raw("<span class=\"symbol\" role=\"img\" aria-label=\"")
        out.text(situation.label(in: page.language))
        out.raw("\">\(situation.symbol)</span> ")
      }
      page.cells.content(value, column, isBrief: true, &out)
      out.raw("</span>")
    }
    out.raw("</li>")
  }
}
