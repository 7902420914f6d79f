internal import CSQLite

/// One connection to a SQLite file. Used from one thread at a time; every connection waits for a lock before it gives up.
public final class Connection {
  /// What a connection may do to the file.
  public enum Mode: Sendable {
    case readOnly
    case readWrite
    /// Makes the file when it is missing.
    case create
  }

  /// How long a connection waits for another's lock, unless told otherwise.
  public static let defaultBusyTimeoutMilliseconds: Int32 = 10_000

  let handle: OpaquePointer
  public let path: String
  private var prepared: [String: Statement] = [:]

  /// Done once, before the first connection: nobody asks how much memory SQLite has, and counting it takes a lock for
  /// every piece. Where SQLite has begun already, it goes on counting.
  private static let begin: Int32 = plazo_sqlite_without_memory_statistics()

  public init(
    path: String, mode: Mode, busyTimeoutMilliseconds: Int32 = Connection.defaultBusyTimeoutMilliseconds
  ) throws {
    let flags =
      switch mode {
      case .readOnly: SQLITE_OPEN_READONLY
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    _ = Self.begin
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let handle else {
      let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw DatabaseError(code: code, message: message)
    }
    self.handle = handle
    self.path = path
    sqlite3_busy_timeout(handle, busyTimeoutMilliseconds)
    // Only an older SQLite refuses; the setting hardens, nothing rests on it.
    _ = plazo_sqlite_defensive(handle)
  }

  deinit {
    prepared = [:]
    sqlite3_close_v2(handle)
  }

  /// The version of the SQLite library in use, such as `3.40.1`.
  public static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  // MARK: Running

  /// Runs any number of statements that take no values.
  public func execute(sql: String) throws {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(code, of: handle, sql: sql) }
  }

  /// A statement of the caller's own.
  public func prepare(sql: String) throws -> Statement { try Statement(sql, on: handle) }

  /// A statement that the connection keeps and shares by its text: not for nested use of the same text.
  public func cached(sql: String) throws -> Statement {
    if let statement = prepared[sql] {
      statement.reset()
      return statement
    }
    let statement = try prepare(sql: sql)
    prepared[sql] = statement
    return statement
  }

  /// Runs a statement that yields no row, with these values in the order of its parameters. - Throws: `DatabaseError`.
  public func run(sql: String, _ values: Value...) throws { try cached(sql: sql).run(values) }

  /// Every row of a query, each as an array: for small answers.
  public func rows(sql: String, _ values: Value...) throws -> [[Value]] {
    let statement = try cached(sql: sql)
    statement.bind(values)
    var rows: [[Value]] = []
    while try statement.step() { rows.append((0..<statement.columnCount).map { statement.value($0) }) }
    return rows
  }

  /// The first column of the first row, or `.null` without a row.
  public func value(sql: String, _ values: Value...) throws -> Value {
    let statement = try cached(sql: sql)
    statement.bind(values)
    defer { statement.reset() }
    return try statement.step() ? statement.value(0) : .null
  }

  /// The first column of the first row as an integer; `nil` without a row, or for NULL.
  public func integer(sql: String, _ values: Value...) throws -> Int64? {
    let statement = try cached(sql: sql)
    statement.bind(values)
    defer { statement.reset() }
    return try statement.step() ? statement.integerOrNil(0) : nil
  }

