internal import SLA
internal import SQLite
internal import Text

/// One import of records at work: reads rows, finds their records, has the sink write what differs, counts.
final class RecordRun: ImportWork {
  private struct Partial {
    var row: RecordRow
    var id: Int64
    var line: Int
    var raw: [UInt8]
    var change: RecordOutcome.Change
  }

  private let writer: DeskWriter
  private let rows: RowReader
  private let options: ImportOptions
  private let rejects: RejectFile?
  private let keys: KeyTable
  private let names: NameBook
  private let sink: any RecordSink
  private let stated: FieldSet
  private var partial: [Partial] = []
  /// With the line of the first row of each.
  private var rejectedKeys: [String: Int] = [:]
  private var result: ImportResult
  private var faults: [Fault] = []

  init(_ context: RecordImport, _ writer: DeskWriter, rows: RowReader, options: ImportOptions) throws {
    self.writer = writer
    self.rows = rows
    self.options = options
    let mapping = rows.mapping
    rejects =
      options.isDryRun ? nil : options.rejects.map { RejectFile(path: $0, header: rows.header, mapping: mapping) }
    keys = try KeyTable(writer.connection, kind: mapping.kind, source: mapping.source)
    names = try NameBook(writer.connection)
    stated = FieldSet(mapping.rules.map(\.field))
    let other = try OtherKeys(writer.connection, source: mapping.source)
    switch mapping.kind {
    case .users: sink = UserSink(context, writer, names)
    case .clients: sink = NamedListSink(.client, writer)
    case .products: sink = NamedListSink(.product, writer)
    case .providers: sink = NamedListSink(.provider, writer)
    case .tasks: sink = try TaskSink(context, writer, names, other)
    case .activities: sink = ActivitySink(context, writer, names, other)
    case .articles, .tickets, .events: sink = ArticleSink(context, writer, names, other)
    }
    result = ImportResult(mapping.kind)
    result.isDryRun = options.isDryRun
  }

  func run() throws -> ImportResult {
    reading: while true {
      switch try rows.reader.step() {
      case .end: break reading
      case .bad(let fault):
        result.read += 1
        try reject([fault], line: rows.line, raw: raw)
      case .record where rows.isSkipped: result.skipped += 1
      case .record:
        result.read += 1
        try readRow()
      }
    }
    try completePartial()
    try sink.finish()
    if rows.mapping.covers == .all { try tellVanished() }
    try rejects?.close()
    result.created = names.created
    result.createdLogins = names.createdLogins
    return result
  }

  func publishRejects() throws { try rejects?.publish() }

  // MARK: Rows

  private func readRow() throws {
    let hash = rows.hash(seed: rows.mapping.seed)
    let key = rows.key()
    let known = try key.flatMap { try keys.record($0) }
    // A first row that is bad is one, too.
    if let key, rows.mapping.repeats == .fault,
      let first = known.flatMap({ keys.firstLine(of: $0.id) }) ?? rejectedKeys[key]
    {
      return try reject(
        [
          rows.fault(
            in: .key, "'\(key)' is there twice; the first is on line \(first)",
            mend: "take one away, or write repeats: \"last\" in the mapping")
        ], line: rows.line, raw: raw)
    }
    if let known {
      keys.see(known.id, line: rows.line)
      if known.hash == hash {
        result.unchanged += 1
        return
      }
    }
    faults.removeAll(keepingCapacity: true)
    var values = RowValues()
    rows.read(into: &values, faults: &faults)
    rows.checkInstants(&values, now: writer.recordedAt, faults: &faults)
    if rows.mapping.kind == .tasks {
      let standing = rows.standing(of: values, faults: &faults)
      values[.status] = standing.status?.rawValue
      values[instant: .closedAt] = standing.closedAt
    }
    guard faults.isEmpty, let key else {
      if let key, rejectedKeys[key] == nil { rejectedKeys[key] = rows.line }
      return try reject(faults, line: rows.line, raw: raw)
    }
    let row = RecordRow(key: key, values: values, stated: stated, id: known?.id)
    let line = rows.line
    try guarded(key, line: line, raw: raw) {
      let outcome = try sink.take(row)
      if known == nil {
        try keys.add(key, id: outcome.id, hash: hash)
      } else {
        try keys.remember(key, id: outcome.id, hash: hash)
      }
      keys.see(outcome.id, line: line)
      switch outcome.change {
      case .new: result.new += 1
      case .updated: result.updated += 1
      case .same: result.unchanged += 1
      case .kept:
        result.unchanged += 1
        result.keptAsChanged += 1
      }
      if outcome.isPartial {
        partial.append(Partial(row: row, id: outcome.id, line: line, raw: raw, change: outcome.change))
      }
    }
  }

