internal import SLA
public import Text

extension Explanation {
  /// For the terminal and for mails: sentences, one a line.
  /// - Parameter isWhole: every stretch on a line of its own, however many.
  public func text(_ language: Language, isWhole: Bool = false) -> String {
    let words = ExplanationWords(self, language)
    var lines = [words.title, words.subtitle]
    if clocks.isEmpty { lines += ["", words.none] }
    for clock in clocks {
      lines += ["", words.heading(clock)] + words.facts(clock).map { "  \($0)" }
      let ledger = clock.lines(asOf: asOf, isWhole: isWhole)
      if !ledger.isEmpty { lines.append("") }
      var isAhead = false
      for line in ledger {
        if line.isAhead, !isAhead { lines.append("    \(language(es: "— ahora —", en: "— now —"))") }
        isAhead = line.isAhead
        lines.append("    \(words.line(line))")
      }
      if !ledger.isEmpty { lines += [""] + words.sums(clock).map { "  \($0)" } }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A fragment of HTML: a section, without style or script, that any page can take in.
  public func html(_ language: Language, isWhole: Bool = false) -> String {
    let words = ExplanationWords(self, language)
    var html = "<section class=\"explanation\" lang=\"\(language.rawValue)\">\n<h2>\(words.title.htmlEscaped)</h2>\n"
    html += "<p>\(words.subtitle.htmlEscaped)</p>\n"
    if clocks.isEmpty { html += "<p>\(words.none.htmlEscaped)</p>\n" }
    for clock in clocks {
      html += "<section class=\"clock\" data-clock=\"\(clock.kind.rawValue)\" data-cycle=\"\(clock.cycle)\">\n"
      html += "<h3>\(words.heading(clock).htmlEscaped)</h3>\n<ul>\n"
      for fact in words.facts(clock) { html += "<li>\(fact.htmlEscaped)</li>\n" }
      html += "</ul>\n"
      let ledger = clock.lines(asOf: asOf, isWhole: isWhole)
      if !ledger.isEmpty {
        html += "<ol>\n"
        for line in ledger {
          html += "<li class=\"\(line.kind.word)\(line.isAhead ? " ahead" : "")\" data-seconds=\"\(line.length)\">"
          html += "\(words.line(line).htmlEscaped)</li>\n"
        }
        html += "</ol>\n"
        for sum in words.sums(clock) { html += "<p class=\"sum\">\(sum.htmlEscaped)</p>\n" }
      }
      html += "</section>\n"
    }
    return html + "</section>\n"
  }
}

extension LedgerLine.Kind {
  /// In HTML and JSON.
  var word: String {
    switch self {
    case .counted: "counted"
    case .after: "after"
    case .before: "before"
    case .closed: "closed"
    case .paused: "paused"
    }
  }
}
