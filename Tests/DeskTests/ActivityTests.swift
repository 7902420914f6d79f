import Desk
import SLA
import SQLite
import Testing

/// Ana books by event, Luis by day. It is noon in Greenwich on 27 March.
@Suite struct ActivityTests {
  private let today = LocalDate("2026-03-27")!

  private func event(_ start: Instant, _ seconds: Seconds) -> Activities.Entry {
    Activities.Entry(startedAt: start, day: today, seconds: seconds, description: "x")
  }

  private func day(_ day: LocalDate, _ seconds: Seconds) -> Activities.Entry {
    Activities.Entry(startedAt: nil, day: day, seconds: seconds, description: "x")
  }

  @Test func eachBooksAsTheAdministratorSays() throws {
    let office = try Office()
    #expect(
      try office.refusal { try office.activities(office.ana).log(day(today, 60)) }
        == "ana books hours by event; say when it began with --start")
    #expect(
      try office.refusal { try office.activities(office.luis).log(event(Office.now - 60, 60)) }
        == "luis books hours by day; give the date with --day, and no --start")
    var entry = day(today, 60)
    entry.technician = "luis"
    // An administrator books for another as the other books.
    let id = try office.activities(office.admin).log(entry)
    #expect(
      try office.connection.rows(
        sql: "SELECT technician_id, recorded_by, booking FROM activity WHERE id = ?", .integer(id))
        == [[.integer(office.luis.id), .integer(office.admin.id), "day"]])
    #expect(
      try office.refusal { try office.activities(office.ana).log(entry) }
        == "a technician books the own hours only; leave --technician out")
    #expect(
      try office.refusal { try office.activities(office.contact).log(entry) }
        == "a client's contact books no hours; act --as a technician")
  }

  @Test(arguments: [
    (start: -7200 as Seconds, seconds: 3600 as Seconds, overlaps: false), (-7200, 3601, true), (-3600, 1800, true),
    (-2000, 100, true), (-3000, 300, true), (-1800, 1800, false), (-5400, 5400, true), (-1801, 1, true),
  ])
  func eventsOfOnePersonDoNotOverlap(start: Seconds, seconds: Seconds, overlaps: Bool) throws {
    let office = try Office()
    // From an hour ago until half an hour ago.
    _ = try office.activities(office.ana).log(event(Office.now - 3600, 1800))
    let said = try office.refusalOrNil { try office.activities(office.ana).log(event(Office.now + start, seconds)) }
    #expect(said == (overlaps ? "it overlaps activity 1; change the start or the time spent" : nil))
    // Another's hours are no matter.
    _ = try office.activities(office.admin).log(event(Office.now - 3600, 1800))
  }

  @Test func aDayHasTwentyFourHours() throws {
    let office = try Office()
    let luis = office.activities(office.luis)
    let length = "the time spent is not within a day; give it as 1h30, 90m or 1.5, at most 24h"
    #expect(try office.refusal { try luis.log(day(today, 0)) } == length)
    #expect(try office.refusal { try luis.log(day(today, -60)) } == length)
    #expect(try office.refusal { try luis.log(day(today, 86_401)) } == length)
    _ = try luis.log(day(today, 50_000))
    #expect(
      try office.refusal { try luis.log(day(today, 36_401)) }
        == "luis would have more than 24 hours on 2026-03-27; check the entries")
    _ = try luis.log(day(today, 36_400))
    _ = try luis.log(day(today.adding(days: -1), 86_400))
  }

  @Test func whatStandsInForAnotherTakesItsPlace() throws {
    let office = try Office()
    let ana = office.activities(office.ana)
    let id = try ana.log(event(Office.now - 3600, 3600))
    try office.connection.run(
      sql: """
        INSERT INTO activity (technician_id, booking, day, started_at, seconds, description, recorded_at, recorded_by,
            corrects_id, reason) SELECT technician_id, booking, day, started_at, 600, description, recorded_at,
            recorded_by, id, 'slip' FROM activity WHERE id = ?
        """, .integer(id))
    // Of the hour that was booked by mistake only ten minutes are taken.
    _ = try ana.log(event(Office.now - 3000, 3000))
    #expect(
      try office.refusal { try ana.log(event(Office.now - 3001, 1)) }
        == "it overlaps activity 2; change the start or the time spent")
  }

  @Test func nothingIsBookedBeforeItIsOver() throws {
    let office = try Office()
    let still = "the activity would end in time still to come; log it when it is over"
    #expect(try office.refusal { try office.activities(office.ana).log(event(Office.now - 60, 61)) } == still)
    #expect(try office.refusal { try office.activities(office.luis).log(day(today.adding(days: 2), 60)) } == still)
    // Fourteen hours east of Greenwich it is 28 March already.
    _ = try office.activities(office.luis).log(day(today.adding(days: 1), 60))
    _ = try office.activities(office.ana).log(event(Office.now - 60, 60))
  }

  @Test func whatAnActivityIsForMustBeThere() throws {
    let office = try Office()
    let ana = office.activities(office.ana)
    func refusal(_ edit: (inout Activities.Entry) -> Void) throws -> String {
      var entry = event(Office.now - 60, 60)
      edit(&entry)
      return try office.refusal { try ana.log(entry) }
    }
    #expect(try refusal { $0.ticketID = 4 } == "there is no ticket 4; see 'plazo ticket list'")
    #expect(try refusal { $0.taskID = 4 } == "there is no task 4; see 'plazo task list'")
    #expect(
      try refusal { $0.client = "Acm" }
        == "there is no client 'Acm'; did you mean 'Acme'? add it with 'plazo client add'")
  }
}

extension Office {
  /// The sentence with which `body` is refused; `nil` when it is not.
  func refusalOrNil<T>(_ body: () throws -> T) throws -> String? {
    do {
      _ = try body()
      return nil
    } catch let error as DeskError { return "\(error)" }
  }
}
