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

  public typealias Options = ImportOptions

  /// - Throws: `Faults` when a mapping does not fit its file, before any row is read; `ImportRefused` with the faults of
  ///   rows. Nothing is written then.
  public func run(tickets: ImportFile?, events: ImportFile?, options: Options = Options()) throws -> ImportResult {
    try tickets?.check(.tickets)
    try events?.check(.events)
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
    return try ImportPass.run(connection, now: now, by: actorID, options: options) { writer in
      try ImportRun(writer, tickets: ticketRows, events: eventRows, options: options)
    }
  }
}
