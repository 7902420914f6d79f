import FoundationEssentials
import SLA
import Testing

/// The zone as this machine's database has it.
func systemZone(_ name: String) throws -> Zone {
  let path = "/usr/share/zoneinfo/\(name)"
  return try Zone(name: name, data: [UInt8](Data(contentsOf: URL(filePath: path))))
}

@Suite struct ZoneTests {
  @Test(arguments: [
    (zone: "America/Mexico_City", utc: "2022-10-30T07:00:00Z", local: "2022-10-30T01:00:00-06:00"),
    (zone: "America/Mexico_City", utc: "2026-07-01T12:00:00Z", local: "2026-07-01T06:00:00-06:00"),
    (zone: "Europe/Madrid", utc: "2026-03-29T00:59:59Z", local: "2026-03-29T01:59:59+01:00"),
    (zone: "Europe/Madrid", utc: "2026-03-29T01:00:00Z", local: "2026-03-29T03:00:00+02:00"),
    (zone: "Australia/Lord_Howe", utc: "2026-10-03T15:30:00Z", local: "2026-10-04T02:30:00+11:00"),
    (zone: "Asia/Kolkata", utc: "2090-01-01T00:00:00Z", local: "2090-01-01T05:30:00+05:30"),
  ])
  func readsTheSystemsDatabase(zone: String, utc: String, local: String) throws {
    let instant = try #require(Instant(iso8601: utc, in: .utc))
    #expect(instant.iso8601(in: try systemZone(zone)) == local)
    #expect(Instant(iso8601: local, in: .utc) == instant)
  }

  @Test(arguments: [
    // A reading that the spring change skips is reached at the change.
    (zone: "Europe/Madrid", local: "2026-03-29T02:30", instant: "2026-03-29T01:00:00Z"),
    // A doubled one is reached at its first occurrence.
    (zone: "Europe/Madrid", local: "2026-10-25T02:30", instant: "2026-10-25T00:30:00Z"),
    (zone: "America/Sao_Paulo", local: "2018-11-04T00:00", instant: "2018-11-04T03:00:00Z"),
    (zone: "Pacific/Apia", local: "2011-12-30T12:00", instant: "2011-12-30T10:00:00Z"),
  ])
  func readingsThatAreSkippedOrDoubled(zone: String, local: String, instant: String) throws {
    #expect(Instant(iso8601: local, in: try systemZone(zone)) == Instant(iso8601: instant, in: .utc))
  }
}
