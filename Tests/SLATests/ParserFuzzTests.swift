import FoundationEssentials
import Seeded
import Testing

@testable import SLA

/// The small languages that people and files write: read or refused, and what is read reads the same again.
@Suite struct ParserFuzzTests {
  private static let terms = Mangler([
    "0", "1", "9", "00", "99999", "9223372036854775807", "d", "h", "m", "s", " ", "-", "+", ".", ",", ":", "T", "Z",
    "é", "١", "D",
  ])

  @Test(arguments: 0..<randomCases(200)) func plazos(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let text = Self.terms.text(&dice, upTo: 7)
    guard let plazo = Plazo(text) else { return }
    #expect(Plazo(plazo.description) == plazo, "\(text)")
    // No sign, no blank, nothing but ASCII: what is shown is what was meant.
    #expect(text.utf8.allSatisfy { (48...57).contains($0) || [100, 104, 109, 115].contains($0) }, "\(text)")
  }

  @Test(arguments: 0..<randomCases(200)) func hoursAndDates(seed: Int) {
    var dice = Dice(seed: UInt64(seed) &+ 5)
    let text = Mangler([
      "0", "9", "09", "24", "30", "48", ":", "00", "-", "–", " ", "60", "2026", "02", "29", "31", "é",
    ])
    .text(&dice, upTo: 9)
    if let hours = Hours(text) { #expect(Hours(hours.description) == hours, "\(text)") }
    if let date = LocalDate(text) { #expect(date.description == text) }
  }

  @Test(arguments: 0..<randomCases(200)) func instants(seed: Int) {
    var dice = Dice(seed: UInt64(seed) &+ 6)
    let good = Array("2026-03-27T09:00:00.250-06:00".utf8)
    let text = String(decoding: Mangler.mangled(good, &dice), as: UTF8.self)
    if let instant = Instant(iso8601: text, in: .utc) {
      #expect(Instant(iso8601: instant.iso8601(in: .utc), in: .utc) == instant, "\(text)")
    }
  }

  /// Files of zones with bytes changed: each is refused, or is a zone that answers for any instant and any reading.
  @Test(arguments: ["America/Mexico_City", "Europe/Madrid", "Africa/Casablanca", "UTC"])
  func filesOfZones(name: String) throws {
    let good = [UInt8](try #require(FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)")))
    for seed in 0..<randomCases(120) {
      var dice = Dice(seed: UInt64(seed) &+ 31)
      var bytes = Mangler.mangled(good, &dice)
      // What changes least is most likely to be believed: the rule at the end, now and then.
      if dice.upTo(3) == 0, let rule = bytes.dropLast().lastIndex(of: 10) {
        bytes = Array(bytes[...rule]) + Mangler.mangled(Array(bytes[(rule + 1)...]), &dice)
      }
      guard let zone = try? Zone(name: name, data: bytes) else { continue }
      for second in [Int64.min / 4, -1, 0, 1_700_000_000, 7_258_118_400, 253_402_300_799] {
        let offset = zone.offset(at: Instant(second))
        #expect(abs(offset) <= 200 * 3600)
        _ = zone.instant(atLocalSeconds: second)
        _ = zone.nextChange(after: Instant(second))
      }
    }
  }

  @Test(arguments: 0..<randomCases(200)) func rulesOfZones(seed: Int) {
    var dice = Dice(seed: UInt64(seed) &+ 8)
    let text = String(decoding: Mangler.mangled(Array("CST6CDT,M3.2.0/2,J303/-167:59:59".utf8), &dice), as: UTF8.self)
    guard let rule = try? PosixZoneRule(text, zone: "a") else { return }
    for year in [1970, 2026, 2400, 9999] { _ = rule.changes(in: year) }
  }
}
