internal import FoundationEssentials
internal import SLA
public import SQLite
internal import Text

/// Makes every ticket and task anew from its events, and holds it against its row: what is written is what is audited.
public struct Replay {
  /// A row that its events do not make. Columns are named, and no value, since those may be personal data.
  public struct Difference: Equatable, Sendable, CustomStringConvertible {
    public var table: String
    public var id: Int64
    public var columns: [String]

    public var description: String { "\(table) \(id): \(columns.joined(separator: ", "))" }
  }

  let connection: Connection

  public init(_ connection: Connection) { self.connection = connection }

  /// Calls `body` for every row that differs: those of `ticket`, `task` and `article`, replies without an event or the
  /// other way round, sign-offs without one, and the last number given to an event. One unchanging view of the file is the caller's to see to.
  /// - Returns: how many tickets and tasks were compared.
  @discardableResult
  public func check(_ body: (Difference) throws -> Void) throws -> Int {
    let tickets = try checkTickets(body)
    let tasks = try checkTasks(body)
    try checkArticles(body)
    let texts = "SELECT sequence, ticket_id FROM reply"
    let replied = "SELECT sequence, ticket_id FROM ticket_event WHERE kind = 'replied'"
    for sql in ["\(texts) EXCEPT \(replied)", "\(replied) EXCEPT \(texts)"] {
      for row in try connection.rows(sql: sql) {
        try body(Difference(table: "reply", id: row[0].integer ?? 0, columns: ["sequence"]))
      }
    }
    let signed = "SELECT sequence, ticket_id FROM sign_off"
    let vobos = "SELECT sequence, ticket_id FROM ticket_event WHERE kind = 'vobo'"
    for row in try connection.rows(sql: "\(signed) EXCEPT \(vobos)") {
      try body(Difference(table: "sign_off", id: row[0].integer ?? 0, columns: ["sequence"]))
    }
    try checkFiles(body)
    let sequence = try connection.rows(
      sql: """
        SELECT last, max(
            coalesce((SELECT max(sequence) FROM ticket_event), 0), coalesce((SELECT max(sequence) FROM task_event), 0))
          FROM event_sequence
        """)
    if sequence.first?[0] != sequence.first?[1] {
      try body(Difference(table: "event_sequence", id: 1, columns: ["last"]))
    }
    return tickets + tasks
  }

  /// Events that name a content which is not there, and contents that are not what they are called.
  private func checkFiles(_ body: (Difference) throws -> Void) throws {
    let missing = "SELECT sequence FROM ticket_event WHERE kind = 'attached' AND detail NOT IN (SELECT hash FROM file)"
    for row in try connection.rows(sql: missing) {
      try body(Difference(table: "ticket_event", id: row[0].integer ?? 0, columns: ["detail"]))
    }
    let files = try connection.prepare(sql: "SELECT id, hash, content FROM file ORDER BY id")
    while try files.step() {
      guard case .blob(let content) = files.value(2), SHA256.hex(content) == files.text(1) else {
        try body(Difference(table: "file", id: files.integer(0), columns: ["content"]))
        continue
      }
    }
  }

  // MARK: Tickets

  private func checkTickets(_ body: (Difference) throws -> Void) throws -> Int {
    let rows = try connection.prepare(sql: "SELECT \(TicketRow.columns) FROM ticket ORDER BY id")
    let events = try connection.prepare(
      sql: """
        SELECT ticket_id, sequence, kind, happened_at, value, detail FROM ticket_event ORDER BY ticket_id, sequence
        """)
    let names = TicketRow.columns.split(separator: ", ").map(String.init)
    var hasEvent = try events.step()
    var count = 0
    while try rows.step() {
      let id = rows.integer(0)
      var made: TicketRow?
      while hasEvent, events.integer(0) == id {
        try Self.take(events, into: &made)
        hasEvent = try events.step()
      }
      count += 1
      let kept = (0..<rows.columnCount).map { rows.value($0) }
      guard let made else {
        try body(Difference(table: "ticket", id: id, columns: ["opened_at"]))
        continue
      }
      try Self.compare(kept, made.values, names, table: "ticket", id: id, body)
    }
    return count
  }

