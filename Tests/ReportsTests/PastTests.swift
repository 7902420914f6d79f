import Desk
import FoundationEssentials
import Monitor
import Reports
import SLA
import SQLite
import Seeded
import Testing
import Text

/// A report of an instant says what was true then, whenever it is made. Seeds are fixed; `PLAZO_CASES` asks for more.
@Suite struct PastTests {
  static let cases = randomCases(2)
  static let names = ReportCatalog(folder: nil).names

  /// Made again long after, from the events up to the last one that it knew, a report has the same bytes.
  @Test(arguments: 0..<cases)
  func aKeptReportCanBeMadeAgain(seed: Int) throws {
    let desk = try LiveDesk(zone: seed % 2 == 0 ? "America/Mexico_City" : "Europe/Madrid", start: "2026-03-20T08:00")
    var story = DeskStory(seed: seed, now: desk.at("2026-03-20T08:00"))
    var kept: [(request: ReportRequest, name: String, files: [String: String])] = []
    for step in 0..<116 {
      try story.step(desk)
      if step == 60 { try desk.apply("1d", story.now) }
      guard step % 23 == 22 else { continue }
      // As a tick does it: the sweep, then the report.
      try desk.sweep(story.now)
      let name = Self.names[step % Self.names.count]
      var request = desk.request(story.now, [.json, .csv, .text])
      let files = try desk.run(name, request)
      request.past = ReportPast(
        through: try desk.lastEvent, swept: ReportSweep(at: story.now, event: try desk.lastEvent))
      kept.append((request, name, files))
    }
    try desk.sweep(story.now)
    for (request, name, files) in kept {
      let again = try desk.run(name, request)
      for (file, content) in files { #expect(again[file] == content, "\(file) of seed \(seed) at \(request.asOf)") }
    }
  }

  /// From the events alone comes what the desk's rows and the sweep's clocks say.
  @Test(arguments: 0..<cases)
  func nowFromTheEventsIsNow(seed: Int) throws {
    let desk = try LiveDesk()
    var story = DeskStory(seed: seed + 100, now: desk.at("2026-03-02T08:00"))
    for _ in 0..<90 { try story.step(desk) }
    try desk.sweep(story.now)
    for name in Self.names {
      var request = desk.request(story.now)
      let live = try desk.run(name, request)
      request.past = ReportPast(through: try desk.lastEvent)
      #expect(try desk.run(name, request) == live, "\(name), seed \(seed)")
    }
  }

  @Test(arguments: 0..<cases)
  func everyRowMadeAnewIsTheDesksOwn(seed: Int) throws {
    let desk = try LiveDesk()
    var story = DeskStory(seed: seed + 200, now: desk.at("2026-03-02T08:00"))
    for _ in 0..<110 { try story.step(desk) }
    try PastDesk(desk.connection, at: story.now, through: try desk.lastEvent).fill(.all)
    let columns = """
      id, external_number, client_id, product_id, provider_id, priority, registered_by, responsible_id, assigned_id,
      status, waiting_on, vobo, opened_at, closed_at, plazo, target_at, aside_until, reopened, last_event, title
      """
    for (made, kept, columns) in [
      (PastDesk.ticketTable, "ticket", columns),
      (
        PastDesk.taskTable, "task",
        """
        id, title, given_by, technician_id, ticket_id, opened_at, plazo, due_at, status, closed_at, vobo, vobo_by, vobo_at,
        reopened, last_event
        """
      ),
    ] {
      let rows = try desk.connection.rows(sql: "SELECT \(columns) FROM \(kept) ORDER BY id")
      #expect(!rows.isEmpty)
      #expect(try desk.connection.rows(sql: "SELECT \(columns) FROM \(made) ORDER BY id") == rows)
    }
  }

  private static let rows = """
    { title: { es: '-', en: '-' }, about: { es: '-', en: '-' }, sections: [{ id: 's', title: { es: '-', en: '-' },
      sql: "SELECT number, title, client, coalesce(assigned_login, 'none') AS assigned, status, coalesce(vobo, 'none') AS vobo, \
        waiting_on, situation, coalesce(plazo, 'none') AS plazo FROM tickets ORDER BY number",
      columns: [COLUMNS] }] }
    """.replacing(
      "COLUMNS",
      with: ["number", "title", "client", "assigned", "status", "vobo", "waiting_on", "situation", "plazo"]
        .map { "{ name: '\($0)', type: 'text', label: { es: '-', en: '-' } }" }.joined(separator: ", ")
    )

  private func lines(_ desk: LiveDesk, _ request: ReportRequest) throws -> [String] {
    let folder = "\(desk.folder)/reports"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(Self.rows.utf8).write(to: URL(filePath: "\(folder)/mine.json5"))
    let definition = try ReportCatalog(folder: folder).definition(named: "mine")
    return try desk.run(definition, request)["mine.csv"]!.split(separator: "\r\n").dropFirst().map(String.init)
  }

  /// Assignment, title, client, plazo, sign-off and situation of a ticket, each at its time.
  @Test func eachFactIsToldAsItWasThen() throws {
    let desk = try LiveDesk(start: "2026-03-23T08:00")
    var opening = TicketActions.Opening(title: "No imprime", description: "x")
    opening.client = "Acme"
    opening.assigned = "ana"
    let id = try desk.tickets(desk.at("2026-03-23T09:00")).open(opening).id
    try desk.sweep(desk.at("2026-03-23T09:01"))
    var reply = TicketActions.Reply()
    reply.assigned = "luis"
    reply.waitingOn = .provider
    _ = try desk.tickets(desk.at("2026-03-24T10:00")).reply(to: id, reply)
    try DeskWriter.transact(desk.connection, at: desk.at("2026-03-24T12:00"), by: nil) { writer in
      var row = try Tickets(desk.connection).ticket(id)!
      try writer.append([(.edited(.title, "Imprime mal"), desk.at("2026-03-24T12:00"))], to: &row)
      try writer.append([(.edited(.client, "3"), desk.at("2026-03-24T12:00"))], to: &row)
    }
    _ = try desk.tickets(desk.at("2026-03-26T10:00")).close(id)
    try desk.sweep(desk.at("2026-03-26T10:01"))
    _ = try desk.tickets(desk.at("2026-03-27T10:00")).sign(id, .granted, reason: nil)
    let last = try desk.lastEvent
    func told(_ asOf: String, through: Int64 = last) throws -> [String] {
      var request = desk.request(desk.at(asOf), [.csv])
      request.past = ReportPast(through: through)
      return try lines(desk, request)
    }
    #expect(try told("2026-03-23T08:59:59") == [])
    #expect(try told("2026-03-23T09:00") == ["1,No imprime,Acme,ana,open,none,support,on-time,2d"])
    #expect(try told("2026-03-24T09:59:59") == ["1,No imprime,Acme,ana,open,none,support,on-time,2d"])
    #expect(try told("2026-03-24T10:00") == ["1,No imprime,Acme,luis,open,none,provider,on-time,2d"])
    #expect(try told("2026-03-24T12:00") == ["1,Imprime mal,Zapata,luis,open,none,provider,on-time,2d"])
    #expect(try told("2026-03-25T18:00") == ["1,Imprime mal,Zapata,luis,open,none,provider,near-due,2d"])
    #expect(try told("2026-03-25T19:00:01") == ["1,Imprime mal,Zapata,luis,open,none,provider,late,2d"])
    #expect(try told("2026-03-26T10:02") == ["1,Imprime mal,Zapata,luis,closed,pending,provider,late,2d"])
    #expect(try told("2026-03-27T10:00") == ["1,Imprime mal,Zapata,luis,closed,granted,provider,late,2d"])
    // Whatever was recorded after the first event has no part in it.
    #expect(try told("2026-03-27T10:00", through: 1).first?.contains("No imprime,Acme,") == true)
  }

  /// History that an import brings afterwards makes no liar of a report that was kept.
  @Test func historyImportedLaterChangesNoKeptReport() throws {
    let desk = try LiveDesk(start: "2026-03-23T08:00")
    var opening = TicketActions.Opening(title: "No imprime", description: "x")
    opening.client = "Acme"
    let id = try desk.tickets(desk.at("2026-03-23T09:00")).open(opening).id
    let asOf = desk.at("2026-03-24T10:00")
    try desk.sweep(asOf)
    let then = try desk.lastEvent
    var request = desk.request(asOf, [.csv])
    let live = try lines(desk, request)
    #expect(live == ["1,No imprime,Acme,none,open,none,support,on-time,2d"])
    // It had been closed the day before, and nobody had told.
    try DeskWriter.transact(desk.connection, at: desk.at("2026-03-25T10:00"), by: nil) { writer in
      var row = try Tickets(desk.connection).ticket(id)!
      try writer.append([(.closed, desk.at("2026-03-23T18:00"))], to: &row)
    }
    try desk.sweep(desk.at("2026-03-25T10:00"))
    request.past = ReportPast(through: then)
    #expect(try lines(desk, request) == live)
    // What is known of that instant today is another thing.
    request.past = ReportPast(through: try desk.lastEvent)
    #expect(try lines(desk, request).first?.contains(",closed,pending,") == true)
  }
}

/// Whoever and whatever was called otherwise then is told under the name of then.
@Suite struct PastNameTests {
  private static let names = """
    { title: { es: '-', en: '-' }, about: { es: '-', en: '-' }, sections: [{ id: 's', title: { es: '-', en: '-' },
      sql: "SELECT t.client, t.product, t.assigned, t.assigned_login AS login, t.policy, u.role, u.is_active AS active, \
        coalesce(u.stand_in, 'none') AS stand_in FROM tickets t LEFT JOIN users u ON u.login = t.assigned_login \
        WHERE (:client IS NULL OR t.client = :client) AND (:technician IS NULL OR t.assigned_login = :technician)",
      columns: [COLUMNS] }] }
    """.replacing(
      "COLUMNS",
      with: ["client", "product", "assigned", "login", "policy", "role", "active", "stand_in"]
        .map { "{ name: '\($0)', type: 'text', label: { es: '-', en: '-' } }" }.joined(separator: ", ")
    )

