internal import Desk
internal import SLA
internal import SQLite

/// Writes what a sweep finds of tickets or of tasks: clocks, their pauses, verdicts and transitions. For use within one
/// transaction.
final class ClockStore {
  let connection: Connection
  let owner: ClockOwner
  private let now: Instant
  private let upsertClock: Statement
  private let updateClock: Statement
  private let deleteClock: Statement
  private let insertPause: Statement
  private let deletePauses: Statement
  private let selectPauses: Statement
  private let selectClocks: Statement
  private let insertVerdict: Statement
  private let insertTransition: Statement
  private(set) var transitionCount = 0
  private(set) var verdictCount = 0

  init(_ connection: Connection, of owner: ClockOwner, now: Instant) throws {
    self.connection = connection
    self.owner = owner
    self.now = now
    let (clocks, pauses, id) = (owner.clocks, owner.pauses, owner.column)
    let columns = ClockRow.columns(of: owner)
    let names = columns.split(separator: ", ").map(String.init)
    let updates = names.dropFirst(2).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    upsertClock = try connection.prepare(
      sql: """
        INSERT INTO \(clocks) (\(columns)) VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
          ON CONFLICT (\(id), kind) DO UPDATE SET \(updates)
        """)
    updateClock = try connection.prepare(
      sql: "UPDATE \(clocks) SET situation = ?3, deadline = ?4, next_change_at = ?5 WHERE \(id) = ?1 AND kind = ?2")
    deleteClock = try connection.prepare(sql: "DELETE FROM \(clocks) WHERE \(id) = ? AND kind = ?")
    insertPause = try connection.prepare(sql: "INSERT INTO \(pauses) VALUES (?, ?, ?, ?)")
    deletePauses = try connection.prepare(sql: "DELETE FROM \(pauses) WHERE \(id) = ? AND kind = ?")
    selectPauses = try connection.prepare(
      sql: "SELECT from_at, to_at FROM \(pauses) WHERE \(id) = ? AND kind = ? ORDER BY from_at")
    selectClocks = try connection.prepare(sql: "SELECT \(columns) FROM \(clocks) WHERE \(id) = ?")
    let marks = Array(repeating: "?", count: Int(VerdictRow.width) + 3).joined(separator: ", ")
    insertVerdict = try connection.prepare(
      sql: """
        INSERT INTO \(owner.verdicts) (\(VerdictRow.columns(of: owner)), recorded_at, supersedes_id, reason)
          VALUES (\(marks))
        """)
    insertTransition = try connection.prepare(
      sql: """
        INSERT INTO \(owner.transitions)
            (\(id), kind, cycle, from_situation, to_situation, happened_at, recorded_at, deadline)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  // MARK: Clocks

  func clocks(of ownerID: Int64) throws -> [ClockRow] {
    selectClocks.reset()
    selectClocks.bind(1, ownerID)
    var rows: [ClockRow] = []
    while try selectClocks.step() { rows.append(try ClockRow(selectClocks)) }
    return rows
  }

  /// The clocks whose situation can have changed by itself, in the order of their owners.
  func dueClocks() throws -> [ClockRow] {
    let statement = try connection.prepare(
      sql: """
        SELECT \(ClockRow.columns(of: owner)) FROM \(owner.clocks)
          WHERE next_change_at IS NOT NULL AND next_change_at <= ?
        """)
    statement.bind(1, now.seconds)
    var rows: [ClockRow] = []
    while try statement.step() { rows.append(try ClockRow(statement)) }
    return rows.sorted { ($0.ownerID, $0.kind.rawValue) < ($1.ownerID, $1.kind.rawValue) }
  }

  func pauses(of row: ClockRow) throws -> [Pause] {
    selectPauses.reset()
    selectPauses.bind(1, row.ownerID)
    selectPauses.bind(2, row.kind.rawValue)
    var pauses: [Pause] = []
    while try selectPauses.step() {
      pauses.append(
        Pause(from: Instant(selectPauses.integer(0)), to: selectPauses.integerOrNil(1).map { Instant($0) }))
    }
    return pauses
  }

  /// Writes a clock and its pauses. - Parameter isKnown: whether the desk may have a row of it already.
  func write(_ row: ClockRow, isKnown: Bool) throws {
    let statement = upsertClock
    statement.reset()
    statement.bind(1, row.ownerID)
    statement.bind(2, row.kind.rawValue)
    statement.bind(3, row.calendarID)
    statement.bind(4, row.startedAt.seconds)
    statement.bind(5, row.promise?.budget)
    statement.bind(6, row.promise?.target?.seconds)
    statement.bind(7, row.promise?.nearUsed)
    statement.bind(8, row.nextChange?.seconds)
    statement.bind(9, row.situation.rawValue)
    statement.bind(10, row.deadline?.seconds)
    statement.bind(11, row.cycle)
    statement.bind(12, row.moves)
    statement.bind(13, row.originalDeadline?.seconds)
    statement.bind(14, row.policy)
    statement.bind(15, row.plazo)
    while try statement.step() {}
    if isKnown { try deletePauses.run(.integer(row.ownerID), .text(row.kind.rawValue)) }
    for pause in row.pauses {
      insertPause.reset()
      insertPause.bind(1, row.ownerID)
      insertPause.bind(2, row.kind.rawValue)
      insertPause.bind(3, pause.from.seconds)
      insertPause.bind(4, pause.to?.seconds)
      while try insertPause.step() {}
    }
  }

  /// Writes how a clock stands; what it promises is as it was.
  func update(_ row: ClockRow) throws {
    updateClock.reset()
    updateClock.bind(1, row.ownerID)
    updateClock.bind(2, row.kind.rawValue)
    updateClock.bind(3, row.situation.rawValue)
    updateClock.bind(4, row.deadline?.seconds)
    updateClock.bind(5, row.nextChange?.seconds)
    while try updateClock.step() {}
  }

  /// Ends a clock. Its pauses go first, since foreign keys may be off.
  func remove(_ row: ClockRow) throws {
    try deletePauses.run(.integer(row.ownerID), .text(row.kind.rawValue))
    try deleteClock.run(.integer(row.ownerID), .text(row.kind.rawValue))
  }

  // MARK: Verdicts and transitions

  /// The verdict of a cycle that nothing supersedes, with its number.
  func verdict(of ownerID: Int64, _ kind: ClockKind, cycle: Int64) throws -> (id: Int64, row: VerdictRow)? {
    let statement = try connection.cached(
      sql: """
        SELECT \(VerdictRow.columns(of: owner)), id FROM \(owner.verdicts) v
          WHERE \(owner.column) = ? AND kind = ? AND cycle = ?
            AND NOT EXISTS (SELECT 1 FROM \(owner.verdicts) s WHERE s.supersedes_id = v.id)
        """)
    statement.bind([.integer(ownerID), .text(kind.rawValue), .integer(cycle)])
    defer { statement.reset() }
    return try statement.step() ? (statement.integer(VerdictRow.width), try VerdictRow(statement)) : nil
  }

  func write(_ verdict: VerdictRow, supersedes: Int64? = nil, reason: String? = nil) throws {
    verdict.bind(to: insertVerdict)
    insertVerdict.bind(VerdictRow.width + 1, now.seconds)
    insertVerdict.bind(VerdictRow.width + 2, supersedes)
    insertVerdict.bind(VerdictRow.width + 3, reason)
    while try insertVerdict.step() {}
    verdictCount += 1
  }

  func write(_ transition: Transition) throws -> Transition {
    let statement = insertTransition
    statement.reset()
    statement.bind(1, transition.ownerID)
    statement.bind(2, transition.clock.rawValue)
    statement.bind(3, transition.cycle)
    statement.bind(4, transition.from?.rawValue)
    statement.bind(5, transition.to.rawValue)
    statement.bind(6, transition.happenedAt.seconds)
    statement.bind(7, now.seconds)
    statement.bind(8, transition.deadline?.seconds)
    while try statement.step() {}
    transitionCount += 1
    var written = transition
    written.id = connection.lastInsertedID
    return written
  }
}
