import FoundationEssentials
import Testing
import Text

@Suite("A wrong configuration") struct ConfigurationTests {
  private static let topLevelKeys =
    "legal keys: name, language, timeZone, calendars, policies, tasks, alerts, reports, jobs, backup, retention"

  /// What is said of each file under `samples/bad`, after the path of the desk's `plazo.json5`.
  private static let faults: [(file: String, lines: [String])] = [
    (
      "alerts-illegal",
      [
        ":17: alerts.channels[\"Mi canal\"]: 'Mi canal' cannot be the name of a channel; write at most 40 letters from a to z, digits and '-'; 'maildir' is built in",
        ":16: alerts.channels.both: a channel is one of sendmail, webhook and command; give exactly one of them",
        ":15: alerts.channels.chat.webhook.enf: unknown key; did you mean 'env'? legal keys: env, file",
        ":15: alerts.channels.chat.webhook: says neither env nor file; write { env: \"NAME\" } or { file: \"PATH\" }",
        ":15: alerts.channels.chat.headers[\"a b\"]: 'a b' is no name of a header; write one such as Authorization",
        ":15: alerts.channels.chat.body: is no body; write \"plain\", \"slack\", or an object whose texts have {subject}, {text} and the like",
        ":14: alerts.channels.mail.headers: only a webhook has it; leave it out",
        ":18: alerts.channels.none.command: names no program; write the program and its arguments, such as [\"/usr/sbin/sendmail\", \"-t\", \"-i\"]",
        ":8: alerts.channel: there is no channel 'mial'; did you mean 'mail'? channels: maildir, chat, mail, none",
        ":10: alerts.off[0]: 'near' is not legal; legal values: near-due, late, still-late, escalation, assigned, answered, task-assigned, task-late, vobo-wanted, vobo-late, recovered",
        ":21: alerts.routes[0].kinds[0]: 'latte' is not legal; did you mean 'late'? legal values: near-due, late, still-late, escalation, assigned, answered, task-assigned, task-late, vobo-wanted, vobo-late, recovered",
        ":21: alerts.routes[0].channel: there is no channel 'chats'; did you mean 'chat'? channels: maildir, chat, mail, none",
        ":21: alerts.routes[0].to[0]: 'asigned' is not a recipient; write it as assigned, responsible, administrators, contact, signer, user:LOGIN, an address, #ROOM",
        ":21: alerts.routes[0].hours: there is no calendar 'nihgt'; calendars: always, office",
        ":22: alerts.routes[1].when.lateBy: '1d' is not a span of time; write it as 90m or 2h",
        ":22: alerts.routes[1].to[0]: the channel 'mail' writes mails, and '#soporte' is no address; name a webhook or command",
        ":23: alerts.routes[2].to: is missing; say who is told: assigned, responsible, administrators, contact, signer, user:LOGIN, an address, #ROOM; [] is nobody",
        ":25: alerts.escalation[0]: a level needs either 'after' or 'share'; write after: \"1d\", or share: 150",
        ":25: alerts.escalation[1]: a level needs either 'after' or 'share'; write after: \"1d\", or share: 150",
        ":9: alerts.calendar: there is no calendar 'ofice'; did you mean 'office'? calendars: always, office",
        ":11: alerts.window: '1d' is not a span of time; write it as 90m or 2h",
        ":12: alerts.cap: 0 is out of range; write a whole number from 1 to 1000",
      ]
    ),
    (
      "calendar-always-on-holiday",
      [
        "the calendar 'office' never opens within 10 years; give it hours in plazo.json5"
      ]
    ),
    (
      "calendar-never-opens",
      [
        ":5: calendars.office: it never opens; "
          + "give hours to at least one day, such as mon: [\"09:00-18:00\"]"
      ]
    ),
    (
      "calendar-unknown",
      [
        ":6: policies[0].calendar: there is no calendar 'ofice'; "
          + "did you mean 'office'? calendars: always, office"
      ]
    ),
    (
      "csv-profile-illegal",
      [
        ":7: reports.csv: 'excel-sp' is not legal; "
          + "did you mean 'excel-en'? legal values: rfc4180, excel-en, excel-es"
      ]
    ),
    (
      "hours-reversed",
      [
        ":5: calendars.office.weekly.mon[0]: '18:00-09:00' is not opening hours, the opening before the closing; "
          + "write it as 09:00-14:00, or 22:00-30:00 past midnight"
      ]
    ),
    (
      "job-format-illegal",
      [
        ":7: jobs[0].formats[1]: 'pdf' is not legal; legal values: csv, json, html, text"
      ]
    ),
    (
      "job-name-is-a-path",
      [
        ":7: jobs[0].name: '../daily' is not the name of a job; "
          + "write at most 64 letters from a to z, digits, '-' and '_'"
      ]
    ),
    (
      "job-period-illegal",
      [
        ":7: jobs[0].period: 'last-moon' is not a period; "
          + "write it as today, yesterday, tomorrow, this-week, last-week, this-month, last-month, this-year, last-year, last-7-days, 2026, 2026-Q3, 2026-03, 2026-W13 or 2026-03-27"
      ]
    ),
    (
      "job-period-not-taken",
      [
        ":7: jobs[0].period: 'last-month': the report 'overdue' takes no period; leave it out"
      ]
    ),
    (
      "job-report-unknown",
      [
        ":7: jobs[0].report: there is no report 'dayly-sla'; "
          + "did you mean 'daily-sla'? reports: activity-log, alerts-sent, daily-sla, overdue, sla-compliance, "
          + "tasks-vobo, technician-hours, tickets, where-time-went"
      ]
    ),
    (
      "job-time-illegal",
      [
        ":7: jobs[0].at: hour '25' (character 3) is out of range; "
          + "write 0-23, lists (2,4), ranges (1-5), steps (*/2, 1-5/2) or *"
      ]
    ),
    (
      "job-twice",
      [
        ":7: jobs[1].name: 'daily' is the name of an earlier job; give each its own name"
      ]
    ),
    (
      "not-utf8",
      [
        ": it is not UTF-8; save it as UTF-8"
      ]
    ),
    (
      "plazo-illegal",
      [
        ":6: policies[0].clocks.resolution.plazo: '3 days' is not a plazo; "
          + "write it as 3d (working days), 6h or 90m (working time)"
      ]
    ),
    (
      "policies-missing",
      [
        ": policies: there is no policy; write at least one, with a name and a calendar"
      ]
    ),
    (
      "sender-is-no-address",
      [
        ":7: alerts.from: 'the desk' is not a mail address; write it as plazo@example.com"
      ]
    ),
    (
      "several",
      [
        ":3: nmae: unknown key; "
          + "did you mean 'name'? \(topLevelKeys)",
        ":4: language: 'fr' is not legal; legal values: es, en",
        ":7: policies[0].clocks.resolution.plazo: '3 days' is not a plazo; "
          + "write it as 3d (working days), 6h or 90m (working time)",
        ":8: jobs[0].report: there is no report 'dayly-sla'; "
          + "did you mean 'daily-sla'? reports: activity-log, alerts-sent, daily-sla, overdue, sla-compliance, "
          + "tasks-vobo, technician-hours, tickets, where-time-went",
      ]
    ),
    (
      "syntax",
      [
        ":5: a ',' or a '}' is missing before 'c'; mend it there or just before"
      ]
    ),
    (
      "unknown-key",
      [
        ":3: lenguage: unknown key; "
          + "did you mean 'language'? \(topLevelKeys)"
      ]
    ),
    (
      "unknown-language",
      [
        ":3: language: 'fr' is not legal; legal values: es, en"
      ]
    ),
    (
      "unknown-zone-of-a-calendar",
      [
        ":5: calendars.office.timeZone: there is no time zone 'Europe/Madird'; "
          + "did you mean 'Europe/Madrid'? write an IANA name such as America/Mexico_City"
      ]
    ),
    (
      "unknown-zone",
      [
        ":4: timeZone: there is no time zone 'America/Mexico_Cty'; "
          + "did you mean 'America/Mexico_City'? write an IANA name such as America/Mexico_City"
      ]
    ),
    (
      "wrong-type",
      [
        ":2: name: expected a text, got a number; put it between quotes"
      ]
    ),
    (
      "zone-missing",
      [
        ": timeZone: is missing; add it"
      ]
    ),
  ]