  /// A desk with one ticket of 9 o'clock, at 10 o'clock a report, and at noon and in the evening everything called anew.
  private struct Story {
    let desk: LiveDesk
    let definition: ReportDefinition

    init() throws {
      desk = try LiveDesk(start: "2026-03-23T08:00")
      let folder = "\(desk.folder)/reports"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(PastNameTests.names.utf8).write(to: URL(filePath: "\(folder)/mine.json5"))
      definition = try ReportCatalog(folder: folder).definition(named: "mine")
      var opening = TicketActions.Opening(title: "No imprime", description: "x")
      (opening.client, opening.product, opening.assigned) = ("Acme", "ERP", "ana")
      _ = try desk.tickets(at("09:00")).open(opening)
      try desk.sweep(at("09:01"))
    }

    func at(_ time: String) -> Instant { desk.at("2026-03-23T\(time)") }

    func rename(_ time: String, client: (String, String), user: (String, login: String, name: String)) throws {
      let names = NameActions(desk.connection, actor: desk.admin, now: at(time))
      try names.edit(client.0, in: .client, newName: client.1, isActive: nil)
      var edit = PeopleActions.Edit()
      (edit.login, edit.name) = (user.login, user.name)
      _ = try PeopleActions(desk.connection, actor: desk.admin, now: at(time)).edit(user.0, edit)
    }

