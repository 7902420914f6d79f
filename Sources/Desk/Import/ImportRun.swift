internal import SLA
internal import SQLite
internal import Text

/// One import at work: reads rows, finds their tickets, writes what differs, counts.
final class ImportRun {
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
  private var rejectedKeys: Set<String> = []

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
    result.created = names.created
    result.createdLogins = names.createdLogins
    if ticketRows == nil {
      result.read = result.eventsRead
      result.rejected = result.eventsRejected
    }
    return result
  }

  func finishRejects() throws {
    try ticketRejects?.finish()
    try eventRejects?.finish()
  }

  // MARK: Tickets

  private func readTickets() throws {
    guard let rows = ticketRows else { return }
    let stated = TicketFacts.Fields(rows.mapping.rules.map(\.field))
    while true {
      switch try rows.reader.step() {
      case .end: return
      case .bad(let fault):
        result.read += 1
        faults = [fault]
        try reject(rows)
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
    if let key, let known {
      if let first = ledger.firstLine(of: known.id), rows.mapping.repeats == .fault {
        faults = [rows.fault(in: .key, "'\(key)' is there twice; the first is on line \(first)", mend: Self.repeatMend)]
        return try reject(rows)
      }
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
    checkInstants(rows)
    let standing = checkStatus(rows)
    guard faults.isEmpty, let key, let openedAt = values[instant: .openedAt] else {
      if let key { rejectedKeys.insert(key) }
      return try reject(rows)
    }
    var facts = try TicketFacts(values, stated: stated, names: names)
    facts.status = standing.status
    facts.closedAt = standing.closedAt
    facts.isClosingExact = values[instant: .closedAt] != nil
    let entries = try stage?.entries(of: key) ?? []
    let changedAt = values[instant: .changedAt] ?? now
    if let known {
      try ledger.remember(key, hash: hash)
      try update(known.id, key: key, facts: facts, entries, lateFacts: changedAt, openedAt: openedAt)
    } else {
      let id = try open(facts, key: key, entries, at: openedAt, lateFacts: changedAt)
      try ledger.add(key, ticket: id, hash: hash)
      ledger.see(id, line: rows.line)
    }
  }

  private static let repeatMend = "take one away, or write repeats: \"last\" in the mapping"

  /// What lies ahead was read by a wrong form or zone; a little ahead, the other clock is fast.
  private func checkInstants(_ rows: RowReader) {
    for field in [ImportField.openedAt, .closedAt, .changedAt, .at] {
      guard let instant = values[instant: field], instant > now else { continue }
      if instant <= now + TicketImport.clockSkew {
        values[instant: field] = now
      } else {
        faults.append(
          rows.fault(
            in: field, "\(instant.iso8601(in: .utc)) is still to come",
            mend: "check the form, the zone and this machine's clock"))
      }
    }
  }

  /// Whether the ticket is closed and since when, from two cells that can contradict each other: the word of the status
  /// is the one that counts.
  private func checkStatus(_ rows: RowReader) -> (status: Status?, closedAt: Instant?) {
    let closedAt = values[instant: .closedAt]
    if let closedAt, let openedAt = values[instant: .openedAt], closedAt < openedAt, faults.isEmpty {
      faults.append(
        rows.fault(
          in: .closedAt, "it is before the opening, \(openedAt.iso8601(in: .utc))",
          mend: "mend the row; a ticket closes at or after its opening"))
    }
    if let status = values[.status].flatMap({ Status(rawValue: $0) }) {
      if status == .open { return (.open, nil) }
      if let closedAt = closedAt ?? values[instant: .changedAt] { return (.closed, closedAt) }
      if faults.isEmpty {
        faults.append(
          rows.fault(in: .closedAt, "the ticket is closed and nothing says when", mend: "fill it, or map changed_at"))
      }
      return (.closed, nil)
    }
    let isStated = rows.mapping.rules.contains { $0.field == .status || $0.field == .closedAt }
    return (isStated ? (closedAt == nil ? .open : .closed) : nil, closedAt)
  }

  // MARK: Writing

  private func open(
    _ facts: TicketFacts, key: String, _ entries: [EventStage.Entry], at openedAt: Instant, lateFacts: Instant
  ) throws -> Int64 {
    let log = try log(of: entries)
    // What the events tell, they tell from the opening on: the row has only how it ended.
    let first = log.first?.facts
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
    clamp(log, to: openedAt)
    let logged = take(log, into: &timeline, isSettled: facts.status != nil)
    timeline.settle(titled(facts), at: lateFacts, loggedClosing: logged)
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
    clamp(log, to: row.openedAt)
    let isLate = try !log.isEmpty && log[0].at <= recorded.latest(of: id)
    var timeline: TicketTimeline
    var logged: Instant?
    if isLate {
      (timeline, logged) = try walk(id, log, isSettled: facts?.status != nil)
    } else {
      timeline = TicketTimeline(row, lastReopening: row.reopened > 0 ? try recorded.lastReopening(of: id) : nil)
      logged = take(log, into: &timeline, isSettled: facts?.status != nil)
    }
    if let facts { timeline.settle(titled(facts), at: lateFacts, loggedClosing: logged) }
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

  private typealias Log = [(at: Instant, facts: TicketFacts)]

  private func log(of entries: [EventStage.Entry]) throws -> Log {
    guard !entries.isEmpty, let rows = eventRows else { return [] }
    let stated = TicketFacts.Fields(rows.mapping.rules.map(\.field))
    return try entries.map { ($0.at, try TicketFacts($0.values, stated: stated, names: names)) }
  }

  private func clamp(_ log: Log, to openedAt: Instant) {
    // A walk takes what comes before the opening as of it; here it is only counted.
    for entry in log where entry.at < openedAt { result.eventsClamped += 1 }
  }

  /// Where the closed rows begin with which a log ends; its count when it does not end so.
  private func closedTail(_ log: Log) -> Int {
    (log.lastIndex { $0.facts.status != .closed } ?? -1) + 1
  }

  /// Takes every row of events. Where something better says how the ticket ended, the closed rows at the end tell their
  /// other facts only. - Returns: the instant of the closing that the log ends with.
  private func take(_ log: Log, into timeline: inout TicketTimeline, isSettled: Bool) -> Instant? {
    let tail = closedTail(log)
    for (index, entry) in log.enumerated() {
      timeline.take(isSettled && index >= tail ? entry.facts.without([.status]) : entry.facts, at: entry.at)
    }
    return tail < log.count ? log[tail].at : nil
  }

  /// Goes through the whole history of a ticket and puts rows between that happened before what is on record.
  private func walk(_ id: Int64, _ log: Log, isSettled: Bool) throws -> (TicketTimeline, Instant?) {
    let (opened, changes) = try recorded.history(of: id)
    var timeline = TicketTimeline(opened)
    let tail = closedTail(log)
    var place = 0
    // A recorded closing at or after the last row that is not closed is the end that the log's closed rows mean.
    let lastClosing = changes.last { $0.change == .closed || $0.change.kind == .reopened }
    let isEnded =
      isSettled || (lastClosing?.change == .closed && (tail == 0 || lastClosing!.at >= log[tail - 1].at))
    func take(_ entry: (at: Instant, facts: TicketFacts), _ index: Int) {
      timeline.take(isEnded && index >= tail ? entry.facts.without([.status]) : entry.facts, at: entry.at)
    }
    for (change, at) in changes {
      // At one instant the rows come before a closing and after anything else.
      while place < log.count, log[place].at < at || (log[place].at == at && change == .closed) {
        take(log[place], place)
        place += 1
      }
      timeline.pass(change, at: at)
    }
    while place < log.count {
      take(log[place], place)
      place += 1
    }
    return (timeline, tail < log.count ? log[tail].at : nil)
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
        checkInstants(rows)
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
        if rejectedKeys.contains(key), options.rejects == nil { continue }
        for (line, raw) in try stage.lines(of: key) {
          var fault = rows.fault(
            in: .key, "there is no ticket '\(key)' of \(rows.mapping.source)",
            mend: rejectedKeys.contains(key)
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
      if rejectedKeys.contains(key) { return }
      result.vanished += 1
      if result.vanishedKeys.count < TicketImport.shownKeys { result.vanishedKeys.append(key) }
    }
  }
}
