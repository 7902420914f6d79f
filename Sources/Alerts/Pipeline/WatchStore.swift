internal import SLA
internal import SQLite

/// Reads and writes the watches of clocks that went bad.
final class WatchStore {
  private let upsert: Statement
  private let delete: Statement
  private let due: Statement

  private static let columns =
    """
    of, owner_id, clock, cycle, deadline, transition_id, since, is_late_news, level, repeats, repeat_at, next_at
    """

  init(on connection: Connection) throws {
    upsert = try connection.prepare(
      sql: """
        INSERT INTO alert_watch (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (of, owner_id, clock) DO UPDATE SET cycle = excluded.cycle, deadline = excluded.deadline,
            transition_id = excluded.transition_id, since = excluded.since, is_late_news = excluded.is_late_news,
            level = excluded.level, repeats = excluded.repeats, repeat_at = excluded.repeat_at, next_at = excluded.next_at
        """)
    delete = try connection.prepare(sql: "DELETE FROM alert_watch WHERE of = ? AND owner_id = ? AND clock = ?")
    due = try connection.prepare(
      sql: """
        SELECT \(Self.columns) FROM alert_watch WHERE next_at IS NOT NULL AND next_at <= ? ORDER BY of, owner_id, clock
        """)
  }

  func write(_ watch: Watch) throws {
    upsert.reset()
    upsert.bind(1, watch.owner.table)
    upsert.bind(2, watch.owner.id)
    upsert.bind(3, watch.clock.rawValue)
    upsert.bind(4, watch.cycle)
    upsert.bind(5, watch.deadline?.seconds)
    upsert.bind(6, watch.transitionID)
    upsert.bind(7, watch.since.seconds)
    upsert.bind(8, Int64(watch.isLateNews ? 1 : 0))
    upsert.bind(9, watch.reached.bits)
    upsert.bind(10, watch.repeats)
    upsert.bind(11, watch.repeatAt?.seconds)
    upsert.bind(12, watch.nextAt?.seconds)
    while try upsert.step() {}
  }

  func remove(_ watch: Watch) throws {
    try delete.run(.text(watch.owner.table), .integer(watch.owner.id), .text(watch.clock.rawValue))
  }

  /// Those that are to be looked at.
  func due(at now: Instant) throws -> [Watch] {
    due.reset()
    due.bind(1, now.seconds)
    var watches: [Watch] = []
    while try due.step() { watches.append(try Self.watch(due)) }
    return watches
  }

  /// Those of which something will follow: the others are taken away when they are looked at next.
  static func watches(of owner: AlertOwner, on connection: Connection) throws -> [Watch] {
    let statement = try connection.prepare(
      sql: """
        SELECT \(columns) FROM alert_watch w
        WHERE of = ? AND owner_id = ? AND EXISTS (
          SELECT 1 FROM \(owner.table)_clock c WHERE c.\(owner.table)_id = w.owner_id AND c.kind = w.clock
            AND c.cycle = w.cycle AND c.situation <> 'on-time')
        ORDER BY clock
        """)
    statement.bind([.text(owner.table), .integer(owner.id)])
    var watches: [Watch] = []
    while try statement.step() { watches.append(try watch(statement)) }
    return watches
  }

  private static func watch(_ row: Statement) throws -> Watch {
    let id = row.integer(1)
    guard let clock = ClockKind(rawValue: row.text(2)) else { throw UnknownWord(table: "alert_watch", id: id) }
    return Watch(
      owner: AlertOwner(id, of: clock), clock: clock, cycle: row.integer(3),
      deadline: row.integerOrNil(4).map { Instant($0) }, transitionID: row.integerOrNil(5),
      since: Instant(row.integer(6)), isLateNews: row.integer(7) == 1, reached: ReachedLevels(bits: row.integer(8)),
      repeats: row.integer(9),
      repeatAt: row.integerOrNil(10).map { Instant($0) }, nextAt: row.integerOrNil(11).map { Instant($0) })
  }
}
