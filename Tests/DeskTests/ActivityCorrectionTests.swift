import Desk
import SLA
import SQLite
import Testing

/// Ana books by event, Luis by day. It is noon in Greenwich on 27 March.
@Suite struct ActivityCorrectionTests {
  private let today = LocalDate("2026-03-27")!

  private func logged(_ office: Office, start: Seconds = -3600, seconds: Seconds = 1800) throws -> Int64 {
    try office.activities(office.ana).log(
      .init(startedAt: Office.now + start, day: today, seconds: seconds, description: "Visita"))
  }

  private func correction(_ edit: (inout Activities.Correction) -> Void) -> Activities.Correction {
    var correction = Activities.Correction()
    edit(&correction)
    return correction
  }

  private func standing(_ office: Office) throws -> [[Value]] {
    try office.connection.rows(sql: "SELECT id, seconds FROM standing_activity ORDER BY id")
  }

  @Test func theOriginalIsKeptAndTheCorrectionCounts() throws {
    let office = try Office()
    let ana = office.activities(office.ana)
    let first = try logged(office)
    let second = try ana.correct(first, correction { $0.seconds = 600 }, reason: "Era la mitad")
    let third = try office.activities(office.admin).correct(second, correction { $0.description = "Otra" }, reason: "x")
    #expect(try standing(office) == [[.integer(third), 600]])
    #expect(
      try office.connection.rows(
        sql: "SELECT seconds, description, corrects_id, reason, recorded_by FROM activity ORDER BY id") == [
          [1800, "Visita", .null, .null, .integer(office.ana.id)],
          [600, "Visita", .integer(first), "Era la mitad", .integer(office.ana.id)],
          [600, "Otra", .integer(second), "x", .integer(office.admin.id)],
        ])
    let corrected = "activity \(first) was corrected already; correct activity \(third), which stands in for it"
    #expect(try office.refusal { try ana.correct(first, correction { $0.seconds = 60 }, reason: "x") } == corrected)
    #expect(try office.refusal { try ana.takeBack(first, reason: "x") } == corrected)
  }

  @Test func theTimeThatACorrectionFreesIsFree() throws {
    let office = try Office()
    let ana = office.activities(office.ana)
    let first = try logged(office)
    let other = try logged(office, start: -1800)
    #expect(
      try office.refusal { try ana.correct(first, correction { $0.seconds = 1801 }, reason: "x") }
        == "it overlaps activity \(other); change the start or the time spent")
    // With itself it does not overlap, nor does it count twice towards the day.
    _ = try ana.correct(first, correction { $0.seconds = 1799 }, reason: "x")
    let luis = office.activities(office.luis)
    let day = try luis.log(.init(startedAt: nil, day: today, seconds: 86_000, description: "x"))
    let shorter = try luis.correct(day, correction { $0.seconds = 86_400 }, reason: "x")
    #expect(
      try office.refusal { try luis.log(.init(startedAt: nil, day: today, seconds: 1, description: "x")) }
        == "luis would have more than 24 hours on 2026-03-27; check the entries")
    try luis.takeBack(shorter, reason: "Nunca fue")
    _ = try luis.log(.init(startedAt: nil, day: today, seconds: 86_400, description: "x"))
    #expect(
      try office.refusal { try luis.takeBack(shorter, reason: "x") }
        == "activity \(shorter) was taken back; log it anew")
  }

  @Test func whatACorrectionNeeds() throws {
    let office = try Office()
    let ana = office.activities(office.ana)
    let id = try logged(office)
    let shorter = correction { $0.seconds = 60 }
    #expect(
      try office.refusal { try ana.correct(id, shorter, reason: " ") }
        == "a correction needs its reason; give it with --reason")
    #expect(
      try office.refusal { try ana.correct(id, correction { $0.seconds = 1800 }, reason: "x") }
        == "the correction says nothing new; give what differs, or take it back with --void")
    #expect(
      try office.refusal { try ana.correct(id + 7, shorter, reason: "x") }
        == "there is no activity \(id + 7); see 'plazo activity list'")
    #expect(
      try office.refusal { try office.activities(office.luis).correct(id, shorter, reason: "x") }
        == "activity \(id) is another technician's; act --as its technician or an administrator")
    #expect(
      try office.refusal { try office.activities(office.contact).takeBack(id, reason: "x") }
        == "a client's contact books no hours; act --as a technician")
    #expect(
      try office.refusal { try ana.correct(id, correction { $0.day = today.adding(days: -1) }, reason: "x") }
        == "activity \(id) is booked by event; say when it began with --start")
    let day = try office.activities(office.luis).log(
      .init(startedAt: nil, day: today, seconds: 60, description: "x"))
    #expect(
      try office.refusal {
        try office.activities(office.luis).correct(day, correction { $0.startedAt = Office.now - 60 }, reason: "x")
      } == "activity \(day) is booked by day; give the date with --day, and no --start")
    #expect(
      try office.refusal { try ana.correct(id, correction { $0.description = "\n " }, reason: "x") }
        == "the activity has no text; say what was done with --text")
  }

  @Test func namesAreTakenAwayAndGiven() throws {
    let office = try Office()
    let ticket = try office.open(at: Office.now - 9000)
    let ana = office.activities(office.ana)
    let id = try logged(office)
    let second = try ana.correct(
      id,
      correction {
        $0.ticketID = .some(ticket)
        $0.client = .some("Acme")
      }, reason: "x")
    let third = try ana.correct(second, correction { $0.ticketID = .some(nil) }, reason: "x")
    #expect(
      try office.connection.rows(sql: "SELECT id, ticket_id, client_id IS NULL FROM activity ORDER BY id") == [
        [.integer(id), .null, 1], [.integer(second), .integer(ticket), 0], [.integer(third), .null, 0],
      ])
  }

  @Test(arguments: ["activity", "activity_void", "activity_lock"])
  func nothingIsChangedOrDeleted(table: String) throws {
    let office = try Office()
    let id = try logged(office)
    try office.activities(office.ana).takeBack(id, reason: "x")
    try ActivityPeriods(office.connection, actor: office.admin, now: Office.now).close(
      through: today.adding(days: -9), today: today)
    for sql in ["UPDATE \(table) SET recorded_by = recorded_by", "DELETE FROM \(table)"] {
      let error = #expect(throws: DatabaseError.self) { try office.connection.execute(sql: sql) }
      #expect(error?.message == "\(table) is append-only")
    }
  }
}

