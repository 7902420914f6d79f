import Desk
import Foundation
import Monitor
import SLA
import Testing
import Text

/// What is wrong in policies and calendars is told with its place, the legal words and the nearest spelling.
@Suite struct RulesReaderTests {
  private func faults(calendars: String = "office: { weekly: { mon: \"09:00-17:00\" } }", policies: String) throws
    -> [String]
  {
    let text = "{ timeZone: \"UTC\", calendars: { \(calendars) }, policies: [\(policies)] }"
    let document = try Document(file: "rules", data: Data(text.utf8))
    _ = RulesReader.read(document.root)
    do {
      try document.finish()
      return []
    } catch let error as Faults {
      return error.all.map(\.description)
    }
  }

  private static let good = "{ name: \"a\", calendar: \"office\" }"

  @Test(arguments: [
    ("", "rules: policies: there is no policy; write at least one, with a name and a calendar"),
    (
      "{ name: \"a\", calendar: \"ofice\" }",
      "rules: policies[0].calendar: there is no calendar 'ofice'; did you mean 'office'? calendars: always, office"
    ),
    (
      "\(good), { name: \"a\", calendar: \"always\" }",
      "rules: policies[1].name: 'a' is the name of an earlier policy; give each its own name"
    ),
    (
      "{ name: \"a\", calendar: \"office\", clock: {} }",
      "rules: policies[0].clock: unknown key; did you mean 'clocks'? legal keys: name, when, calendar, clocks, responses, reopening"
    ),
    (
      "{ name: \"a\", calendar: \"office\", reopening: \"restarts\" }",
      "rules: policies[0].reopening: 'restarts' is not legal; did you mean 'restart'? legal values: continue, count-closed, restart"
    ),
    (
      "{ name: \"a\", calendar: \"office\", clocks: { resolution: { plazo: \"3 days\" } } }",
      "rules: policies[0].clocks.resolution.plazo: '3 days' is not a plazo; write it as 3d (working days), 6h or 90m (working time)"
    ),
    (
      "{ name: \"a\", calendar: \"office\", clocks: { resolution: { nearDue: { margin: \"1d\" } } } }",
      "rules: policies[0].clocks.resolution.nearDue.margin: '1d' is not a working time; write it as 2h or 90m"
    ),
    (
      "{ name: \"a\", calendar: \"office\", clocks: { resolution: { nearDue: { share: 0 } } } }",
      "rules: policies[0].clocks.resolution.nearDue.share: 0 is out of range; write a whole number from 1 to 100"
    ),
    (
      "{ name: \"a\", calendar: \"office\", clocks: { resolution: { pauseWhileWaitingOn: [\"cliente\"] } } }",
      "rules: policies[0].clocks.resolution.pauseWhileWaitingOn[0]: 'cliente' is not legal; did you mean 'client'? legal values: client, provider, support"
    ),
    (
      "{ name: \"a\", calendar: \"office\", responses: [\"replies\"], clocks: { \"first-response\": {}, \"first-reply\": {} } }",
      """
      rules: policies[0].clocks.first-reply: unknown key; legal keys: first-response, next-response, resolution
      rules: policies[0].clocks.first-response.plazo: is missing; give the clock a plazo such as 2h, or leave the clock out
      rules: policies[0].responses[0]: 'replies' is not legal; legal values: reply, waiting, plazo, assigned
      """
    ),
  ])
  func ofPolicies(policies: String, say: String) throws {
    let told = try faults(policies: policies).sorted().joined(separator: "\n")
    #expect(told == say)
  }

