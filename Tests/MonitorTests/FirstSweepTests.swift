import Desk
import Monitor
import SLA
import SQLite
import Testing

@Suite struct FirstSweepTests {
  private let opened = "2026-03-23T09:00"

  private struct Refusal: Error {}
  private final class Refuser: TransitionObserver {
    func situationGotWorse(_ transition: Transition) throws { throw Refusal() }
  }

  private static let index = "SELECT count(*) FROM sqlite_schema WHERE name = 'ticket_clock_next_change'"
  private static let tables = [
    "policy_version", "policy_application", "calendar_version", "policy_calendar", "sweep_state", "ticket_clock",
    "ticket_clock_pause", "ticket_verdict", "ticket_transition",
  ]

  @Test func theFirstSweepAppliesByItself() throws {
    let desk = try TestDesk()
    #expect(try SweepState.load(desk.connection) == nil)
    #expect(try desk.sweep(opened).applied == desk.candidate.hash)
    #expect(try desk.sweep(opened).applied == nil)
    #expect(try SweepState.load(desk.connection)?.sweptAt == desk.at(opened))
  }

  @Test(arguments: [Sweep.Extent.due, .full])
  func afterwardsTheIndexAndTheForeignKeysAreThere(extent: Sweep.Extent) throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened, extent)
    #expect(try desk.dump(Self.index) == ["1"])
    #expect(try desk.dump("PRAGMA foreign_keys") == ["1"])
  }

  @Test func whatThrowsWritesNothingAndRestoresEverything() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    let refuser = Refuser()
    let sweep = Sweep(desk.connection, now: desk.at("2026-03-25T10:00"), observer: refuser)
    for _ in 1...2 {
      #expect(throws: Refusal.self) { try sweep.run(candidate: desk.candidate) }
      #expect(try desk.dump(Self.index) == ["1"])
      #expect(try desk.dump("PRAGMA foreign_keys") == ["1"])
      for table in Self.tables { #expect(try desk.dump("SELECT count(*) FROM \(table)") == ["0"], "\(table)") }
    }
    #expect(try desk.sweep("2026-03-25T10:00").transitions == 1)
  }

  @Test func aSweepThatThrowsLaterLeavesTheLastOneStanding() throws {
    let desk = try TestDesk()
    try desk.open(opened)
    try desk.sweep(opened)
    let before = try Self.tables.map { try desk.dump("SELECT * FROM \($0)") }
    let refuser = Refuser()
    for extent in [Sweep.Extent.due, .full] {
      #expect(throws: Refusal.self) {
        try Sweep(desk.connection, now: desk.at("2026-03-25T10:00"), observer: refuser)
          .run(extent, candidate: desk.candidate)
      }
    }
    #expect(try Self.tables.map { try desk.dump("SELECT * FROM \($0)") } == before)
  }

  @Test func aClosedClockTakesItsPausesAlongEvenWithoutForeignKeys() throws {
    let desk = try TestDesk()
    let id = try desk.open(opened)
    try desk.record(id, "2026-03-23T10:00", .waiting(on: .client))
    try desk.sweep("2026-03-23T10:00")
    _ = try desk.actions("2026-03-23T11:00").close(id)
    // As a first sweep of another process leaves it, which found this one's work done.
    try desk.connection.execute(sql: "PRAGMA foreign_keys = OFF")
    try desk.sweep("2026-03-23T11:00")
    #expect(try desk.dump("SELECT count(*) FROM ticket_clock_pause") == ["0"])
  }
}
