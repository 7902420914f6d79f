internal import SLA
internal import SQLite

/// Tasks on their way in, as events: a closing at the row's `closed_at`, the rest at its `changed_at`, else now.
final class TaskSink: RecordSink {
  private let context: RecordImport
  private let writer: DeskWriter
  private let names: NameBook
  private let others: OtherKeys
  private let book: TaskBook
  private let latest: Statement

  init(_ context: RecordImport, _ writer: DeskWriter, _ names: NameBook, _ others: OtherKeys) throws {
    self.context = context
    self.writer = writer
    self.names = names
    self.others = others
    book = TaskBook(writer)
    latest = try writer.connection.prepare(sql: "SELECT max(happened_at) FROM task_event WHERE task_id = ?")
  }

  func take(_ row: RecordRow) throws -> RecordOutcome {
    guard let technicianID = try names.person(row.values[.technician]) else {
      throw RowProblem(.technician, "it is empty", mend: "fill it")
    }
    let plazo = try row.values[.plazo].map { try Plazo.checked($0).description }
    let due = row.values[instant: .dueAt]
    guard plazo == nil || due == nil else {
      throw RowProblem(.dueAt, "it has both a plazo and a due instant", mend: "map one of them")
    }
    guard let id = row.id, var task = try book.task(id) else {
      return try open(row, technicianID: technicianID, plazo: plazo, due: due)
    }
    let before = task
    let at = max(row.values[instant: .changedAt] ?? writer.recordedAt, try lastInstant(of: id))
    var changes: [TaskChange] = []
    if let title = row.values[.title], title != task.title { changes.append(.edited(.title, title)) }
    if row.stated.contains(.description), row.values[.description] ?? "" != task.description {
      changes.append(.edited(.description, row.values[.description] ?? ""))
    }
    if technicianID != task.technicianID { changes.append(.assigned(to: technicianID)) }
    if row.stated.contains(.ticket) {
      let ticketID = try others.ticket(row.values[.ticket])
      if ticketID != task.ticketID { changes.append(.edited(.ticket, ticketID.map { String($0) })) }
    }
    if let plazo {
      if plazo != task.plazo { changes.append(.plazo(plazo)) }
    } else if let due {
      if due != task.dueAt { changes.append(.target(due)) }
    } else {
      if row.stated.contains(.plazo), task.plazo != nil { changes.append(.plazo(nil)) }
      if row.stated.contains(.dueAt), task.dueAt != nil { changes.append(.target(nil)) }
    }
    for change in changes { try book.append(change, to: &task, by: nil, at: at) }
    try settle(&task, row, at: at)
    return RecordOutcome(task == before ? .same : .updated, id)
  }

  private func open(_ row: RecordRow, technicianID: Int64, plazo: String?, due: Instant?) throws -> RecordOutcome {
    let openedAt = row.values[instant: .openedAt]!
    let giver = try names.person(row.values[.givenBy]) ?? context.actor.id
    let id = try book.open(
      TaskRow(
        id: 0, title: row.values[.title] ?? row.key, description: row.values[.description] ?? "", givenBy: giver,
        technicianID: technicianID, ticketID: try others.ticket(row.values[.ticket]), openedAt: openedAt, plazo: plazo,
        dueAt: due, lastEvent: 0))
    if var task = try book.task(id) { try settle(&task, row, at: openedAt) }
    return RecordOutcome(.new, id)
  }

  /// How the row says that the task stands: open or closed, and signed.
  private func settle(_ task: inout TaskRow, _ row: RecordRow, at instant: Instant) throws {
    switch row.values[.status].flatMap({ Status(rawValue: $0) }) {
    case .closed?:
      var closing = max(row.values[instant: .closedAt] ?? instant, try lastInstant(of: task.id))
      if task.status == .open {
        try book.append(.closed, to: &task, by: nil, at: closing)
      } else if let told = row.values[instant: .closedAt], told != task.closedAt, told >= task.openedAt {
        // Its source has put the closing right.
        closing = told
        try book.append(.closingCorrected, to: &task, by: nil, at: closing)
      }
      // Only what was granted is told of a closed task: refused, it would be open.
      guard row.values[.vobo] == VoBo.granted.rawValue, task.vobo != .granted else { return }
      let signer = try names.person(row.values[.voboBy])
      let at = max(row.values[instant: .voboAt] ?? closing, try lastInstant(of: task.id))
      try book.append(.vobo(.granted, reason: nil), to: &task, by: signer, at: at)
    case .open?:
      if task.status == .closed { try book.append(.reopened(reason: nil), to: &task, by: nil, at: instant) }
    case nil: break
    }
  }

  /// Nothing is put before what it follows.
  private func lastInstant(of id: Int64) throws -> Instant {
    latest.reset()
    latest.bind(1, id)
    defer { latest.reset() }
    return try latest.step() ? Instant(latest.integer(0)) : writer.recordedAt
  }

  func counts(_ id: Int64) throws -> Bool { try book.task(id)?.status == .open }
}
