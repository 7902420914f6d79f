import FoundationEssentials
import Reports
import Testing
import Text

@Suite struct DefinitionTests {
  private func faults(_ text: String, named name: String = "mine", run: Bool = false) throws -> String {
    let desk = try OfficeDesk()
    let error = try #require(throws: Faults.self) {
      let definition = try desk.definition(text, named: name)
      if run { try desk.runner.check(definition, desk.request([.csv])) }
    }
    return error.all.map { fault in
      var fault = fault
      fault.file = String(fault.file.split(separator: "/").last!)
      return fault.description
    }.joined(separator: "\n")
  }

  private static func section(_ sql: String, _ columns: String) -> String {
    """
    { title: { es: '-', en: '-' }, about: { es: '-', en: '-' }, sections: [
      { id: 's', title: { es: '-', en: '-' }, sql: "\(sql)", columns: [\(columns)] }] }
    """
  }

  private static let number = "{ name: 'number', type: 'ticket', label: { es: '-', en: '-' } }"

  @Test func everyFaultIsToldAtOnceWithItsPath() throws {
    #expect(
      try faults(
        """
        {
          titel: 'Mine',
          about: { es: 'Uno' },
          period: 'this-fortnight',
          parameters: [{ name: 'as_of', type: 'instnat', label: { es: '-', en: '-' } }],
          sections: [
            {
              id: 'One',
              title: { es: '-', en: '-' },
              layout: 'tabel',
              sql: 'SELECT 1',
              sqlFile: 'x.sql',
              columns: [
                { name: 'spent', type: 'duration', label: { es: '-', en: '-' } },
                { name: 'spent', type: 'text', total: 'sum', link: 'tow', words: {}, label: { es: '-', en: '-' } },
              ],
              chart: { title: { es: '-', en: '-' }, values: ['spend'] },
            },
            { id: 'two', title: { es: '-', en: '-' }, sqlFile: 'x.sql', primary: 'yes', columns: [] },
          ],
        }
        """) == """
          mine.json5:2: titel: unknown key; did you mean 'title'? legal keys: title, about, period, parameters, sections
          mine.json5: title: is missing; add { es: '…', en: '…' }
          mine.json5:3: about.en: is missing; add it
          mine.json5:4: period: 'this-fortnight' is not a period; write it as \(Period.legal)
          mine.json5:5: parameters[0].name: every report has 'as_of' already; choose another name
          mine.json5:5: parameters[0].type: 'instnat' is not legal; did you mean 'instant'? legal values: text, integer, date, instant
          mine.json5:8: sections[0].id: 'One' cannot be an id; use lower-case letters, digits and hyphens
          mine.json5:14: sections[0].columns[0].name: 'spent' is written as decimal hours and does not say so; let the name end in _hours
          mine.json5:15: sections[0].columns[1].total: values of type text have no sum; write 'count' or 'none'
          mine.json5:15: sections[0].columns[1].words: only a column of type word has words; write type: 'word', or remove it
          mine.json5:15: sections[0].columns[1].name: 'spent' is there twice; remove or rename one
          mine.json5:10: sections[0].layout: 'tabel' is not legal; did you mean 'table'? legal values: table, figures
          mine.json5:11: sections[0].sql: stands beside sqlFile; keep one of the two
          mine.json5:17: sections[0].chart.label: is missing; name the column that names the bars
          mine.json5:17: sections[0].chart.values[0]: there is no column 'spend'; did you mean 'spent'? the columns are: spent, spent
          mine.json5:17: sections[0].chart.values: a chart needs values; write ['column', …]
          mine.json5:19: sections[1].columns: a section needs a column; add { name: …, type: …, label: … }
          mine.json5:19: sections[1].primary: expected true or false, got a text; write true or false
          mine.json5:19: sections[1].sqlFile: there is no 'x.sql'; put it beside the definition
          mine.json5:15: sections[0].columns[1].link: there is no section 'tow'; did you mean 'two'? the sections are: One, two
          mine.json5:6: sections: no section is primary; write primary: true in the one whose rows are NAME.csv
          """)
  }

  private static let day = "{ name: 'day', type: 'date', label: { es: '-', en: '-' } }"
  private static func count(_ name: String) -> String {
    "{ name: '\(name)', type: 'integer', label: { es: '-', en: '-' } }"
  }
  private static let name = "{ name: 'name', type: 'text', label: { es: '-', en: '-' } }"

  private static func chart(_ chart: String) -> String {
    let columns = [day, name, count("a"), count("b")].joined(separator: ", ")
    return section("SELECT 1", columns).replacing(
      "] }] }", with: "], chart: { title: { es: '-', en: '-' }, \(chart) } }] }")
  }

  @Test(arguments: [
    "kind: 'stack', values: ['a', 'b']", "kind: 'bars', label: 'name', values: ['a', 'b']",
    "kind: 'stacked-days', label: 'day', values: ['a', 'b']", "kind: 'ages', label: 'name', values: ['a']",
    "kind: 'spark', label: 'day', values: ['b']", "kind: 'matrix', label: 'name', across: 'day', values: ['a']",
  ])
  func chartsAreRead(_ chart: String) throws {
    let definition = try OfficeDesk().definition(Self.chart(chart), named: "mine")
    #expect(definition.sections[0].chart != nil)
  }

  @Test(arguments: [
    (
      "kind: 'stacked-days', label: 'name', values: ['a']",
      "label: 'name' is no date; a chart of kind stacked-days has a row for each day"
    ),
    (
      "kind: 'spark', label: 'day', values: ['a', 'b']",
      "values: a chart of kind spark draws one value; keep one column"
    ),
    ("kind: 'ages', values: ['a']", "label: is missing; name the column that names the values"),
    (
      "kind: 'ages', label: 'day', values: ['name']",
      "values[0]: 'name' is no number; name a column of numbers or hours"
    ),
    (
      "kind: 'matrix', label: 'name', values: ['a']",
      "across: is missing; name the column that names the columns of the matrix"
    ),
    (
      "kind: 'bars', label: 'name', across: 'day', values: ['a']",
      "across: only a matrix has it; write kind: 'matrix', or remove it"
    ),
  ])
  func aChartThatCannotBeDrawnIsRefused(_ chart: String, _ fault: String) throws {
    #expect(try faults(Self.chart(chart)) == "mine.json5:2: sections[0].chart.\(fault)")
  }

  @Test func aFileOfAnotherNameIsRefused() throws {
    #expect(
      try faults(Self.section("SELECT number FROM tickets", Self.number), named: "My Report") == """
        My Report.json5: 'My Report' cannot be the name of a report; name the file with lower-case letters, digits and hyphens
        """)
  }

  @Test func anUnknownReportIsAnsweredWithTheNearest() throws {
    let error = try #require(throws: Faults.self) { try ReportCatalog(folder: nil).definition(named: "dayly-sla") }
    #expect(
      error.description
        == "reports: there is no report 'dayly-sla'; did you mean 'daily-sla'? the reports are: \(ShippedReportsTests.names.joined(separator: ", "))"
    )
  }

  @Test(arguments: [
    (
      "SELECT numbr AS number FROM tickets",
      "no such column: numbr; reports/README.md tells the views and their columns"
    ),
    (
      "SELECT number, title FROM tickets",
      "the query yields 'title', which no column describes; add it to columns, or leave it out of the query"
    ),
    (
      "SELECT title AS number FROM tickets WHERE opened_at > :form",
      ":form is no parameter; did you mean :from? the parameters are: :as_of, :before, :client, :from, :language, :product, :since, :since_event, :technician, :to, :today, :zone"
    ),
    (
      "SELECT 1 AS nummer",
      """
      the query yields 'nummer', which no column describes; add it to columns, or leave it out of the query
      mine.json5: sections[0].sql (s): the query does not yield the column 'number'; select it under that name
      """
    ),
    ("DELETE FROM ticket", "not authorized; reports/README.md tells the views and their columns"),
    ("PRAGMA user_version", "not authorized; reports/README.md tells the views and their columns"),
    ("ATTACH '/tmp/x' AS x", "not authorized; reports/README.md tells the views and their columns"),
    (
      "SELECT load_extension('x') AS number",
      "not authorized to use function: load_extension; reports/README.md tells the views and their columns"
    ),
  ])
  func sqlThatTheDeskCannotAnswerIsTold(_ sql: String, _ fault: String) throws {
    #expect(
      try faults(Self.section(sql, Self.number), run: true) == "mine.json5: sections[0].sql (s): \(fault)")
  }

  @Test func aFileOfTheDeskStandsInForAShippedOneAndMayUseItsQueries() throws {
    let desk = try OfficeDesk()
    let folder = "\(desk.folder)/reports"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = """
      { title: { es: 'Míos', en: 'Mine' }, about: { es: '-', en: '-' }, sections: [{ id: 's', sqlFile: 'tasks-vobo-tickets.sql',
        title: { es: '-', en: '-' }, columns: [
          \(["number", "title", "client", "responsible", "vobo", "closed_at"]
            .map { "{ name: '\($0)', type: 'text', label: { es: '-', en: '-' } }" }.joined(separator: ", ")),
          { name: 'waiting_hours', type: 'age', label: { es: '-', en: '-' } }] }] }
      """
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/tickets.json5"))
    let catalog = ReportCatalog(folder: folder)
    #expect(catalog.names == ShippedReportsTests.names)
    #expect(catalog.isOfTheDesk("tickets") && !catalog.isOfTheDesk("daily-sla"))
    let files = try desk.run(try catalog.definition(named: "tickets"), desk.request([.csv]))
    #expect(files["tickets.csv"]?.split(separator: "\r\n").count == 3)
  }

  @Test func parametersTakeValuesOfTheirType() throws {
    let desk = try OfficeDesk()
    let definition = try ReportCatalog(folder: nil).definition(named: "tickets")
    var request = desk.request([.csv])
    request.arguments = ["status": "closed"]
    #expect(try desk.run(definition, request)["tickets.csv"]?.split(separator: "\r\n").count == 4)
    request.arguments = ["state": "closed"]
    #expect(
      throws: ReportError.badArgument(
        report: "tickets", name: "state",
        problem:
          "is unknown; the report takes --period, --from and --to, --client, --technician, --product, --set status=…")
    ) { try desk.run(definition, request) }
  }
}
