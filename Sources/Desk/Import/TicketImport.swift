public import SLA
public import SQLite
internal import Text

/// Brings tickets, their events, or both from another system's CSV files.
///
/// Everything is read, checked and written in one transaction: unless every row is good, or bad rows may be passed over,
/// nothing is kept. With both files at hand a ticket's events take their place between its opening and its end, so that
/// no verdict is frozen on half the facts.
///
/// A row that was imported before and is the same costs one look. One that differs is compared with the ticket, and each
/// fact that differs becomes an event: a closing at the row's `closed_at`, the rest at its `changed_at`, else now.
public struct TicketImport {
  /// More faults are counted, not shown.
  public static let shownFaults = 1_000
  /// More keys of vanished tickets are counted, not shown.
  static let shownKeys = 20
  /// An instant not further ahead of ours is the other clock's fault and taken for now.
  static let clockSkew: Seconds = 300

  public let connection: Connection
  public let now: Instant
  public let actorID: Int64?

  public init(_ connection: Connection, now: Instant, actorID: Int64?) {
    self.connection = connection
    self.now = now
    self.actorID = actorID
  }

  public struct Options: Sendable {
    /// Does all that an import does, and takes it back.
    public var isDryRun: Bool
    /// Where rejected rows go; `nil` refuses a file with bad rows. Those of events go beside it, to `NAME.events.csv`.
    public var rejects: String?

    public init(isDryRun: Bool = false, rejects: String? = nil) {
      self.isDryRun = isDryRun
      self.rejects = rejects
    }
  }

  /// - Throws: `Faults` when a mapping does not fit its file, before any row is read; `ImportRefused` with the faults of
  ///   rows. Nothing is written then.
  public func run(tickets: ImportFile?, events: ImportFile?, options: Options = Options()) throws -> ImportResult {
    try check(tickets, .tickets)
    try check(events, .events)
    if let tickets, let events, tickets.mapping.source != events.mapping.source {
      throw Faults([
        Fault(
          file: events.mapping.file, field: "source",
          problem: "'\(events.mapping.source)' is not the source of the tickets, '\(tickets.mapping.source)'",
          mend: "give both mappings the same source")
      ])
    }
    // Both headers are bound before either fault is told.
    var faults: [Fault] = []
    func open(_ file: ImportFile?) throws -> RowReader? {
      do { return try file.map { try RowReader($0) } } catch let error as Faults {
        faults += error.all
        return nil
      }
    }
    let ticketRows = try open(tickets)
    let eventRows = try open(events)
    if !faults.isEmpty { throw Faults(faults) }

    // The stage is to lie on disk, where its size is no matter; the setting cannot change within a transaction.
    if eventRows != nil { try connection.execute(sql: "PRAGMA temp_store = FILE") }
    defer { if eventRows != nil { try? connection.execute(sql: "PRAGMA temp_store = MEMORY") } }
    do {
      var run: ImportRun?
      let result = try DeskWriter.transact(connection, at: now, by: actorID) { writer in
        let current = try ImportRun(writer, tickets: ticketRows, events: eventRows, options: options)
        run = current
        let result = try current.run()
        if result.faultCount > 0, options.rejects == nil { throw ImportRefused(result: result) }
        if options.isDryRun { throw TakenBack(result: result) }
        return result
      }
      try run?.publishRejects()
      return result
    } catch let taken as TakenBack {
      return taken.result
    }
  }

  private struct TakenBack: Error {
    let result: ImportResult
  }

  private func check(_ file: ImportFile?, _ kind: ImportKind) throws {
    guard let mapping = file?.mapping, mapping.kind != kind else { return }
    throw Faults([
      Fault(
        file: mapping.file, field: "kind",
        problem: "it maps \(mapping.kind.rawValue), and \(kind.rawValue) are to be imported",
        mend: "name another mapping, or import \(mapping.kind.rawValue)")
    ])
  }
}
