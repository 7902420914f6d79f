import Reports
import Testing
import Text

/// Numbers lead to the rows that they count.
@Suite struct LinkTests {
  private static func definition(rows: Int) -> String {
    """
    { title: { es: 'T', en: 'T' }, about: { es: '-', en: '-' }, sections: [
      { id: 'sum', title: { es: 'S', en: 'S' }, layout: 'figures', sql: "SELECT 3 AS late, 0 AS none",
        columns: [
          { name: 'late', type: 'integer', label: { es: 'L', en: 'L' }, link: { to: 'all', where: { state: 'late' } } },
          { name: 'none', type: 'integer', label: { es: 'N', en: 'N' }, link: 'all' }] },
      { id: 'people', title: { es: 'P', en: 'P' }, sql: "SELECT 'a\\"b' AS who, 2 AS late, 0 AS rest, NULL AS more",
        columns: [
          { name: 'who', type: 'text', label: { es: 'Q', en: 'Q' } },
          { name: 'late', type: 'integer', label: { es: 'L', en: 'L' }, link: { to: 'all', where: { state: 'late', who: ':who' } } },
          { name: 'rest', type: 'integer', label: { es: 'R', en: 'R' }, link: 'all' },
          { name: 'more', type: 'integer', label: { es: 'M', en: 'M' }, link: 'all' }] },
      { id: 'all', title: { es: 'A', en: 'A' }, primary: true,
        sql: "WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < \(rows)) \\
              SELECT n, iif(n % 2, 'late', NULL) AS state, 'a\\"b' AS who FROM i",
        columns: [
          { name: 'n', type: 'integer', label: { es: 'N', en: 'N' } },
          { name: 'state', type: 'text', label: { es: 'E', en: 'E' } },
          { name: 'who', type: 'text', label: { es: 'Q', en: 'Q' }, dataOnly: true }],
        board: { title: { es: 'B', en: 'B' }, lead: 'state', only: { state: 'late' }, rows: 2 } }] }
    """
  }

  private func html(rows: Int, _ formats: [ReportFormat]) throws -> String {
    let desk = try OfficeDesk(sql: "")
    return try #require(
      try desk.run(try desk.definition(Self.definition(rows: rows)), desk.request(formats))["mine.html"])
  }

  @Test func aNumberSaysWhichRowsItCountsAndTheRowsSayWhatTheyAre() throws {
    let html = try html(rows: 4, [.html, .csv])
    #expect(html.contains("<a class=\"to\" href=\"#all\" data-is-state=\"late\" data-is-who=\"a&quot;b\">2</a>"))
    #expect(html.contains("<a href=\"#all\" data-is-state=\"late\"><span class=\"figure\">3</span>"))
    #expect(html.contains("<tr data-state=\"late\" data-who=\"a&quot;b\">"))
    #expect(html.contains("<tr data-state=\"\" data-who=\"a&quot;b\">"))
  }

  @Test func whatCountsNothingLeadsNowhere() throws {
    let html = try html(rows: 4, [.html])
    #expect(html.contains("class=\"n zero\">0</td>") && html.contains("class=\"n null\">–</td>"))
    #expect(html.contains("<div><span class=\"figure\">0</span>"))
  }

  @Test func aCardCountsTheRowsThatItIsAbout() throws {
    #expect(try html(rows: 9, [.html]).contains("<a href=\"#all\" data-is-state=\"late\">Ver todo (5)"))
  }

  @Test func beyondWhatThePageShowsTheCSVHasThem() throws {
    let html = try html(rows: 201, [.html, .csv])
    #expect(html.contains("<a class=\"to\" href=\"mine.csv\">2</a>"))
    #expect(html.contains("<a href=\"mine.csv\">Ver todo (101)"))
    // Without it, the page says which format has them.
    #expect(try self.html(rows: 201, [.html]).contains("<a class=\"to\" href=\"#all\" data-is-state=\"late\""))
  }

  @Test func aLinkIsCheckedWhenItIsRead() throws {
    let desk = try OfficeDesk(sql: "")
    let text = Self.definition(rows: 1).replacing(
      "{ state: 'late', who: ':who' }", with: "{ stat: 'late', who: ':whom' }")
    let error = try #require(throws: Faults.self) { try desk.definition(text) }
    let told = error.description.split(separator: "\n").map { $0.drop { $0 != ":" } }
    #expect(
      told == [
        ":9: sections[1].columns[1].link.where.stat: there is no column 'stat'; did you mean 'state'? the columns are: n, state, who",
        ":9: sections[1].columns[1].link.where.who: there is no column 'whom'; did you mean 'who'? the columns are: who, late, rest, more",
      ])
  }
}
