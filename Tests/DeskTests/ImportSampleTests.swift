import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// The mappings and files under `samples/` are run, so that they stay true.
@Suite struct ImportSampleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private func mapping(_ path: String) throws -> Mapping {
    let data = try #require(FileManager.default.contents(atPath: "\(Self.root)/\(path)"), "\(path)")
    return try Mapping(file: path, data: data, zone: .utc, zones: ImportDesk.zone)
  }

  private func file(_ path: String, _ mappingPath: String) throws -> ImportFile {
    let source = try FileSource("\(Self.root)/\(path)")
    return ImportFile(mapping: try mapping(mappingPath), name: path) { try source.read(into: $0) }
  }

  @Test(arguments: [
    "boston/tickets.json5", "boston/tickets-without-targets.json5", "servicenow/tickets.json5",
    "servicenow/events.json5",
  ]) func everyMappingIsGood(path: String) throws {
    _ = try mapping("samples/\(path)")
  }

  @Test func theExcerptImportsWholeAndKeepsTheCitysVerdicts() throws {
    let desk = try ImportDesk()
    let result = try TicketImport(desk.connection, now: desk.now, actorID: nil).run(
      tickets: file("samples/excerpt/boston.csv", "samples/boston/tickets.json5"), events: nil)
    #expect(result.read == 327 && result.new == 327 && result.closed == 305)
    // ONTIME: no target, or closed by it. The excerpt's own column says 263, and leaves four late ones blank.
    let kept = try desk.connection.integer(
      sql:
        "SELECT count(*) FROM ticket WHERE target_at IS NULL OR closed_at <= target_at OR target_at > unixepoch('2026-01-01')"
    )
    #expect(kept == 263)
    let again = try TicketImport(desk.connection, now: desk.now, actorID: nil).run(
      tickets: file("samples/excerpt/boston.csv", "samples/boston/tickets.json5"), events: nil)
    #expect(again.unchanged == 327 && again.written == 0)
  }

  private static let badFiles: KeyValuePairs = [
    "client-empty.csv": "bad:3: client: it is empty; fill it, or give fields.client a default in the mapping",
    "closed-before-opening.csv":
      "bad:3: closed: it is before the opening, 2026-03-20T09:00:00Z; mend the row; a ticket closes at or after its opening",
    "closed-without-date.csv":
      "bad:3: closed: the ticket is closed and nothing says when; fill it, or map changed_at",
    "column-missing.csv":
      "map: fields.status: 'state' is no column of bad; did you mean 'status'? its columns: id, client, subject, status, opened, closed",
    "column-twice.csv": "map: fields.key: bad has 2 columns 'id'; give them names of their own",
    "comma-not-quoted.csv":
      "bad:3: the row has 7 cells, the header 6; put a cell that holds the delimiter between quotes",
    "empty.csv": "bad: it is empty; export it again, with its header",
    "key-twice.csv":
      "bad:4: id: '1' is there twice; the first is on line 2; take one away, or write repeats: \"last\" in the mapping",
    "latin-1.csv":
      "bad:3: client: byte F1 is not UTF-8; save it as UTF-8, or write encoding: \"windows-1252\" in the mapping",
    "month-before-day.csv":
      "bad:3: opened: '3/20/2026 09:00' is not a time of the form 'd/M/yyyy HH:mm'; mend it, or add its form to 'times'",
    "nul-byte.csv": "bad:3: subject: there is a NUL byte in it; save the file as text",
    "quote-never-closed.csv":
      "bad:2: subject: the quote that opens it is never closed; close it, or double the quotes inside the cell",
    "quote-not-doubled.csv":
      "bad:3: subject: text follows the closing quote; double the quotes inside the cell",
    "row-too-short.csv":
      "bad:3: the row has 3 cells, the header 6; add what is missing, or put a cell that holds a line break between quotes",
    "semicolons.csv":
      "bad:1: its cells seem to be parted by semicolons; write delimiter: \"semicolon\" in map",
    "status-not-in-mapping.csv":
      "bad:3: state: 'Opne' is not among the values of the mapping; did you mean 'Open'? add it at fields.status.values, or give an 'otherwise'",
    "still-to-come.csv":
      "bad:3: opened: 2062-03-20T09:00:00Z is still to come; check the form, the zone and this machine's clock",
    "thirtieth-of-february.csv":
      "bad:3: opened: '30/2/2026 09:00' is not a time of the form 'd/M/yyyy HH:mm'; mend it, or add its form to 'times'",
    "utf-16.csv": "bad:1: it is UTF-16; save it as CSV in UTF-8",
  ]

  @Test func everyBadFileIsRefusedForTheFaultOfItsName() throws {
    let folder = "samples/bad/import"
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(Self.root)/\(folder)").filter {
      $0.hasSuffix(".csv")
    }
    #expect(files.sorted() == Self.badFiles.map(\.key))
    for (name, expected) in Self.badFiles {
      let desk = try ImportDesk()
      let path = "\(folder)/\(name)"
      do {
        _ = try TicketImport(desk.connection, now: desk.now, actorID: nil).run(
          tickets: file(path, "\(folder)/tickets.json5"), events: nil)
        Issue.record("\(name) was taken")
      } catch {
        let told = "\(error)".replacing(path, with: "bad").replacing("\(folder)/tickets.json5", with: "map")
        #expect(told.split(separator: "\n").first.map(String.init) == expected, "\(name)")
      }
      #expect(try desk.count("ticket") == 0)
    }
  }

  private static let badMappings: KeyValuePairs = [
    "mapping-comma-missing.json5": "bad:5: a ',' or a '}' is missing before 't'; mend it there or just before",
    "mapping-key-field-missing.json5": "bad:6: fields.key: is missing; every mapping of tickets needs it",
    "mapping-key-misspelt.json5":
      "bad:5: tiems: unknown key; did you mean 'times'? legal keys: kind, source, encoding, delimiter, null, timeZone, times, repeats, covers, header, only, skip, fields",
    "mapping-month-for-minute.json5":
      "bad:5: times: 'd/M/yyyy HH:MM' is not the form of a time: it has a part twice; write it like d/M/yyyy HH:mm, yyyy-MM-dd HH:mm:ss, iso8601, epoch",
    "mapping-status-of-no-ticket.json5":
      "bad:10: fields.status.values.Closed: 'done' is not legal; legal values: open, closed",
    "mapping-zone-of-nowhere.json5":
      "bad:5: timeZone: there is no time zone 'Europe/Madird'; write an IANA name such as America/Mexico_City",
  ]

  @Test func everyBadMappingIsRefusedForTheFaultOfItsName() throws {
    for (name, expected) in Self.badMappings {
      let path = "samples/bad/import/\(name)"
      let faults = #expect(throws: Faults.self) { try mapping(path) }
      #expect(faults?.all.first?.description.replacing(path, with: "bad") == expected, "\(name)")
    }
  }

  @Test func theReadmeHasEveryWordOfAMapping() throws {
    let readme = String(
      decoding: try #require(FileManager.default.contents(atPath: "\(Self.root)/samples/README.md")), as: UTF8.self)
    let words =
      Mapping.keys + FieldRule.keys + ImportField.allCases.map(\.name) + ImportKind.allCases.map(\.rawValue)
      + CSVEncoding.allCases.map(\.rawValue) + Mapping.Repeats.allCases.map(\.rawValue)
      + Mapping.Covers.allCases.map(\.rawValue) + Mapping.delimiterNames
    for word in words { #expect(readme.contains("`\(word)`"), "\(word)") }
  }
}
