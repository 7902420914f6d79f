import Testing

@Suite("From an empty folder to the mail") struct FlowTests {
  private let desk = TestDesk()

  @Test("a ticket lives through opening, reply, closing, refusal and VoBo")
  func ticketsLife() {
    #expect(
      desk.done(
        "--as", "carla", "ticket", "open", "--title", "No imprime", "--text", "-", input: "Desde ayer.\nNada.\n") == "1"
    )
    desk.done("--as", "ana", "ticket", "assign", "1", "beto", "--responsible")
    desk.now = "2026-03-27T11:00"
    desk.done(
      "--as", "beto", "ticket", "reply", "1", "--text", "Pedimos la pieza.", "--waiting-on", "provider", "--external",
      "P-881", "--plazo", "2d")
    desk.now = "2026-03-27T12:00"
    desk.done("--as", "beto", "ticket", "close", "1")
    desk.fails(
      "--as", "beto", "ticket", "close", "1",
      saying: "plazo: ticket 1 is closed; reopen it first with 'plazo ticket reopen 1'")
    desk.now = "2026-03-27T13:00"
    desk.fails(
      "--as", "carla", "ticket", "vobo", "1", "refused",
      saying: "plazo: a refusal needs its reason; give it with --reason")
    desk.done("--as", "carla", "ticket", "vobo", "1", "refused", "--reason", "Sigue igual")
    desk.now = "2026-03-27T13:30"
    desk.done("--as", "beto", "ticket", "reply", "1", "--text", "Ya.", "--close")
    desk.done("--as", "carla", "ticket", "vobo", "1", "granted")
    #expect(
      desk.done("ticket", "show", "1") == """
        #1  No imprime

          Cliente                 Acme
          No. Proveedor (externo) P-881
          Registrado              2026-03-27 09:00
          Registró                Carla Díaz
          Responsable             Beto Ruiz
          Asignado                Beto Ruiz
          Estatus                 ✓ Cerrado
          Cerrado el              2026-03-27 13:30
          VoBo                    Otorgado
          Veces reabierto         1

          Desde ayer.
          Nada.

        Seguimiento
          2026-03-27 09:00  carla: registra el ticket
          2026-03-27 09:00  ana: asignado a beto, responsable beto
          2026-03-27 11:00  beto: responde soporte, No. Proveedor P-881, plazo 2d, esperando a Proveedor
              Pedimos la pieza.
          2026-03-27 12:00  beto: cerrado
          2026-03-27 13:00  carla: VoBo rechazado: Sigue igual, reabierto por el cliente: Sigue igual
          2026-03-27 13:30  beto: responde soporte, cerrado
              Ya.
          2026-03-27 13:30  carla: VoBo otorgado
        """)
  }

  @Test("a tick tells the technician once, by a mail in the Maildir, and again nothing")
  func tickTellsOnce() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "1h", "--assign", "beto")
    let first = desk.done("tick")
    #expect(first.hasPrefix("applied plazo.json5 as version "))
    // That a ticket was handed to him is news, too.
    #expect(first.hasSuffix("1 in 1 messages, 0 held, 0 dropped\nmail: 1 sent, 0 to try again, 0 parked, 0 outdated"))
    desk.now = "2026-03-27T10:30"
    #expect(
      desk.done("tick") == """
        swept: 0 tickets changed, 1 clocks due, 2 transitions, 0 verdicts
        alerts: 1 in 1 messages, 0 held, 0 dropped
        mail: 1 sent, 0 to try again, 0 parked, 0 outdated
        """)
    #expect(desk.done("tick") == "swept: 0 tickets changed, 0 clocks due, 0 transitions, 0 verdicts")
    #expect(desk.done("tick", "--quiet") == "")
    let mails = desk.names(in: "mesa/mail/beto/new")
    #expect(mails.count == 2)
    let mail = desk.file("mesa/mail/beto/new/\(mails.first ?? "")") ?? ""
    #expect(mail.contains("To: ") && mail.contains("beto@example.com"))
    #expect(desk.done("alert", "list", "--format", "csv").split(separator: "\r\n").count == 3)
    #expect(desk.done("outbox", "list", "--format", "json").contains("\"state\": \"sent\""))
    #expect(desk.done("outbox", "send") == "nothing is due")
  }

  @Test("a job's report is written at its time, once, and is the latest")
  func jobs() {
    desk.done("tick")
    desk.now = "2026-03-30T08:00"
    #expect(desk.done("tick").contains("job daily-sla: 13 files in out/2026-03-30/daily-sla"))
    #expect(!desk.done("tick").contains("job"))
    #expect(desk.names(in: "mesa/out/latest/daily-sla") == desk.names(in: "mesa/out/2026-03-30/daily-sla"))
    #expect(desk.mode(of: "mesa/out/2026-03-30/daily-sla/daily-sla.html") == 0o600)
    let jobs = desk.done("jobs", "--format", "json")
    #expect(jobs.contains("\"last\": \"2026-03-30T08:00:00-06:00\", \"state\": \"done\""))
  }

  @Test("a job that fails is told, does not stop the rest, and is not half written")
  func failedJob() {
    desk.write(
      """
      { title: { es: "Mía", en: "Mine" }, about: { es: "x", en: "x" }, sections: [ { id: "a",
        title: { es: "A", en: "A" }, sql: "SELECT none FROM tickets",
        columns: [ { name: "none", type: "text", label: { es: "N", en: "N" } } ] } ] }
      """, to: "mesa/reports/mine.json5")
    let settings = desk.file("mesa/plazo.json5")!
    desk.write(settings.replacing("report: \"daily-sla\"", with: "report: \"mine\""), to: "mesa/plazo.json5")
    desk.done("tick")
    desk.now = "2026-03-30T08:00"
    let outcome = desk.run("tick")
    #expect(outcome.code == 1)
    #expect(outcome.data.hasPrefix("swept: 0 tickets changed, 0 clocks due, 0 transitions, 0 verdicts\n"))
    #expect(outcome.data.contains("\njob backup: "))
    // The weekly look over the desk has the same hour, and finds it, too.
    let found = "mesa/reports/mine.json5: sections[0].sql (a): no such column: none"
    let told = outcome.talk.split(separator: "\n")
    #expect(told.count == 2)
    #expect(told[0].hasPrefix("plazo: job doctor failed: job-settings: mesa/plazo.json5:"), "\(told[0])")
    #expect(told[0].hasSuffix(": jobs[0].report: 'mine' cannot run: \(found); see 'plazo doctor'; see 'plazo jobs'"))
    #expect(
      told[1]
        == "plazo: job daily-sla failed: \(found); reports/README.md tells the views and their columns; see 'plazo jobs'"
    )
    #expect(desk.names(in: "mesa/out") == [])
    #expect(desk.done("jobs", "--format", "json").contains("\"state\": \"failed\""))
  }

  @Test("a clock that went back is told, and nothing is done")
  func clockWentBack() {
    desk.done("tick")
    desk.now = "2026-03-27T08:00"
    desk.fails(
      "tick",
      saying: "plazo: the desk was swept at 2026-03-27T09:00:00-06:00, which is later than now "
        + "(2026-03-27T08:00:00-06:00); check the clock or --now; nothing was done")
  }

  @Test("a report goes to the terminal, to a folder, or not at all")
  func reports() {
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída")
    #expect(desk.done("report", "run", "tickets").contains("Caída"))
    let paths = desk.done("report", "run", "tickets", "--format", "csv,html", "--out", "informes").split(
      separator: "\n")
    #expect(
      paths.map(String.init).sorted() == ["datapackage.json", "tickets.csv", "tickets.html"].map { "informes/\($0)" })
    desk.write("", to: "file")
    desk.fails(
      "report", "run", "tickets", "--out", "file/x",
      saying: "plazo: 'file/x' cannot be made (not a directory); choose another place")
    desk.fails(
      "report", "run", "tikets",
      saying: "plazo: reports: there is no report 'tikets'; did you mean 'tickets'? "
        + "the reports are: activity-log, alerts-sent, daily-sla, overdue, sla-compliance, tasks-vobo, "
        + "technician-hours, tickets, where-time-went")
  }

  @Test("a task is closed by its technician and signed by the administrator")
  func tasks() {
    #expect(
      desk.done("--as", "ada", "task", "add", "--title", "Revisar", "--technician", "beto", "--plazo", "2d") == "1")
    desk.fails(
      "--as", "ana", "task", "close", "1", saying: "plazo: task 1 is another technician's; act --as its technician")
    desk.done("--as", "beto", "task", "close", "1")
    desk.fails(
      "--as", "beto", "task", "vobo", "1", "granted",
      saying: "plazo: only an administrator grants a task's VoBo; act --as an administrator")
    desk.done("--as", "ada", "task", "vobo", "1", "granted")
    #expect(desk.done("task", "list", "--state", "all", "--format", "json").contains("\"vobo\": \"granted\""))
  }

  @Test("hours are booked as the administrator said, and never twice")
  func activities() {
    desk.now = "2026-03-27T12:00"
    #expect(
      desk.done("--as", "ana", "activity", "log", "--time", "1h30", "--start", "2026-03-27T09:00", "--text", "Alta")
        == "1")
    desk.fails(
      "--as", "ana", "activity", "log", "--time", "1h", "--start", "2026-03-27T10:00", "--text", "Otra",
      saying: "plazo: it overlaps activity 1; change the start or the time spent")
    desk.fails(
      "--as", "ana", "activity", "log", "--time", "1h", "--text", "Otra",
      saying: "plazo: ana books hours by event; say when it began with --start")
    #expect(
      desk.done("activity", "list", "--format", "csv")
        == "day,number,technician,hours,unlikely,description,ticket,client,started_at,task,corrects,reason\r\n"
        + "2026-03-27,1,Ana Muñoz,1.5,,Alta,,,2026-03-27 09:00:00,,,\r\n")
  }

  @Test("a changed configuration moves nothing until it is applied")
  func plan() {
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída")
    desk.done("tick")
    let settings = desk.file("mesa/plazo.json5")!
    desk.write(settings.replacing("plazo: \"3d\"", with: "plazo: \"1d\""), to: "mesa/plazo.json5")
    #expect(
      desk.done("plan") == """
        ticket 1: due 2026-04-01 19:00:00 → 2026-03-30 19:00:00
        of 1 open tickets, 1 deadlines and 0 situations would move
        """)
    #expect(
      desk.done("tick").hasPrefix(
        "plazo.json5 differs from the version in force, which still judges; see 'plazo plan', then 'plazo apply'"))
    #expect(desk.done("judge").contains("1,2026-04-01T19:00:00-06:00"))
    desk.done("--as", "ada", "apply")
    #expect(desk.done("judge").contains("1,2026-03-30T19:00:00-06:00"))
    #expect(desk.done("plan") == "plazo.json5 and calendars/ are what is in force; nothing would move")
  }

  @Test("a small export is imported once, and its faults are told all at once")
  func imports() {
    desk.write(
      """
      { kind: "tickets", source: "old", times: "yyyy-MM-dd HH:mm", fields: {
        key: "id", client: "client", title: "title", opened_at: "opened",
        closed_at: "closed", status: { column: "state", values: { C: "closed" }, otherwise: "open" } } }
      """, to: "map.json5")
    desk.write(
      "id,client,title,opened,closed,state\r\nA1,Acme,\"No imprime, nada\",2026-03-20 10:00,,O\r\n"
        + "A2,Nuevo,Listo,2026-03-20 11:00,2026-03-23 10:00,C\r\n", to: "tickets.csv")
    desk.fails(
      "--as", "carla", "import", "tickets", "tickets.csv", "--map", "map.json5",
      saying: "plazo: a client's contact cannot use 'plazo import'; ask a technician")
    desk.done("--as", "ada", "import", "tickets", "tickets.csv", "--map", "map.json5", "--dry-run")
    #expect(desk.done("ticket", "list", "--status", "all", "--format", "json") == "[]")
    desk.done("--as", "ada", "import", "tickets", "tickets.csv", "--map", "map.json5")
    desk.done("--as", "ada", "import", "tickets", "tickets.csv", "--map", "map.json5")
    #expect(desk.done("ticket", "list", "--status", "all", "--format", "csv").split(separator: "\r\n").count == 3)
    desk.write("id,client,title,opened,closed,state\r\nA3,Acme,x,31/02/2026,,O\r\nA4,Acme,y,soon,,O\r\n", to: "bad.csv")
    let outcome = desk.run("--as", "ada", "import", "tickets", "bad.csv", "--map", "map.json5")
    #expect(outcome.code == 1)
    #expect(outcome.talk.contains("bad.csv:2: ") && outcome.talk.contains("bad.csv:3: "))
    #expect(desk.done("ticket", "list", "--status", "all", "--format", "csv").split(separator: "\r\n").count == 3)
  }
}

