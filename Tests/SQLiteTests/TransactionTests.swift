import SQLite
import Testing

@Suite struct TransactionTests {
  private struct Refusal: Error {}

  private func count(_ connection: Connection) throws -> Int64? {
    try connection.integer(sql: "SELECT count(*) FROM thing")
  }

  private func made() throws -> Connection {
    let connection = try Scratch.inMemory()
    try connection.execute(sql: "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE) STRICT")
    return connection
  }

  @Test func whatThrowsIsRolledBackWhole() throws {
    let connection = try made()
    #expect(throws: Refusal.self) {
      try connection.write {
        try connection.run(sql: "INSERT INTO thing (name) VALUES ('a')")
        throw Refusal()
      }
    }
    #expect(try count(connection) == 0 && !connection.isInTransaction)
    #expect {
      try connection.write { try connection.execute(sql: "INSERT INTO thing VALUES (1, 'a'), (2, 'a')") }
    } throws: { ($0 as? DatabaseError)?.code == 2067 }
    #expect(try count(connection) == 0)
    let answer = try connection.write {
      try connection.run(sql: "INSERT INTO thing (name) VALUES ('a')")
      return 7
    }
    #expect(answer == 7)
    #expect(try count(connection) == 1 && connection.changes == 1 && connection.lastInsertedID == 1)
  }

  @Test func aTransactionThatSQLiteEndedIsNotEndedTwice() throws {
    let connection = try made()
    // ON CONFLICT ROLLBACK ends the transaction by itself, as a full disk does.
    #expect {
      try connection.write {
        try connection.run(sql: "INSERT INTO thing (name) VALUES ('a')")
        try connection.run(sql: "INSERT OR ROLLBACK INTO thing (name) VALUES ('a')")
      }
    } throws: { ($0 as? DatabaseError)?.primaryCode == 19 }
    #expect(try count(connection) == 0 && !connection.isInTransaction)
  }

  @Test func aCommitThatFailsIsRolledBack() throws {
    let connection = try made()
    try connection.execute(
      sql: """
        PRAGMA foreign_keys = ON;
        CREATE TABLE part (thing INTEGER REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED) STRICT
        """)
    #expect { try connection.write { try connection.run(sql: "INSERT INTO part VALUES (9)") } } throws: {
      ($0 as? DatabaseError)?.primaryCode == 19
    }
    #expect(!connection.isInTransaction)
    #expect(try connection.integer(sql: "SELECT count(*) FROM part") == 0)
  }

  @Test func aTransactionInATransactionIsRefused() throws {
    let connection = try made()
    #expect(throws: DatabaseError.self) { try connection.write { try connection.write {} } }
    #expect(!connection.isInTransaction)
  }

  @Test func aReaderSeesOneUnchangingFile() throws {
    let scratch = try Scratch()
    let writer = try scratch.connection()
    try writer.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE thing (name TEXT) STRICT")
    let reader = try scratch.connection(.readOnly)
    try reader.read {
      #expect(try count(reader) == 0)
      try writer.run(sql: "INSERT INTO thing VALUES ('a')")
      #expect(try count(reader) == 0)
    }
    #expect(try count(reader) == 1)
  }

  @Test func aSecondWriterWaitsAndThenGivesUp() throws {
    let scratch = try Scratch()
    let first = try scratch.connection()
    try first.execute(sql: "CREATE TABLE thing (name TEXT) STRICT")
    let second = try scratch.connection(.readWrite, wait: 20)
    try first.write {
      try first.run(sql: "INSERT INTO thing VALUES ('a')")
      #expect { try second.write {} } throws: { ($0 as? DatabaseError)?.isBusy == true }
    }
    try second.write { try second.run(sql: "INSERT INTO thing VALUES ('b')") }
    #expect(try count(first) == 2)
  }
}
