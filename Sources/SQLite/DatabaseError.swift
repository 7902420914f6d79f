/// What SQLite refused, as facts: its extended result code, its own words and the statement.
///
/// Bound values are withheld, since they may be personal data.
/// - Source: <https://www.sqlite.org/rescode.html>
public struct DatabaseError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The extended result code, such as 2067 for a violated UNIQUE.
  public let code: Int32
  public let message: String
  /// The statement that was being prepared or run, when there was one.
  public let sql: String?

  public init(code: Int32, message: String, sql: String? = nil) {
    self.code = code
    self.message = message
    self.sql = sql
  }

  /// The result code without its extension.
  public var primaryCode: Int32 { code & 0xff }

  public var isBusy: Bool { primaryCode == 5 || primaryCode == 6 }
  public var isReadOnly: Bool { primaryCode == 8 }
  public var isInterrupted: Bool { primaryCode == 9 }
  public var isDiskFull: Bool { primaryCode == 13 }
  /// The file is no SQLite database at all.
  public var isNotADatabase: Bool { primaryCode == 26 }

  public var description: String {
    let statement = sql.map { " in «\($0.split(separator: "\n").joined(separator: " ").prefix(300))»" } ?? ""
    return "\(message) (SQLite \(code))\(statement)"
  }
}
