import SQLite
import Testing

/// Functions, and the limits of a connection that runs other people's SQL.
@Suite struct GuardTests {
  @Test(arguments: [Value.null, 7, .real(0.5), "ñ", ""])
  func aFunctionGetsItsValuesAndGivesOneBack(value: Value) throws {
    let connection = try Scratch.inMemory()
    try connection.addFunction(named: "same", arguments: 1) { $0[0] }
    #expect(try connection.value(sql: "SELECT same(?)", value) == value)
  }

  @Test(arguments: [Value.blob([1, 0, 2]), .text("a\u{0}b")])
  func aFunctionGetsBlobsAndTextsWhole(value: Value) throws {
    let connection = try Scratch.inMemory()
    try connection.addFunction(named: "same", arguments: 1) { $0[0] }
    #expect(try connection.value(sql: "SELECT same(?)", value) == value)
  }

  @Test func aFunctionIsCalledWithAsManyValuesAsItTakes() throws {
    let connection = try Scratch.inMemory()
    try connection.addFunction(named: "most", arguments: -1) {
      $0.compactMap(\.integer).max().map { .integer($0) } ?? .null
    }
    #expect(try connection.rows(sql: "SELECT most(), most(1), most(3, 9, 4)") == [[.null, 1, 9]])
    try connection.addFunction(named: "none", arguments: 0) { _ in "x" }
    #expect(throws: DatabaseError.self) { try connection.prepare(sql: "SELECT none(1)") }
  }

  private func guarded() throws -> Connection {
    let connection = try Scratch.inMemory()
    try connection.execute(
      sql: """
        CREATE TABLE thing (x INTEGER UNIQUE) STRICT; INSERT INTO thing VALUES (1), (2), (3);
        CREATE VIEW seen AS SELECT x FROM thing; CREATE TEMP TABLE mine (x INTEGER)
        """)
    connection.allowOnlyReading()
    return connection
  }

  @Test(arguments: [
    "INSERT INTO thing VALUES (4)", "UPDATE thing SET x = 0", "DELETE FROM thing", "DROP TABLE thing",
    "CREATE TABLE other (x)", "CREATE TEMP TABLE other (x)", "CREATE TEMP VIEW other AS SELECT 1",
    "INSERT INTO temp.mine VALUES (1)", "ALTER TABLE thing ADD COLUMN y", "CREATE INDEX i ON thing (x)",
    "ATTACH '/tmp/plazo-other.sqlite' AS other", "ATTACH ':memory:' AS other", "DETACH temp", "PRAGMA user_version = 1",
    "PRAGMA journal_mode", "PRAGMA writable_schema = ON", "SELECT * FROM pragma_database_list", "VACUUM",
    "VACUUM INTO '/tmp/plazo-copy.sqlite'", "REINDEX", "ANALYZE", "BEGIN", "SAVEPOINT a", "SELECT load_extension('x')",
    "SELECT load_extension('x', 'y')", "CREATE VIRTUAL TABLE v USING fts5(x)", "REPLACE INTO thing VALUES (1)",
    "WITH a AS (SELECT 1) INSERT INTO thing SELECT * FROM a", "EXPLAIN INSERT INTO thing VALUES (1)",
  ])
  func whatDoesMoreThanReadIsRefused(sql: String) throws {
    let connection = try guarded()
    #expect(throws: DatabaseError.self, "\(sql)") { try connection.execute(sql: sql) }
    #expect(throws: DatabaseError.self, "\(sql)") { try connection.prepare(sql: sql).run() }
    #expect(try connection.rows(sql: "SELECT x FROM thing ORDER BY x") == [[1], [2], [3]])
  }

  @Test(arguments: [
    ("SELECT sum(x) FROM seen", 6 as Value),
    ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT sum(i) FROM n", 45),
    ("SELECT sum(x) OVER (ORDER BY x) FROM thing ORDER BY x DESC", 6), ("SELECT upper('a') || json_array(1)", "A[1]"),
    ("SELECT group_concat(x) FROM (SELECT x FROM thing ORDER BY x)", "1,2,3"),
  ])
  func whateverReadsIsAllowed(sql: String, first: Value) throws {
    #expect(try guarded().value(sql: sql) == first)
  }

  @Test func functionsThatAreTablesAreAllowed() throws {
    #expect(try guarded().value(sql: "SELECT value FROM json_each('[5]')") == 5)
  }

  @Test func aStatementIsInterruptedWhenItIsTime() throws {
    let connection = try Scratch.inMemory()
    var calls = 0
    connection.interrupt {
      calls += 1
      return calls > 3
    }
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    #expect { try connection.value(sql: endless) } throws: { ($0 as? DatabaseError)?.isInterrupted == true }
    #expect(calls == 4)
    // The connection goes on, and the newest word counts.
    connection.interrupt { false }
    #expect(try connection.value(sql: "SELECT 1") == 1)
  }
}
