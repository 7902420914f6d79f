import Desk
import FoundationEssentials
import SLA
import SQLite
import Seeded
import Testing
import Text

/// Files and mappings that nobody meant to write: what is read is on the desk as it stands in the file, what is not is
/// told with its line, and the desk stays whole.
@Suite struct ImportFuzzTests {
  private static let cells = Mangler([
    "1", "2", "3", "Acme", "ana", "Open", "Shut", "2026-03-20 09:00", "2026-03-21 10:00", "2099-01-01 00:00", "", "",
    ",",
    "\"", "\n", "\r", "ñ", "é", "\u{0}", "😀", "مرحبا", " ", "x",
  ])

  private func scratch() -> String { "/tmp/plazo-fuzz-\(UInt64.random(in: 0 ..< .max)).csv" }

  @Test(arguments: 0..<randomCases(40)) func anyFileIsTakenOrTold(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &+ 400)
    let desk = try ImportDesk()
    let rejects = scratch()
    defer { try? FileManager.default.removeItem(atPath: rejects) }
    var rows: [UInt8] = []
    for _ in 0..<(1 + dice.upTo(12)) {
      let cells = (0..<8).map { _ in
        dice.upTo(4) == 0 ? Self.cells.text(&dice, upTo: 3) : dice.one(of: ["1", "2", "Acme", "Open"])
      }
      rows += Array((cells.joined(separator: ",") + "\n").utf8)
      if dice.upTo(3) == 0 { rows.append(UInt8(dice.upTo(256))) }
    }
    let good = Array("7,Acme,P,t,ana,Shut,2026-03-20 09:00,2026-03-25 10:00\n".utf8)
    let bytes = Array(ImportDesk.header.utf8) + Mangler.mangled(good, &dice) + rows + good
    do {
      let result = try TicketImport(desk.connection, now: desk.now, actorID: nil).run(
        tickets: ImportDesk.file(bytes, "t.csv", ImportDesk.mapping), events: nil, options: .init(rejects: rejects))
      #expect(result.read == result.new + result.updated + result.unchanged + result.rejected)
      #expect(result.rejected == 0 || FileManager.default.fileExists(atPath: rejects))
    } catch is Faults {} catch is Fault {}
    try Replay(desk.connection).check { Issue.record("\($0)") }
  }

  @Test(arguments: 0..<randomCases(80)) func anyMappingIsReadOrRefusedBeforeTheFirstRow(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &+ 500)
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "samples/mappings").path
    let paths = ["glpi/tickets.json5", "zammad/articles-api.json5", "request-tracker/tickets.json5"]
    let good = [UInt8](try #require(FileManager.default.contents(atPath: "\(folder)/\(dice.one(of: paths))")))
    do {
      _ = try Mapping(file: "m", data: Data(Mangler.mangled(good, &dice)), zone: .utc, zones: ImportDesk.zone)
    } catch let faults as Faults {
      #expect(!faults.all.isEmpty && faults.all.allSatisfy { $0.file == "m" && !$0.problem.isEmpty })
    }
  }

  @Test(arguments: 0..<randomCases(120)) func formsOfTimesAndTimesSpent(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &+ 600)
    let pattern = Mangler([
      "yyyy", "yy", "M", "MM", "MMM", "EEE", "d", "dd", "HH", "h", "a", "mm", "ss", "S", "X", "'", "''", "-", " ", "é",
      "T",
    ])
    .text(&dice, upTo: 9)
    let text = Mangler([
      "2026", "26", "3", "03", "mar", "Fri", "27", "09", "12", "PM", "p. m.", "60", ".5", "Z", "-06:00", "-", " ", "é",
      "T", "99999999999999",
    ])
    .text(&dice, upTo: 9)
    if let format = try? TimeFormat(pattern) { _ = format.instant(text, in: .utc) }
    for word in ["iso8601", "epoch", "epoch-ms"] { _ = try TimeFormat(word).instant(text, in: .utc) }
    let spent = Mangler(["1", "30", "h", "m", ":", ".", ",", "-", "e", " ", "９", "99999999999999999999"]).text(
      &dice, upTo: 6)
    for unit in SpentTime.Unit.allCases {
      if let seconds = SpentTime.seconds(spent, unit: unit) { #expect(seconds >= 0, "\(spent)") }
    }
  }

  /// Any text goes the way from a cell to the desk unchanged, or is refused for a NUL.
  @Test(arguments: 0..<randomCases(40)) func anyTextIsKeptAsItStands(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &+ 700)
    let office = try Office()
    let text = "x" + Mangler.anyText.text(&dice, upTo: 40) + "x"
    let cell = "\"\(text.replacing("\"", with: "\"\""))\""
    func run(_ mapping: String, _ rows: String) throws {
      let result = try RecordImport(
        office.connection, actor: office.admin, now: Office.now, zone: .utc, zones: ImportDesk.zone, calendars: []
      ).run(ImportDesk.file(rows.utf8, "r.csv", mapping))
      #expect(result.new == 1)
    }
    try run(
      "{ kind: 'articles', source: 'a', fields: { key: 'k', title: 't', problem: 't', solution: 't' } }",
      "k,t\n1,\(cell)\n")
    try run(
      "{ kind: 'activities', source: 'a', times: 'yyyy-MM-dd', fields: { key: 'k', technician: 'w', day: 'd', time: 'h', description: 't' } }",
      "k,w,d,h,t\n1,luis,2026-03-26,1,\(cell)\n")
    try run(
      "{ kind: 'tasks', source: 'a', times: 'yyyy-MM-dd', fields: { key: 'k', technician: 'w', opened_at: 'd', title: 't', description: 't' } }",
      "k,w,d,t\n1,luis,2026-03-26,\(cell)\n")
    for (table, column) in [
      ("article", "title"), ("article", "solution"), ("article_version", "problem"), ("activity", "description"),
      ("task", "title"), ("task", "description"),
    ] {
      let kept = try office.connection.value(sql: "SELECT \(column) FROM \(table)").text
      #expect(kept.map { Array($0.utf8) } == Array(text.utf8), "\(table).\(column)")
    }
    #expect(try office.differences().isEmpty)
    // And whatever it is, looking for it is no fault of SQLite's.
    do { _ = try ArticleSearch(office.connection).find(text) } catch is DeskError {}
  }
}
