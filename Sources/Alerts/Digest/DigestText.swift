internal import Desk
internal import SLA

extension Digest {
  /// The mail for readers of plain text. Its lines may be longer than a screen: mail programs wrap them.
  var text: String {
    let words = words
    var paragraphs = [
      "\(words.headline(counts))\n\(deskName.oneLine(limit: DigestWords.longestName)) · \(words.moment(now))"
    ]
    paragraphs += notices
    for section in Section.allCases {
      let inSection = lines.filter { $0.section == section }
      guard !inSection.isEmpty else { continue }
      if onlyLine == nil { paragraphs.append("\(words.section(section).uppercased()):") }
      paragraphs += inSection.map { textBlock($0, words) }
    }
    if let more = words.more(unlisted) { paragraphs.append("\(more.sentence)\n\n  \(more.command)") }
    if !recovered.isEmpty {
      paragraphs.append(
        ([words.recoveredHead.uppercased() + ":"] + recovered.map { "  " + words.recovered($0) }).joined(
          separator: "\n"))
    }
    if let acknowledging { paragraphs.append("\(acknowledging.sentence)\n  \(acknowledging.command)") }
    // The two hyphens with their space begin a signature, which a reply leaves out.
    return paragraphs.joined(separator: "\n\n") + "\n\n-- \n" + words.footer
  }

  /// What comes before the tickets.
  var notices: [String] {
    [lateNewsSince.map(words.catchingUp), heldByCap > 0 ? words.heldByCap(heldByCap) : nil].compactMap { $0 }
  }

  /// How to acknowledge, where there is anything that would be repeated.
  var acknowledging: (sentence: String, command: String)? {
    reader.isClient ? nil : lines.first { $0.section == .late && $0.kind.isOfClock }.map(words.acknowledging)
  }

  private func textBlock(_ line: Line, _ words: DigestWords) -> String {
    let mark = words.mark(line)
    let head = ["\(mark.symbol) \(mark.word)", words.name(line.owner), words.client(line)].compactMap { $0 }
    var facts = words.facts(line).map { "  \($0.label): \($0.value)" }
    if let next = words.next(line, for: reader) { facts.append("  \(next.sentence): \(next.command)") }
    return ([head.joined(separator: " · "), "  " + words.title(line.title)] + facts).joined(separator: "\n")
  }
}
