import SQLite
import Testing

@Suite struct ValueTests {
  private static let values: [Value] = [
    .null, 0, -1, .integer(.max), .integer(.min), .real(0.1), .real(-.infinity), "", "a", "ñ😀e\u{301}",
    .text("a\u{0}b"), .text("\u{0}"), .text(String(repeating: "ñ", count: 1 << 19)), .blob([]), .blob([0, 255, 0]),
  ]

  @Test(arguments: values)
  func aValueComesBackAsItWent(value: Value) throws {
    let connection = try Scratch.inMemory()
    try connection.execute(sql: "CREATE TABLE thing (value ANY) STRICT")
    try connection.run(sql: "INSERT INTO thing VALUES (?)", value)
    #expect(try connection.value(sql: "SELECT value FROM thing") == value)
    let statement = try connection.prepare(sql: "SELECT value, :name, ?3 FROM thing WHERE value IS :name")
    #expect(statement.parameterNames == [":name", nil, "?3"])
    #expect(statement.bind(named: ":name", value) && !statement.bind(named: ":other", value))
    #expect(try statement.step())
    #expect(statement.value(1) == value && statement.isNull(2))
    #expect(statement.columnNames.count == 3)
    if case .text(let text) = value {
      #expect(Array(statement.text(0).utf8) == Array(text.utf8))
      #expect(statement.withBytes(0) { Array($0) } == Array(text.utf8))
      #expect(statement.firstByte(0) == text.utf8.first ?? 0)
    }
  }

  @Test func aTextThatIsNotUTF8IsReadWithMarks() throws {
    let connection = try Scratch.inMemory()
    #expect(try connection.value(sql: "SELECT CAST(x'61ff62' AS TEXT)") == "a\u{fffd}b")
    let statement = try connection.prepare(sql: "SELECT CAST(x'c3' AS TEXT)")
    #expect(try statement.step())
    #expect(statement.text(0) == "\u{fffd}")
    #expect(statement.withBytes(0) { Array($0) } == [0xc3])
  }

  @Test func aStatementRunsAgainWithOtherValues() throws {
    let connection = try Scratch.inMemory()
    let statement = try connection.prepare(sql: "SELECT ? + 1")
    #expect(try statement.rows(1) == [[2]])
    #expect(try statement.rows(2) == [[3]])
    statement.bind(1, Int64?.none)
    #expect(try statement.step() && statement.integerOrNil(0) == nil && statement.textOrNil(0) == nil)
    statement.reset()
    #expect(throws: DatabaseError.self) { try connection.prepare(sql: " -- nothing") }
  }

  @Test func aStatementOutlivesItsConnection() throws {
    let scratch = try Scratch()
    func orphan() throws -> Statement {
      let connection = try scratch.connection()
      try connection.execute(sql: "CREATE TABLE thing (x INTEGER) STRICT; INSERT INTO thing VALUES (1), (2)")
      try connection.addFunction(named: "twice", arguments: 1) { $0[0].integer.map { .integer($0 * 2) } ?? .null }
      return try connection.prepare(sql: "SELECT twice(x) FROM thing ORDER BY x")
    }
    let statement = try orphan()
    #expect(try statement.rows() == [[2], [4]])
    #expect(try statement.step() && statement.integer(0) == 2)
  }

  @Test func anErrorHoldsTheCodeAndTheStatementAndNoValue() throws {
    let connection = try Scratch.inMemory()
    try connection.execute(sql: "CREATE TABLE thing (name TEXT NOT NULL) STRICT")
    #expect(
      throws: DatabaseError(code: 1, message: "no such column: nmae", sql: "SELECT nmae FROM thing")
    ) { try connection.prepare(sql: "SELECT nmae FROM thing") }
    #expect { try connection.run(sql: "INSERT INTO thing VALUES (?)", .null) } throws: {
      "\($0)" == "NOT NULL constraint failed: thing.name (SQLite 1299) in «INSERT INTO thing VALUES (?)»"
    }
    let secret = "confidencial"
    #expect { try connection.run(sql: "INSERT INTO thing VALUES (CAST(? AS BLOB))", .text(secret)) } throws: {
      !"\($0)".contains(secret)
    }
  }
}
