import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing

@Suite struct DeskFileTests {
  private let folder: String
  private var path: String { "\(folder)/desk.sqlite" }

  init() throws {
    folder = "\(FileManager.default.temporaryDirectory.path())plazo-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func withoutFolder(_ body: () throws -> Void) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body()
  }

  private func create(_ migrations: [Migration] = DeskSchema.migrations) throws {
    try DeskFile.create(at: path, migrations: migrations, now: Instant(0))
  }

  private func open(
    _ mode: Connection.Mode = .readWrite, _ migrations: [Migration] = DeskSchema.migrations
  ) throws -> Connection {
    try DeskFile.open(at: path, mode: mode, migrations: migrations, now: Instant(0))
  }

  @Test func everyConnectionGuardsItsRows() throws {
    try withoutFolder {
      try create()
      for mode in [Connection.Mode.readOnly, .readWrite] {
        let connection = try open(mode)
        #expect(try connection.value(sql: "PRAGMA foreign_keys") == 1)
        #expect(try connection.value(sql: "PRAGMA journal_mode") == "wal")
        #expect(try connection.value(sql: "PRAGMA synchronous") == 2)
      }
      let reader = try open(.readOnly)
      #expect { try reader.run(sql: "INSERT INTO client (name) VALUES ('x')") } throws: {
        ($0 as? DatabaseError)?.isReadOnly == true
      }
    }
  }

  @Test func whatIsNoDeskIsRefused() throws {
    try withoutFolder {
      #expect(
        throws: DeskError(
          "there is no desk at '\(path)'", mend: "make one with 'plazo init', or name another with --desk")
      ) { try open() }
      let refusal = DeskError(
        "'\(path)' is not a desk of plazo", mend: "restore it from a backup, or name another with --desk")
      for content in ["", "no es una base de datos, y tiene más de cien bytes: \(String(repeating: "x", count: 200))"] {
        try Data(content.utf8).write(to: URL(filePath: path))
        #expect(throws: refusal) { try open() }
        #expect(try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self) == content)
      }
      try FileManager.default.removeItem(atPath: path)
      try Connection(path: path, mode: .create).execute(sql: "CREATE TABLE other (x)")
      #expect(throws: refusal) { try open() }
      #expect(
        throws: DeskError("'\(path)' is there already", mend: "choose another folder, or remove it first")
      ) { try create() }
    }
  }

  @Test(arguments: [Connection.Mode.readOnly, .readWrite])
  func anOlderDeskIsBroughtUpAndANewerOneIsLeftAlone(mode: Connection.Mode) throws {
    try withoutFolder {
      let newer = DeskSchema.migrations + [Migration(name: "desk-9", sql: "CREATE TABLE later (x INTEGER) STRICT")]
      try create()
      #expect(try open(mode, newer).integer(sql: "SELECT count(*) FROM later") == 0)
      #expect(
        throws: DeskError(
          "the desk '\(path)' was made by a newer plazo (it has desk-9)",
          mend: "update this plazo; the desk was not touched")
      ) { try open(mode) }
    }
  }
}
