import Desk
import SLA
import SQLite
import Testing

/// What the desk refuses, in which words; and that whatever is refused was not written in part.
@Suite struct RefusalTests {
  private typealias Case = (say: String, do: @Sendable (Office, Int64) throws -> Void)

  private static let tickets: [Case] = [
    (
      "the ticket has no title; give one with --title",
      { office, _ in
        _ = try office.tickets(office.ana).open(.init(title: " \n", description: ""))
      }
    ),
    (
      "the ticket has no client; give one with --client",
      { office, _ in
        _ = try office.tickets(office.ana).open(.init(title: "x", description: ""))
      }
    ),
    (
      "there is no client 'Acne'; did you mean 'Acme'? add it with 'plazo client add'",
      { office, _ in
        try open(office) { $0.client = "Acne" }
      }
    ),
    (
      "there is no product 'Impresora'; add it with 'plazo product add'",
      { office, _ in
        try open(office) { $0.product = "Impresora" }
      }
    ),
    (
      "there is no user 'anna'; did you mean 'ana'? add one with 'plazo user add'",
      { office, _ in
        try open(office) { $0.assigned = "anna" }
      }
    ),
    (
      "'acme' is a client's contact; choose a technician or an administrator",
      { office, _ in
        try open(office) { $0.responsible = "acme" }
      }
    ),
    (
      "'3 days' is not a plazo; write working days as 3d, working time as 6h, 90m or 1h30m",
      { office, _ in
        try open(office) { $0.plazo = "3 days" }
      }
    ),
    (
      "that instant is still to come; give one that has passed",
      { office, _ in
        try open(office) { $0.happenedAt = Office.now + 1 }
      }
    ),
    (
      "the reply says nothing new; give --text or something to change",
      { office, id in
        _ = try office.tickets(office.ana).reply(to: id, .init())
      }
    ),
    (
      "the reply says nothing new; give --text or something to change",
      { office, id in
        try reply(office, id) { $0.waitingOn = .support }
      }
    ),
    (
      "the reply has no text; write one, or leave --text out", { office, id in try reply(office, id) { $0.body = " " } }
    ),
    // The plazo, though good, goes with the rest.
    (
      "there is no user 'pepe'; add one with 'plazo user add'",
      { office, id in
        try reply(office, id) {
          $0.body = "x"
          $0.plazo = "3d"
          $0.assigned = "pepe"
        }
      }
    ),
    ("there is no ticket 99; see 'plazo ticket list'", { office, _ in try reply(office, 99) { $0.body = "x" } }),
    (
      "ticket 1 was opened after that; give an instant at or after its opening",
      { office, id in
        _ = try office.tickets(office.ana).close(id, at: Office.now - 1)
      }
    ),
    ("ticket 1 is open; close it first", { office, id in _ = try office.tickets(office.ana).reopen(id, reason: nil) }),
    (
      "ticket 1 is open; close it first",
      { office, id in
        _ = try office.tickets(office.contact).sign(id, .granted, reason: nil)
      }
    ),
    (
      "that instant has passed; give one that is still to come",
      { office, id in
        _ = try office.tickets(office.ana).putAside(id, until: Office.now)
      }
    ),
    (
      "a VoBo is granted or refused; say which",
      { office, id in
        _ = try office.tickets(office.contact).sign(id, .pending, reason: nil)
      }
    ),
    (
      "a refusal needs its reason; give it with --reason",
      { office, id in
        _ = try office.tickets(office.contact).sign(id, .refused, reason: " ")
      }
    ),
    (
      "a client's contact opens tickets of the own company only; leave --client out",
      { office, _ in
        var opening = TicketActions.Opening(title: "x", description: "")
        opening.client = "Otra"
        _ = try office.tickets(office.contact).open(opening)
      }
    ),
  ]

  private static func open(_ office: Office, _ edit: (inout TicketActions.Opening) -> Void) throws {
    var opening = TicketActions.Opening(title: "x", description: "")
    opening.client = "Acme"
    edit(&opening)
    _ = try office.tickets(office.ana).open(opening)
  }

  private static func reply(_ office: Office, _ id: Int64, _ edit: (inout TicketActions.Reply) -> Void) throws {
    _ = try office.tickets(office.ana).reply(to: id, Office.reply(edit))
  }

  @Test(arguments: tickets.indices)
  func ofATicket(number: Int) throws {
    let office = try Office()
    let id = try office.open()
    #expect(try office.refusal { try Self.tickets[number].do(office, id) } == Self.tickets[number].say)
  }

