import Desk
import SLA
import SQLite
import Testing

/// Who may do what, as one table; and what a company sees of another's tickets, which is nothing.
@Suite struct RoleTests {
  enum Action: String, CaseIterable {
    case open, openWithPlazo, openAssigned, openNumbered, replyText, number, plazo, waiting, assignByReply, closeByReply
    case assign, close, putAside, reopen, grant, refuse
    case addTask, closeTask, closeOwnTask, signTask, log, logForAnother

    /// The first letters of the roles that may: administrator, technician, client.
    var may: String {
      switch self {
      case .open, .replyText, .reopen: "atc"
      case .openWithPlazo, .openAssigned, .openNumbered, .number, .plazo, .waiting, .assignByReply, .closeByReply: "at"
      case .assign, .close, .putAside, .addTask, .log: "at"
      case .grant, .refuse: "ac"
      case .closeTask, .signTask, .logForAnother: "a"
      case .closeOwnTask: "t"
      }
    }
  }

  @Test(arguments: Action.allCases, Role.allCases)
  func whoMayDoWhat(_ action: Action, _ role: Role) throws {
    let office = try Office()
    let actor = role == .administrator ? office.admin : role == .technician ? office.ana : office.contact
    let id = try office.open()
    let task = try office.tasks(office.admin).add(
      .init(title: "x", technician: action == .closeOwnTask ? "ana" : "luis"))
    if [.reopen, .grant, .refuse].contains(action) { _ = try office.tickets(office.admin).close(id) }
    if action == .signTask { try office.tasks(office.luis).close(task) }
    let before = try office.everything()
    let may = action.may.contains(role.rawValue.first!)
    // An administrator closes any task; whose own it is counts for technicians.
    let isDone = may || (action == .closeOwnTask && role == .administrator)
    do {
      try perform(action, by: actor, on: id, task, in: office)
      #expect(isDone, "\(role.rawValue) did \(action.rawValue)")
    } catch let error as DeskError {
      #expect(!isDone, "\(role.rawValue) \(action.rawValue): \(error)")
      #expect(try office.everything() == before)
    }
    #expect(try office.differences().isEmpty)
  }

  private func perform(_ action: Action, by actor: User, on id: Int64, _ task: Int64, in office: Office) throws {
    let tickets = office.tickets(actor)
    func open(_ edit: (inout TicketActions.Opening) -> Void) throws {
      var opening = TicketActions.Opening(title: "x", description: "")
      if actor.role != .client { opening.client = "Acme" }
      edit(&opening)
      _ = try tickets.open(opening)
    }
    func reply(_ edit: (inout TicketActions.Reply) -> Void) throws { _ = try tickets.reply(to: id, Office.reply(edit)) }
    switch action {
    case .open: try open { _ in }
    case .openWithPlazo: try open { $0.plazo = "1h" }
    case .openAssigned: try open { $0.assigned = "luis" }
    case .openNumbered: try open { $0.externalNumber = "P-1" }
    case .replyText: try reply { $0.body = "x" }
    case .number: try reply { $0.externalNumber = "P-1" }
    case .plazo: try reply { $0.plazo = "1h" }
    case .waiting: try reply { $0.waitingOn = .provider }
    case .assignByReply: try reply { $0.assigned = "luis" }
    case .closeByReply: try reply { $0.closes = true }
    case .assign: _ = try tickets.assign(id, to: "luis")
    case .close: _ = try tickets.close(id)
    case .putAside: _ = try tickets.putAside(id, until: Office.now + 60)
    case .reopen: _ = try tickets.reopen(id, reason: nil)
    case .grant: _ = try tickets.sign(id, .granted, reason: nil)
    case .refuse: _ = try tickets.sign(id, .refused, reason: "No sirve.")
    case .addTask: _ = try office.tasks(actor).add(.init(title: "x", technician: "ana"))
    case .closeTask, .closeOwnTask: try office.tasks(actor).close(task)
    case .signTask: try office.tasks(actor).sign(task, .granted, reason: nil)
    case .log, .logForAnother:
      var entry = Activities.Entry(
        startedAt: Office.now - 60, day: LocalDate("2026-03-27")!, seconds: 60, description: "x")
      if action == .logForAnother {
        entry.technician = "luis"
        entry.startedAt = nil
      }
      _ = try office.activities(actor).log(entry)
    }
  }