  private func completePartial() throws {
    for part in partial {
      try guarded(part.row.key, line: part.line, raw: part.raw) {
        if try sink.complete(part.row, part.id), part.change == .same {
          result.unchanged -= 1
          result.updated += 1
        }
      }
      guard rejectedKeys[part.row.key] != nil else { continue }
      // The record stays without what the row names, counts as rejected, and is read again the next time.
      try keys.remember(part.row.key, id: part.id, hash: 0)
      switch part.change {
      case .new: result.new -= 1
      case .updated: result.updated -= 1
      case .same, .kept: result.unchanged -= 1
      }
    }
  }

  /// Runs what one row does; what the desk refuses becomes the row's fault, and the row has then done nothing.
  private func guarded(_ key: String, line: Int, raw: [UInt8], _ body: () throws -> Void) throws {
    try writer.connection.run(sql: "SAVEPOINT import_row")
    names.begin()
    let before = result
    var fault: Fault?
    do {
      try body()
    } catch let problem as RowProblem {
      fault = rows.fault(in: problem.field, problem.problem, mend: problem.mend)
    } catch let error as DeskError {
      fault = Fault(file: rows.reader.file, problem: error.problem, mend: error.mend)
    }
    guard var fault else { return try writer.connection.run(sql: "RELEASE import_row") }
    try writer.connection.run(sql: "ROLLBACK TO import_row")
    try writer.connection.run(sql: "RELEASE import_row")
    names.forget()
    result = before
    if rejectedKeys[key] == nil { rejectedKeys[key] = line }
    fault.line = line
    try reject([fault], line: line, raw: raw)
  }

  // MARK: Telling

  private var raw: [UInt8] { rejects == nil ? [] : rows.reader.withRaw { Array($0) } }

  private func reject(_ faults: [Fault], line: Int, raw: [UInt8]) throws {
    result.rejected += 1
    result.faultCount += faults.count
    result.faults += faults.prefix(TicketImport.shownFaults - result.faults.count)
    try rejects?.add(faults, line: line, raw: raw)
  }

  private func tellVanished() throws {
    try keys.forEachUnseen { key, id in
      guard rejectedKeys[key] == nil, try sink.counts(id) else { return }
      result.vanished += 1
      if result.vanishedKeys.count < TicketImport.shownKeys { result.vanishedKeys.append(key) }
    }
  }
}

/// Finds by their keys the tickets and tasks of the same source that rows name.
final class OtherKeys {
  private let source: String
  private let tickets: KeyTable
  private let tasks: KeyTable

  init(_ connection: Connection, source: String) throws {
    self.source = source
    tickets = try KeyTable(connection, kind: .tickets, source: source)
    tasks = try KeyTable(connection, kind: .tasks, source: source)
  }

  /// - Throws: `RowProblem` for a key that no import of this source has brought.
  func ticket(_ key: String?) throws -> Int64? {
    guard let key else { return nil }
    if let known = try tickets.record(key) { return known.id }
    throw RowProblem(.ticket, "there is no ticket '\(key)' of \(source)", mend: "import the tickets first")
  }

  func task(_ key: String?) throws -> Int64? {
    guard let key else { return nil }
    if let known = try tasks.record(key) { return known.id }
    throw RowProblem(.task, "there is no task '\(key)' of \(source)", mend: "import the tasks first")
  }
}
