internal import CSQLite

/// A prepared statement and, while it steps, the row that it stands on.
///
/// Columns count from 0 and parameters from 1, as in SQLite. Not for use from two threads at once.
public final class Statement {
  @usableFromInline let handle: OpaquePointer
  /// The database that the statement belongs to. It stays open, if need be, until its last statement is gone.
  private let database: OpaquePointer

  init(_ sql: String, on database: OpaquePointer) throws {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK else { throw DatabaseError(code, of: database, sql: sql) }
    guard let handle else { throw DatabaseError(code: SQLITE_MISUSE, message: "empty statement", sql: sql) }
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  public var sql: String { String(cString: sqlite3_sql(handle)) }

  // MARK: Running

  /// Moves to the next row. - Returns: whether there is one; at the end the statement is reset, its values kept.
  public func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    case let code:
      let error = DatabaseError(code, of: database, sql: sql)
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Runs a statement that yields no row, with these values in the order of its parameters.
  public func run(_ values: Value...) throws { try run(values) }

  public func run(_ values: [Value]) throws {
    bind(values)
    while try step() {}
  }

  /// Every row that the statement yields with these values, each as an array.
  public func rows(_ values: Value...) throws -> [[Value]] {
    bind(values)
    var rows: [[Value]] = []
    while try step() { rows.append((0..<columnCount).map { value($0) }) }
    return rows
  }

  /// Leaves the row on which the statement stands, so that it can run anew.
  public func reset() { sqlite3_reset(handle) }

  // MARK: Parameters

  public func bind(_ values: [Value]) {
    reset()
    for (index, value) in values.enumerated() { bind(Int32(index + 1), value) }
  }

  public func bind(_ index: Int32, _ value: Value) {
    switch value {
    case .null: sqlite3_bind_null(handle, index)
    case .integer(let integer): sqlite3_bind_int64(handle, index, integer)
    case .real(let real): sqlite3_bind_double(handle, index, real)
    case .text(let text): bind(index, text)
    case .blob(let bytes):
      _ = bytes.withUnsafeBytes {
        sqlite3_bind_blob64(
          handle, index, $0.baseAddress ?? UnsafeRawPointer(bitPattern: 1), UInt64($0.count), plazo_sqlite_transient())
      }
    }
  }

  public func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(handle, index, value) }
  public func bind(_ index: Int32, _ value: Int64?) {
    if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
  }

  public func bind(_ index: Int32, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty text has no address, and SQLite would take that for NULL.
        _ = sqlite3_bind_text64(
          handle, index, characters.baseAddress ?? Self.emptyText, UInt64(characters.count),
          plazo_sqlite_transient(), UInt8(SQLITE_UTF8))
      }
    }
  }

  public func bind(_ index: Int32, _ text: String?) {
    if let text { bind(index, text) } else { sqlite3_bind_null(handle, index) }
  }

  /// Binds a parameter by its name, colon included. - Returns: whether the statement has it.
  @discardableResult
  public func bind(named name: String, _ value: Value) -> Bool {
    let index = sqlite3_bind_parameter_index(handle, name)
    if index > 0 { bind(index, value) }
    return index > 0
  }

  /// The names of the parameters, colon included; `nil` for one that has none.
  public var parameterNames: [String?] {
    (0..<sqlite3_bind_parameter_count(handle)).map { index in
      sqlite3_bind_parameter_name(handle, index + 1).map { String(cString: $0) }
    }
  }

  nonisolated(unsafe) private static let emptyText: UnsafePointer<CChar> = {
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    text.initialize(to: 0)
    return UnsafePointer(text)
  }()

  // MARK: The row

  public var columnCount: Int32 { sqlite3_column_count(handle) }
  public var columnNames: [String] { (0..<columnCount).map { String(cString: sqlite3_column_name(handle, $0)) } }

  public func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
  public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  public func integerOrNil(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }
  public func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  public func text(_ column: Int32) -> String { withBytes(column) { String(decoding: $0, as: UTF8.self) } }
  public func textOrNil(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// The first byte of a text, 0 for an empty one or NULL.
  public func firstByte(_ column: Int32) -> UInt8 { sqlite3_column_text(handle, column)?.pointee ?? 0 }

  /// The bytes of a text or blob as SQLite holds them: valid only within `body`.
  public func withBytes<T>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
    // The order matters: asking for the text first settles the encoding that the count is of.
    let isBlob = sqlite3_column_type(handle, column) == SQLITE_BLOB
    let start =
      isBlob
      ? sqlite3_column_blob(handle, column)?.assumingMemoryBound(to: UInt8.self) : sqlite3_column_text(handle, column)
    let count = Int(sqlite3_column_bytes(handle, column))
    return try body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  public func value(_ column: Int32) -> Value {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .blob(withBytes(column) { Array($0) })
    default: .null
    }
  }
}
