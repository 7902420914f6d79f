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

  @Test func everyZoneOfTheSystemIsRead() throws {
    let table = try String(contentsOf: URL(filePath: "/usr/share/zoneinfo/tzdata.zi"), encoding: .utf8)
    let names = table.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ")
      return words.first == "L" && words.count == 3 ? String(words[2]) : words.first == "Z" ? String(words[1]) : nil
    }
    #expect(names.count > 400)
    for name in names { _ = try systemZone(name) }
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

/// Files of zones that a disk or a hand has damaged are refused, whatever they say.
@Suite struct DamagedZoneTests {
  /// A file of version 2 with these changes, one type for each, and a rule.
  private func file(_ changes: [(at: Int64, offset: Int32)], rule: String) -> [UInt8] {
    func big<T: FixedWidthInteger>(_ number: T) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
    func header(_ count: Int) -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        + [0, 0, 0, count, count + 1, 1].flatMap { big(Int32($0)) }
    }
    var bytes = header(0) + big(Int32(0)) + [0, 0] + [0]
    bytes += header(changes.count) + changes.flatMap { big($0.at) } + changes.indices.map { UInt8($0 + 1) }
    bytes += ([0] + changes.map(\.offset)).flatMap { big($0) + [0, 0] } + [0]
    return bytes + Array("\n\(rule)\n".utf8)
  }

  @Test(
    arguments: [
      ([(100, 0), (100, 3600)], "UTC0", "its changes are not in their order"),
      ([(200, 0), (100, 3600)], "UTC0", "its changes are not in their order"),
      ([(Int64.min, 0)], "UTC0", "its changes are not in their order"),
      ([(100, 93_601)], "UTC0", "it has an offset of more than a day"),
      ([(100, Int32.min)], "UTC0", "it has an offset of more than a day"),
      ([], "AAA-99", "it has an offset of more than a day"),
      ([], "AAA0BBB-27,M3.1.0,M10.1.0", "it has an offset of more than a day"),
    ] as [([(Int64, Int32)], String, String)])
  func isRefused(changes: [(Int64, Int32)], rule: String, reason: String) {
    let bytes = file(changes.map { (at: $0.0, offset: $0.1) }, rule: rule)
    let error = #expect(throws: ZoneError.self) { _ = try Zone(name: "a", data: bytes) }
    #expect(error == .unreadable(zone: "a", reason: reason))
  }

  @Test func aChangeFarAheadIsTheLastOne() throws {
    let zone = try Zone(name: "a", data: file([(9_000_000_000_000, 3600)], rule: "AAA0BBB,M3.1.0,M10.1.0"))
    #expect(zone.offset(at: Instant(8_999_999_999_999)) == 0)
    #expect(zone.offset(at: Instant(9_000_000_000_000)) == 3600)
    #expect(zone.nextChange(after: Instant(9_000_000_000_000)) == nil)
  }

  @Test func aChangeBeforeAllClocksIsNotTheBeginningOfALongWalk() throws {
    let zone = try Zone(name: "a", data: file([(-4_000_000_000_000_000_000, 0)], rule: "AAA0BBB,M3.1.0,M10.1.0"))
    #expect(zone.offset(at: Instant(0)) == 0)
    #expect(zone.offset(at: Instant(1_782_000_000)) == 3600)
  }
}
