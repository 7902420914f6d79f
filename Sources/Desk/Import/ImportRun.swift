internal import SLA
internal import SQLite
internal import Text

/// One import at work: reads rows, finds their tickets, writes what differs, counts.
final class ImportRun: ImportWork {
  private let writer: DeskWriter
  private let options: TicketImport.Options
  private let ticketRows: RowReader?
  private let eventRows: RowReader?
  private let ticketRejects: RejectFile?
  private let eventRejects: RejectFile?
  private let ledger: ImportLedger
  private let names: NameBook
  private let recorded: RecordedEvents
  private let stage: EventStage?
  private var result = ImportResult()
  private var values = RowValues()
  private var faults: [Fault] = []
  /// Keys of rejected tickets, whose events cannot land either.
  /// With the line of the first row of each.
  private var rejectedKeys: [String: Int] = [:]

  private var now: Instant { writer.recordedAt }

  init(_ writer: DeskWriter, tickets: RowReader?, events: RowReader?, options: TicketImport.Options) throws {
    self.writer = writer
    self.options = options
    ticketRows = tickets
    eventRows = events
    ledger = try ImportLedger(writer, tickets: tickets, events: events)
    names = try NameBook(writer.connection)
    recorded = try RecordedEvents(writer.connection)
    stage = try events == nil ? nil : EventStage(writer.connection)
    let path = options.isDryRun ? nil : options.rejects
    ticketRejects = Self.rejects(path, tickets)
    eventRejects = Self.rejects(tickets == nil ? path : path.map(Self.eventsPath), events)
    result.isDryRun = options.isDryRun
  }

  private static func rejects(_ path: String?, _ rows: RowReader?) -> RejectFile? {
    guard let path, let rows else { return nil }
    return RejectFile(path: path, header: rows.header, mapping: rows.mapping)
  }

  /// `R.events.csv` for `R.csv`.
  private static func eventsPath(_ path: String) -> String {
    path.hasSuffix(".csv") ? "\(path.dropLast(4)).events.csv" : "\(path).events"
  }

  func run() throws -> ImportResult {
    try stageEvents()
    try readTickets()
    try applyOtherEvents()
    if ticketRows?.mapping.covers == .all { try tellVanished() }
    try ticketRejects?.close()
    try eventRejects?.close()
    result.created = names.created
    result.createdLogins = names.createdLogins
    if ticketRows == nil {
      result.read = result.eventsRead
      result.rejected = result.eventsRejected
    }
    return result
  }

  /// Call once the import stands.
  func publishRejects() throws {
    try ticketRejects?.publish()
    try eventRejects?.publish()
  }

  // MARK: Tickets

  private func readTickets() throws {
    guard let rows = ticketRows else { return }
    // Nothing that a row of events said may pass for a ticket's.
    values = RowValues()
    let stated = TicketFacts.Fields(rows.mapping.rules.map(\.field))
    while true {
      switch try rows.reader.step() {
      case .end: return
      case .bad(let fault):
        result.read += 1
        faults = [fault]
        try reject(rows)
      case .record where rows.isSkipped: result.skipped += 1
      case .record:
        result.read += 1
        try readTicket(rows, stated)
      }
    }
  }

