internal import SLA
internal import Text

/// The page over all reports that are kept: the latest of each first, then all of them by report.
struct IndexPage {
  private let desk: String
  private let people: PeopleText
  private let groups: [(name: String, title: String, runs: [KeptRun])]

  private var language: Language { people.language }

  init(desk: String, people: PeopleText, runs: [KeptRun], title: (String) -> String) {
    self.desk = desk
    self.people = people
    let byReport = Dictionary(grouping: runs, by: \.provenance.report)
    groups = byReport.map { name, runs in
      // Of one instant, those of a later folder first: the same every time.
      (name, title(name), runs.sorted { ($1.provenance.asOf, $1.place) < ($0.provenance.asOf, $0.place) })
    }.sorted {
      let (left, right) = ($0.runs[0].provenance.asOf, $1.runs[0].provenance.asOf)
      return left == right ? $0.name < $1.name : right < left
    }
  }

  func render() -> String {
    var out = Markup()
    let title = Wording.keptReports(language)
    HTMLPage.begin(title: desk.isEmpty ? title : "\(title) · \(desk)", description: nil, language, &out)
    out.element("a", [("class", "skip"), ("href", "#all")], Wording.skip(language))
    out.raw("<header class=\"head\">\n")
    if !desk.isEmpty { out.element("p", [("class", "desk")], desk) }
    out.element("h1", title)
    out.element("p", [("class", "when")]) { out in
      time(people.asOf, people.long(people.asOf), &out)
      out.raw(" <span class=\"zone\">")
      out.text(people.zone.name)
      out.raw("</span>")
    }
    out.element("p", [("class", "about")], Wording.keptAbout(language))
    out.raw("</header>\n<main>\n")
    if groups.isEmpty { out.element("p", [("class", "nothing")], Wording.nothingKept(language)) }
    out.open("section", [("class", "board"), ("aria-label", Wording.latest(language))])
    out.raw("\n<div class=\"cards\">\n")
    for group in groups { card(group.title, group.runs[0], group.name, count: group.runs.count, &out) }
    out.raw("</div>\n</section>\n<div id=\"all\">\n")
    for group in groups { section(group, &out) }
    out.raw("</div>\n</main>\n")
    out.raw("<footer class=\"foot\">\n<p class=\"mark\">plazo</p>\n</footer>\n")
    HTMLPage.end(&out)
    return out.html
  }

  /// The latest run of a report.
  private func card(_ title: String, _ run: KeptRun, _ name: String, count: Int, _ out: inout Markup) {
    out.raw("<article class=\"card\">")
    out.element("h2", [("class", "latest")]) { out in
      out.element("a", [("href", address(run, run.files[0].name))], title)
    }
    out.element("p", []) { time(run.provenance.asOf, people.long(run.provenance.asOf), &$0) }
    if let summary = run.summary { out.element("p", [("class", "note")], summary) }
    out.element("p", [("class", "more")]) { out in
      files(run, besides: title, &out)
      if count > 1 {
        out.raw(" · ")
        out.element("a", [("href", "#r-\(name)")]) { out in
          out.text(Wording.seeAll(people.grouped(Int64(count)), isOne: false, language))
          out.element("span", [("class", "unseen")], ": \(title)")
        }
      }
    }
    out.raw("</article>\n")
  }

  private func section(_ group: (name: String, title: String, runs: [KeptRun]), _ out: inout Markup) {
    let labels = [
      Wording.asOf(language), Wording.contentsOf(language), Wording.summary(language), Wording.files(language),
    ]
    // A report without period or figures needs no column for them.
    let (hasAbout, hasSummary) = (
      group.runs.contains { !about($0).isEmpty }, group.runs.contains { $0.summary != nil }
    )
    out.open("section", [("class", "part"), ("id", "r-\(group.name)")])
    out.element("h2", [("id", "h-\(group.name)")]) { out in
      out.text(group.title)
      out.element("span", [("class", "count")], people.grouped(Int64(group.runs.count)))
    }
    out.open(
      "div",
      [("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-labelledby", "h-\(group.name)")])
    out.raw("<table>\n<thead><tr>")
    for (label, isShown) in zip(labels, [true, hasAbout, hasSummary, true]) where isShown {
      out.element("th", [("scope", "col")], label)
    }
    out.raw("</tr></thead>\n<tbody>\n")
    for run in group.runs {
      let asOf = run.provenance.asOf
      out.raw("<tr>")
      out.element(
        "th", [("scope", "row"), ("class", "w i"), ("data-label", labels[0]), ("data-v", String(asOf.seconds))]
      ) { time(asOf, people.short(asOf), &$0) }
      if hasAbout {
        let about = about(run)
        out.element("td", [("data-label", labels[1])] + (about.isEmpty ? [("class", "null")] : []), about)
      }
      if hasSummary {
        out.element(
          "td", [("data-label", labels[2])] + [("class", run.summary == nil ? "t null" : "t")], run.summary ?? "–")
      }
      out.element("td", [("class", "w"), ("data-label", labels[3])]) { out in
        out.raw("<span>")
        files(run, besides: people.short(asOf), &out)
        out.raw("</span>")
      }
      out.raw("</tr>\n")
    }
    out.raw("</tbody>\n</table></div>\n</section>\n")
  }

  /// The period, and what narrows the report down.
  private func about(_ run: KeptRun) -> String {
    let period = run.provenance.period.map { [people.days($0)] } ?? []
    let arguments = run.provenance.arguments.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return (period + arguments).joined(separator: " · ")
  }

  /// A link for each format. - Parameter besides: what tells it from other links of the same word, for ears.
  private func files(_ run: KeptRun, besides: String, _ out: inout Markup) {
    for (index, file) in run.files.enumerated() {
      if index > 0 { out.raw(" ") }
      out.element("a", [("class", "file"), ("href", address(run, file.name))]) { out in
        out.text(Wording.format(file.format, language))
        out.element("span", [("class", "unseen")], ": \(besides)")
      }
    }
  }

  private func time(_ instant: Instant, _ text: String, _ out: inout Markup) {
    let full = instant.iso8601(in: people.zone)
    out.element("time", [("datetime", full), ("title", full)], text)
  }

  /// Relative to the index. - Source: RFC 3986, 2.3: what needs no percent sign.
  private func address(_ run: KeptRun, _ name: String) -> String {
    let path = run.place.isEmpty ? name : "\(run.place)/\(name)"
    var address = ""
    for byte in path.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 47, 95, 126: address.unicodeScalars.append(Unicode.Scalar(byte))
      default: address += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    // A colon in the first part would make it a scheme; it has a percent sign by now.
    return address
  }
}
