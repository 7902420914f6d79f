import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// Hours: once in, once again, once changed.
@Suite struct ImportActivityTests {
  private let desk: RecordDesk

  init() throws { desk = try RecordDesk() }

  private static let events =
    "key: 'id', technician: 'who', started_at: 'from', ended_at: 'to', description: 'what', client: 'company'"
  private static let eventsHeader = "id,who,from,to,what,company\n"

  @Test func hoursComeByEventOrByDay() throws {
    let first = try desk.run(
      "activities", Self.events,
      Self.eventsHeader + """
        1,ana,2026-03-26 09:00,2026-03-26 10:30,Visita,Acme
        2,Nuevo,2026-03-26 09:00,2026-03-26 09:45,Visita,Nueva SA\n
        """)
    #expect(
      first.lines == [
        "imported 2 rows: 2 new, 0 updated, 0 unchanged, 0 rejected", "added 1 client", "added 1 technician: nuevo",
      ])
    let days =
      "key: 'id', technician: 'who', day: { column: 'day', times: 'd/M/yyyy' }, time: { column: 't', unit: 'minutes' }, description: 'what'"
    #expect(
      try desk.run("activities", days, "id,who,day,t,what\n9,luis,26/3/2026,90,Inventario\n10,De Día,5/3/2026,1h30,x\n")
        .new
        == 2)
    #expect(
      try desk.rows(
        "SELECT u.login, a.booking, a.day, a.started_at IS NULL, a.seconds FROM activity a JOIN user u ON u.id = technician_id ORDER BY a.id"
      ) == [
        "ana|event|2026-03-26|0|5400", "nuevo|event|2026-03-26|0|2700", "luis|day|2026-03-26|1|5400",
        "de.dia|day|2026-03-05|1|5400",
      ])
    #expect(try Directory(desk.office.connection).user(login: "de.dia")?.booking == .day)
  }

  @Test func aChangedRowCorrectsItsEntryUnlessSomebodyDid() throws {
    let rows1 = "1,ana,2026-03-26 09:00,2026-03-26 10:30,Visita,Acme\n2,ana,2026-03-26 11:00,2026-03-26 12:00,Otra,\n"
    _ = try desk.run("activities", Self.events, Self.eventsHeader + rows1)
    #expect(try desk.run("activities", Self.events, Self.eventsHeader + rows1).unchanged == 2)
    let rows2 = rows1.replacing("10:30", with: "10:00").replacing("12:00", with: "12:30")
    _ = try desk.office.activities(desk.office.ana).correct(
      2,
      {
        var c = Activities.Correction()
        c.seconds = 60
        return c
      }(), reason: "x")
    let second = try desk.run("activities", Self.events, Self.eventsHeader + rows2)
    #expect(
      second.lines == [
        "imported 2 rows: 0 new, 1 updated, 1 unchanged, 0 rejected",
        "1 activity changed here since the import, and left as people have it",
      ])
    #expect(
      try desk.rows("SELECT id, seconds, corrects_id, reason FROM activity ORDER BY id") == [
        "1|5400|-|-", "2|3600|-|-", "3|60|2|x", "4|3600|1|changed in the source",
      ])
    // And again: the correction is the entry that counts, and what people have is told once.
    #expect(try desk.run("activities", Self.events, Self.eventsHeader + rows2).keptAsChanged == 0)
    #expect(try desk.run("activities", Self.events, Self.eventsHeader + rows1).updated == 1)
    #expect(try desk.office.connection.integer(sql: "SELECT corrects_id FROM activity WHERE id = 5") == 4)
  }

  @Test func hoursThatCannotBe() throws {
    try ActivityPeriods(desk.office.connection, actor: desk.office.admin, now: RecordDesk.now).close(
      through: LocalDate("2026-02-28")!, today: LocalDate("2026-03-27")!)
    #expect(
      try desk.faults(
        "activities", Self.events + ", ticket: 'id'",
        Self.eventsHeader + "1,ana,2026-03-26 09:00,2026-03-26 10:30,Visita,\n") == [
          "rows.csv:2: id: there is no ticket '1' of old; import the tickets first"
        ])
    #expect(
      try desk.faults(
        "activities", Self.events,
        Self.eventsHeader + """
          1,ana,2026-03-26 09:00,2026-03-26 10:30,Visita,Acme
          2,ana,2026-03-26 10:00,2026-03-26 11:00,Otra,Jamás SA
          3,luis,2026-03-26 10:00,2026-03-26 11:00,Otra,
          4,ana,2026-02-28 10:00,2026-02-28 11:00,Otra,
          5,ana,2026-03-26 12:00,2026-03-26 11:00,Otra,
          6,ana,2026-03-26 12:00,,Otra,
          7,ana,,2026-03-26 11:00,Otra,
          8,Fulano,2026-04-01 10:00,2026-04-01 11:00,Otra,\n
          """) == [
          "rows.csv:3: it overlaps activity 1; change the start or the time spent",
          "rows.csv:4: from: luis books hours by day; map day, or let an administrator say otherwise",
          "rows.csv:5: the hours are closed through 2026-02-28, and 2026-02-28 with them; ask an administrator, who can open them again",
          "rows.csv:6: the time spent is not within a day; give it as 1h30, 90m or 1.5, at most 24h",
          "rows.csv:7: time: it does not say how long it took; fill it, or started_at and ended_at",
          "rows.csv:8: day: it says neither when it began nor the day; fill one of them",
          "rows.csv:9: from: 2026-04-01T10:00:00Z is still to come; check the form, the zone and this machine's clock",
          "rows.csv:9: to: 2026-04-01T11:00:00Z is still to come; check the form, the zone and this machine's clock",
        ])
  }

  @Test func aRejectedRowLeavesNothingBehind() throws {
    let rejects = "/tmp/plazo-rejects-\(UInt64.random(in: 0 ..< .max)).csv"
    defer { try? FileManager.default.removeItem(atPath: rejects) }
    let result = try desk.run(
      "activities", Self.events,
      Self.eventsHeader + """
        1,ana,2026-03-26 09:00,2026-03-26 10:30,Visita,Acme
        2,ana,2026-03-26 10:00,2026-03-26 11:00,Otra,Jamás SA
        3,Nadie,2026-03-26 10:00,2026-03-27 11:00,Otra,Jamás SA
        4,ana,2026-03-26 11:00,2026-03-26 12:00,Otra,Jamás SA\n
        """, options: .init(rejects: rejects))
    #expect(
      result.lines == ["imported 4 rows: 2 new, 0 updated, 0 unchanged, 2 rejected", "added 1 client"])
    #expect(try desk.rows("SELECT name FROM client WHERE name LIKE 'Jam%'") == ["Jamás SA"])
    #expect(try desk.rows("SELECT login FROM user WHERE login = 'nadie'").isEmpty)
    #expect(
      String(decoding: FileManager.default.contents(atPath: rejects) ?? Data(), as: UTF8.self).split(separator: "\r\n")
        .map {
          $0.split(separator: ",")[1]
        } == ["\"rejected_line\"", "\"3\"", "\"4\""])
    // Mended, the rest comes in.
    #expect(
      try desk.run(
        "activities", Self.events, Self.eventsHeader + "2,ana,2026-03-26 10:30,2026-03-26 11:00,Otra,Jamás SA\n",
        extra: "covers: 'some',"
      ).lines == [
        "imported 1 row: 1 new, 0 updated, 0 unchanged, 0 rejected"
      ])
  }

  @Test func aDryRunTellsAndWritesNothing() throws {
    let before = try desk.office.everything()
    let result = try desk.run(
      "activities", Self.events, Self.eventsHeader + "1,Nadie,2026-03-26 09:00,2026-03-26 10:30,Visita,Jamás\n",
      options: .init(isDryRun: true))
    #expect(
      result.lines == [
        "would import 1 row: 1 new, 0 updated, 0 unchanged, 0 rejected", "added 1 client", "added 1 technician: nadie",
      ])
    #expect(try desk.office.everything() == before)
  }
}