  private func readTicket(_ rows: RowReader, _ stated: TicketFacts.Fields) throws {
    let hash = rows.hash(seed: rows.mapping.seed)
    let key = rows.key()
    let known = try key.flatMap { try ledger.ticket($0) }
    // A first row that is bad is one, too.
    if let key, rows.mapping.repeats == .fault,
      let first = known.flatMap({ ledger.firstLine(of: $0.id) }) ?? rejectedKeys[key]
    {
      faults = [rows.fault(in: .key, "'\(key)' is there twice; the first is on line \(first)", mend: Self.repeatMend)]
      return try reject(rows)
    }
    if let key, let known {
      ledger.see(known.id, line: rows.line)
      if known.hash == hash {
        let entries = try stage?.entries(of: key) ?? []
        if entries.isEmpty {
          result.unchanged += 1
          return
        }
        return try update(known.id, key: key, facts: nil, entries, lateFacts: now)
      }
    }
    faults.removeAll(keepingCapacity: true)
    rows.read(into: &values, faults: &faults)
    rows.checkInstants(&values, now: now, faults: &faults)
    let standing = rows.standing(of: values, faults: &faults)
    guard faults.isEmpty, let key, let openedAt = values[instant: .openedAt] else {
      if let key, rejectedKeys[key] == nil { rejectedKeys[key] = rows.line }
      return try reject(rows)
    }
    var facts = try TicketFacts(values, stated: stated, names: names)
    facts.status = standing.status
    facts.closedAt = standing.closedAt
    facts.isClosingExact = values[instant: .closedAt] != nil
    let entries = try stage?.entries(of: key) ?? []
    let changedAt = values[instant: .changedAt] ?? now
    if let known {
      try ledger.remember(key, ticket: known.id, hash: hash)
      try update(known.id, key: key, facts: facts, entries, lateFacts: changedAt, openedAt: openedAt)
    } else {
      let id = try open(facts, key: key, entries, at: openedAt, lateFacts: changedAt)
      try ledger.add(key, ticket: id, hash: hash)
      ledger.see(id, line: rows.line)
    }
  }

  private static let repeatMend = "take one away, or write repeats: \"last\" in the mapping"

  // MARK: Writing

  private func open(
    _ facts: TicketFacts, key: String, _ entries: [EventStage.Entry], at openedAt: Instant, lateFacts: Instant
  ) throws -> Int64 {
    let log = try log(of: entries)
    // What the events tell, they tell from the opening on: the row has only how it ended.
    let first = log.entries.first?.facts
    func early<T>(_ field: ImportField, _ part: KeyPath<TicketFacts, T?>) -> T? {
      if let first, first.stated.contains(field), let value = first[keyPath: part] { return value }
      return facts[keyPath: part]
    }
    let title = facts.title ?? ""
    let opening = TicketOpening(
      clientID: early(.client, \.clientID)!, productID: early(.product, \.productID),
      providerID: early(.provider, \.providerID), priority: early(.priority, \.priority),
      title: title.isEmpty ? key : title, description: facts.description ?? "",
      registeredBy: try names.person(values[.registeredBy]))
    var timeline = TicketTimeline(TicketRow(id: 0, opening: opening, at: openedAt))
    // Nobody knows since when it waits: not, then, since the opening.
    timeline.begin(facts.without([.waitingOn, .status, .title] + (first?.stated.fields ?? [])))
    result.eventsClamped += log.count(before: openedAt)
    log.walk(&timeline, isSettled: facts.status == .closed)
    timeline.settle(titled(facts), at: lateFacts, loggedClosing: log.closing)
    try ledger.begin()
    let row = try writer.openTicket(opening, at: openedAt, then: timeline.inOrder)
    try ledger.add(entries: entries.map(\.hash), of: key, ticket: row.id)
    result.new += 1
    result.written += 1 + timeline.changes.count
    if row.status == .closed { result.closed += 1 }
    return row.id
  }

  /// An empty title stays what stands in for it.
  private func titled(_ facts: TicketFacts) -> TicketFacts {
    facts.title?.isEmpty == true ? facts.without([.title]) : facts
  }

  private func update(
    _ id: Int64, key: String, facts: TicketFacts?, _ entries: [EventStage.Entry], lateFacts: Instant,
    openedAt: Instant? = nil
  ) throws {
    guard var row = try Tickets(writer.connection).ticket(id) else {
      throw DeskError("ticket \(id) of an earlier import is gone", mend: "run 'plazo doctor'")
    }
    let before = row.status
    if let openedAt, openedAt != row.openedAt { result.openingsKept += 1 }
    let log = try log(of: entries)
    result.eventsClamped += log.count(before: row.openedAt)
    let isLate = try log.entries.first.map { try $0.at <= recorded.latest(of: id) } ?? false
    var timeline: TicketTimeline
    if isLate {
      let (opened, changes) = try recorded.history(of: id)
      timeline = TicketTimeline(opened)
      log.walk(&timeline, past: changes, isSettled: facts?.status == .closed)
    } else {
      timeline = TicketTimeline(row, lastReopening: row.reopened > 0 ? try recorded.lastReopening(of: id) : nil)
      log.walk(&timeline, isSettled: facts?.status == .closed)
    }
    if let facts { timeline.settle(titled(facts), at: lateFacts, loggedClosing: log.closing) }
    var changes = timeline.inOrder
    if isLate, !changes.isEmpty {
      var end = row
      for (change, at) in changes { end.apply(change, at: at) }
      changes += timeline.repairs(of: end)
    }
    if changes.isEmpty {
      result.unchanged += 1
    } else {
      try ledger.begin()
      try writer.append(changes, to: &row)
      result.updated += 1
      result.written += changes.count
      if before == .open, row.status == .closed { result.closed += 1 }
    }
    try ledger.add(entries: entries.map(\.hash), of: key, ticket: id)
  }

