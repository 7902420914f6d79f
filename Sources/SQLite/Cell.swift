internal import CSQLite

/// One column of the row on which a statement stands, where SQLite holds it: nothing is copied, and a text or blob is valid
/// only until the statement moves on.
public struct Cell {
  public enum Content: UInt8 {
    case null, integer, real, text, blob
  }

  public let content: Content
  private let bits: Int64
  private let start: UnsafePointer<UInt8>?

  fileprivate init(_ content: Content, bits: Int64 = 0, start: UnsafePointer<UInt8>? = nil) {
    self.content = content
    self.bits = bits
    self.start = start
  }

  public var isNull: Bool { content == .null }
  /// Of a cell that holds one; a whole number of no meaning otherwise.
  public var integer: Int64 { bits }
  public var real: Double { Double(bitPattern: UInt64(bitPattern: bits)) }

  /// The bytes of a text or blob; none of anything else.
  public var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(bits))
  }

  /// The same as a value of its own.
  public var value: Value {
    switch content {
    case .null: .null
    case .integer: .integer(integer)
    case .real: .real(real)
    case .text: .text(String(decoding: bytes, as: UTF8.self))
    case .blob: .blob(Array(bytes))
    }
  }
}

extension Statement {
  /// Reads a column of the row once, for all that want to know of it.
  @inline(__always) public func cell(_ column: Int32) -> Cell {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return Cell(.integer, bits: sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT:
      return Cell(.real, bits: Int64(bitPattern: sqlite3_column_double(handle, column).bitPattern))
    case SQLITE_TEXT:
      // The text first, which settles the encoding that the count is of.
      let start = sqlite3_column_text(handle, column)
      return Cell(.text, bits: Int64(sqlite3_column_bytes(handle, column)), start: start)
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(handle, column)?.assumingMemoryBound(to: UInt8.self)
      return Cell(.blob, bits: Int64(sqlite3_column_bytes(handle, column)), start: start)
    default: return Cell(.null)
    }
  }
}
