import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// Everything but tickets: each kind once in, once again, once changed.
@Suite struct ImportRecordTests {
  private let office: Office
  private let now = Office.now

  init() throws { office = try Office() }

  private func run(
    _ kind: String, _ fields: String, _ rows: String, extra: String = "", as actor: User? = nil,
    options: ImportOptions = .init()
  ) throws -> ImportResult {
    let mapping = "{ kind: '\(kind)', source: 'old', times: 'yyyy-MM-dd HH:mm', \(extra) fields: { \(fields) } }"
    return try RecordImport(
      office.connection, actor: actor ?? office.admin, now: now, zone: .utc, zones: ImportDesk.zone,
      calendars: ["always", "office"]
    ).run(ImportDesk.file(rows.utf8, "rows.csv", mapping), options: options)
  }

  private func faults(_ kind: String, _ fields: String, _ rows: String, as actor: User? = nil) throws -> [String] {
    let before = try office.everything()
    let refused = #expect(throws: ImportRefused.self) { try run(kind, fields, rows, as: actor) }
    #expect(try office.everything() == before)
    return refused.map { $0.description.split(separator: "\n").map(String.init) } ?? []
  }

  private func rows(_ sql: String) throws -> [String] {
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

  // MARK: Names and people

  @Test func clientsAreAdoptedAddedRenamedAndPutAside() throws {
    let fields = "key: 'id', name: 'name', active: { column: 'on', values: { '1': 'yes', '0': 'no' } }"
    let first = try run("clients", fields, "id,name,on\n1,Acme,1\n2,  Café  ,1\n3,Vieja,0\n")
    #expect(first.lines == ["imported 3 rows: 2 new, 0 updated, 1 unchanged, 0 rejected"])
    #expect(try rows("SELECT name, active FROM client ORDER BY id") == ["Acme|1", "Otra|1", "Café|1", "Vieja|0"])
    #expect(try run("clients", fields, "id,name,on\n3,Vieja,0\n1,Acme,1\n2,  Café  ,1\n").unchanged == 3)
    let second = try run("clients", fields, "id,name,on\n1,Acme SA,1\n3,Vieja,1\n")
    #expect(
      second.lines == [
        "imported 2 rows: 0 new, 2 updated, 0 unchanged, 0 rejected",
        "1 client of this source no longer in the file, and left as it was: 2",
      ])
    #expect(try rows("SELECT name, active FROM client ORDER BY id") == ["Acme SA|1", "Otra|1", "Café|1", "Vieja|1"])
  }

