import FoundationEssentials
import Glibc
import Reports
import SQLite
import Testing
import Text

/// Files appear whole or not at all.
@Suite struct OutputTests {
  private static let failing = """
    { title: { es: '-', en: '-' }, about: { es: '-', en: '-' }, sections: [
      { id: 's', title: { es: '-', en: '-' }, sql: "SELECT \\"TEXT\\" AS n", columns: [
        { name: 'n', type: 'integer', label: { es: '-', en: '-' } }] }] }
    """

  private func definition(_ desk: OfficeDesk, sql: String) throws -> ReportDefinition {
    try desk.definition(Self.failing.replacing("SELECT \\\"TEXT\\\" AS n", with: sql))
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func whatFailsLeavesNothingBehindAndTheOldFileInItsPlace() throws {
    let desk = try OfficeDesk(sql: "")
    let out = "\(desk.folder)/out"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    try Data("yesterday".utf8).write(to: URL(filePath: "\(out)/mine.csv"))
    // The second row is not reached: `abs` of the smallest integer overflows.
    let definition = try definition(desk, sql: "SELECT abs(column1) AS n FROM (VALUES (1), (-9223372036854775807 - 1))")
    #expect(throws: DatabaseError.self) {
      try desk.runner.run([definition], desk.request([.csv, .json, .html, .text]), to: .folder(out))
    }
    #expect(try names(in: out) == ["mine.csv"])
    #expect(FileManager.default.contents(atPath: "\(out)/mine.csv") == Data("yesterday".utf8))
  }

  @Test func filesAreForTheirOwnerUnlessTheRunSaysOtherwise() throws {
    let desk = try OfficeDesk(sql: "")
    let definition = try definition(desk, sql: "SELECT 1 AS n")
    for (mode, folder) in [(UInt32(0o600), "private"), (0o640, "shared")] {
      let out = "\(desk.folder)/\(folder)"
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      let paths = try desk.runner.run(
        [definition], desk.request([.csv, .json, .html, .text]), to: .folder(out, mode: mode))
      // A page comes into its place after the CSV that it links to, the descriptor after what it describes.
      #expect(paths == ["mine.json", "mine.csv", "mine.txt", "mine.html", "datapackage.json"].map { "\(out)/\($0)" })
      #expect(try names(in: out) == ["datapackage.json", "mine.csv", "mine.html", "mine.json", "mine.txt"])
      for path in paths {
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == mode)
      }
    }
  }

  @Test func aFolderThatIsNotThereIsToldByItsFile() throws {
    let desk = try OfficeDesk(sql: "")
    let definition = try definition(desk, sql: "SELECT 1 AS n")
    #expect(throws: ReportError.cannotWrite(path: "/nowhere/mine.csv", reason: "No such file or directory")) {
      try desk.runner.run([definition], desk.request([.csv]), to: .folder("/nowhere"))
    }
  }

  @Test func aStreamTakesOneFormatOfOneReport() throws {
    let desk = try OfficeDesk()
    let definition = try ReportCatalog(folder: nil).definition(named: "tasks-vobo")
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    try desk.runner.run([definition], desk.request([.csv]), to: .stream(ends[1]))
    close(ends[1])
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = read(ends[0], &bytes, bytes.count)
    close(ends[0])
    // Of CSV, the primary section alone.
    Golden.expect(String(decoding: bytes[..<count], as: UTF8.self), matches: "office-tasks-vobo.csv")
    #expect(throws: ReportError.tooMuchForOneStream) {
      try desk.runner.run([definition], desk.request([.csv, .json]), to: .stream(1))
    }
    #expect(throws: ReportError.tooMuchForOneStream) {
      try desk.runner.run([definition, definition], desk.request([.csv]), to: .stream(1))
    }
  }

  @Test func aFullDeviceIsTold() throws {
    let desk = try OfficeDesk(sql: "")
    let definition = try definition(desk, sql: "SELECT 1 AS n")
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    #expect(throws: ReportError.cannotWrite(path: "standard output", reason: "No space left on device")) {
      try desk.runner.run([definition], desk.request([.csv]), to: .stream(full))
    }
  }

  @Test func theTimeLimitStopsAQueryThatWouldNotEnd() throws {
    let desk = try OfficeDesk(sql: "")
    let definition = try definition(
      desk, sql: "WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i) SELECT count(*) AS n FROM i")
    let path = desk.path
    var asked = 0
    let runner = ReportRunner(
      open: { try Connection(path: path, mode: .readOnly) }, judge: { _, _ in NoJudge() },
      shouldStop: {
        asked += 1
        return asked > 3
      })
    let out = "\(desk.folder)/out"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    #expect(throws: ReportError.stopped(report: "mine", section: "s")) {
      try runner.run([definition], desk.request([.csv]), to: .folder(out))
    }
    #expect(try names(in: out).isEmpty)
  }

  @Test func aRunLeavesTheDeskFreeAndUntouched() throws {
    let desk = try OfficeDesk()
    let before = FileManager.default.contents(atPath: desk.path)
    _ = try desk.run("daily-sla", desk.request([.csv]))
    #expect(FileManager.default.contents(atPath: desk.path) == before)
    // A reader that lingered would keep the log from being emptied.
    let connection = try Connection(path: desk.path, mode: .readWrite)
    #expect(try connection.prepare(sql: "PRAGMA wal_checkpoint(TRUNCATE)").rows()[0][0] == 0)
  }

  @Test func aJudgeThatUsesKeptStatementsDoesNotKeepTheDesk() throws {
    let desk = try OfficeDesk()
    let path = desk.path
    let runner = ReportRunner(
      open: { try Connection(path: path, mode: .readOnly) },
      judge: { connection, _ in
        _ = try connection.integer(sql: "SELECT last FROM event_sequence")
        return NoJudge()
      })
    let definition = try definition(desk, sql: "SELECT 1 AS n")
    let null = open("/dev/null", O_WRONLY)
    defer { close(null) }
    try runner.run([definition], desk.request([.csv]), to: .stream(null))
    let connection = try Connection(path: path, mode: .readWrite)
    try connection.execute(sql: "INSERT INTO client (name) VALUES ('later')")
    #expect(try connection.prepare(sql: "PRAGMA wal_checkpoint(TRUNCATE)").rows()[0][0] == 0)
  }
}
