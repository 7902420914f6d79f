internal import CSQLite

extension Connection {
  /// Makes a question about two texts callable from SQL, answered 1 or 0; NULL where either is. The bytes are UTF-8 in
  /// SQLite's own memory, valid during the call: nothing is copied. It must be deterministic.
  public func addPredicate(
    named name: String,
    _ body: @escaping (_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool
  ) throws {
    let box = Unmanaged.passRetained(PredicateBox(body))
    let code = sqlite3_create_function_v2(
      handle, name, 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, box.toOpaque(),
      { context, _, arguments in
        func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
          guard let value = arguments?[index], sqlite3_value_type(value) == SQLITE_TEXT else { return nil }
          let start = sqlite3_value_text(value)
          return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
        }
        guard let first = bytes(0), let second = bytes(1) else { return sqlite3_result_null(context) }
        let box = Unmanaged<PredicateBox>.fromOpaque(sqlite3_user_data(context)).takeUnretainedValue()
        sqlite3_result_int(context, box.body(first, second) ? 1 : 0)
      }, nil, nil, { Unmanaged<PredicateBox>.fromOpaque($0!).release() })
    guard code == SQLITE_OK else { throw DatabaseError(code, of: handle, sql: nil) }
  }
}

private final class PredicateBox {
  let body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  init(_ body: @escaping (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool) { self.body = body }
}