  // MARK: Events

  private func log(of entries: [EventStage.Entry]) throws -> EventLog {
    guard !entries.isEmpty, let rows = eventRows else { return EventLog(entries: []) }
    let stated = TicketFacts.Fields(rows.mapping.rules.map(\.field))
    return EventLog(entries: try entries.map { ($0.at, try TicketFacts($0.values, stated: stated, names: names)) })
  }

  private func stageEvents() throws {
    guard let rows = eventRows, let stage else { return }
    while true {
      switch try rows.reader.step() {
      case .end: return
      case .bad(let fault):
        result.eventsRead += 1
        faults = [fault]
        try reject(rows)
      case .record where rows.isSkipped: result.skipped += 1
      case .record:
        result.eventsRead += 1
        // Whatever else the mapping says, a row of events is the same for ever.
        let hash = rows.hash(seed: 0)
        if let key = rows.key(), try ledger.knows(event: hash, of: key) {
          result.eventsKnown += 1
          continue
        }
        faults.removeAll(keepingCapacity: true)
        rows.read(into: &values, faults: &faults)
        rows.checkInstants(&values, now: now, faults: &faults)
        guard faults.isEmpty, let key = values[.key] else {
          try reject(rows)
          continue
        }
        let raw = eventRejects == nil ? nil : rows.reader.withRaw { Array($0) }
        try stage.put(values, key: key, line: rows.line, hash: hash, raw: raw)
      }
    }
  }

  /// Events of tickets that the file of tickets does not have, or of all when there is none.
  private func applyOtherEvents() throws {
    guard let rows = eventRows, let stage else { return }
    var key = ""
    while let next = try stage.key(after: key) {
      key = next
      guard let known = try ledger.ticket(key) else {
        // Of a ticket that was itself rejected, its own fault says enough.
        if rejectedKeys[key] != nil, options.rejects == nil { continue }
        for (line, raw) in try stage.lines(of: key) {
          var fault = rows.fault(
            in: .key, "there is no ticket '\(key)' of \(rows.mapping.source)",
            mend: rejectedKeys[key] != nil
              ? "its own row was rejected" : "import its row of tickets first, or with it")
          fault.line = line
          faults = [fault]
          try reject(rows, line: line, raw: raw)
        }
        continue
      }
      if ledger.firstLine(of: known.id) != nil { continue }
      try update(known.id, key: key, facts: nil, stage.entries(of: key), lateFacts: now)
    }
  }

  // MARK: Telling

  private func reject(_ rows: RowReader) throws {
    try reject(
      rows, line: rows.line, raw: ticketRejects == nil && eventRejects == nil ? [] : rows.reader.withRaw { Array($0) })
  }

  private func reject(_ rows: RowReader, line: Int, raw: [UInt8]) throws {
    let isTicket = rows === ticketRows
    if isTicket { result.rejected += 1 } else { result.eventsRejected += 1 }
    result.faultCount += faults.count
    result.faults += faults.prefix(TicketImport.shownFaults - result.faults.count)
    try (isTicket ? ticketRejects : eventRejects)?.add(faults, line: line, raw: raw)
  }

  private func tellVanished() throws {
    try ledger.forEachUnseenOpenTicket { key in
      if rejectedKeys[key] != nil { return }
      result.vanished += 1
      if result.vanishedKeys.count < TicketImport.shownKeys { result.vanishedKeys.append(key) }
    }
  }
}