  public var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }
  /// How many rows the last statement changed.
  public var changes: Int64 { sqlite3_changes64(handle) }
  public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  // MARK: Transactions

  /// Runs `body` in one transaction that takes the write lock at once; what throws is rolled back whole.
  public func write<T>(_ body: () throws -> T) throws -> T { try transaction("BEGIN IMMEDIATE", body) }

  /// Runs `body` on one unchanging view of the file.
  public func read<T>(_ body: () throws -> T) throws -> T { try transaction("BEGIN", body) }

  private func transaction<T>(_ begin: String, _ body: () throws -> T) throws -> T {
    try execute(sql: begin)
    do {
      let result = try body()
      try execute(sql: "COMMIT")
      return result
    } catch {
      // A full disk rolls back by itself; a second ROLLBACK would hide the first error.
      if isInTransaction { try? execute(sql: "ROLLBACK") }
      throw error
    }
  }

  // MARK: Functions

  /// Makes a Swift function callable from SQL on this connection. It must be deterministic, and it answers `.null` for
  /// what it cannot compute.
  public func addFunction(named name: String, arguments count: Int32, _ body: @escaping ([Value]) -> Value) throws {
    // SQLite lets go of it with the database, which statements can keep open longer than this object lives.
    let box = Unmanaged.passRetained(FunctionBox(body))
    let code = sqlite3_create_function_v2(
      handle, name, count, SQLITE_UTF8 | SQLITE_DETERMINISTIC, box.toOpaque(),
      { context, count, arguments in
        let box = Unmanaged<FunctionBox>.fromOpaque(sqlite3_user_data(context)).takeUnretainedValue()
        let values = (0..<Int(count)).map { Value(sqlite: arguments?[$0]) }
        box.body(values).setResult(of: context)
      }, nil, nil, { Unmanaged<FunctionBox>.fromOpaque($0!).release() })
    guard code == SQLITE_OK else { throw DatabaseError(code, of: handle, sql: nil) }
  }

  /// The same of one whole number, for functions that are called of every row. Anything else is answered `.null`.
  public func addFunction(named name: String, ofInteger body: @escaping (Int64) -> Value) throws {
    let box = Unmanaged.passRetained(IntegerFunctionBox(body))
    let code = sqlite3_create_function_v2(
      handle, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, box.toOpaque(),
      { context, _, arguments in
        guard let value = arguments?[0], sqlite3_value_type(value) == SQLITE_INTEGER else {
          return sqlite3_result_null(context)
        }
        let box = Unmanaged<IntegerFunctionBox>.fromOpaque(sqlite3_user_data(context)).takeUnretainedValue()
        box.body(sqlite3_value_int64(value)).setResult(of: context)
      }, nil, nil, { Unmanaged<IntegerFunctionBox>.fromOpaque($0!).release() })
    guard code == SQLITE_OK else { throw DatabaseError(code, of: handle, sql: nil) }
  }

  // MARK: Limits

  /// Refuses everything but reading from now on: no write, no ATTACH, no PRAGMA, no extension.
  public func allowOnlyReading() {
    // The first use of a function that is a table declares it, which the authorizer would take for a writing.
    for function in ["json_each", "json_tree"] { _ = try? prepare(sql: "SELECT 1 FROM \(function)('[]')") }
    sqlite3_set_authorizer(
      handle,
      { _, action, first, second, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_FUNCTION:
          // `load_extension` is the one function that reaches out of the file.
          let name = second.map { String(cString: $0) } ?? ""
          return name == "load_extension" ? SQLITE_DENY : SQLITE_OK
        default: return SQLITE_DENY
        }
      }, nil)
  }

  /// Calls `shouldStop` now and then while a statement runs; `true` interrupts it with `DatabaseError.isInterrupted`.
  public func interrupt(when shouldStop: @escaping () -> Bool) {
    let box = StopBox(shouldStop)
    stopBox = box
    sqlite3_progress_handler(
      handle, 10_000,
      { Unmanaged<StopBox>.fromOpaque($0!).takeUnretainedValue().shouldStop() ? 1 : 0 },
      Unmanaged.passUnretained(box).toOpaque())
  }

  private var stopBox: StopBox?
}

private final class FunctionBox {
  let body: ([Value]) -> Value
  init(_ body: @escaping ([Value]) -> Value) { self.body = body }
}

private final class IntegerFunctionBox {
  let body: (Int64) -> Value
  init(_ body: @escaping (Int64) -> Value) { self.body = body }
}

private final class StopBox {
  let shouldStop: () -> Bool
  init(_ shouldStop: @escaping () -> Bool) { self.shouldStop = shouldStop }
}

extension DatabaseError {
  /// What a database says of the last call that failed.
  init(_ code: Int32, of database: OpaquePointer, sql: String?) {
    let extended = sqlite3_extended_errcode(database)
    self.init(
      code: extended & 0xff == code & 0xff ? extended : code, message: String(cString: sqlite3_errmsg(database)),
      sql: sql)
  }
}

extension Value {
  fileprivate init(sqlite value: OpaquePointer?) {
    switch sqlite3_value_type(value) {
    case SQLITE_INTEGER: self = .integer(sqlite3_value_int64(value))
    case SQLITE_FLOAT: self = .real(sqlite3_value_double(value))
    case SQLITE_TEXT:
      // The text first, which settles the encoding that the count is of.
      let start = sqlite3_value_text(value)
      self = .text(
        String(decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))), as: UTF8.self))
    case SQLITE_BLOB:
      let start = sqlite3_value_blob(value)
      self = .blob(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))))
    default: self = .null
    }
  }

  fileprivate func setResult(of context: OpaquePointer?) {
    switch self {
    case .null: sqlite3_result_null(context)
    case .integer(let integer): sqlite3_result_int64(context, integer)
    case .real(let real): sqlite3_result_double(context, real)
    case .text(let text): sqlite3_result_text(context, text, Int32(text.utf8.count), plazo_sqlite_transient())
    case .blob(let bytes): sqlite3_result_blob(context, bytes, Int32(bytes.count), plazo_sqlite_transient())
    }
  }
}
