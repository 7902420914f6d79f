internal import Alerts
internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let userCommands: [Command] = [
  Command(
    name: "user add", summary: "adds a technician, an administrator or a client's contact", operands: ["LOGIN"],
    options: [
      .init("--name", "TEXT", "the person's name"),
      .init("--role", "ROLE", "technician (the default), administrator or client"),
      .init("--client", "NAME", "the company of a client's contact"),
    ] + personalOptions + [.init("--booking", "event|day", "how a technician books hours; else by event")],
    examples: [
      "plazo user add diego --as rocio --name \"Diego Salas\" --mail diego@example.com",
      """
      plazo user add sol --as rocio --role client \\
        --client "Despacho Arce y Muñoz" --mail sol@arce.example
      """,
    ]
  ) { line, session in
    let desk = try session.open()
    let login = try plainLogin(line.operand(0)!)
    _ = try people(session, desk).add(try edit(line, session, desk), login: login)
    session.world.output.line(login)
    return .done
  },
  Command(
    name: "user edit", summary: "changes what is known of a user, who can be put out of use, and is never deleted",
    operands: ["LOGIN"],
    options: [
      .init("--name", "TEXT", "the person's name")
    ] + personalOptions + [
      .init("--away-until", "DATE", "is away until then: who stands in is told instead"),
      .init("--stand-in", "LOGIN", "who stands in meanwhile; '' for nobody"),
      .init("--back", nil, "is back: ends --away-until"),
      .init("--login", "LOGIN", "another login"), .init("--role", "ROLE", "technician, administrator or client"),
      .init("--client", "NAME", "the company of a client's contact; '' with another role"),
      .init("--booking", "event|day", "how a technician books hours"),
      .init("--deactivate", nil, "puts the user out of use: nothing can be done as, or given to, this user"),
      .init("--activate", nil, "puts the user back into use"),
    ],
    details: """
      Everybody may change the own name, mail, language, zone and absence; the rest is the administrator's. An empty
      value, '', takes a value away. Every change is kept: see 'plazo user show'.
      """,
    examples: [
      "plazo user edit ana --as ana --away-until 2026-11-10 --stand-in luis", "plazo user edit ana --as ana --back",
      "plazo user edit carmen --as rocio --mail c.duarte@fresnos.example",
      "plazo user edit bety --as rocio --deactivate",
    ]
  ) { line, session in
    guard !line.values.keys.filter({ option in !Session.globalOptions.contains { $0.name == option } }).isEmpty else {
      throw UsageError(problem: "nothing to change is given", mend: "see 'plazo help user edit'")
    }
    let desk = try session.open()
    let login = line.operand(0)!
    let outcome = try people(session, desk).edit(login, try edit(line, session, desk))
    session.confirm("user \(login): " + (outcome.changed.isEmpty ? "as it was" : "changed"))
    if outcome.openTickets + outcome.openTasks > 0 {
      session.world.talk.line(
        "plazo: '\(login)' still has \(counted(outcome.openTickets, "open ticket")) and "
          + "\(counted(outcome.openTasks, "open task")); give tickets to others with 'plazo ticket assign', close tasks with "
          + "'plazo task close' or give them anew with 'plazo task add'")
    }
    return .done
  },
  userListCommand, userShowCommand,
]

/// What everybody may say of themselves, and who adds a user says first.
private let personalOptions: [Command.Option] = [
  .init("--mail", "ADDRESS", "where the person reads mail"),
  .init("--language", "es|en", "the language of what the person reads; else the desk's"),
  .init("--zone", "ZONE", "the zone in which the person lives, such as Europe/Madrid; else the desk's"),
  .init("--calendar", "NAME", "a calendar of plazo.json5 with the person's own hours; else the desk's"),
]

private func people(_ session: Session, _ desk: OpenDesk) throws -> PeopleActions {
  PeopleActions(desk.connection, actor: try session.actor(desk), now: desk.now)
}

/// What the options say, each checked. - Throws: `UsageError`, or `DeskError` with the nearest zone.
private func edit(_ line: Line, _ session: Session, _ desk: OpenDesk) throws -> PeopleActions.Edit {
  /// An option that takes its value away when it is empty.
  func clearable(_ option: String) -> String?? { line.value(option).map { $0.isEmpty ? nil : $0 } }
  var edit = PeopleActions.Edit()
  edit.name = try line.oneLine("--name")
  edit.role = try line.choice("--role", Role.self)
  edit.mail = clearable("--mail")
  if let mail = edit.mail ?? nil, MailAddress(mail) == nil {
    throw UsageError(problem: "'\(mail)' is no mail address", mend: "write it as ana@example.com")
  }
  edit.language = line.value("--language") == "" ? .some(nil) : try line.choice("--language", Language.self).map { $0 }
  edit.zone = clearable("--zone")
  if let zone = edit.zone ?? nil { _ = try session.zones.zone(zone) }
  edit.calendar = clearable("--calendar")
  if let name = edit.calendar ?? nil { try checkCalendar(name, desk) }
  edit.client = clearable("--client")
  edit.booking = try line.choice("--booking", Booking.self)
  if line.has("--login") { edit.login = try plainLogin(line.value("--login")!) }
  guard !(line.has("--away-until") && line.has("--back")) else {
    throw UsageError(problem: "--away-until and --back contradict each other", mend: "give one of them")
  }
  if let until = line.value("--away-until") {
    edit.awayUntil = try session.instant(until, "--away-until", in: desk.zone)
  }
  if line.has("--back") { edit.awayUntil = .some(nil) }
  edit.standIn = clearable("--stand-in")
  edit.isActive = try line.activity()
  return edit
}

private func checkCalendar(_ name: String, _ desk: OpenDesk) throws {
  let names = desk.configuration.rules.calendars.keys.sorted()
  if names.contains(name) { return }
  let guess = nearest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
  throw UsageError(
    problem: "there is no calendar '\(name)' in plazo.json5",
    mend: "\(guess)there are: \(names.joined(separator: ", "))")
}

extension Line {
  /// `--deactivate` or `--activate`; `nil` without either.
  func activity() throws -> Bool? {
    guard !(has("--deactivate") && has("--activate")) else {
      throw UsageError(problem: "--deactivate and --activate contradict each other", mend: "give one of them")
    }
    return has("--deactivate") ? false : has("--activate") ? true : nil
  }
}

/// A login as people type it after `--as`. - Throws: `UsageError`.
func plainLogin(_ text: String) throws -> String {
  guard !text.isEmpty, text.count <= 64, !text.hasPrefix("-"),
    !text.contains(where: { $0.isWhitespace || $0.isNewline || $0 == "/" }), printable(text) == text
  else {
    throw UsageError(
      problem: "'\(text)' cannot be a login", mend: "write at most 64 characters without blanks and '/', such as ana")
  }
  return text
}

func administratorOnly(_ session: Session, _ desk: OpenDesk, _ what: String) throws {
  guard try session.actor(desk).role == .administrator else {
    throw DeskError("only an administrator can \(what)", mend: "act --as an administrator")
  }
}

/// `--mail`, checked: an address that cannot be written to would be found out when the first alert is due.
func checkMail(_ line: Line) throws {
  if let mail = line.value("--mail"), MailAddress(mail) == nil {
    throw UsageError(problem: "'\(mail)' is no mail address", mend: "write it as ana@example.com")
  }
}