  /// One event of a ticket, the first of which is its opening.
  static func take(_ event: Statement, into row: inout TicketRow?) throws {
    let kind = try TicketEventKind(event, 2)
    let at = Instant(event.integer(3))
    if kind == .opened {
      row = TicketOpening(json: event.text(5)).map { TicketRow(id: event.integer(0), opening: $0, at: at) }
    } else if let change = TicketChange(kind, value: event.textOrNil(4), detail: event.textOrNil(5)) {
      row?.apply(change, at: at)
    }
    row?.lastEvent = event.integer(1)
  }

  // MARK: Tasks

  private func checkTasks(_ body: (Difference) throws -> Void) throws -> Int {
    let rows = try connection.prepare(sql: "SELECT \(TaskRow.columns) FROM task ORDER BY id")
    let events = try connection.prepare(
      sql: """
        SELECT task_id, sequence, kind, happened_at, actor_id, value, detail FROM task_event ORDER BY task_id, sequence
        """)
    let names = TaskRow.columns.split(separator: ", ").map(String.init)
    var hasEvent = try events.step()
    var count = 0
    while try rows.step() {
      let id = rows.integer(0)
      var made: TaskRow?
      while hasEvent, events.integer(0) == id {
        Self.take(events, into: &made)
        hasEvent = try events.step()
      }
      count += 1
      let kept = (0..<rows.columnCount).map { rows.value($0) }
      guard let made else {
        try body(Difference(table: "task", id: id, columns: ["opened_at"]))
        continue
      }
      try Self.compare(kept, made.values, names, table: "task", id: id, body)
    }
    return count
  }

  static func take(_ event: Statement, into row: inout TaskRow?) {
    let kind = event.text(2)
    let at = Instant(event.integer(3))
    if kind == "opened" {
      row = TaskRow(id: event.integer(0), json: event.text(6), by: event.integer(4), at: at)
    } else if let change = TaskChange(kind: kind, value: event.textOrNil(5), detail: event.textOrNil(6)) {
      row?.apply(change, by: event.integerOrNil(4), at: at)
    }
    row?.lastEvent = event.integer(1)
  }

  private static func compare(
    _ kept: [Value], _ made: [Value], _ names: [String], table: String, id: Int64, _ body: (Difference) throws -> Void
  ) throws {
    if kept == made { return }
    let columns = names.indices.filter { kept[$0] != made[$0] }.map { names[$0] }
    try body(Difference(table: table, id: id, columns: columns))
  }
}

// MARK: Openings

// Read here and not by SQLite's `->>`, which ends a text at a NUL.

extension TicketOpening {
  /// What `ticket_event.detail` says of an opening; `nil` when it says too little.
  fileprivate init?(json: String) {
    let entries = JSONEntries(json)
    guard let client = entries.integer("client"), let title = entries.text("title"),
      let description = entries.text("description")
    else { return nil }
    self.init(
      clientID: client, productID: entries.integer("product"), providerID: entries.integer("provider"),
      priority: entries.text("priority"), title: title, description: description,
      registeredBy: entries.integer("registered_by"))
  }
}

extension TaskRow {
  fileprivate init?(id: Int64, json: String, by giver: Int64, at instant: Instant) {
    let entries = JSONEntries(json)
    guard let technician = entries.integer("technician"), let title = entries.text("title"),
      let description = entries.text("description")
    else { return nil }
    self.init(
      id: id, title: title, description: description, givenBy: giver, technicianID: technician,
      ticketID: entries.integer("ticket"), openedAt: instant, plazo: entries.text("plazo"),
      dueAt: entries.integer("due_at").map { Instant($0) }, lastEvent: 0)
  }
}

private struct JSONEntries {
  private let entries: [String: JSONValue]

  init(_ json: String) {
    let value = try? JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
    entries = if case .object(let entries)? = value { entries } else { [:] }
  }

  func integer(_ key: String) -> Int64? { if case .integer(let value)? = entries[key] { value } else { nil } }
  func text(_ key: String) -> String? { if case .string(let value)? = entries[key] { value } else { nil } }
}
