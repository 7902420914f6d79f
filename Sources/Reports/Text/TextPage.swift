internal import Desk
internal import SLA
internal import SQLite
internal import Text

/// A report as plain text, of at most 100 columns unless a terminal is narrower.
enum TextPage {
  static func render(_ content: PageContent) -> String {
    let head = content.head
    if let list = head.request.list { return TextList.render(content, as: list) }
    if head.request.text.isBoard { return TextBoard(content).render() }
    let language = head.language
    let people = PeopleText(head)
    let width = head.request.text.width
    let colour = TextColour(isOn: head.request.text.isColoured)
    var lines = self.head(head, people, width)
    for part in content.sections {
      lines += ["", colour.bold(heading(part, people, width))]
      if let note = part.section.note { lines += wrap(note(language), width: width) }
      if part.rows.isEmpty {
        lines.append("  " + (part.section.empty?(language) ?? Wording.nothing(language)))
      } else if part.section.layout == .figures {
        lines += figures(part, people).map(colour.symbols)
      } else {
        lines += TextTable(part, people: people, width: width).lines.map(colour.symbols)
      }
      if part.end.rowCount > part.rows.count { lines += wrap(cutNote(part, head, people), width: width) }
    }
    let counts = content.sections.map { "\($0.section.id) \(people.grouped($0.end.rowCount))" }
    lines += ["", String(repeating: "=", count: width)]
    lines += wrap("\(Wording.rows(language)): \(counts.joined(separator: ", "))", width: width)
    lines += wrap(Wording.madeWith(language), width: width)
    lines += head.provenance.lines(width: width)
    // A space that does not break serves no purpose where nothing breaks lines.
    return lines.joined(separator: "\n").replacing("\u{A0}", with: " ") + "\n"
  }

  static func cutNote(_ part: PageContent.Section, _ head: ReportHead, _ people: PeopleText) -> String {
    let language = head.language
    let shown = people.grouped(Int64(part.rows.count))
    let rest = head.csvFile(of: part.section).map { Wording.restIs(in: $0, language) } ?? Wording.restNeedsCSV(language)
    return "\(Wording.cut(shown: shown, of: people.grouped(part.end.rowCount), language)); \(rest)."
  }

  private static func head(_ head: ReportHead, _ people: PeopleText, _ width: Int) -> [String] {
    let (language, request) = (head.language, head.request)
    var lines = [DisplayWidth.cut(head.definition.title(language), to: width)]
    if !request.desk.isEmpty { lines.append(DisplayWidth.cut(DisplayWidth.oneLine(request.desk), to: width)) }
    lines.append(String(repeating: "=", count: width))
    var facts = [
      (Wording.asOf(language), request.asOf.iso8601(in: head.zone)), (Wording.zone(language), head.zone.name),
    ]
    if let period = head.period { facts.append((Wording.period(language), people.days(period))) }
    if head.usesSince { facts.append((Wording.since(language), head.since.iso8601(in: head.zone))) }
    if !request.versions.isEmpty {
      facts.append(
        (Wording.versions(language), request.versions.map { "\($0.name) \($0.value)" }.joined(separator: ", ")))
    }
    facts.append((Wording.lastEvent(language), people.grouped(head.lastEvent)))
    let labelWidth = facts.map { DisplayWidth.of($0.0) }.max()!
    for (label, fact) in facts {
      let folded = wrap(DisplayWidth.oneLine(fact), width: width - labelWidth - 2)
      for (index, line) in folded.enumerated() {
        lines.append("\(DisplayWidth.pad(index == 0 ? label : "", to: labelWidth, atRight: false))  \(line)")
      }
    }
    return lines
  }

  private static func heading(_ part: PageContent.Section, _ people: PeopleText, _ width: Int) -> String {
    let title = DisplayWidth.cut(part.section.title(people.language), to: width - 12).uppercased()
    return part.section.layout == .figures ? title : "\(title) (\(people.grouped(part.end.rowCount)))"
  }

  private static func figures(_ part: PageContent.Section, _ people: PeopleText) -> [String] {
    let columns = part.section.columns
    let labels = columns.map { column in
      "\(column.tone?.symbol ?? " ") \(column.label(people.language))"
    }
    let values = columns.indices.map { people.text(part.rows[0][$0], of: columns[$0]) ?? "-" }
    let labelWidth = labels.map(DisplayWidth.of).max() ?? 0
    let valueWidth = values.map(DisplayWidth.of).max() ?? 0
    return zip(labels, values).map { label, value in
      let value = DisplayWidth.pad(value, to: valueWidth, atRight: true)
      return "  \(DisplayWidth.pad(label, to: labelWidth, atRight: false))  \(value)"
    }
  }

  /// The words of a text on lines no wider than the page.
  static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let word = DisplayWidth.cut(String(word), to: width)
      if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(word) > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? word : " \(word)"
    }
    return lines + [line]
  }
}

extension ReportColumn.Tone {
  /// The symbol of the situation that a tone speaks of.
  var symbol: String {
    switch self {
    case .late: Situation.late.symbol
    case .near: Situation.nearDue.symbol
    case .onTime: Situation.onTime.symbol
    case .neutral: "○"
    }
  }
}

extension ReportColumn {
  /// Whether a value of it alone does not say of what it is, as `3 h` or `80 %` do.
  var isBareNumber: Bool { [.integer, .number, .hours].contains(kind) }
}
