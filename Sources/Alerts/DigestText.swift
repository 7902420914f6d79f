internal import Desk
internal import SLA

extension Digest {
  /// The mail for readers of plain text. Its lines may be longer than a screen: mail programs wrap them.
  var text: String {
    let words = words
    var paragraphs = [
      "\(words.headline(counts))\n\(deskName.oneLine(limit: DigestWords.longestName)) · \(words.moment(now))"
    ]
    for situation in [Situation.late, .nearDue] {
      let section = lines.filter { $0.situation == situation }
      guard !section.isEmpty else { continue }
      if onlyLine == nil { paragraphs.append("\(words.section(situation).uppercased()):") }
      paragraphs += section.map { textBlock($0, words) }
    }
    if let more = words.more(unlisted, command: listCommand) {
      paragraphs.append("\(more.sentence)\n\n  \(more.command)")
    }
    // The two hyphens with their space begin a signature, which a reply leaves out.
    return paragraphs.joined(separator: "\n\n") + "\n\n-- \n" + words.footer
  }

  /// Names the ticket when the mail is about one, else says how many there are.
  var subject: String { onlyLine.map(words.headline) ?? words.headline(counts) }

  private func textBlock(_ line: Line, _ words: DigestWords) -> String {
    let head = "\(line.situation.symbol) \(line.situation.label(in: language)) · Ticket \(line.ticketID) · "
    let facts = words.facts(line).map { "  \($0.label): \($0.value)" }
    return ([head + words.client(line), "  " + words.title(line)] + facts).joined(separator: "\n")
  }
}