    func told(_ asOf: String?, changes: Int64 = .max, _ arguments: [String: String] = [:]) throws -> [String] {
      var request = desk.request(asOf.map(at) ?? at("20:00"), [.csv])
      request.arguments = arguments
      if asOf != nil { request.past = ReportPast(through: try desk.lastEvent, changes: changes) }
      return try desk.run(definition, request)["mine.csv"]!.split(separator: "\r\n").dropFirst().map(String.init)
    }
  }

  @Test func aRenameInBetweenDoesNotChangeWhatWasToldBefore() throws {
    let story = try Story()
    let before = ["Acme,ERP,Ana López,ana,default,technician,1,none"]
    #expect(try story.told(nil) == before)
    try story.rename("12:00", client: ("Acme", "Acme del Norte"), user: ("ana", "alopez", "Ana López Gil"))
    try story.rename("18:00", client: ("Acme del Norte", "Norteña"), user: ("alopez", "agil", "Ana Gil"))
    let now = ["Norteña,ERP,Ana Gil,agil,default,technician,1,none"]
    #expect(try story.told(nil) == now)
    #expect(try story.told("11:59:59") == before)
    #expect(try story.told("12:00") == ["Acme del Norte,ERP,Ana López Gil,alopez,default,technician,1,none"])
    #expect(try story.told("17:59:59") == ["Acme del Norte,ERP,Ana López Gil,alopez,default,technician,1,none"])
    #expect(try story.told("18:00") == now)
  }

