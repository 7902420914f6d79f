import FoundationEssentials
import Reports
import Testing
import Text

/// One dataset feeds all formats: what one says, the others say.
@Suite struct AgreementTests {
  /// 450 rows whose sums are known: more than a page shows.
  private static let long = """
    { title: { es: 'Largo', en: 'Long' }, about: { es: '-', en: '-' }, sections: [
      { id: 'few', title: { es: 'Pocas', en: 'Few' }, primary: true, sql: "SELECT 1 AS n",
        columns: [{ name: 'n', type: 'integer', total: 'sum', label: { es: 'N', en: 'N' } }] },
      { id: 'many', title: { es: 'Muchas', en: 'Many' },
        sql: "WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 450) \\
              SELECT n, n * 60 AS spent_hours, iif(n % 3 = 0, NULL, 'x' || n) AS name FROM i",
        columns: [
          { name: 'n', type: 'integer', total: 'sum', label: { es: 'N', en: 'N' } },
          { name: 'spent_hours', type: 'hours', total: 'sum', label: { es: 'Horas', en: 'Hours' } },
          { name: 'name', type: 'text', total: 'count', label: { es: 'Nombre', en: 'Name' } }] }] }
    """

  private struct Told: Decodable {
    struct Section: Decodable {
      let id: String
      let rows: [[String: JSONValue]]
      let rowCount: Int
      let totals: [String: JSONValue]

      enum CodingKeys: String, CodingKey {
        case id, rows, totals
        case rowCount = "row_count"
      }
    }
    let sections: [Section]
  }

  @Test func totalsAreOfAllRowsThoughAPageShowsTwoHundred() throws {
    let desk = try OfficeDesk(sql: "")
    let definition = try desk.definition(Self.long, named: "long")
    let files = try desk.run(definition, desk.request([.csv, .json, .html, .text]))
    let rows = try #require(files["long-many.csv"]).split(separator: "\r\n").dropFirst()
    #expect(rows.count == 450)

    let told = try JSONDecoder().decode(Told.self, from: Data(try #require(files["long.json"]).utf8)).sections[1]
    #expect(told.rowCount == 450 && told.rows.count == 450)
    #expect(told.totals == ["n": .integer(101_475), "spent_hours": .real(1691.25), "name": .integer(300)])

    let text = try #require(files["long.txt"])
    #expect(text.contains("MUCHAS (450)"))
    #expect(text.contains("101 475  1691,25  300"))
    #expect(text.contains("Se muestran 200 de 450 filas; todas están en long-many.csv."))
    #expect(!text.contains("x202") && text.contains("x200"))

    let html = try #require(files["long.html"])
    #expect(html.contains("Se muestran 200 de 450 filas; todas están en <a href=\"long-many.csv\">long-many.csv</a>."))
    #expect(html.contains(">101\u{A0}475</th><td data-label=\"Horas\" class=\"n\">1691,25</td>"))
    #expect(!html.contains("x202") && html.contains("x200"))
  }

  @Test func aRunWithoutCSVNamesTheFormatThatHasTheRest() throws {
    let desk = try OfficeDesk(sql: "")
    let files = try desk.run(try desk.definition(Self.long, named: "long"), desk.request([.text], language: .en))
    #expect(files.keys.sorted() == ["long.txt"])
    #expect(files["long.txt"]?.contains("200 of 450 rows are shown; the csv format has them all.") == true)
  }

  @Test(arguments: ShippedReportsTests.names) func csvAndJSONHaveTheSameRows(_ name: String) throws {
    let desk = try OfficeDesk()
    let files = try desk.run(name, desk.request([.csv, .json]))
    let told = try JSONDecoder().decode(Told.self, from: Data(try #require(files["\(name).json"]).utf8))
    let primary = try ReportCatalog(folder: nil).definition(named: name).primary
    for section in told.sections {
      let file = section.id == primary.id ? "\(name).csv" : "\(name)-\(section.id).csv"
      let lines = try #require(files[file]).split(separator: "\r\n")
      #expect(lines.count == section.rowCount + 1 && section.rows.count == section.rowCount, "\(file)")
      let names = lines[0].split(separator: ",").map(String.init)
      for (line, row) in zip(lines.dropFirst(), section.rows) {
        // Numbers and words without marks can be compared as they stand.
        for (cell, name) in zip(line.split(separator: ",", omittingEmptySubsequences: false), names) {
          if line.contains("\"") { break }
          switch row[name] {
          case .integer(let value): #expect(String(value) == cell)
          case .real(let value): #expect(value == Double(cell))
          case .string(let text) where !text.contains("T"): #expect(text == cell)
          case .null: #expect(cell.isEmpty)
          default: break
          }
        }
      }
    }
  }

  /// What is counted on top is what the sections below have.
  @Test func summaryNumbersAreThoseOfTheirSections() throws {
    let desk = try OfficeDesk()
    let files = try desk.run("daily-sla", desk.request([.json]))
    let told = try JSONDecoder().decode(Told.self, from: Data(try #require(files["daily-sla.json"]).utf8))
    let sections = Dictionary(uniqueKeysWithValues: told.sections.map { ($0.id, $0) })
    let summary = try #require(sections["summary"]?.rows.first)
    let open = try #require(sections["open"])
    func count(_ situation: String) -> JSONValue {
      .integer(Int64(open.rows.count { $0["situation"] == .string(situation) }))
    }
    #expect(summary["late"] == count("late"))
    #expect(summary["near_due"] == count("near-due"))
    #expect(summary["open"] == .integer(Int64(open.rowCount)))
    #expect(summary["pending_vobo"] == .integer(Int64(sections["vobo"]!.rowCount)))
    for part in ["technicians", "waiting", "clients"] {
      for column in ["late", "near_due", "on_time", "without_plazo", "open"] {
        #expect(sections[part]?.totals[column] == summary[column], "\(part) \(column)")
      }
    }
  }
}
