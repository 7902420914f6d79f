import Desk
import SLA
import SQLite
import Seeded
import Testing

/// Whatever people do, in whatever order: the events make the rows, and what is refused leaves no trace.
@Suite struct ReplayTests {
  @Test(arguments: 1...6)
  func eventsMakeTheRowsOverRandomActions(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let office = try Office()
    let people = [office.admin, office.ana, office.luis, office.contact, office.stranger]
    var now = Office.now
    var (done, refused) = (0, 0)
    for _ in 0..<500 {
      now = now + Seconds(dice.upTo(20) == 0 ? -dice.upTo(5000) : dice.upTo(5000))
      let actor = people[dice.upTo(people.count)]
      let before = try office.everything()
      do {
        try act(&dice, office, actor, now)
        done += 1
      } catch let error as DeskError {
        #expect(try office.everything() == before, "\(error)")
        refused += 1
      }
    }
    #expect(try office.differences().isEmpty)
    #expect(done > 40 && refused > 40, "\(done) done, \(refused) refused")
  }

  private func act(_ dice: inout Dice, _ office: Office, _ actor: User, _ now: Instant) throws {
    let tickets = office.tickets(actor, now)
    let id = Int64(1 + dice.upTo(6))
    let at = dice.upTo(4) == 0 ? now - Seconds(dice.upTo(20_000)) : nil
    let vobo = VoBo.allCases[dice.upTo(3)]
    func pick<T>(_ some: [T]) -> T { some[dice.upTo(some.count)] }
    switch dice.upTo(13) {
    case 0:
      var opening = TicketActions.Opening(title: pick(["x", "\u{0}y", "«ñ» 😀"]), description: pick(["", "a\u{0}b"]))
      opening.client = pick(["Acme", "Otra", nil])
      opening.product = pick([nil, "Nómina", "Nomina"])
      opening.priority = pick([nil, "alta"])
      opening.plazo = pick([nil, nil, "03d", "90m"])
      opening.assigned = pick([nil, nil, "ana", "acme"])
      opening.happenedAt = at
      _ = try tickets.open(opening)
    case 1, 2, 3, 4:
      var reply = TicketActions.Reply()
      reply.body = pick([nil, "x", "texto\u{0}más"])
      reply.externalNumber = pick([nil, nil, "P-1", ""])
      reply.plazo = pick([nil, nil, "2d", "dos"])
      reply.waitingOn = pick([nil, .client, .provider, .support])
      reply.assigned = pick([nil, nil, "luis", "ana"])
      reply.closes = dice.upTo(4) == 0
      reply.reopens = dice.upTo(20) == 0
      reply.goesByMail = dice.upTo(12) == 0
      reply.onBehalfOf = dice.upTo(12) == 0 ? "acme" : nil
      reply.files = try pick([[], [], [Attachment(name: "a\u{301}", content: [UInt8(dice.upTo(3))])]])
      reply.happenedAt = at
      _ = try tickets.reply(to: id, reply)
    case 5: _ = try tickets.assign(id, to: pick(["ana", "luis", "otra"]), responsible: dice.upTo(2) == 0)
    case 6: _ = try tickets.close(id, at: at)
    case 7: _ = try tickets.reopen(id, reason: pick([nil, "otra vez"]), at: at)
    case 8: _ = try tickets.sign(id, vobo, reason: pick([nil, "no"]), onBehalfOf: pick([nil, "acme"]))
    case 9: _ = try tickets.putAside(id, until: dice.upTo(3) == 0 ? nil : now + 5000)
    case 10: _ = try tickets.attach(id, [Attachment(name: pick(["..", "b"]), content: [UInt8(dice.upTo(3))])], at: at)
    case 11:
      var opening = Tasks.Opening(title: pick(["x", ""]), technician: pick(["ana", "luis", "acme"]))
      opening.description = pick(["", "a\u{0}b"])
      opening.plazo = pick([nil, "02h"])
      opening.dueAt = pick([nil, now])
      opening.ticketID = pick([nil, id])
      _ = try office.tasks(actor, now).add(opening)
    default:
      let tasks = office.tasks(actor, now)
      if dice.upTo(2) == 0 { try tasks.close(id) } else { try tasks.sign(id, vobo, reason: pick([nil, "no"])) }
    }
  }

  @Test func aRowThatItsEventsDoNotMakeIsTold() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).reply(to: id, Office.reply { $0.body = "x" })
    let task = try office.tasks(office.admin).add(.init(title: "x", technician: "ana"))
    try office.connection.execute(
      sql: """
        UPDATE ticket SET plazo = '3d', title = 'y'; UPDATE task SET description = 'z';
        UPDATE event_sequence SET last = 1; DROP TRIGGER reply_is_not_deleted; DELETE FROM reply;
        INSERT INTO ticket (id, client_id, status, waiting_on, opened_at, last_event, title, description)
          VALUES (9, 1, 'open', 'support', 0, 0, '', '');
        """)
    let reply = try office.connection.integer(sql: "SELECT sequence FROM ticket_event WHERE kind = 'replied'")!
    #expect(
      try office.differences().map(\.description) == [
        "ticket \(id): plazo, title", "ticket 9: opened_at", "task \(task): description", "reply \(reply): sequence",
        "event_sequence 1: last",
      ])
  }

  @Test func whatAnOpeningSaysIsWhollyInItsEvents() throws {
    let office = try Office()
    var opening = TicketActions.Opening(title: "t", description: "d")
    opening.client = "Acme"
    opening.product = "Nómina"
    opening.provider = "Telco"
    opening.priority = "alta"
    opening.externalNumber = "007"
    opening.plazo = "90m"
    opening.responsible = "luis"
    opening.assigned = "ana"
    opening.happenedAt = Office.now - 60
    let row = try office.tickets(office.ana).open(opening)
    #expect(try Tickets(office.connection).ticket(row.id) == row)
    #expect(
      row.productID == 1 && row.providerID == 1 && row.priority == "alta" && row.externalNumber == "007"
        && row.plazo == "1h30m" && row.responsibleID == office.luis.id && row.assignedID == office.ana.id
        && row.registeredBy == office.ana.id && row.openedAt == Office.now - 60)
    #expect(try office.differences().isEmpty)
    let recorded = try office.connection.rows(
      sql: "SELECT DISTINCT happened_at, recorded_at, actor_id, import_id FROM ticket_event")
    #expect(
      recorded == [
        [.integer(Office.now.seconds - 60), .integer(Office.now.seconds), .integer(office.ana.id), .null]
      ])
  }
}