  /// A role, a stand-in and an absence are put back like names, a stand-in by whoever had that login then.
  @Test func whatElseIsKeptOfPeopleIsOfThenToo() throws {
    let story = try Story()
    let people = { (time: String) in PeopleActions(story.desk.connection, actor: story.desk.admin, now: story.at(time))
    }
    var edit = PeopleActions.Edit()
    edit.standIn = .some("luis")
    edit.awayUntil = .some(story.desk.at("2026-03-25T09:00"))
    _ = try people("10:00").edit("ana", edit)
    var login = PeopleActions.Edit()
    login.login = "lucho"
    _ = try people("11:00").edit("luis", login)
    var none = PeopleActions.Edit()
    (none.standIn, none.awayUntil, none.isActive) = (.some(nil), .some(nil), false)
    _ = try people("12:00").edit("ana", none)
    #expect(try story.told(nil) == ["Acme,ERP,Ana López,ana,default,technician,0,none"])
    #expect(try story.told("11:30") == ["Acme,ERP,Ana López,ana,default,technician,1,Luis Íñiguez"])
    #expect(try story.told("09:30") == ["Acme,ERP,Ana López,ana,default,technician,1,none"])
  }

  /// A policy is chosen by the name that the client had.
  @Test func clocksAreJudgedByThePolicyOfThen() throws {
    let story = try Story()
    story.desk.candidate = try LiveDesk.candidate("2d", zone: "America/Mexico_City", now: story.at("09:02")) {
      $0.replacing("when: { priority: \"alta\" }", with: "when: { client: \"Acme\" }")
    }
    _ = try Sweep(story.desk.connection, now: story.at("09:02")).apply(story.desk.candidate)
    #expect(try story.told("09:30").first?.contains(",urgent,") == true)
    try story.rename("12:00", client: ("Acme", "Norteña"), user: ("ana", "ana", "Ana"))
    try story.desk.sweep(story.at("12:01"))
    #expect(try story.told(nil).first?.contains(",default,") == true)
    #expect(try story.told("11:59").first?.contains(",urgent,") == true)
  }

  @Test func itCanBeNarrowedByTheNamesOfThenAndOfNow() throws {
    let story = try Story()
    try story.rename("12:00", client: ("Acme", "Norteña"), user: ("ana", "agil", "Ana Gil"))
    for client in ["Acme", "Norteña"] { #expect(try story.told("10:00", ["client": client]).count == 1, "\(client)") }
    for login in ["ana", "agil"] { #expect(try story.told("10:00", ["technician": login]).count == 1, "\(login)") }
    #expect(try story.told("10:00", ["client": "Zapata"]).isEmpty)
    #expect(try story.told("13:00", ["client": "Norteña"]).count == 1)
    // The name that somebody else has by now is the one's who had it then.
    try story.rename("14:00", client: ("Zapata", "Acme"), user: ("luis", "luis", "Luis"))
    #expect(try story.told("10:00", ["client": "Acme"]).count == 1)
  }

  /// What a report was made with tells the last change, so that one of the same second has no part in it.
  @Test func aRenameOfTheSameSecondChangesNoKeptReport() throws {
    let story = try Story()
    let known = try PastDirectory.lastChange(on: story.desk.connection)
    try story.rename("10:00", client: ("Acme", "Norteña"), user: ("ana", "agil", "Ana Gil"))
    #expect(try story.told("10:00", changes: known).first?.hasPrefix("Acme,ERP,Ana López,ana,") == true)
    #expect(try story.told("10:00").first?.hasPrefix("Norteña,ERP,Ana Gil,agil,") == true)
    var request = story.desk.request(story.at("10:00"), [.json])
    request.past = ReportPast(through: try story.desk.lastEvent, changes: known + 1)
    let json = try story.desk.run("tickets", request)["tickets.json"]!
    #expect(ReportProvenance.read(json, ofFile: "tickets.json").first?.lastChange == known + 1)
  }

  /// A rename makes the desk of an instant before it another than that of the present.
  @Test func aDeskWhoseNamesChangedIsNotThePresentOne() throws {
    let story = try Story()
    var edit = PeopleActions.Edit()
    edit.name = "Ana Gil"
    _ = try PeopleActions(story.desk.connection, actor: story.desk.admin, now: story.at("12:00")).edit("ana", edit)
    #expect(try !PastDesk.isPresent(story.at("11:59:59"), on: story.desk.connection))
    #expect(try PastDesk.isPresent(story.at("12:00"), on: story.desk.connection))
  }
}
