internal import Desk
internal import SLA
internal import SQLite

/// What happened to one task, as far as clocks care.
struct TaskHistory {
  /// Its opening, plazo, closings and reopenings.
  private(set) var course = History()
  /// Every closing, and when the administrator granted or refused the VoBo of it; `nil` while it is awaited.
  private(set) var signs: [(closedAt: Instant, signedAt: Instant?)] = []
  /// What a sweep had not seen.
  private(set) var news = News()

  private struct Event {
    let sequence: Int64
    let kind: String
    let at: Instant
    let value: String?
    let plazo: String?
    let dueAt: Int64?

    var opensAgain: Bool { kind == "reopened" || kind == "vobo" && value == VoBo.refused.rawValue }
  }

  /// Reads one task. - Returns: `nil` when there is none, or none was given by `until`.
  /// - Parameters:
  ///   - newAfter: the last event that is not new.
  ///   - until: leaves out what happened later.
  ///   - through: leaves out what was recorded after the event of this sequence.
  init?(
    _ id: Int64, on connection: Connection, newAfter: Int64 = .max, until: Instant? = nil, through: Int64 = .max
  ) throws {
    let statement = try connection.cached(
      sql: """
        SELECT sequence, kind, happened_at, value, opening ->> 'plazo', opening ->> 'due_at'
          FROM (SELECT *, iif(kind = 'opened', detail, NULL) AS opening FROM task_event) WHERE task_id = ?
          ORDER BY sequence
        """)
    statement.bind(1, id)
    defer { statement.reset() }
    var events: [Event] = []
    // Closings that others took the place of, by the number of those.
    var former: [Int64: Instant] = [:]
    while try statement.step() {
      let at = Instant(statement.integer(2))
      if let until, at > until { continue }
      if statement.integer(0) > through { continue }
      let event = Event(
        sequence: statement.integer(0), kind: statement.text(1), at: at, value: statement.textOrNil(3),
        plazo: statement.textOrNil(4), dueAt: statement.integerOrNil(5))
      if event.kind == "closed", event.value == TicketChange.corrected,
        let index = events.lastIndex(where: { $0.kind == "closed" || $0.opensAgain }), events[index].kind == "closed"
      {
        former[event.sequence] = events.remove(at: index).at
      }
      events.append(event)
    }
    guard let opening = events.first else { return nil }
    guard opening.kind == TicketEventKind.opened.rawValue else {
      throw DeskError("task \(id) has no opening on record", mend: "run 'plazo doctor'")
    }
    // The opening stays first; facts that were recorded late take the place at which they happened.
    let later = events.dropFirst().sorted { ($0.at, $0.sequence) < ($1.at, $1.sequence) }
    for event in [opening] + later {
      take(event)
      if event.sequence > newAfter {
        news.take(event.at)
        if let former = former[event.sequence] { news.take(former) }
      }
    }
    try course.finish()
  }

  private mutating func take(_ event: Event) {
    switch event.kind {
    case "opened":
      course.add(.opened, at: event.at, value: nil)
      if let plazo = event.plazo { course.add(.plazo, at: event.at, value: plazo) }
      if let due = event.dueAt { course.add(.target, at: event.at, value: String(due)) }
    case "closed":
      course.add(.closed, at: event.at, value: nil)
      signs.append((event.at, nil))
    case "vobo":
      if let last = signs.last, last.signedAt == nil { signs[signs.count - 1].signedAt = event.at }
      if event.value == VoBo.refused.rawValue { course.add(.reopened, at: event.at, value: nil) }
    case "reopened":
      // By its source: nobody signs that closing any more.
      if let last = signs.last, last.signedAt == nil { signs[signs.count - 1].signedAt = event.at }
      course.add(.reopened, at: event.at, value: nil)
    case "plazo": course.add(.plazo, at: event.at, value: event.value)
    case "target": course.add(.target, at: event.at, value: event.value)
    default: break
    }
  }

  /// Every task, or those with events after this one; ascending.
  static func ids(since sequence: Int64?, on connection: Connection) throws -> [Int64] {
    let rows =
      if let sequence {
        try connection.rows(
          sql: "SELECT DISTINCT task_id FROM task_event WHERE sequence > ? ORDER BY task_id", .integer(sequence))
      } else {
        try connection.rows(sql: "SELECT id FROM task ORDER BY id")
      }
    return rows.compactMap { $0[0].integer }
  }
}