  @Test(arguments: [
    ("always: { weekly: {} }", "rules: calendars.always: 'always' is built in; choose another name"),
    (
      "office: { weekly: { mon: [] } }",
      "rules: calendars.office: it never opens; give hours to at least one day, such as mon: [\"09:00-18:00\"]"
    ),
    (
      "office: { weekly: { lun: \"09:00-17:00\", mon: \"09:00-17:00\" } }",
      "rules: calendars.office.weekly.lun: unknown key; did you mean 'sun'? legal keys: mon, tue, wed, thu, fri, sat, sun"
    ),
    (
      "office: { weekly: { mon: [\"17:00-09:00\", \"18:00-19:00\"] } }",
      "rules: calendars.office.weekly.mon[0]: '17:00-09:00' is not opening hours, the opening before the closing; write it as 09:00-14:00, or 22:00-30:00 past midnight"
    ),
    (
      "office: { weekly: { mon: \"09:00-17:00\" }, holidays: [{ from: \"2026-04-03\", to: \"2026-04-02\" }] }",
      "rules: calendars.office.holidays[0]: the span ends before it begins; put the earlier date in 'from'"
    ),
    (
      "office: { weekly: { mon: \"09:00-17:00\" }, holidays: [{ from: \"2026-04-03\" }] }",
      "rules: calendars.office.holidays[0].to: is missing; give the last day of the span"
    ),
    (
      "office: { weekly: { mon: \"09:00-17:00\" }, holidays: [{ nth: 3, month: 11 }] }",
      "rules: calendars.office.holidays[0]: a weekday of a month needs all of its parts; write { nth: 3, weekday: \"mon\", month: 11 }"
    ),
    (
      "office: { weekly: { mon: \"09:00-17:00\" }, holidays: [{ name: \"x\" }] }",
      "rules: calendars.office.holidays[0]: it says no day; give date, from and to, yearly, nth with weekday and month, or easter"
    ),
    (
      "office: { weekly: { mon: \"09:00-17:00\" }, holidays: [{ yearly: \"02-30\" }] }",
      "rules: calendars.office.holidays[0].yearly: '02-30' is not a day of the year; write it as 12-25"
    ),
    (
      "office: { weekly: { mon: \"09:00-17:00\" }, overrides: { \"24/12/2026\": [] } }",
      "rules: calendars.office.overrides[\"24/12/2026\"]: '24/12/2026' is not a date; write it as 2026-12-24"
    ),
  ])
  func ofCalendars(calendars: String, say: String) throws {
    let name = calendars.hasPrefix("always") ? "always" : "office"
    #expect(try faults(calendars: calendars, policies: "{ name: \"a\", calendar: \"\(name)\" }") == [say])
  }

  @Test func aPolicyFitsWhenAllThatItNamesDoes() {
    let match = PolicyMatch(clients: ["Acme", "Otra"], priorities: ["alta"])
    func fits(_ client: String?, _ priority: String?) -> Bool {
      match.fits(client: client, product: "x", provider: nil, priority: priority)
    }
    #expect(fits("Acme", "alta") && fits("Otra", "alta"))
    #expect(!fits("Acme", nil) && !fits("Acme", "Alta") && !fits(nil, "alta") && !fits("acme", "alta"))
    #expect(PolicyMatch().fits(client: nil, product: nil, provider: nil, priority: nil))
    #expect(!PolicyMatch(products: ["x"]).fits(client: "Acme", product: nil, provider: nil, priority: nil))
    #expect(!PolicyMatch(providers: ["x"]).fits(client: "Acme", product: nil, provider: "y", priority: nil))
  }

  @Test func whatIsConfiguredComesBackFromTheVersionThatWasApplied() throws {
    let text = """
      { timeZone: "America/Mexico_City", calendars: { turno: { timeZone: "Europe/Madrid", weekly: { sat: "22:00-30:00" },
          holidays: ["2026-01-06", { from: "2026-04-02", to: "2026-04-03" }, { yearly: "12-24", to: "12-26" },
            { nth: -1, weekday: "fri", month: 11, name: "Fiesta", hours: "09:00-12:00" }, { easter: -2 }],
          overrides: { "2026-12-25": "10:00-11:00" } } },
        policies: [{ name: "a", calendar: "turno", when: { client: "Acme", product: ["x", "y"] }, reopening: "restart",
          clocks: { resolution: { plazo: "3d", nearDue: { share: 50, margin: "2h" }, pauseWhileWaitingOn: "provider" } } }] }
      """
    let document = try Document(file: "rules", data: Data(text.utf8))
    let rules = RulesReader.read(document.root)
    try document.finish()
    let desk = try TestDesk(rules: text)
    try desk.sweep("2026-03-23T09:00")
    let applied = try #require(try AppliedRules.current(on: desk.connection, now: desk.at("2026-03-23T09:00")))
    #expect(applied.rules == rules && applied.hash == desk.candidate.hash)
    #expect(
      rules.policies == [
        Policy(
          name: "a", match: PolicyMatch(clients: ["Acme"], products: ["x", "y"]), calendar: "turno",
          resolution: ClockRule(
            plazo: .workingDays(3), near: NearDueRule(sharePercent: 50, marginSeconds: 7200),
            pauseWhileWaitingOn: [.provider]), reopening: .restart)
      ])
    #expect(rules.calendars["turno"]?.days.count == 6 && rules.calendars["turno"]?.zone == "Europe/Madrid")
  }
}