  @Test func ofAClosedTicket() throws {
    let office = try Office()
    let id = try office.open()
    let actions = office.tickets(office.ana)
    _ = try actions.close(id)
    let closed = "ticket 1 is closed; reopen it first with 'plazo ticket reopen 1'"
    #expect(try office.refusal { try actions.close(id) } == closed)
    #expect(try office.refusal { try actions.putAside(id, until: Office.now + 9) } == closed)
    #expect(
      try office.refusal {
        try actions.reply(
          to: id,
          Office.reply {
            $0.body = "x"
            $0.closes = true
          })
      } == closed)
    _ = try office.tickets(office.contact).sign(id, .granted, reason: nil)
    #expect(
      try office.refusal { try office.tickets(office.contact).sign(id, .granted, reason: nil) }
        == "ticket 1 has its VoBo already; nothing is left to do")
  }

  @Test func whatHappenedLaterIsNotOverruledByWhatIsRecordedLate() throws {
    let office = try Office()
    let id = try office.open(at: Office.now - 1000)
    let actions = office.tickets(office.ana)
    _ = try actions.close(id, at: Office.now - 500)
    _ = try actions.reopen(id, reason: nil, at: Office.now - 300)
    let changed = "ticket 1 has changed since then; give an instant at or after that change"
    #expect(try office.refusal { try actions.close(id, at: Office.now - 301) } == changed)
    func waiting(at instant: Instant) -> TicketActions.Reply {
      Office.reply {
        $0.waitingOn = .client
        $0.happenedAt = instant
      }
    }
    #expect(try office.refusal { try actions.reply(to: id, waiting(at: Office.now - 301)) } == changed)
    _ = try actions.reply(to: id, waiting(at: Office.now - 300))
    // A text takes its place, and nothing is overruled by it.
    _ = try actions.reply(
      to: id,
      Office.reply {
        $0.body = "Llamé."
        $0.happenedAt = Office.now - 400
      })
    _ = try actions.close(id, at: Office.now - 200)
    #expect(try office.differences().isEmpty)
  }

  @Test func aClockThatWasSetBackPutsNothingBeforeWhatItFollows() throws {
    let office = try Office()
    let id = try office.open()
    let row = try office.tickets(office.ana, Office.now - 3600).close(id)
    #expect(row.closedAt == Office.now)
    #expect(try office.tickets(office.ana, Office.now - 1800).reopen(id, reason: nil).status == .open)
    #expect(try office.connection.integer(sql: "SELECT min(happened_at) FROM ticket_event") == Office.now.seconds)
  }

  @Test func ofNamesAndUsers() throws {
    let office = try Office()
    let directory = Directory(office.connection)
    #expect(
      try office.refusal { try directory.add(" Acme ", to: .client) }
        == "there is a client 'Acme' already; choose another name")
    #expect(try office.refusal { try directory.add(" ", to: .provider) } == "the provider has no name; give one")
    #expect(
      try office.refusal { try directory.addUser(login: "ana", name: "", role: .technician) }
        == "there is a user 'ana' already; choose another login")
    #expect(
      try office.refusal { try directory.addUser(login: "", name: "", role: .technician) }
        == "the user has no login; give one")
    let fit = "a client's contact needs a company, and nobody else has one; give --client to a user of role client only"
    #expect(try office.refusal { try directory.addUser(login: "a", name: "", role: .client) } == fit)
    #expect(try office.refusal { try directory.addUser(login: "a", name: "", role: .technician, clientID: 1) } == fit)
    try office.connection.execute(sql: "UPDATE user SET active = 0 WHERE login = 'luis'")
    #expect(
      try office.refusal { try directory.require(login: "luis") }
        == "user 'luis' is not active; choose another, or bring this one back with 'plazo user edit'")
    #expect(try directory.id(of: "  Nómina", in: .product) == 1)
  }

  @Test func eventsAndRepliesAreAppendOnly() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).reply(to: id, Office.reply { $0.body = "x" })
    _ = try office.tasks(office.admin).add(.init(title: "x", technician: "ana"))
    for (table, column) in [("ticket_event", "value"), ("task_event", "value"), ("reply", "body")] {
      for sql in ["UPDATE \(table) SET \(column) = 'y'", "DELETE FROM \(table)"] {
        #expect(
          try office.refusal { try office.connection.execute(sql: sql) }
            == "\(table) is append-only (SQLite 1811) in «\(sql)»")
      }
    }
  }
}
