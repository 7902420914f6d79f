internal import Desk
internal import SLA
internal import Text

extension Digest {
  /// The mail as one page: nothing fetched, light and dark, and whole without its style sheet.
  var html: String {
    let words = words
    var body = [
      "<p class=\"desk\"><bdi>\(deskName.oneLine(limit: DigestWords.longestName).htmlEscaped)</bdi> · "
        + "\(words.moment(now).htmlEscaped)</p>",
      "<h1>\(words.headline(counts).htmlEscaped)</h1>",
    ]
    for situation in [Situation.late, .nearDue] {
      let section = lines.filter { $0.situation == situation }
      guard !section.isEmpty else { continue }
      if onlyLine == nil { body.append("<h2>\(words.section(situation).htmlEscaped)</h2>") }
      body += section.map { htmlBlock($0, words) }
    }
    if let more = words.more(unlisted, command: listCommand) {
      body.append("<p>\(more.sentence.htmlEscaped) <code>\(more.command.htmlEscaped)</code></p>")
    }
    body.append("<p class=\"foot\">\(words.footer.htmlEscaped)</p>")
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(subject.htmlEscaped)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      \(body.joined(separator: "\n"))
      </main>
      </body>
      </html>
      """
  }

  private func htmlBlock(_ line: Line, _ words: DigestWords) -> String {
    let tag = onlyLine == nil ? "h3" : "h2"
    let facts = words.facts(line).map { fact in
      "<tr><th scope=\"row\">\(fact.label.htmlEscaped)</th><td><bdi>\(fact.value.htmlEscaped)</bdi></td></tr>"
    }
    return """
      <div class="ticket \(line.situation.rawValue)">
      <p class="head"><b class="mark">\(line.situation.symbol) \
      \(line.situation.label(in: language).htmlEscaped)</b> · \
      Ticket \(line.ticketID) · <bdi>\(words.client(line).htmlEscaped)</bdi></p>
      <\(tag) class="title"><bdi>\(words.title(line).htmlEscaped)</bdi></\(tag)>
      <table>
      \(facts.joined(separator: "\n"))
      </table>
      </div>
      """
  }

  // Colours have a contrast of at least 4.5 to 1 in both schemes.
  private static let style = """
    :root { color-scheme: light dark; }
    body { margin: 0; padding: 0; background: #f4f4f1; color: #1f2328;
      font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
    main { max-width: 40rem; margin: 0 auto; padding: 1.25rem 1rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 1.25rem; }
    h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
    .desk, .foot { margin: 0 0 .25rem; font-size: .875rem; color: #57606a; }
    .foot { margin-top: 1.5rem; }
    .ticket { background: #fff; border: 1px solid #d8dbdf; border-left: 4px solid #9a6700; border-radius: 6px;
      padding: .75rem .9rem; margin: 0 0 .75rem; }
    .late { border-left-color: #b42318; }
    .head { margin: 0; font-size: .875rem; }
    .mark { color: #7d5300; }
    .late .mark { color: #b42318; }
    .title { font-size: 1rem; font-weight: 600; margin: .2rem 0 .4rem; }
    table { border-collapse: collapse; font-size: .875rem; }
    th, td { padding: .1rem 0; text-align: left; vertical-align: top; }
    th { padding-right: 1rem; font-weight: 400; color: #57606a; overflow-wrap: normal; }
    code { font-size: .875rem; }
    @media (min-width: 30rem) { th { white-space: nowrap; } }
    @media (prefers-color-scheme: dark) {
      body { background: #15181c; color: #e6e8ea; }
      .ticket { background: #1f2429; border-color: #3a4149; border-left-color: #d4a72c; }
      .late { border-left-color: #ff7b6b; }
      .desk, .foot, th { color: #a5adb6; }
      .mark { color: #e3b341; }
      .late .mark { color: #ff8f80; }
    }
    """
}
