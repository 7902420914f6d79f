import FoundationEssentials
import Reports
import Testing
import Text

/// Texts that people or machines wrote to break what shows them.
@Suite struct HostileTextTests {
  static let texts = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style></title><!--",
    "]]>",
    "&lt;b&gt; &amp; &#x41;", "javascript:alert(1)", "a\u{202E}txt.exe", "\u{1B}[2J\u{1B}[31mred",
    "line\nbreak\r\nand\ttab",
    String(repeating: "W", count: 500), String(repeating: "漢", count: 300), String(repeating: "e\u{301}", count: 300),
    "👩‍👩‍👧‍👦🇲🇽❤️", String(decoding: [0xEF, 0xBF, 0xBE, 0xEF, 0xB7, 0x90], as: UTF8.self), "=cmd|' /C calc'!A0", "مرحبا بالعالم",
    "{{7*7}}${7*7}", "\u{0}", " ",
  ]

  private func files() throws -> [String: String] {
    let desk = try OfficeDesk(sql: "")
    let rows = Self.texts.enumerated().map { index, text in
      let hex = text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      return "(\(index + 1), CAST(x'\(hex)' AS TEXT))"
    }
    let definition = try desk.definition(
      """
      { title: { es: '<b>&"título"</b>', en: '-' }, about: { es: '<i>', en: '-' }, sections: [
        { id: 'texts', title: { es: '<u>Textos</u>', en: '-' },
          sql: "SELECT column1 AS number, column2 AS title FROM (VALUES \(rows.joined(separator: ", ")))",
          columns: [
            { name: 'number', type: 'ticket', label: { es: '"><x>', en: '-' } },
            { name: 'title', type: 'text', label: { es: 'Título', en: '-' } }],
          chart: { title: { es: '<b>', en: '-' }, label: 'title', values: ['number'] },
          board: { title: { es: '<b>', en: '-' }, number: 'number', lead: 'title', notes: ['title'], value: 'title', rows: 20 } }] }
      """)
    var request = desk.request([.csv, .json, .html, .text])
    request.desk = "<script>\u{202E}desk"
    return try desk.run(definition, request)
  }

  @Test func noTextBecomesMarkup() throws {
    let html = try #require(try files()["mine.html"])
    Golden.expect(html, matches: "hostile.html")
    let tags = Self.tags(of: html)
    #expect(
      !tags.contains { $0.hasPrefix("<script ") || $0.hasPrefix("<img") || $0.hasPrefix("<x") || $0.hasPrefix("<b>") })
    // The page's own script, and no other.
    #expect(tags.count { $0.hasPrefix("<script") } == 1)
    // Every element that opens closes, in order.
    var open: [String] = []
    for tag in tags where !["<meta", "<!doc"].contains(String(tag.prefix(5))) {
      let name = String(tag.dropFirst(tag.hasPrefix("</") ? 2 : 1).prefix { $0.isLetter || $0.isNumber })
      if tag.hasPrefix("</") { #expect(open.popLast() == name) } else { open.append(name) }
    }
    #expect(open.isEmpty)
    for scalar in html.unicodeScalars {
      #expect(scalar.value >= 32 || scalar == "\n", "a control character is on the page")
    }
  }

  private static func tags(of html: String) -> [Substring] {
    html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1).compactMap { part in
      part.firstIndex(of: ">").map { html[html.index(before: part.startIndex)...$0] }
    }
  }

  @Test func noLineOfTextIsWiderThanThePageOrMovesTheCursor() throws {
    let text = try #require(try files()["mine.txt"])
    Golden.expect(text, matches: "hostile.txt")
    for line in text.split(separator: "\n") {
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x7F && $0.value != 0x202E })
    }
  }

  @Test func programsGetTheTextsBack() throws {
    let files = try files()
    Golden.expect(files["mine.csv"], matches: "hostile.csv")
    struct Told: Decodable {
      struct Section: Decodable { let rows: [Row] }
      struct Row: Decodable { let title: String }
      let sections: [Section]
    }
    let told = try JSONDecoder().decode(Told.self, from: Data(try #require(files["mine.json"]).utf8))
    #expect(told.sections[0].rows.map { Array($0.title.utf8) } == Self.texts.map { Array($0.utf8) })
  }
}
