public import SLA
public import SQLite
internal import Text

/// Brings users, clients, products, providers, tasks, activities or articles from another system's CSV file.
///
/// As with tickets a row is remembered by its key: the same again costs one look, one that differs makes true of its
/// record what the mapping states, and what vanished is told and stays. Rows are taken in any order: what one names of
/// another is looked up after the last.
public struct RecordImport {
  public let connection: Connection
  public let actor: User
  public let now: Instant
  /// The desk's, in which the day of an activity with a start is told.
  public let zone: Zone
  /// Finds a zone by its IANA name, and throws for one that there is not.
  public let zones: (String) throws -> Zone
  /// The names that a user's calendar may have.
  public let calendars: [String]

  public init(
    _ connection: Connection, actor: User, now: Instant, zone: Zone, zones: @escaping (String) throws -> Zone,
    calendars: [String]
  ) {
    self.connection = connection
    self.actor = actor
    self.now = now
    self.zone = zone
    self.zones = zones
    self.calendars = calendars
  }

  /// - Throws: `Faults` when the mapping does not fit its file, before any row is read; `ImportRefused` with the faults
  ///   of rows; `DeskError` for what the actor may not bring. Nothing is written then.
  public func run(_ file: ImportFile, options: ImportOptions = ImportOptions()) throws -> ImportResult {
    let kind = file.mapping.kind
    precondition(kind != .tickets && kind != .events, "tickets and their events have an import of their own")
    guard actor.role == .administrator || kind != .users && kind != .activities else {
      throw DeskError("only an administrator imports \(kind.rawValue)", mend: "act --as an administrator")
    }
    let rows = try RowReader(file)
    return try ImportPass.run(connection, now: now, by: actor.id, options: options) { writer in
      try RecordRun(self, writer, rows: rows, options: options)
    }
  }
}

/// A row on its way in.
struct RecordRow {
  var key: String
  var values: RowValues
  var stated: FieldSet
  /// Of the record that an earlier row of this key became.
  var id: Int64?
}

/// What became of a row.
struct RecordOutcome {
  enum Change { case new, updated, same, kept }
  var id: Int64
  var change: Change
  /// Whether what it names of other rows is still to be looked up.
  var isPartial = false

  init(_ change: Change, _ id: Int64, isPartial: Bool = false) {
    self.change = change
    self.id = id
    self.isPartial = isPartial
  }
}

/// Why a row cannot become a record, and in which field.
struct RowProblem: Error {
  var field: ImportField
  var problem: String
  var mend: String

  init(_ field: ImportField, _ problem: String, mend: String) {
    self.field = field
    self.problem = problem
    self.mend = mend
  }
}

/// One kind of record: how a row is held against it, and made true of it.
protocol RecordSink: AnyObject {
  /// - Throws: `RowProblem` or `DeskError` for what the desk refuses; what the row wrote is then taken back.
  func take(_ row: RecordRow) throws -> RecordOutcome
  /// What a partial row names of others, now that all are there. - Returns: whether anything was written.
  func complete(_ row: RecordRow, _ id: Int64) throws -> Bool
  /// After the last row. - Throws: `DeskError` for a desk that nobody could use.
  func finish() throws
  /// Whether a record that the file lacks still counts.
  func counts(_ id: Int64) throws -> Bool
}

extension RecordSink {
  func complete(_ row: RecordRow, _ id: Int64) throws -> Bool { false }
  func finish() throws {}

  /// A record that the desk has by the name of a new row is taken for the same, unless it is another row's.
  func refuseTwoKeys(_ id: Int64, noun: String, _ connection: Connection) throws {
    let other = try connection.value(
      sql: "SELECT key FROM import_record WHERE kind = ? AND record_id = ?", .text("\(noun)s"), .integer(id))
    guard let other = other.text else { return }
    throw RowProblem(.key, "'\(other)' is the same \(noun) already", mend: "give each a name of its own")
  }
}
