import FoundationEssentials
import Reports
import Testing

@Suite struct CSVTests {
  /// What each profile writes for a cell, which SQL gives.
  static let cells: [(name: String, sql: String, rfc4180: String, english: String, spanish: String)] = [
    ("plain", "'Ana'", "Ana", "Ana", "Ana"),
    ("empty text", "''", "\"\"", "\"\"", "\"\""),
    ("nothing", "NULL", "\"\"", "\"\"", "\"\""),
    ("comma", "'a,b'", "\"a,b\"", "\"a,b\"", "a,b"),
    ("semicolon", "'a;b'", "a;b", "a;b", "\"a;b\""),
    ("quote", "'say \"hi\"'", "\"say \"\"hi\"\"\"", "\"say \"\"hi\"\"\"", "\"say \"\"hi\"\"\""),
    ("line break", "'a' || char(10) || 'b'", "\"a\nb\"", "\"a\nb\"", "\"a\nb\""),
    ("carriage return inside", "'a' || char(13, 10) || 'b'", "\"a\r\nb\"", "\"a\r\nb\"", "\"a\r\nb\""),
    ("spaces around", "' a '", "\" a \"", "\" a \"", "\" a \""),
    ("accents and pictures", "'Ñandú 🦙 漢字'", "Ñandú 🦙 漢字", "Ñandú 🦙 漢字", "Ñandú 🦙 漢字"),
    ("formula", "'=1+1'", "'=1+1", "'=1+1", "'=1+1"),
    ("formula with comma", "'=A(1,2)'", "\"'=A(1,2)\"", "\"'=A(1,2)\"", "'=A(1,2)"),
    ("formula with quote", "'=\"a\"'", "\"'=\"\"a\"\"\"", "\"'=\"\"a\"\"\"", "\"'=\"\"a\"\"\""),
    ("plus", "'+52 55'", "'+52 55", "'+52 55", "'+52 55"),
    ("minus as text", "'-5'", "'-5", "'-5", "'-5"),
    ("at", "'@ana'", "'@ana", "'@ana", "'@ana"),
    ("tab", "char(9) || 'a'", "'\ta", "'\ta", "'\ta"),
    ("carriage return first", "char(13) || 'a'", "\"'\ra\"", "\"'\ra\"", "\"'\ra\""),
    ("a sign later is none", "'a=b'", "a=b", "a=b", "a=b"),
    ("zeros before", "'007'", "007", "\"=\"\"007\"\"\"", "\"=\"\"007\"\"\""),
    ("one zero", "'0'", "0", "0", "0"),
    ("fifteen digits", "'123456789012345'", "123456789012345", "123456789012345", "123456789012345"),
    (
      "sixteen digits", "'1234567890123456'", "1234567890123456", "\"=\"\"1234567890123456\"\"\"",
      "\"=\"\"1234567890123456\"\"\""
    ),
    ("not digits only", "'007a'", "007a", "007a", "007a"),
    ("no UTF-8", "CAST(x'61ff62' AS TEXT)", "a\u{FFFD}b", "a\u{FFFD}b", "a\u{FFFD}b"),
    (
      "a surrogate is no UTF-8", "CAST(x'eda080' AS TEXT)", "\u{FFFD}\u{FFFD}\u{FFFD}", "\u{FFFD}\u{FFFD}\u{FFFD}",
      "\u{FFFD}\u{FFFD}\u{FFFD}"
    ),
  ]

