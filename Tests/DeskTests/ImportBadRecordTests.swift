import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// Every file of `samples/bad/records` is refused, whole, for the fault of its name.
@Suite struct ImportBadRecordTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "samples/bad/records").path

  private static let files: KeyValuePairs = [
    "activities-more-than-a-day.csv":
      "bad:3: the time spent is not within a day; give it as 1h30, 90m or 1.5, at most 24h",
    "activities-overlap.csv": "bad:3: it overlaps activity 1; change the start or the time spent",
    "activities-time-in-words.csv":
      "bad:3: spent: 'hora y media' is no time spent; write it as 1h30, 90m, 1:30 or as a number of minutes",
    "activities-without-text.csv":
      "bad:3: what: it is empty; fill it, or give fields.description a default in the mapping",
    "articles-without-solution.csv":
      "bad:3: solution: it is empty; fill it, or give fields.solution a default in the mapping",
    "clients-active-not-in-mapping.csv":
      "bad:3: active: 'maybe' is not among the values of the mapping; add it at fields.active.values, or give an 'otherwise'",
    "clients-name-twice.csv": "bad:3: id: '1' is the same client already; give each a name of its own",
    "tasks-plazo-and-due.csv": "bad:3: due: it has both a plazo and a due instant; map one of them",
    "tasks-plazo-in-words.csv":
      "bad:3: plazo: 'dos días' is not a plazo; write working days as 3d, working time as 6h, 90m or 1h30m",
    "users-contact-without-company.csv":
      "bad:3: company: a client's contact has no company; fill it, or give another role",
    "users-login-with-a-blank.csv":
      "bad:3: login: 'luis paz' cannot be a login; map at most 64 characters without blanks and '/'",
    "users-mail-is-no-address.csv":
      "bad:3: mail: it is no mail address; write it as ana@example.com, or leave it empty",
    "users-role-not-in-mapping.csv":
      "bad:3: role: 'Jefe' is not among the values of the mapping; add it at fields.role.values, or give an 'otherwise'",
    "users-stand-in-unknown.csv":
      "bad:2: deputy: there is no technician 'luisa'; name a user of this file or of the desk",
  ]

  @Test func isRefusedForTheFaultOfItsName() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".csv") }
    #expect(names.sorted() == Self.files.map(\.key))
    for (name, expected) in Self.files {
      let office = try Office()
      let before = try office.everything()
      let map = "\(name.prefix { $0 != "-" }).json5"
      let data = try #require(FileManager.default.contents(atPath: "\(Self.folder)/\(map)"))
      let source = try FileSource("\(Self.folder)/\(name)")
      let file = ImportFile(
        mapping: try Mapping(file: map, data: data, zone: .utc, zones: ImportDesk.zone), name: "bad"
      ) { try source.read(into: $0) }
      let refused = #expect(throws: ImportRefused.self, "\(name)") {
        try RecordImport(
          office.connection, actor: office.admin, now: Office.now, zone: .utc, zones: ImportDesk.zone, calendars: []
        ).run(file)
      }
      #expect(refused?.description == expected, "\(name)")
      #expect(try office.everything() == before)
    }
  }
}