/// Closed days take nothing, whatever way it comes.
@Suite struct ActivityPeriodTests {
  private let today = LocalDate("2026-03-27")!

  private func periods(_ office: Office, _ user: User) -> ActivityPeriods {
    ActivityPeriods(office.connection, actor: user, now: Office.now)
  }

  @Test(arguments: [(day: "2026-03-25", isClosed: true), ("2026-03-26", true), ("2026-03-27", false)])
  func theLastClosedDayIsClosed(day: String, isClosed: Bool) throws {
    let office = try Office()
    let luis = office.activities(office.luis)
    let day = LocalDate(day)!
    let booked = try luis.log(.init(startedAt: nil, day: day, seconds: 60, description: "x"))
    try periods(office, office.admin).close(through: LocalDate("2026-03-26")!, today: today)
    let closed =
      "the hours are closed through 2026-03-26, and \(day) with them; ask an administrator, who can open them again"
    var shorter = Activities.Correction()
    shorter.seconds = 30
    func said<T>(_ body: () throws -> T) throws -> String? { try office.refusalOrNil(body) }
    #expect(
      try said { try luis.log(.init(startedAt: nil, day: day, seconds: 60, description: "y")) }
        == (isClosed ? closed : nil))
    var id = booked
    #expect(try said { id = try luis.correct(booked, shorter, reason: "x") } == (isClosed ? closed : nil))
    // Neither out of a closed day nor into one.
    var moved = Activities.Correction()
    moved.day = isClosed ? today : LocalDate("2026-03-26")!
    #expect(try said { try luis.correct(id, moved, reason: "x") } != nil)
    #expect(try said { try luis.takeBack(id, reason: "x") } == (isClosed ? closed : nil))
  }

  @Test func theSchemaKeepsClosedDaysByItself() throws {
    let office = try Office()
    let id = try office.activities(office.luis).log(
      .init(startedAt: nil, day: today.adding(days: -2), seconds: 60, description: "x"))
    try periods(office, office.admin).close(through: today.adding(days: -1), today: today)
    for sql in [
      """
      INSERT INTO activity (technician_id, booking, day, seconds, description, recorded_at, recorded_by)
        VALUES (1, 'day', '2026-03-26', 60, 'x', 0, 1)
      """,
      """
      INSERT INTO activity (technician_id, booking, day, seconds, description, recorded_at, recorded_by, corrects_id,
        reason) VALUES (1, 'day', '2026-03-27', 60, 'x', 0, 1, \(id), 'x')
      """,
      "INSERT INTO activity_void VALUES (\(id), 0, 1, 'x')",
    ] {
      let error = #expect(throws: DatabaseError.self) { try office.connection.execute(sql: sql) }
      #expect(error?.message == "the period is closed")
    }
  }

  @Test func whoClosesAndWhatCanBeClosed() throws {
    let office = try Office()
    let admin = periods(office, office.admin)
    for user in [office.ana, office.contact] {
      #expect(
        try office.refusal { try periods(office, user).close(through: today, today: today) }
          == "only an administrator closes hours; act --as an administrator")
    }
    #expect(
      try office.refusal { try admin.close(through: today.adding(days: 1), today: today) }
        == "2026-03-28 is still to come; close it when it is over")
    #expect(
      try office.refusal { try admin.reopen(after: today, reason: "x") }
        == "nothing after 2026-03-27 is closed; see 'plazo activity lock'")
    try admin.close(through: today, today: today)
    #expect(
      try office.refusal { try admin.close(through: today, today: today) }
        == "the hours are closed through 2026-03-27 already; nothing is left to do")
    #expect(
      try office.refusal { try admin.close(through: today.adding(days: -1), today: today) }
        == "the hours are closed through 2026-03-27 already; to move that back, give --unlock and --reason")
    #expect(
      try office.refusal { try admin.reopen(after: today.adding(days: -1), reason: "") }
        == "what opens a closed period needs its reason; give it with --reason")
    try admin.reopen(after: today.adding(days: -1), reason: "Faltaba Ana")
    #expect(try ActivityPeriods.closedThrough(office.connection) == today.adding(days: -1))
    _ = try office.activities(office.luis).log(.init(startedAt: nil, day: today, seconds: 60, description: "x"))
    // Both closings stay on record.
    #expect(try office.connection.integer(sql: "SELECT count(*) FROM activity_lock") == 2)
  }
}