  private func lines(_ kind: String, _ sql: [String], _ profile: CSVProfile) throws -> [String] {
    let desk = try OfficeDesk(sql: "")
    let name = kind == "hours" ? "a_hours" : "a"
    let rows = sql.map { "(\($0))" }.joined(separator: ", ")
    let query = "SELECT column1 AS \(name) FROM (VALUES \(rows))".replacing("\"", with: "\\\"")
    let definition = try desk.definition(
      """
      { title: { es: '-', en: '-' }, about: { es: '-', en: '-' }, sections: [{ id: 's', title: { es: '-', en: '-' },
        sql: "\(query)", columns: [{ name: '\(name)', type: '\(kind)', label: { es: 'Año', en: 'Year' } }] }] }
      """)
    var request = desk.request([.csv])
    request.csvProfile = profile
    let text = try #require(try desk.run(definition, request)["mine.csv"])
    let bytes = Array(text.utf8)
    let mark = Array("\u{FEFF}".utf8)
    #expect(bytes.starts(with: mark) == (profile != .rfc4180))
    #expect(bytes.suffix(2) == [13, 10])
    // Split at CRLF that ends a row: cells of these cases hold one only between quotes.
    var lines: [String] = []
    var line: [UInt8] = []
    var isQuoted = false
    for byte in profile == .rfc4180 ? bytes[...] : bytes.dropFirst(3) {
      if byte == 34 { isQuoted.toggle() }
      line.append(byte)
      if byte == 10, !isQuoted {
        lines.append(String(decoding: line.dropLast(2), as: UTF8.self))
        line = []
      }
    }
    return Array(lines.dropFirst())
  }

  @Test(arguments: CSVProfile.allCases) func textsAreWrittenSoThatEachReaderGetsThemBack(_ profile: CSVProfile) throws {
    let lines = try lines("text", Self.cells.map(\.sql), profile)
    try #require(lines.count == Self.cells.count)
    for (cell, line) in zip(Self.cells, lines) {
      let expected =
        switch profile {
        case .rfc4180: cell.rfc4180
        case .excelEnglish: cell.english
        case .excelSpanish: cell.spanish
        }
      #expect(Array(line.utf8) == Array(expected.utf8), "\(cell.name): \(line)")
    }
  }

  @Test func numbersStayNumbers() throws {
    let numbers = ["-5", "9223372036854775807", "-9223372036854775808", "0.5", "-0.1", "1e-9", "1e300", "12.345678"]
    #expect(
      try lines("number", numbers, .rfc4180).prefix(6) == [
        "-5", "9223372036854775807", "-9223372036854775808", "0.5", "-0.1", "0",
      ])
    #expect(try lines("number", numbers, .excelSpanish).last == "12,345678")
    // SQLite keeps what it is given: a text in a column of numbers is a text, and guarded as one.
    #expect(try lines("integer", ["'=1'", "'a,b'"], .rfc4180) == ["'=1", "\"a,b\""])
  }

  @Test func durationsAreDecimalHoursThatTellSecondsApart() throws {
    let seconds = ["0", "1", "3600", "4800", "27000", "-12345", "3599", "86400"]
    let hours = ["0", "0.0003", "1", "1.3333", "7.5", "-3.4292", "0.9997", "24"]
    #expect(try lines("hours", seconds, .rfc4180) == hours)
    #expect(try lines("hours", seconds, .excelSpanish) == hours.map { $0.replacing(".", with: ",") })
    for (second, hour) in zip(seconds, hours) {
      #expect(Double(second)! == (Double(hour)! * 3600).rounded())
    }
  }

  @Test func instantsAreOfTheWallClockOfTheReport() throws {
    let instants = [
      "0", "-1", "unixepoch('2026-03-27T23:00:00Z')", "unixepoch('2020-07-01T00:00:00Z')", "253402300799",
    ]
    #expect(
      try lines("instant", instants, .rfc4180) == [
        "1969-12-31 18:00:00", "1969-12-31 17:59:59", "2026-03-27 17:00:00", "2020-06-30 19:00:00",
        "9999-12-31 17:59:59",
      ])
  }

  @Test func labelsNameTheColumnsInTheReadersLanguage() throws {
    let desk = try OfficeDesk()
    var request = desk.request([.csv])
    request.csvHeaders = .labels
    let text = try #require(try desk.run("tasks-vobo", request)["tasks-vobo-tickets.csv"])
    #expect(text.hasPrefix("No.,Título,Cliente,Técnico responsable,VoBo,Cerrado,Desde hace\r\n"))
  }
}