  @Test func aContactSeesNothingOfAnotherCompany() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).close(id)
    let actions = office.tickets(office.stranger)
    let unseen = "there is no ticket \(id); see 'plazo ticket list'"
    #expect(try office.refusal { try actions.reply(to: id, Office.reply { $0.body = "x" }) } == unseen)
    #expect(try office.refusal { try actions.reopen(id, reason: nil) } == unseen)
    #expect(try office.refusal { try actions.sign(id, .granted, reason: nil) } == unseen)
    #expect(
      try office.refusal { try actions.reopen(99, reason: nil) } == "there is no ticket 99; see 'plazo ticket list'")
    let task = try office.tasks(office.admin).add(.init(title: "x", technician: "ana"))
    #expect(
      try office.refusal { try office.tasks(office.stranger).close(task) }
        == "there is no task \(task); see 'plazo task list'")
  }

  @Test func aContactsAnswerHandsTheTicketBackToSupport() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).reply(to: id, Office.reply { $0.waitingOn = .client })
    let row = try office.tickets(office.contact).reply(to: id, Office.reply { $0.body = "Sí." })
    #expect(row.waitingOn == .support)
    #expect(
      try office.connection.rows(sql: "SELECT kind, value FROM ticket_event ORDER BY sequence").suffix(2) == [
        ["replied", "client"], ["waiting", "support"],
      ])
    // While a provider is awaited, the client's word changes nothing of it.
    _ = try office.tickets(office.ana).reply(to: id, Office.reply { $0.waitingOn = .provider })
    #expect(
      try office.tickets(office.contact).reply(to: id, Office.reply { $0.body = "¿Ya?" }).waitingOn == .provider)
  }

  @Test func aRefusedVoBoReopensTheTicket() throws {
    let office = try Office()
    let id = try office.open()
    #expect(try office.tickets(office.ana).close(id).vobo == .pending)
    let row = try office.tickets(office.contact).sign(id, .refused, reason: "No imprime.")
    #expect(row.status == .open && row.vobo == nil && row.reopened == 1 && row.waitingOn == .support)
    #expect(
      try office.connection.rows(sql: "SELECT kind, value, detail FROM ticket_event ORDER BY sequence").suffix(2) == [
        ["vobo", "refused", "No imprime."], ["reopened", "client", "No imprime."],
      ])
  }

  /// What a contact says by telephone is the contact's, and who wrote it down stays on record.
  @Test func aVoBoIsRecordedForTheContactWhoGaveIt() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).close(id)
    _ = try office.tickets(office.ana).sign(id, .refused, reason: "Sigue igual.", onBehalfOf: office.contact.login)
    _ = try office.tickets(office.ana).close(id)
    let row = try office.tickets(office.ana).sign(id, .granted, reason: nil, onBehalfOf: office.contact.login)
    #expect(row.vobo == .granted && row.reopened == 1)
    let signed = try FollowUp(of: id, on: office.connection).entries.filter { $0.kind == .vobo }
    #expect(signed.map(\.actor) == ["ana", "ana"])
    #expect(signed.map(\.onBehalfOf) == [office.contact.login, office.contact.login])
    #expect(signed.map(\.detail) == ["Sigue igual.", nil])
    #expect(try office.differences().isEmpty)
  }

  @Test func aVoBoIsRecordedForAContactOfTheTicketsClientAlone() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).close(id)
    func refusal(_ actor: User, for contact: String?) throws -> String {
      try office.refusal { try office.tickets(actor).sign(id, .granted, reason: nil, onBehalfOf: contact) }
    }
    #expect(
      try refusal(office.ana, for: nil)
        == "the VoBo of a ticket is the client's; "
        + "act --as a contact of the client, or name with --for the one who gave it")
    #expect(
      try refusal(office.ana, for: office.stranger.login)
        == "'\(office.stranger.login)' is a contact of another client; name one of the ticket's client")
    #expect(try refusal(office.ana, for: "ana") == "'ana' is no client's contact; name one; 'plazo user list' has them")
    #expect(
      try refusal(office.contact, for: office.contact.login)
        == "a client's contact cannot sign for another; ask a technician")
    // Nothing of it was written, and an administrator may sign for nobody by name.
    #expect(try office.connection.integer(sql: "SELECT count(*) FROM sign_off") == 0)
    #expect(try office.tickets(office.admin).sign(id, .granted, reason: nil).vobo == .granted)
  }

  @Test func aSignOffWithoutItsEventIsFound() throws {
    let office = try Office()
    let id = try office.open()
    try office.connection.run(
      sql: "INSERT INTO sign_off VALUES (77, ?, ?)", .integer(id), .integer(office.contact.id))
    #expect(try office.differences().map(\.description) == ["sign_off 77: sequence"])
  }

  /// The client's side waits for an answer after it reopened; after support reopened, nobody does.
  @Test func aReopeningSaysByWhoseSide() throws {
    let office = try Office()
    func sides() throws -> [Value] {
      try office.connection.rows(sql: "SELECT value FROM ticket_event WHERE kind = 'reopened' ORDER BY sequence")
        .map { $0[0] }
    }
    let id = try office.open()
    _ = try office.tickets(office.ana).close(id)
    _ = try office.tickets(office.ana).reopen(id, reason: nil)
    _ = try office.tickets(office.ana).close(id)
    _ = try office.tickets(office.contact).reopen(id, reason: nil)
    _ = try office.tickets(office.ana).close(id)
    // Recorded by an administrator for the client: it is the client who refused.
    _ = try office.tickets(office.admin).sign(id, .refused, reason: "Sigue igual.")
    #expect(try sides() == ["support", "client", "client"])
    #expect(try office.differences().isEmpty)
    // Events of before the side was kept, and of imports, have none and replay as they did.
    let now = Office.now
    try DeskWriter.transact(office.connection, at: now, by: nil) { writer in
      var row = try Tickets(office.connection).ticket(id)!
      try writer.append([.closed, .reopened(reason: nil)], to: &row, at: now)
    }
    #expect(try sides().last == .null)
    #expect(try office.differences().isEmpty)
  }
}
