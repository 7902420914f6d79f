import SQLite
import Testing

@Suite("A copy of a database") struct CopyTests {
  private let scratch: Scratch
  private let source: Connection
  private let target: Connection

  init() throws {
    scratch = try Scratch()
    source = try scratch.connection()
    try source.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT) STRICT")
    // More than one step's worth of pages.
    try source.execute(
      sql: """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
        INSERT INTO row SELECT i, hex(zeroblob(700)) FROM n
        """)
    target = try Connection(path: "\(scratch.folder)/copy.sqlite", mode: .create)
  }

  @Test("is of one moment, whatever others write meanwhile")
  func oneMoment() throws {
    let other = try scratch.connection(.readWrite)
    var steps = 0
    try source.read {
      let count = try source.integer(sql: "SELECT count(*) FROM row")
      try source.copy(into: target) {
        steps += 1
        #expect(throws: Never.self) {
          try other.run(sql: "UPDATE row SET text = 'changed' WHERE id = ?", .integer(Int64(steps)))
          try other.run(sql: "INSERT INTO row VALUES (?, 'new')", .integer(Int64(10_000 + steps)))
        }
        return false
      }
      #expect(try target.integer(sql: "SELECT count(*) FROM row") == count)
    }
    #expect(steps > 2)
    #expect(try target.integer(sql: "SELECT count(*) FROM row WHERE text IN ('changed', 'new')") == 0)
    #expect(try target.value(sql: "PRAGMA integrity_check") == "ok")
    #expect(try other.integer(sql: "SELECT count(*) FROM row WHERE text = 'new'") == Int64(steps))
  }

  @Test("ends when it is told to")
  func stops() throws {
    let error = #expect(throws: DatabaseError.self) { try source.copy(into: target) { true } }
    #expect(error?.isInterrupted == true)
    #expect(!source.isInTransaction)
  }
}
