import Dispatch
import SQLite
import Testing

@Suite struct MigrationTests {
  private static let steps = (1...4).map { number in
    Migration(
      name: "step-\(number)",
      sql: "CREATE TABLE thing\(number) (x INTEGER) STRICT; INSERT INTO thing\(number) VALUES (\(number))")
  }

  @Test func stepsAreAppliedInTheirOrderAndOnce() throws {
    let connection = try Scratch.inMemory()
    let two = Array(Self.steps.prefix(2))
    #expect(try connection.pendingMigrations(two) == ["step-1", "step-2"])
    #expect(try connection.migrate(two, now: 7) == ["step-1", "step-2"])
    #expect(try connection.migrate(two, now: 8) == [])
    #expect(try connection.pendingMigrations(Self.steps) == ["step-3", "step-4"])
    #expect(try connection.migrate(Self.steps, now: 9) == ["step-3", "step-4"])
    #expect(
      try connection.rows(sql: "SELECT name, applied_at FROM migration ORDER BY name") == [
        ["step-1", 7], ["step-2", 7], ["step-3", 9], ["step-4", 9],
      ])
  }

  @Test func aStepThatFailsLeavesNothingOfItself() throws {
    let connection = try Scratch.inMemory()
    let steps =
      Self.steps.prefix(1) + [Migration(name: "step-2", sql: "CREATE TABLE half (x); CREATE TABLE thing1 (x)")]
    #expect(throws: DatabaseError.self) { try connection.migrate(Array(steps), now: 0) }
    #expect(try connection.pendingMigrations(Array(steps)) == ["step-2"])
    #expect(try connection.integer(sql: "SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0)
    #expect(!connection.isInTransaction)
  }

  @Test func aNewerSchemaIsRefusedAndLeftAlone() throws {
    let connection = try Scratch.inMemory()
    try connection.migrate(Self.steps, now: 0)
    let older = Array(Self.steps.dropLast(2)) + [Migration(name: "other", sql: "CREATE TABLE other (x)")]
    #expect(throws: MigrationError.newerSchema(unknown: ["step-3", "step-4"])) {
      try connection.migrate(older, now: 0)
    }
    #expect(try connection.integer(sql: "SELECT count(*) FROM sqlite_schema WHERE name = 'other'") == 0)
  }

  @Test func severalAtOnceApplyEachStepOnce() throws {
    let scratch = try Scratch()
    try scratch.connection().execute(sql: "PRAGMA journal_mode = WAL")
    let path = scratch.path
    let steps = Self.steps
    // Connections of their own meet as processes do: in the file's locks.
    DispatchQueue.concurrentPerform(iterations: 4) { number in
      do {
        let connection = try Connection(path: path, mode: .readWrite)
        try connection.migrate(steps, now: Int64(number))
      } catch {
        Issue.record(error)
      }
    }
    let connection = try scratch.connection(.readOnly)
    #expect(try connection.pendingMigrations(steps) == [])
    for number in 1...4 {
      #expect(try connection.rows(sql: "SELECT x FROM thing\(number)") == [[.integer(Int64(number))]])
    }
  }
}
