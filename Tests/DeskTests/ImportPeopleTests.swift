import Desk
import FoundationEssentials
import SLA
import SQLite
import Testing
import Text

/// Clients and the like, and users: once in, once again, once changed.
@Suite struct ImportPeopleTests {
  private let desk: RecordDesk

  init() throws { desk = try RecordDesk() }

  @Test func clientsAreAdoptedAddedRenamedAndPutAside() throws {
    let fields = "key: 'id', name: 'name', active: { column: 'on', values: { '1': 'yes', '0': 'no' } }"
    let first = try desk.run("clients", fields, "id,name,on\n1,Acme,1\n2,  Café  ,1\n3,Vieja,0\n")
    #expect(first.lines == ["imported 3 rows: 2 new, 0 updated, 1 unchanged, 0 rejected"])
    #expect(try desk.rows("SELECT name, active FROM client ORDER BY id") == ["Acme|1", "Otra|1", "Café|1", "Vieja|0"])
    #expect(try desk.run("clients", fields, "id,name,on\n3,Vieja,0\n1,Acme,1\n2,  Café  ,1\n").unchanged == 3)
    let second = try desk.run("clients", fields, "id,name,on\n1,Acme SA,1\n3,Vieja,1\n")
    #expect(
      second.lines == [
        "imported 2 rows: 0 new, 2 updated, 0 unchanged, 0 rejected",
        "1 client of this source no longer in the file, and left as it was: 2",
      ])
    #expect(
      try desk.rows("SELECT name, active FROM client ORDER BY id") == ["Acme SA|1", "Otra|1", "Café|1", "Vieja|1"])
  }

  /// What an import changes is kept as what a person changes, and tickets about it are judged anew.
  @Test func whatAnImportChangesOfPeopleAndNamesIsKept() throws {
    let ticket = try desk.office.open()
    _ = try desk.run("clients", "key: 'id', name: 'name'", "id,name\n1,Acme\n")
    let fields = "key: 'uid', login: 'uid', name: 'name', stand_in: 'deputy'"
    _ = try desk.run("users", fields, "uid,name,deputy\nana,Ana,\n")
    #expect(try desk.rows("SELECT * FROM directory_event") == [])
    _ = try desk.run("clients", "key: 'id', name: 'name'", "id,name\n1,Acme SA\n")
    _ = try desk.run("users", fields, "uid,name,deputy\nana,Ana Gil,luis\n")
    #expect(
      try desk.rows("SELECT list, field, before, after, happened_at, actor_id FROM directory_event ORDER BY id") == [
        "client|name|Acme|Acme SA|\(RecordDesk.now.seconds)|1", "user|name|Ana|Ana Gil|\(RecordDesk.now.seconds)|1",
        "user|stand_in_id|-|luis|\(RecordDesk.now.seconds)|1",
      ])
    let edited = "SELECT kind, detail FROM ticket_event WHERE ticket_id = \(ticket) ORDER BY sequence DESC LIMIT 1"
    #expect(try desk.rows(edited) == ["edited|client"])
    #expect(try desk.office.differences().isEmpty)
  }

  @Test func namesThatCannotBe() throws {
    _ = try desk.run("clients", "key: 'id', name: 'name'", "id,name\n1,Acme\n")
    #expect(
      try desk.faults(
        "clients", "key: 'id', name: 'name'", "id,name\n2,Acme\n1,Otra\n4,\"a\nb\"\n3,Nueva\n3,Otra vez\n")
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
    let first = try desk.run(
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
      try desk.rows(seen) == [
        "zoe|Zoe Paz|technician|zoe@example.com|-|ana|event|office|Europe/Madrid|es|1",
        "eva|Eva Gil|technician|-|-|zoe|day|-|-|-|1", "bob|Bob|client|-|Acme|-|event|-|-|-|1",
        "new|New Co|client|-|Nueva SA|-|event|-|-|-|1",
      ])
    let second = try desk.run(
      "users", Self.users,
      Self.usersHeader + "eva,Eva Gil,Agent,,,zoe,day,,,,x\nzoe,Zoe Paz Ruiz,Agent,,,eva,,,,,\n")
    #expect(second.updated == 1 && second.unchanged == 1 && second.vanishedKeys == ["bob", "new"])
    #expect(try desk.rows(seen).prefix(1) == ["zoe|Zoe Paz Ruiz|technician|-|-|eva|event|-|-|-|0"])
    // A login that the desk has is that user; a technician of the desk becomes an administrator.
    #expect(try desk.run("users", Self.users, Self.usersHeader + "ana,Ana,Boss,,,,,,,,x\n").updated == 1)
    #expect(try Directory(desk.office.connection).user(login: "ana")?.role == .administrator)
  }

  @Test func usersThatCannotBe() throws {
    #expect(
      try desk.faults(
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
      try desk.office.refusal { try desk.run("users", Self.users, Self.usersHeader + "admin,A,Agent,,,,,,,,x\n") }
        == "the file leaves no active administrator; keep one, who can mend what goes wrong")
    #expect(
      try desk.office.refusal { try desk.run("users", Self.users, Self.usersHeader, as: desk.office.ana) }
        == "only an administrator imports users; act --as an administrator")
  }

  @Test func aStandInWhoIsNotThereYetIsAskedForAgain() throws {
    let rejects = "/tmp/plazo-rejects-\(UInt64.random(in: 0 ..< .max)).csv"
    defer { try? FileManager.default.removeItem(atPath: rejects) }
    let file = Self.usersHeader + "zoe,Zoe,Agent,,,nina,,,,,x\neva,Eva,Agent,,,zoe,,,,,x\n"
    let first = try desk.run("users", Self.users, file, options: .init(rejects: rejects))
    #expect(first.lines == ["imported 2 rows: 1 new, 0 updated, 0 unchanged, 1 rejected"])
    try Directory(desk.office.connection).addUser(login: "nina", name: "Nina", role: .technician)
    #expect(try desk.run("users", Self.users, file).updated == 1)
    #expect(try desk.run("users", Self.users, file).unchanged == 2)
  }
}
