import SLA
import Scheduler
import Testing

@Suite("Which dated copies are kept")
struct RotationTests {
  private func kept(_ rotation: Rotation, _ copies: [String], in zone: Zone = .utc) throws -> [String] {
    let instants = try copies.map { try at($0) }
    return rotation.kept(of: instants, in: zone).sorted().map { $0.iso8601(in: .utc) }
  }

  @Test("the latest of each of the last days that have one")
  func days() throws {
    let copies = [
      "2026-03-01T02:00:00Z", "2026-03-24T02:00:00Z", "2026-03-24T09:00:00Z", "2026-03-27T02:00:00Z",
      "2026-03-27T01:00:00Z",
    ]
    #expect(
      try kept(Rotation(daily: 2, weekly: 0, monthly: 0), copies) == ["2026-03-24T09:00:00Z", "2026-03-27T02:00:00Z"])
    // The days between without a copy do not count.
    #expect(try kept(Rotation(daily: 3, weekly: 0, monthly: 0), copies).first == "2026-03-01T02:00:00Z")
  }

  @Test("weeks begin on Monday, months with their first day")
  func weeksAndMonths() throws {
    // 29 March 2026 is a Sunday.
    let copies = [
      "2026-03-28T02:00:00Z", "2026-03-29T02:00:00Z", "2026-03-30T02:00:00Z", "2026-03-31T02:00:00Z",
      "2026-04-01T02:00:00Z",
    ]
    #expect(
      try kept(Rotation(daily: 0, weekly: 2, monthly: 0), copies) == ["2026-03-29T02:00:00Z", "2026-04-01T02:00:00Z"])
    #expect(
      try kept(Rotation(daily: 0, weekly: 0, monthly: 2), copies) == ["2026-03-31T02:00:00Z", "2026-04-01T02:00:00Z"])
  }

  @Test("dates are those of the desk's zone")
  func zones() throws {
    let copies = ["2026-03-27T05:30:00Z", "2026-03-27T06:30:00Z"]
    let one = Rotation(daily: 9, weekly: 0, monthly: 0)
    #expect(try kept(one, copies).count == 1)
    #expect(try kept(one, copies, in: zone("America/Mexico_City")).count == 2)
  }

  @Test("the latest of all is kept whatever the numbers, and none of none")
  func latest() throws {
    let none = Rotation(daily: 0, weekly: 0, monthly: 0)
    #expect(try kept(none, ["2026-03-26T02:00:00Z", "2026-03-27T02:00:00Z"]) == ["2026-03-27T02:00:00Z"])
    #expect(try kept(none, []) == [])
  }

  @Test("a year of nightly copies comes down to the numbers")
  func year() throws {
    let rotation = Rotation(daily: 7, weekly: 4, monthly: 12)
    var copies: Set<Instant> = []
    var now = try at("2025-01-01T02:00:00Z")
    for _ in 0..<500 {
      copies.insert(now)
      copies = rotation.kept(of: Array(copies), in: .utc)
      #expect(copies.contains(now))
      #expect(copies.count <= 7 + 4 + 12)
      now = now + 86_400
    }
    let months = Set(copies.map { Zone.utc.date(at: $0).month })
    #expect(months.count == 12)
  }
}
