internal import SLA
internal import SQLite

/// Writes tasks and their events: a row is always what its events make.
struct TaskBook {
  private let writer: DeskWriter
  private var connection: Connection { writer.connection }

  init(_ writer: DeskWriter) { self.writer = writer }

  func task(_ id: Int64) throws -> TaskRow? { try TaskRow.find(id, on: connection) }

  /// Records a new task. - Parameter row: its number and last event are given here. - Returns: its number.
  func open(_ row: TaskRow) throws -> Int64 {
    var row = row
    row.id = (try connection.integer(sql: "SELECT max(id) FROM task") ?? 0) + 1
    row.lastEvent = writer.nextSequence()
    try save(row)
    try connection.run(
      sql: """
        INSERT INTO task_event (task_id, sequence, kind, happened_at, recorded_at, actor_id, value, detail)
          SELECT id, last_event, 'opened', opened_at, ?, given_by, NULL, json_object('title', title,
            'description', description, 'technician', technician_id, 'ticket', ticket_id, 'plazo', plazo,
            'due_at', due_at)
          FROM task WHERE id = ?
        """, .integer(writer.recordedAt.seconds), .integer(row.id))
    return row.id
  }

  /// Records what happened to a task. - Parameter actorID: `nil` for an import.
  /// When what was recorded of a task last happened.
  func lastChange(of id: Int64) throws -> Instant? {
    try connection.integer(sql: "SELECT max(happened_at) FROM task_event WHERE task_id = ?", .integer(id))
      .map { Instant($0) }
  }

  func append(_ change: TaskChange, to row: inout TaskRow, by actorID: Int64?, at instant: Instant) throws {
    row.apply(change, by: actorID, at: instant)
    row.lastEvent = writer.nextSequence()
    try save(row)
    try connection.run(
      sql: """
        INSERT INTO task_event (task_id, sequence, kind, happened_at, recorded_at, actor_id, value, detail)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """, .integer(row.id), .integer(row.lastEvent), .text(change.kind), .integer(instant.seconds),
      .integer(writer.recordedAt.seconds), Value(actorID), Value(change.value), Value(change.detail))
  }

  private func save(_ row: TaskRow) throws {
    let names = TaskRow.columns.split(separator: ", ")
    let updates = names.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let statement = try connection.cached(
      sql: """
        INSERT INTO task (\(TaskRow.columns)) VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
          ON CONFLICT (id) DO UPDATE SET \(updates)
        """)
    try statement.run(row.values)
  }
}