  @Test("is refused with every fault, its path, what is legal and what was meant", arguments: Self.faults.map(\.file))
  func everyFault(name: String) throws {
    let desk = TestDesk()
    let lines = Self.faults.first { $0.file == name }!.lines
    let data = try #require(FileManager.default.contents(atPath: "\(Program.root)/samples/bad/config-\(name).json5"))
    _ = FileManager.default.createFile(atPath: "\(desk.folder)/mesa/plazo.json5", contents: data)
    let talk = lines.map { "plazo: \($0.hasPrefix("the calendar") ? "" : "mesa/plazo.json5")\($0)\n" }.joined()
    for command in [["tick"], ["run"], ["ticket", "list"]] {
      #expect(desk.program.run(command) == .init(code: 1, data: "", talk: talk))
    }
  }

  @Test("has one sample for each fault")
  func everySample() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(Program.root)/samples/bad")
      .filter { $0.hasPrefix("config-") }
    #expect(names.sorted() == Self.faults.map { "config-\($0.file).json5" }.sorted())
  }
}

@Suite("The configuration that init writes") struct TemplateTests {
  /// The keys of such an object are names that the user chooses.
  private static let freelyNamed: Set<String> = ["calendars", "overrides", "channels"]

  @Test("has a line for every setting that the program knows", arguments: ["es", "en"])
  func everySetting(language: String) throws {
    let desk = TestDesk(empty: true)
    desk.done("init", "mesa", "--zone", "UTC", "--admin", "ada", "--lang", language)
    let template = try #require(desk.file("mesa/plazo.json5"))
    let document = try Document(file: "plazo.json5", data: Data(template.utf8))
    // A key that nobody knows in every object makes the program tell the legal ones of each.
    desk.write(try Self.spoilt(document.root.value!, key: "").canonicalText(), to: "mesa/plazo.json5")
    let faults = desk.run("tick").talk.split(separator: "\n")
    #expect(faults.count >= 10)
    var settings: Set<String> = []
    for fault in faults {
      let list = try #require(fault.firstRange(of: "legal keys: ").map { fault[$0.upperBound...] }, "\(fault)")
      settings.formUnion(list.split(separator: ", ").map(String.init))
    }
    #expect(settings.count > 35)
    for setting in settings.sorted() {
      #expect(template.contains(try Regex("\\b\(setting)\"?:")), "\(setting) has no line")
    }
  }

  private static func spoilt(_ value: JSONValue, key: String) -> JSONValue {
    switch value {
    case .object(var entries):
      for (name, entry) in entries { entries[name] = spoilt(entry, key: name) }
      if !freelyNamed.contains(key) { entries["\u{1F4A5}"] = .null }
      return .object(entries)
    case .array(let items): return .array(items.map { spoilt($0, key: "") })
    default: return value
    }
  }
}
