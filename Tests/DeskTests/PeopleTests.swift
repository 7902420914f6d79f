import Desk
import SLA
import SQLite
import Testing
import Text

/// What is changed about people and names, and who may.
@Suite struct PeopleTests {
  private let office: Office
  init() throws { office = try Office() }

  private func people(_ actor: User) -> PeopleActions {
    PeopleActions(office.connection, actor: actor, now: Office.now)
  }

  private func names(_ actor: User) -> NameActions { NameActions(office.connection, actor: actor, now: Office.now) }

  private func edit(_ change: (inout PeopleActions.Edit) -> Void) -> PeopleActions.Edit {
    var edit = PeopleActions.Edit()
    change(&edit)
    return edit
  }

  private func history(_ id: Int64, _ list: String = "user") throws -> [String] {
    try DirectoryLog(office.connection).entries(of: id, in: list).map {
      "\($0.actor ?? "-") \($0.field) \($0.before ?? "-") \($0.after ?? "-")"
    }
  }

  @Test func everyFieldChangesAndItsHistoryIsKept() throws {
    let outcome = try people(office.admin).edit(
      "ana",
      edit {
        $0.name = " Ana Muñoz "
        $0.mail = "ana@example.com"
        $0.language = .en
        $0.zone = "Europe/Madrid"
        $0.calendar = "always"
        $0.booking = .day
        $0.awayUntil = Office.now + 100
        $0.standIn = "luis"
        $0.login = "ana.m"
      })
    let user = try #require(try Directory(office.connection).user(login: "ana.m"))
    #expect(user == outcome.user && user.name == "Ana Muñoz" && user.standInID == office.luis.id)
    #expect(user.awayUntil == Office.now + 100 && user.zone == "Europe/Madrid" && user.language == .en)
    #expect(
      try history(user.id) == [
        "admin login ana ana.m", "admin name Ana Ana Muñoz", "admin mail - ana@example.com", "admin booking event day",
        "admin language - en", "admin zone - Europe/Madrid", "admin calendar - always", "admin stand_in_id - luis",
        "admin away_until - \(Office.now.seconds + 100)",
      ])
    // What is as it was is no change.
    let again = try people(office.admin).edit("ana.m", edit { $0.zone = "Europe/Madrid" })
    #expect(try again.changed.isEmpty && history(user.id).count == 9)
    _ = try people(office.admin).edit(
      "ana.m",
      edit {
        $0.zone = .some(nil)
        $0.awayUntil = .some(nil)
      })
    #expect(try Directory(office.connection).user(login: "ana.m")?.zone == nil)
    #expect(throws: DatabaseError.self) { try office.connection.execute(sql: "DELETE FROM directory_event") }
  }

  @Test func peopleChangeTheirOwnAffairsAndTheAdministratorTheRest() throws {
    _ = try people(office.ana).edit(
      "ana",
      edit {
        $0.mail = "a@b.mx"
        $0.awayUntil = Office.now + 9
      })
    _ = try people(office.contact).edit("acme", edit { $0.language = .en })
    let refused: [(User, String, (inout PeopleActions.Edit) -> Void, String)] = [
      (office.ana, "luis", { $0.mail = "x@b.mx" }, "change another user"),
      (office.ana, "ana", { $0.role = .administrator }, "change a role"),
      (office.ana, "ana", { $0.booking = .day }, "say how hours are booked"),
      (office.ana, "ana", { $0.isActive = false }, "put a user out of use or back"),
      (office.contact, "acme", { $0.client = "Otra" }, "change a contact's company"),
      (office.contact, "ana", { $0.name = "x" }, "change another user"),
    ]
    let before = try office.everything()
    for (actor, login, change, what) in refused {
      #expect(
        try office.refusal { _ = try people(actor).edit(login, edit(change)) }
          == "only an administrator can \(what); act --as an administrator")
    }
    #expect(try office.everything() == before)
  }

  @Test func whatCannotBeIsRefused() throws {
    let refused: [(String, (inout PeopleActions.Edit) -> Void, String)] = [
      ("nadie", { $0.name = "x" }, "there is no user 'nadie'; add one with 'plazo user add'"),
      ("lui", { $0.name = "x" }, "there is no user 'lui'; did you mean 'luis'? add one with 'plazo user add'"),
      ("admin", { $0.isActive = false }, "'admin' is the last administrator; make another one first"),
      ("admin", { $0.role = .technician }, "'admin' is the last administrator; make another one first"),
      ("ana", { $0.login = "luis" }, "there is a user 'luis' already; choose another login"),
      ("ana", { $0.standIn = "ana" }, "nobody stands in for oneself; choose another"),
      ("ana", { $0.standIn = "acme" }, "'acme' is a client's contact; choose a technician or an administrator"),
      ("ana", { $0.awayUntil = Office.now }, "that instant has passed; give one that is still to come, or --back"),
      (
        "ana", { $0.role = .client },
        "a client's contact needs a company, and nobody else has one; give it with --client"
      ),
      (
        "acme", { $0.role = .technician },
        "a client's contact needs a company, and nobody else has one; take it away with --client ''"
      ),
      ("acme", { $0.standIn = "ana" }, "nobody stands in for a client's contact; add another contact instead"),
      ("ana", { $0.name = " " }, "the name is empty; give one"),
    ]
    let before = try office.everything()
    for (login, change, message) in refused {
      #expect(try office.refusal { _ = try people(office.admin).edit(login, edit(change)) } == message)
    }
    #expect(try office.everything() == before)
  }

  @Test func standInsDoNotGoRoundInCircles() throws {
    _ = try people(office.admin).edit("ana", edit { $0.standIn = "luis" })
    _ = try people(office.admin).edit("luis", edit { $0.standIn = "admin" })
    #expect(
      try office.refusal { _ = try people(office.admin).edit("admin", edit { $0.standIn = "ana" }) }
        == "'admin' already stands in for that one; choose another")
  }

  @Test func whoIsPutOutOfUseCanDoNothingAndIsStillThere() throws {
    let id = try office.open()
    _ = try office.tickets(office.ana).assign(id, to: "ana")
    _ = try office.tasks(office.admin).add(.init(title: "x", technician: "ana"))
    let outcome = try people(office.admin).edit("ana", edit { $0.isActive = false })
    #expect(outcome.openTickets == 1 && outcome.openTasks == 1)
    #expect(
      try office.refusal { _ = try office.tickets(office.luis).assign(id, to: "ana") }
        == "user 'ana' is not active; choose another, or bring this one back with 'plazo user edit'")
    _ = try people(office.admin).edit("ana", edit { $0.isActive = true })
    _ = try office.tickets(office.luis).assign(id, to: "ana")
  }

  @Test func aTechnicianBecomesAContactOnlyWithNoWorkLeft() throws {
    let id = try office.open()
    func change() throws {
      _ = try people(office.admin).edit(
        "ana",
        edit {
          $0.role = .client
          $0.client = "Acme"
        })
    }
    #expect(
      try office.refusal(change)
        == "'ana' still has 1 open ticket and 0 open tasks; give the tickets to others and close the tasks first")
    _ = try office.tickets(office.luis).close(id)
    try change()
    #expect(try Directory(office.connection).user(login: "ana")?.clientID == office.contact.clientID)
  }

  // MARK: Names

  /// The sweep reads the tickets that have new events: a new name has to give them one, or their clocks would go on by
  /// the policy of the old one.
  @Test func aNewNameTellsTheOpenTickets() throws {
    let open = try office.open()
    let closed = try office.open()
    _ = try office.tickets(office.ana).close(closed)
    let last = try office.connection.integer(sql: "SELECT last FROM event_sequence")!
    #expect(try names(office.admin).edit("Acme", in: .client, newName: "Acme S.A.", isActive: nil) == 1)
    let clientID = try #require(office.contact.clientID)
    #expect(
      try office.connection.rows(
        sql: "SELECT ticket_id, kind, value, detail FROM ticket_event WHERE sequence > ?", .integer(last)) == [
          [.integer(open), "edited", .text("\(clientID)"), "client"]
        ])
    #expect(try FollowUp(of: open, on: office.connection).entries.last?.value == "Acme S.A.")
    #expect(try history(clientID, "client").last == "admin name Acme Acme S.A.")
    #expect(try office.differences().isEmpty)
    // The same name again tells nobody.
    _ = try names(office.admin).edit("Acme S.A.", in: .client, newName: "Acme S.A.", isActive: nil)
    #expect(try office.connection.integer(sql: "SELECT last FROM event_sequence") == last + 1)
  }

  @Test func whatIsOutOfUseIsInNoNewTicket() throws {
    let id = try office.open()
    #expect(try names(office.admin).edit("Acme", in: .client, newName: nil, isActive: false) == 1)
    #expect(
      try office.refusal { try office.open() }
        == "client 'Acme' is no longer in use; choose another, or bring it back with 'plazo client edit'")
    var opening = TicketActions.Opening(title: "x", description: "")
    #expect(
      try office.refusal { _ = try office.tickets(office.contact).open(opening) }
        == "the contact's company is no longer served; ask an administrator")
    // What is open goes on.
    _ = try office.tickets(office.ana).reply(to: id, Office.reply { $0.body = "x" })
    try names(office.admin).edit("Acme", in: .client, newName: nil, isActive: true)
    opening.client = "Acme"
    _ = try office.tickets(office.ana).open(opening)
  }

  @Test func namesAreChangedByAdministratorsAndStayApart() throws {
    #expect(
      try office.refusal { try names(office.ana).edit("Acme", in: .client, newName: "B", isActive: nil) }
        == "only an administrator can change a client; act --as an administrator")
    #expect(
      try office.refusal { try names(office.admin).edit("Acme", in: .client, newName: "Otra", isActive: nil) }
        == "there is a client 'Otra' already; choose another name")
    #expect(
      try office.refusal { try names(office.contact).add("X", to: .product) }
        == "a client's contact cannot add a product; ask a technician")
    try names(office.ana).add("Impresoras", to: .product)
    let id = try #require(try Directory(office.connection).id(of: "Impresoras", in: .product))
    #expect(try history(id, "product") == ["ana added - Impresoras"])
  }
}
