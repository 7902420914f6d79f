import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// An office into which records of any kind but tickets are imported.
struct RecordDesk {
  let office: Office
  static let now = Office.now

  init() throws { office = try Office() }

  func run(
    _ kind: String, _ fields: String, _ rows: String, extra: String = "", as actor: User? = nil,
    options: ImportOptions = .init()
  ) throws -> ImportResult {
    let mapping = "{ kind: '\(kind)', source: 'old', times: 'yyyy-MM-dd HH:mm', \(extra) fields: { \(fields) } }"
    return try RecordImport(
      office.connection, actor: actor ?? office.admin, now: Self.now, zone: .utc, zones: ImportDesk.zone,
      calendars: ["always", "office"]
    ).run(ImportDesk.file(rows.utf8, "rows.csv", mapping), options: options)
  }

  func faults(_ kind: String, _ fields: String, _ rows: String, as actor: User? = nil) throws -> [String] {
    let before = try office.everything()
    let refused = #expect(throws: ImportRefused.self) { try run(kind, fields, rows, as: actor) }
    #expect(try office.everything() == before)
    return refused.map { $0.description.split(separator: "\n").map(String.init) } ?? []
  }

  func rows(_ sql: String) throws -> [String] {
    try office.connection.rows(sql: sql).map { row in
      row.map { value in
        switch value {
        case .integer(let number): String(number)
        case .text(let text): text
        default: "-"
        }
      }.joined(separator: "|")
    }
  }
}