  /// What an import changes is kept as what a person changes, and tickets about it are judged anew.
  @Test func whatAnImportChangesOfPeopleAndNamesIsKept() throws {
    let ticket = try office.open()
    _ = try run("clients", "key: 'id', name: 'name'", "id,name\n1,Acme\n")
    let fields = "key: 'uid', login: 'uid', name: 'name', stand_in: 'deputy'"
    _ = try run("users", fields, "uid,name,deputy\nana,Ana,\n")
    #expect(try rows("SELECT * FROM directory_event") == [])
    _ = try run("clients", "key: 'id', name: 'name'", "id,name\n1,Acme SA\n")
    _ = try run("users", fields, "uid,name,deputy\nana,Ana Gil,luis\n")
    #expect(
      try rows("SELECT list, field, before, after, happened_at, actor_id FROM directory_event ORDER BY id") == [
        "client|name|Acme|Acme SA|\(now.seconds)|1", "user|name|Ana|Ana Gil|\(now.seconds)|1",
        "user|stand_in_id|-|luis|\(now.seconds)|1",
      ])
    let edited = "SELECT kind, detail FROM ticket_event WHERE ticket_id = \(ticket) ORDER BY sequence DESC LIMIT 1"
    #expect(try rows(edited) == ["edited|client"])
    #expect(try office.differences().isEmpty)
  }

  @Test func namesThatCannotBe() throws {
    _ = try run("clients", "key: 'id', name: 'name'", "id,name\n1,Acme\n")
    #expect(
      try faults("clients", "key: 'id', name: 'name'", "id,name\n2,Acme\n1,Otra\n4,\"a\nb\"\n3,Nueva\n3,Otra vez\n")
        == [
          "rows.csv:2: id: '1' is the same client already; give each a name of its own",
          "rows.csv:3: name: there is another client 'Otra'; give it a name of its own",
          "rows.csv:4: name: it cannot be a name; map a column with at most 200 characters on one line",
          "rows.csv:7: id: '3' is there twice; the first is on line 6; take one away, or write repeats: \"last\" in the mapping",
        ])
  }

  private static let users = """
    key: 'uid', login: 'uid', name: 'name', role: { column: 'role', values: { Agent: 'technician', Boss: 'administrator', \
    Customer: 'client' } }, mail: 'mail', client: 'company', stand_in: 'deputy', booking: { column: 'hours', \
    default: 'event' }, calendar: 'cal', zone: 'tz', language: 'lang', active: { column: 'on', values: { x: 'yes' }, \
    otherwise: 'no', default: 'no' }
    """
  private static let usersHeader = "uid,name,role,mail,company,deputy,hours,cal,tz,lang,on\n"

  @Test func usersComeInAnyOrderWithTheirStandIns() throws {
    let first = try run(
      "users", Self.users,
      Self.usersHeader + """
        zoe,Zoe Paz,Agent,zoe@example.com,,ana,,office,Europe/Madrid,es,x
        eva,Eva Gil,Agent,,,zoe,day,,,,x
        bob,Bob,Customer,,Acme,,,,,,x
        new,New Co,Customer,,Nueva SA,,,,,,x\n
        """)
    #expect(
      first.lines == [
        "imported 4 rows: 4 new, 0 updated, 0 unchanged, 0 rejected", "added 1 client",
      ])
    let seen = """
      SELECT u.login, u.name, u.role, u.mail, c.name, s.login, u.booking, u.calendar, u.zone, u.language, u.active
        FROM user u LEFT JOIN client c ON c.id = u.client_id LEFT JOIN user s ON s.id = u.stand_in_id WHERE u.id > 5
        ORDER BY u.id
      """
    #expect(
      try rows(seen) == [
        "zoe|Zoe Paz|technician|zoe@example.com|-|ana|event|office|Europe/Madrid|es|1",
        "eva|Eva Gil|technician|-|-|zoe|day|-|-|-|1", "bob|Bob|client|-|Acme|-|event|-|-|-|1",
        "new|New Co|client|-|Nueva SA|-|event|-|-|-|1",
      ])
    let second = try run(
      "users", Self.users,
      Self.usersHeader + "eva,Eva Gil,Agent,,,zoe,day,,,,x\nzoe,Zoe Paz Ruiz,Agent,,,eva,,,,,\n")
    #expect(second.updated == 1 && second.unchanged == 1 && second.vanishedKeys == ["bob", "new"])
    #expect(try rows(seen).prefix(1) == ["zoe|Zoe Paz Ruiz|technician|-|-|eva|event|-|-|-|0"])
    // A login that the desk has is that user; a technician of the desk becomes an administrator.
    #expect(try run("users", Self.users, Self.usersHeader + "ana,Ana,Boss,,,,,,,,x\n").updated == 1)
    #expect(try Directory(office.connection).user(login: "ana")?.role == .administrator)
  }

  @Test func usersThatCannotBe() throws {
    #expect(
      try faults(
        "users", Self.users,
        Self.usersHeader + """
          a b,A,Agent,,,,,,,,x
          c,C,Customer,,,,,,,,x
          d,D,Agent,no mail,,,,,,,x
          e,E,Agent,,,nobody,,,,,x
          f,F,Agent,,,f,,,,,x
          g,G,Agent,,,,,nights,,,x
          h,H,Agent,,,,,,Mars/Base,,x\n
          """) == [
          "rows.csv:2: uid: 'a b' cannot be a login; map at most 64 characters without blanks and '/'",
          "rows.csv:3: company: a client's contact has no company; fill it, or give another role",
          "rows.csv:4: mail: it is no mail address; write it as ana@example.com, or leave it empty",
          "rows.csv:7: cal: there is no calendar 'nights'; calendars: always, office",
          "rows.csv:8: tz: there is no time zone 'Mars/Base'; write an IANA name such as America/Mexico_City",
          "rows.csv:5: deputy: there is no technician 'nobody'; name a user of this file or of the desk",
          "rows.csv:6: deputy: nobody stands in for oneself; name another, or leave it empty",
        ])
    #expect(
      try office.refusal { try run("users", Self.users, Self.usersHeader + "admin,A,Agent,,,,,,,,x\n") }
        == "the file leaves no active administrator; keep one, who can mend what goes wrong")
    #expect(
      try office.refusal { try run("users", Self.users, Self.usersHeader, as: office.ana) }
        == "only an administrator imports users; act --as an administrator")
  }

  @Test func aStandInWhoIsNotThereYetIsAskedForAgain() throws {
    let rejects = "/tmp/plazo-rejects-\(UInt64.random(in: 0 ..< .max)).csv"
    defer { try? FileManager.default.removeItem(atPath: rejects) }
    let file = Self.usersHeader + "zoe,Zoe,Agent,,,nina,,,,,x\neva,Eva,Agent,,,zoe,,,,,x\n"
    let first = try run("users", Self.users, file, options: .init(rejects: rejects))
    #expect(first.lines == ["imported 2 rows: 1 new, 0 updated, 0 unchanged, 1 rejected"])
    try Directory(office.connection).addUser(login: "nina", name: "Nina", role: .technician)
    #expect(try run("users", Self.users, file).updated == 1)
    #expect(try run("users", Self.users, file).unchanged == 2)
  }

  // MARK: Tasks

  private static let tasks = """
    key: 'id', title: 'title', technician: 'who', opened_at: 'opened', due_at: 'due', plazo: 'plazo', \
    status: { column: 'state', values: { Done: 'closed', Signed: 'closed' }, otherwise: 'open' }, closed_at: 'closed', \
    vobo: { column: 'state', values: { Signed: 'granted' }, otherwise: null }, changed_at: 'changed'
    """
  private static let tasksHeader = "id,title,who,opened,due,plazo,state,closed,changed\n"

  private func history(_ task: Int64) throws -> [String] {
    try rows(
      """
      SELECT strftime('%m-%d %H:%M', happened_at, 'unixepoch'), kind, iif(kind = 'opened', '-', coalesce(value, '-'))
        FROM task_event WHERE task_id = \(task) ORDER BY sequence
      """)
  }

  @Test func tasksComeWithTheirEndAndFollowTheirSource() throws {
    let first = try run(
      "tasks", Self.tasks,
      Self.tasksHeader + """
        1,Servidor,ana,2026-03-20 09:00,2026-03-27 18:00,,New,,2026-03-20 09:00
        2,Copia,Nueva Persona,2026-03-20 09:00,,2d,Signed,2026-03-21 10:00,2026-03-22 11:00\n
        """)
    #expect(
      first.lines == [
        "imported 2 rows: 2 new, 0 updated, 0 unchanged, 0 rejected", "added 1 technician: nueva.persona",
      ])
    #expect(try history(1) == ["03-20 09:00|opened|-"])
    #expect(try history(2) == ["03-20 09:00|opened|-", "03-21 10:00|closed|-", "03-21 10:00|vobo|granted"])
    let again = try run(
      "tasks", Self.tasks,
      Self.tasksHeader + """
        2,Copia diaria,ana,2026-03-20 09:00,,3d,New,,2026-03-25 08:00
        1,Servidor,ana,2026-03-20 09:00,,,Done,2026-03-24 12:00,2026-03-24 13:00\n
        """)
    #expect(again.updated == 2)
    #expect(
      try history(1) == ["03-20 09:00|opened|-", "03-24 13:00|target|-", "03-24 13:00|closed|-"])
    #expect(
      try history(2).dropFirst(3) == [
        "03-25 08:00|edited|Copia diaria", "03-25 08:00|assigned|\(office.ana.id)", "03-25 08:00|plazo|3d",
        "03-25 08:00|reopened|-",
      ])
    #expect(try office.differences().isEmpty)
  }

  @Test func tasksThatCannotBe() throws {
    #expect(
      try faults(
        "tasks", Self.tasks,
        Self.tasksHeader + """
          1,a,ana,2026-03-20 09:00,2026-03-27 18:00,2d,New,,
          2,b,ana,2026-03-20 09:00,,,Done,,
          3,c,ana,2026-03-20 09:00,,,Done,2026-03-19 09:00,
          4,d,,2026-03-20 09:00,,,New,,\n
          """) == [
          "rows.csv:2: due: it has both a plazo and a due instant; map one of them",
          "rows.csv:3: closed: the task is closed and nothing says when; fill it, or map changed_at",
          "rows.csv:4: closed: it is before the opening, 2026-03-20T09:00:00Z; mend the row; a task closes at or after its opening",
          "rows.csv:5: who: it is empty; fill it, or give fields.technician a default in the mapping",
        ])
  }

  // MARK: Activities

  private static let events =
    "key: 'id', technician: 'who', started_at: 'from', ended_at: 'to', description: 'what', client: 'company'"
  private static let eventsHeader = "id,who,from,to,what,company\n"

  @Test func hoursComeByEventOrByDay() throws {
    let first = try run(
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
      try run("activities", days, "id,who,day,t,what\n9,luis,26/3/2026,90,Inventario\n10,De Día,5/3/2026,1h30,x\n").new
        == 2)
    #expect(
      try rows(
        "SELECT u.login, a.booking, a.day, a.started_at IS NULL, a.seconds FROM activity a JOIN user u ON u.id = technician_id ORDER BY a.id"
      ) == [
        "ana|event|2026-03-26|0|5400", "nuevo|event|2026-03-26|0|2700", "luis|day|2026-03-26|1|5400",
        "de.dia|day|2026-03-05|1|5400",
      ])
    #expect(try Directory(office.connection).user(login: "de.dia")?.booking == .day)
  }

  @Test func aChangedRowCorrectsItsEntryUnlessSomebodyDid() throws {
    let rows1 = "1,ana,2026-03-26 09:00,2026-03-26 10:30,Visita,Acme\n2,ana,2026-03-26 11:00,2026-03-26 12:00,Otra,\n"
    _ = try run("activities", Self.events, Self.eventsHeader + rows1)
    #expect(try run("activities", Self.events, Self.eventsHeader + rows1).unchanged == 2)
    let rows2 = rows1.replacing("10:30", with: "10:00").replacing("12:00", with: "12:30")
    _ = try office.activities(office.ana).correct(
      2,
      {
        var c = Activities.Correction()
        c.seconds = 60
        return c
      }(), reason: "x")
    let second = try run("activities", Self.events, Self.eventsHeader + rows2)
    #expect(
      second.lines == [
        "imported 2 rows: 0 new, 1 updated, 1 unchanged, 0 rejected",
        "1 activity changed here since the import, and left as people have it",
      ])
    #expect(
      try rows("SELECT id, seconds, corrects_id, reason FROM activity ORDER BY id") == [
        "1|5400|-|-", "2|3600|-|-", "3|60|2|x", "4|3600|1|changed in the source",
      ])
    // And again: the correction is the entry now, and what people have is told once.
    #expect(try run("activities", Self.events, Self.eventsHeader + rows2).keptAsChanged == 0)
    #expect(try run("activities", Self.events, Self.eventsHeader + rows1).updated == 1)
    #expect(try office.connection.integer(sql: "SELECT corrects_id FROM activity WHERE id = 5") == 4)
  }

  @Test func hoursThatCannotBe() throws {
    try ActivityPeriods(office.connection, actor: office.admin, now: now).close(
      through: LocalDate("2026-02-28")!, today: LocalDate("2026-03-27")!)
    #expect(
      try faults(
        "activities", Self.events + ", ticket: 'id'",
        Self.eventsHeader + "1,ana,2026-03-26 09:00,2026-03-26 10:30,Visita,\n") == [
          "rows.csv:2: id: there is no ticket '1' of old; import the tickets first"
        ])
    #expect(
      try faults(
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
    let result = try run(
      "activities", Self.events,
      Self.eventsHeader + """
        1,ana,2026-03-26 09:00,2026-03-26 10:30,Visita,Acme
        2,ana,2026-03-26 10:00,2026-03-26 11:00,Otra,Jamás SA
        3,Nadie,2026-03-26 10:00,2026-03-27 11:00,Otra,Jamás SA
        4,ana,2026-03-26 11:00,2026-03-26 12:00,Otra,Jamás SA\n
        """, options: .init(rejects: rejects))
    #expect(
      result.lines == ["imported 4 rows: 2 new, 0 updated, 0 unchanged, 2 rejected", "added 1 client"])
    #expect(try rows("SELECT name FROM client WHERE name LIKE 'Jam%'") == ["Jamás SA"])
    #expect(try rows("SELECT login FROM user WHERE login = 'nadie'").isEmpty)
    #expect(
      String(decoding: FileManager.default.contents(atPath: rejects) ?? Data(), as: UTF8.self).split(separator: "\r\n")
        .map {
          $0.split(separator: ",")[1]
        } == ["\"rejected_line\"", "\"3\"", "\"4\""])
    // Mended, the rest comes in.
    #expect(
      try run(
        "activities", Self.events, Self.eventsHeader + "2,ana,2026-03-26 10:30,2026-03-26 11:00,Otra,Jamás SA\n",
        extra: "covers: 'some',"
      ).lines == [
        "imported 1 row: 1 new, 0 updated, 0 unchanged, 0 rejected"
      ])
  }

  @Test func aDryRunTellsAndWritesNothing() throws {
    let before = try office.everything()
    let result = try run(
      "activities", Self.events, Self.eventsHeader + "1,Nadie,2026-03-26 09:00,2026-03-26 10:30,Visita,Jamás\n",
      options: .init(isDryRun: true))
    #expect(
      result.lines == [
        "would import 1 row: 1 new, 0 updated, 0 unchanged, 0 rejected", "added 1 client", "added 1 technician: nadie",
      ])
    #expect(try office.everything() == before)
  }

  // MARK: Articles

  @Test func articlesComeWithAVersionForEachChange() throws {
    let fields =
      "key: 'id', title: 't', problem: 'p', solution: 's', product: 'on', author: 'by', written_at: 'w', changed_at: 'c'"
    let header = "id,t,p,s,on,by,w,c\n"
    let first = "1,Impresora,No imprime,Reiniciar,Nómina,ana,2026-03-01 09:00,2026-03-01 09:00\n"
    #expect(try run("articles", fields, header + first).new == 1)
    #expect(try run("articles", fields, header + first).unchanged == 1)
    #expect(
      try run(
        "articles", fields,
        header + first.replacing("Reiniciar", with: "Cambiar tóner").replacing("01 09:00\n", with: "09 09:00\n")
      ).updated == 1)
    let sheet = try #require(try ArticleSheet(1, on: office.connection))
    #expect(sheet.author == "Ana" && sheet.versions.map(\.solution) == ["Reiniciar", "Cambiar tóner"])
    #expect(sheet.changedAt == Instant(iso8601: "2026-03-09T09:00", in: .utc))
    #expect(try ArticleSearch(office.connection).find("toner").hits.map(\.id) == [1])
    #expect(
      try faults("articles", fields, header + "2,,x,x,,,,\n") == [
        "rows.csv:2: t: it is empty; fill it, or give fields.title a default in the mapping"
      ])
  }

  // MARK: Filters and mappings

  @Test func rowsThatTheMappingPassesOverDoNotCount() throws {
    let result = try run(
      "clients", "key: 'name'", "name,kind,gone\nA,x,\nB,y,\nC,x,1\n,x,\nD,x,\n",
      extra: "only: { kind: 'x' }, skip: { gone: ['1', '2'], name: '' },")
    #expect(result.lines == ["imported 2 rows: 2 new, 0 updated, 0 unchanged, 0 rejected, 3 more passed over"])
    let faults = #expect(throws: Faults.self) {
      try run("clients", "key: 'name'", "name\nA\n", extra: "skip: { kid: 'x' },")
    }
    #expect(faults?.description == "map.json5: skip.kid: 'kid' is no column of rows.csv; its columns: name")
  }

  @Test func aMappingOfHoursSaysHowLongAndWhen() {
    let faults = #expect(throws: Faults.self) {
      try ImportDesk.mapping(
        "{ kind: 'activities', source: 'old', fields: { key: 'id', technician: 'who', description: 'what', ticket: { column: 't', unit: 'hours' } } }"
      )
    }
    #expect(
      faults?.description == """
        map.json5: fields.started_at: is missing; map it, or day
        map.json5: fields.time: is missing; map it, or ended_at
        map.json5: fields.ticket.unit: unknown key; legal keys: column, constant, values, otherwise, default, null, trim, firstLine, prefix
        """)
  }
}
