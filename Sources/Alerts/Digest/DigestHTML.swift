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
    body += notices.map { "<p class=\"notice\">\($0.htmlEscaped)</p>" }
    for section in Section.allCases {
      let inSection = lines.filter { $0.section == section }
      guard !inSection.isEmpty else { continue }
      if onlyLine == nil { body.append("<h2>\(words.section(section).htmlEscaped)</h2>") }
      body += inSection.map { htmlBlock($0, words) }
    }
    if let more = words.more(unlisted) { body.append(Self.htmlCommand(more)) }
    if !recovered.isEmpty {
      let items = recovered.map { "<li><bdi>\(words.recovered($0).htmlEscaped)</bdi></li>" }.joined(separator: "\n")
      body.append("<h2>\(words.recoveredHead.htmlEscaped)</h2>\n<ul>\n\(items)\n</ul>")
    }
    if let acknowledging { body.append(Self.htmlCommand(acknowledging)) }
    return MailPage.html(language: language, title: subject, body: body, footer: words.footer)
  }

  private static func htmlCommand(_ text: (sentence: String, command: String)) -> String {
    "<p class=\"next\">\(text.sentence.htmlEscaped) <code>\(text.command.htmlEscaped)</code></p>"
  }

  private func htmlBlock(_ line: Line, _ words: DigestWords) -> String {
    let tag = onlyLine == nil ? "h3" : "h2"
    let mark = words.mark(line)
    let facts = words.facts(line).map { fact in
      "<tr><th scope=\"row\">\(fact.label.htmlEscaped)</th><td><bdi>\(fact.value.htmlEscaped)</bdi></td></tr>"
    }
    let table = facts.isEmpty ? [] : ["<table>", facts.joined(separator: "\n"), "</table>"]
    let next = words.next(line, for: reader).map { [Self.htmlCommand(("\($0.sentence):", $0.command))] } ?? []
    let client = words.client(line).map { " · <bdi>\($0.htmlEscaped)</bdi>" } ?? ""
    let head =
      "<p class=\"head\"><b class=\"mark\">\(mark.symbol) \(mark.word.htmlEscaped)</b> · "
      + "\(words.name(line.owner).htmlEscaped)\(client)</p>"
    return
      (["<div class=\"ticket \(line.section.name)\">", head]
      + ["<\(tag) class=\"title\"><bdi>\(words.title(line.title).htmlEscaped)</bdi></\(tag)>"] + table + next + [
        "</div>"
      ])
      .joined(separator: "\n")
  }
}

extension Digest.Section {
  /// As the style sheet calls it.
  fileprivate var name: String {
    switch self {
    case .late: "late"
    case .nearDue: "near-due"
    case .assigned, .signing: "new"
    }
  }
}

/// The page that every mail of the program is in.
enum MailPage {
  static func html(language: Language, title: String, body: [String], footer: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title.htmlEscaped)</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <main>
    \(body.joined(separator: "\n"))
    <p class="foot">\(footer.htmlEscaped)</p>
    </main>
    </body>
    </html>
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
    .new { border-left-color: #1f6feb; }
    .new .mark { color: #0b57c2; }
    .notice { border-left: 4px solid #57606a; padding: .1rem .75rem; margin: 0 0 1rem; }
    .next { margin: .5rem 0 0; font-size: .875rem; }
    .reply { white-space: pre-wrap; }
    .title { font-size: 1rem; font-weight: 600; margin: .2rem 0 .4rem; }
    table { border-collapse: collapse; font-size: .875rem; }
    th, td { padding: .1rem 0; text-align: left; vertical-align: top; }
    th { padding-right: 1rem; font-weight: 400; color: #57606a; overflow-wrap: normal; }
    ul { font-size: .875rem; margin: .25rem 0 1rem; padding-left: 1.1rem; }
    code { font-size: .875rem; display: inline-block; }
    @media (min-width: 30rem) { th { white-space: nowrap; } }
    @media (prefers-color-scheme: dark) {
      body { background: #15181c; color: #e6e8ea; }
      .ticket { background: #1f2429; border-color: #3a4149; border-left-color: #d4a72c; }
      .late { border-left-color: #ff7b6b; }
      .desk, .foot, th { color: #a5adb6; }
      .mark { color: #e3b341; }
      .late .mark { color: #ff8f80; }
      .new { border-left-color: #58a6ff; }
      .new .mark { color: #79b8ff; }
      .notice { border-left-color: #a5adb6; }
    }
    """
}
