internal import Text

/// A list as a terminal shows it.
enum TextList {
  /// To how many columns texts are cut before whole columns are left out: where there is room, titles are worth more
  /// than yet another column.
  private static func narrowest(_ list: ReportList) -> Int { max(16, list.width / 5) }

  static func render(_ content: PageContent, as list: ReportList) -> String {
    let head = content.head
    let people = PeopleText(head)
    var lines: [String] = []
    for part in content.sections {
      guard !part.rows.isEmpty else {
        lines.append(part.section.empty?(head.language) ?? Wording.nothing(head.language))
        continue
      }
      let table = TextTable(part, people: people, width: list.width, narrowest: narrowest(list)).lines
      lines += table.map(TextColour(isOn: list.isColoured).symbols)
      lines += ["", count(part, people, list)]
    }
    return lines.joined(separator: "\n").replacing("\u{A0}", with: " ") + "\n"
  }

  private static func count(_ part: PageContent.Section, _ people: PeopleText, _ list: ReportList) -> String {
    let language = people.language
    let all = people.grouped(part.end.rowCount)
    let title = part.section.title(language)
    guard part.end.rowCount > part.rows.count else { return "\(title): \(all)" }
    let shown = people.grouped(Int64(part.rows.count))
    return "\(title): \(shown) \(language(es: "de", en: "of")) \(all); \(list.more(language))"
  }
}