@Suite("Roles") struct RoleTests {
  private let desk = TestDesk()

  @Test("keep a contact to the own company's tickets")
  func contactSeesOwnTickets() {
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Suyo")
    desk.done("--as", "ana", "ticket", "open", "--client", "Bolt", "--title", "Ajeno")
    let list = desk.done("--as", "carla", "ticket", "list", "--status", "all", "--format", "csv")
    #expect(list.contains("Suyo") && !list.contains("Ajeno"))
    #expect(desk.done("--as", "carla", "ticket", "show", "1").contains("Suyo"))
    for words in [["show", "2"], ["reply", "2", "--text", "x"], ["reopen", "2"], ["vobo", "2", "granted"]] {
      let outcome = desk.program.run(["--as", "carla", "ticket"] + words)
      #expect(outcome == .init(code: 1, data: "", talk: "plazo: there is no ticket 2; see 'plazo ticket list'\n"))
    }
  }

  @Test(
    "keep a contact out of what is the desk's",
    arguments: [
      ["user", "list"], ["client", "list"], ["client", "add", "X"], ["task", "list"], ["activity", "list"], ["judge"],
      ["plan"], ["tick"], ["jobs"], ["doctor"], ["backup"], ["report", "run", "tickets"], ["alert", "list"],
      ["outbox", "list"],
    ])
  func contactIsKeptOut(words: [String]) {
    let name = words.prefix(words.count > 1 ? 2 : 1).joined(separator: " ")
    #expect(
      desk.program.run(["--as", "carla"] + words)
        == .init(code: 1, data: "", talk: "plazo: a client's contact cannot use 'plazo \(name)'; ask a technician\n"))
  }

  @Test("keep a contact from what support decides")
  func contactDecidesNothing() {
    desk.done("--as", "carla", "ticket", "open", "--title", "Suyo")
    for (words, what) in [
      (["open", "--title", "x", "--plazo", "1h"], "set a plazo"),
      (["open", "--title", "x", "--assign", "ana"], "assign a ticket"),
      (["reply", "1", "--plazo", "1h"], "set a plazo"),
      (["reply", "1", "--external", "7"], "give the provider's number"),
      (["reply", "1", "--close"], "close a ticket"), (["close", "1"], "close a ticket"),
      (["assign", "1", "ana"], "assign a ticket"),
    ] {
      let outcome = desk.program.run(["--as", "carla", "ticket"] + words)
      #expect(outcome == .init(code: 1, data: "", talk: "plazo: a client's contact cannot \(what); ask a technician\n"))
    }
  }

  @Test("leave users and configurations to the administrator, and the VoBo to the client")
  func technicians() {
    desk.fails(
      "--as", "ana", "user", "add", "eva",
      saying: "plazo: only an administrator can add a user; act --as an administrator")
    desk.fails(
      "--as", "ana", "apply",
      saying: "plazo: only an administrator can apply a configuration; act --as an administrator")
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "x")
    desk.done("--as", "ana", "ticket", "close", "1")
    desk.fails(
      "--as", "ana", "ticket", "vobo", "1", "granted",
      saying: "plazo: the VoBo of a ticket is the client's; "
        + "act --as a contact of the client, or name with --for the one who gave it")
    desk.done("--as", "ana", "ticket", "vobo", "1", "granted", "--for", "carla")
    #expect(desk.done("ticket", "show", "1", "--lang", "en").contains("ana for carla: VoBo granted"))
  }

  @Test("need somebody who is on the desk")
  func unknownActor() {
    desk.fails(
      "--as", "anna", "ticket", "list",
      saying: "plazo: there is no user 'anna'; did you mean 'ana'? add one with 'plazo user add'")
  }
}
