internal import Desk
internal import SLA
internal import SQLite

/// Whether a file is a desk that is whole.
struct BackupCheck {
  let connection: Connection
  /// How the file is called in what is said of it.
  let path: String

  /// How thoroughly the pages are looked through.
  enum Depth: String {
    /// Every page, without holding indexes against their tables.
    case quick = "quick_check"
    case full = "integrity_check"
  }

  /// - Parameter counts: how many rows each table must have.
  /// - Throws: `DeskError` that names the first thing found wrong.
  func check(_ depth: Depth, counts: [String: Int64]) throws {
    guard try connection.integer(sql: "PRAGMA application_id") == DeskSchema.applicationID else {
      throw DeskError("'\(path)' is not a desk of plazo", mend: "give a file that 'plazo backup' made")
    }
    let found = try connection.rows(sql: "PRAGMA \(depth.rawValue)(1)").first?.first?.text ?? "nothing was said"
    guard found == "ok" else { throw damaged(found) }
    for (table, rows) in counts.sorted(by: { $0.key < $1.key }) {
      let present: Int64?
      do {
        present = try connection.integer(sql: "SELECT count(*) FROM \"\(table)\"")
      } catch let error as DatabaseError {
        throw damaged("table \(table): \(error.message)")
      }
      guard present == rows else { throw damaged("table \(table) has \(present ?? 0) rows of \(rows)") }
    }
    if let row = try connection.rows(sql: "PRAGMA foreign_key_check").first {
      throw damaged(
        "a row of \(row[0].text ?? "a table") refers to a row of \(row[2].text ?? "another") that is missing")
    }
  }

  func damaged(_ what: String) -> DeskError {
    DeskError("'\(path)' is damaged: \(what)", mend: "use another backup")
  }
}
