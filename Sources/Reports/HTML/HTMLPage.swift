internal import SLA
internal import SQLite
internal import Text

/// A report as one self-contained page: nothing is fetched, and nothing runs but the few lines of `HTMLScript`.
struct HTMLPage {
  let content: PageContent
  let head: ReportHead
  let people: PeopleText
  let cells: HTMLCells
  let links: HTMLLinks
  let language: Language

  static func render(_ content: PageContent) -> String {
    let page = HTMLPage(content)
    var markup = Markup()
    page.document(&markup)
    return markup.html
  }

  private init(_ content: PageContent) {
    self.content = content
    head = content.head
    people = PeopleText(head)
    cells = HTMLCells(content, people)
    links = HTMLLinks(content)
    language = head.language
  }

  /// The figures that the first screen shows, which need no section of their own.
  private var summary: PageContent.Section? {
    content.sections.first.flatMap { $0.section.layout == .figures ? $0 : nil }
  }
  private var details: [PageContent.Section] {
    content.sections.filter { $0.section.id != summary?.section.id }
  }

  private func document(_ out: inout Markup) {
    Self.begin(
      title: "\(head.definition.title(language)) · \(people.long(head.request.asOf))", description: figures, language,
      provenance: head.provenance.json, &out)
    if content.sections.contains(where: { $0.section.chart != nil }) { out.raw(HTMLChart.patterns) }
    out.element("a", [("class", "skip"), ("href", "#detail")], Wording.skip(language))
    header(&out)
    // A first screen that fills a sheet has it to itself.
    let isLong = details.count { $0.section.board != nil } > 3
    out.open("main", isLong ? [("class", "long")] : [])
    out.raw("\n")
    if summary != nil || details.contains(where: { $0.section.board != nil }) {
      HTMLBoard(page: self, summary: summary).render(&out)
    }
    contents(&out)
    for part in details { section(part, &out) }
    out.raw("</main>\n")
    footer(&out)
    Self.end(&out)
  }

  /// All that stands before the content of a page of ours.
  /// - Parameter provenance: what a report keeps of how it was made; `nil` for a page that is none.
  static func begin(
    title: String, description: String?, _ language: Language, provenance: String? = nil, _ out: inout Markup
  ) {
    out.raw("<!doctype html>\n")
    out.open(
      "html", [("lang", language.rawValue)] + (provenance.map { [(ReportProvenance.attribute, $0)] } ?? []))
    out.raw("\n<head>\n<meta charset=\"utf-8\">\n")
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
    // Were a text ever to slip through unescaped, the page could still neither run it nor fetch anything.
    out.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n")
    out.raw("<meta name=\"generator\" content=\"plazo\">\n")
    out.element("title", title)
    if let description {
      out.raw("\n")
      out.open("meta", [("name", "description"), ("content", description)])
    }
    out.raw("\n<style>\n\(HTMLStyle.css)</style>\n</head>\n")
    out.open("body", Wording.scriptWords(language))
    out.raw("\n")
  }

  static func end(_ out: inout Markup) {
    out.raw("<script>\(HTMLScript.text)</script>\n</body>\n</html>\n")
  }

  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src '\(HTMLScript.hash)'; base-uri 'none'; form-action 'none'"

  /// The figures of the first section in a sentence, by which an index tells this page from others.
  private var figures: String? {
    guard let summary, let row = summary.rows.first else { return nil }
    return summary.section.columns.indices.filter { !summary.section.columns[$0].isDataOnly }.map {
      "\(summary.section.columns[$0].label(language)):\u{A0}\(people.text(row[$0], of: summary.section.columns[$0]) ?? "–")"
    }.joined(separator: " · ")
  }

  // MARK: Head and foot

  private func header(_ out: inout Markup) {
    out.raw("<header class=\"head\">\n")
    if !head.request.desk.isEmpty { out.element("p", [("class", "desk")], head.request.desk) }
    out.element("h1", head.definition.title(language))
    out.element("p", [("class", "when")]) { out in
      time(head.request.asOf, people.long(head.request.asOf), &out)
      out.raw(" <span class=\"zone\">")
      out.text(head.zone.name)
      out.raw("</span>")
    }
    out.element("p", [("class", "about")], head.definition.about(language))
    out.element("dl", [("class", "facts")]) { out in
      if let period = head.period { fact(Wording.period(language), people.days(period), &out) }
      if head.usesSince { fact(Wording.since(language), people.short(head.since), &out) }
      for version in head.request.versions { fact(version.name, version.value, &out) }
      fact(Wording.lastEvent(language), people.grouped(head.lastEvent), &out)
    }
    out.raw("</header>\n")
  }

  private func footer(_ out: inout Markup) {
    out.raw("<footer class=\"foot\">\n")
    out.element("dl", [("class", "facts")]) { out in
      fact(Wording.asOf(language), head.request.asOf.iso8601(in: head.zone), &out)
      for part in content.sections {
        fact(part.section.title(language), rowCount(part.end.rowCount), &out)
      }
    }
    out.raw("<p class=\"mark\">plazo</p>\n</footer>\n")
  }

  private func fact(_ name: String, _ value: String, _ out: inout Markup) {
    out.raw("<div>")
    out.element("dt", name)
    out.element("dd", value)
    out.raw("</div>")
  }

  func time(_ instant: Instant, _ text: String, _ out: inout Markup) {
    let full = instant.iso8601(in: head.zone)
    out.element("time", [("datetime", full), ("title", full)], text)
  }

  func rowCount(_ count: Int64) -> String { Wording.rowCount(people.grouped(count), isOne: count == 1, language) }

  private func contents(_ out: inout Markup) {
    out.element("nav", [("class", "contents"), ("id", "detail"), ("aria-label", Wording.contents(language))]) { out in
      out.raw("<ul>")
      for part in details {
        out.raw("<li>")
        out.element("a", [("href", "#\(part.section.id)")]) { out in
          out.text(part.section.title(language))
          if part.section.layout == .table {
            out.element("span", [("class", "count")], people.grouped(part.end.rowCount))
          }
        }
        out.raw("</li>")
      }
      out.raw("</ul>")
    }
    out.raw("\n")
  }

  // MARK: Sections

  private func section(_ part: PageContent.Section, _ out: inout Markup) {
    let section = part.section
    let table = HTMLTable(part: part, cells: cells, links: links)
    out.open(
      "section", [("class", section.layout == .table && table.isWide ? "part wide" : "part"), ("id", section.id)])
    out.raw("\n")
    out.element("h2", [("id", "h-\(section.id)")]) { out in
      out.text(section.title(language))
      if section.layout == .table { out.element("span", [("class", "count")], people.grouped(part.end.rowCount)) }
    }
    if let note = section.note { out.element("p", [("class", "note")], note(language)) }
    if part.rows.isEmpty {
      out.element("p", [("class", "nothing")], section.empty?(language) ?? Wording.nothing(language))
    } else {
      // A chart that the board shows is not drawn twice.
      if let chart = section.chart, section.board?.showsChart != true {
        HTMLChart(chart, part, people, id: section.id, place: .section).render(&out)
      }
      section.layout == .figures ? figures(part, &out) : table.render(&out)
    }
    if part.end.rowCount > part.rows.count { cutNote(part, &out) }
    out.raw("</section>\n")
  }

  private func cutNote(_ part: PageContent.Section, _ out: inout Markup) {
    out.element("p", [("class", "cut")]) { out in
      let shown = people.grouped(Int64(part.rows.count))
      out.text(Wording.cut(shown: shown, of: people.grouped(part.end.rowCount), language) + "; ")
      if let file = head.csvFile(of: part.section) {
        let parts = Wording.restIs(in: "\0", language).split(separator: "\0", omittingEmptySubsequences: false)
        out.text(String(parts[0]))
        out.element("a", [("href", file)], file)
        out.text(parts.dropFirst().joined() + ".")
      } else {
        out.text(Wording.restNeedsCSV(language) + ".")
      }
    }
  }

  /// Figures in the body of the page: names and values.
  private func figures(_ part: PageContent.Section, _ out: inout Markup) {
    out.element("dl", [("class", "values")]) { out in
      for (index, column) in part.section.columns.enumerated() where !column.isDataOnly {
        out.raw("<div>")
        out.element("dt", column.label(language))
        out.element("dd", [("class", column.tone?.rawValue ?? "neutral")]) { out in
          let value = part.rows[0][index]
          if let link = links.anchor(column, value, row: part.rows[0], of: part.section) {
            out.element("a", link) { cells.content(value, column, &$0) }
          } else {
            cells.content(value, column, &out)
          }
        }
        out.raw("</div>")
      }
    }
    out.raw("\n")
  }
}
