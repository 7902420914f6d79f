import Desk
import Foundation
import Monitor
import SLA
import SQLite
import Seeded
import Testing
import Text

@Suite struct ExplanationTests {
  private static let rules = """
    {
      timeZone: "America/Mexico_City",
      calendars: { office: {
        weekly: {
          mon: ["09:00-14:00", "16:00-19:00"], tue: ["09:00-14:00", "16:00-19:00"], wed: ["09:00-14:00", "16:00-19:00"],
          thu: ["09:00-14:00", "16:00-19:00"], fri: ["09:00-14:00", "16:00-19:00"] },
        holidays: [{ easter: -3, name: "Jueves Santo" }, { easter: -2, name: "Viernes Santo" }] } },
      policies: [
        { name: "vip", when: { client: ["Bolt", "Cirio"] }, calendar: "office" },
        { name: "default", calendar: "office", clocks: { resolution: { plazo: "8h", pauseWhileWaitingOn: ["client"] } } }],
      tasks: { clocks: { completion: { plazo: "2d" }, vobo: { plazo: "5h" } } },
    }
    """

  private func explain(_ desk: TestDesk, _ now: String, _ id: Int64 = 1) throws -> Explanation {
    let judge = try Judge(desk.connection, now: desk.at(now), candidate: desk.candidate)
    return try #require(try judge.explain(ticket: id, zone: desk.zone))
  }

  /// A version hash stands for itself, so that a change of the rules is seen where it matters.
  private func text(_ explanation: Explanation, _ language: Language) -> String {
    explanation.text(language).replacing(/[0-9a-f]{16}/, with: "…")
  }

  @Test func saysWhatAPersonWouldSay() throws {
    let desk = try TestDesk(rules: Self.rules)
    try desk.open("2026-03-31T10:42:05")
    try desk.reply(1, "2026-03-31T17:00") { $0.waitingOn = .client }
    try desk.reply(1, "2026-04-01T10:00") { $0.waitingOn = .support }
    try desk.sweep("2026-04-01T18:00")
    #expect(
      text(try explain(desk, "2026-04-01T18:00"), .es) == """
        Ticket 1: No imprime
        Al miércoles 1 de abril de 2026, 18:00 (America/Mexico_City)

        Solución: Retrasado
          Venció el miércoles 1 de abril, 13:42:05; lleva 2 h 17 min 55 s de retraso sobre 8 h.
          Plazo: 8 h hábiles, el de la política.
          Política: «default», que es para todos; «vip» no: pide cliente Bolt o Cirio, y es Acme.
          Cuenta desde el martes 31 de marzo, 10:42:05, por el calendario «office».
          Versión de las reglas: …, en vigor desde el miércoles 1 de abril, 18:00; del calendario, ….
          Pausa, espera al cliente: del martes 31 de marzo, 17:00 al miércoles 1 de abril, 10:00.

            martes 31 de marzo, 10:42:05 a 14:00: cuentan 3 h 17 min 55 s
            martes 31 de marzo, 14:00 a 16:00: cerrado, 2 h
            martes 31 de marzo, 16:00 a 17:00: cuentan 1 h
            martes 31 de marzo, 17:00 a 19:00: en pausa, espera al cliente: no cuentan 2 h
            martes 31 de marzo, 19:00, a miércoles 1 de abril, 09:00: cerrado, 14 h
            miércoles 1 de abril, 09:00 a 10:00: en pausa, espera al cliente: no cuentan 1 h
            miércoles 1 de abril, 10:00 a 13:42:05: cuentan 3 h 42 min 5 s
            miércoles 1 de abril, 13:42:05 a 14:00: cuentan 17 min 55 s, ya fuera de plazo
            miércoles 1 de abril, 14:00 a 16:00: cerrado, 2 h
            miércoles 1 de abril, 16:00 a 18:00: cuentan 2 h, ya fuera de plazo

          Hasta ahora: 31 h 17 min 55 s = 8 h que cuentan + 2 h 17 min 55 s fuera de plazo + 3 h en pausa + 18 h cerrado

        """)
  }

  @Test func tellsWhatIsToComeAndTheHolidaysBetween() throws {
    let desk = try TestDesk(rules: Self.rules)
    try desk.open("2026-04-01T17:00", plazo: "5h")
    try desk.sweep("2026-04-01T17:30")
    #expect(
      text(try explain(desk, "2026-04-01T17:30"), .en) == """
        Ticket 1: No imprime
        As of Wednesday 1 April 2026, 17:30 (America/Mexico_City)

        Resolution: On time
          It is due on Monday 6 April, 12:00; 4 h 30 min of 5 h are left.
          It will be near due from Monday 6 April, 11:00 on.
          Plazo: 5 h of working time, set on Wednesday 1 April, 17:00 by admin.
          Policy: “default”, which is for everybody; not “vip”: it wants client Bolt or Cirio, and this is Acme.
          It counts from Wednesday 1 April, 17:00 on, by the calendar “office”.
          Version of the rules: …, in force since Wednesday 1 April, 17:30; of the calendar, ….

            Wednesday 1 April, 17:00 to 17:30: counted 30 min
            — now —
            Wednesday 1 April, 17:30 to 19:00: 1 h 30 min will count
            Wednesday 1 April, 19:00, to Monday 6 April, 09:00: closed: Jueves Santo, Viernes Santo, 110 h
            Monday 6 April, 09:00 to 12:00: 3 h will count

          Until now: 30 min = 30 min counted
          To come: 114 h 30 min = 4 h 30 min to count + 110 h closed

        """)
  }

  @Test func aStoppedClockIsToldByTheRulesThatFrozeItsVerdict() throws {
    let desk = try TestDesk(rules: Self.rules)
    try desk.open("2026-03-31T10:00")
    try desk.sweep("2026-03-31T10:00")
    try desk.reply(1, "2026-03-31T18:00") { $0.closes = true }
    try desk.sweep("2026-03-31T18:01")
    let before = try explain(desk, "2026-03-31T18:02")
    let shorter = try TestDesk.candidate(
      Self.rules.replacing("plazo: \"8h\"", with: "plazo: \"2h\""), now: desk.at("2026-03-31T18:05"))
    _ = try Sweep(desk.connection, now: desk.at("2026-03-31T18:05")).apply(shorter)
    var after = try explain(desk, "2026-03-31T18:10")
    after.asOf = before.asOf
    #expect(after == before)
    let clock = try #require(before.clocks.first)
    #expect(clock.standing == .frozen(outcome: "kept", at: desk.at("2026-03-31T18:00")))
    #expect(clock.budget == 8 * 3600 && clock.used == 6 * 3600 && clock.recounted == nil)
    #expect(text(before, .es).contains("Terminó el martes 31 de marzo, 18:00; usó 6 h y el plazo daba 8 h; vencía"))
    // Asked for an instant before the closing, it ran.
    #expect(try explain(desk, "2026-03-31T17:00").clocks.map(\.standing) == [.running(.onTime)])
  }

  @Test func theFragmentOfHTMLRunsNoTitleOfAnybodys() throws {
    let desk = try TestDesk(rules: Self.rules)
    var opening = TicketActions.Opening(title: "<script>'\"&\u{202E}", description: "")
    opening.client = "Acme"
    _ = try desk.actions("2026-03-31T10:00").open(opening)
    let html = try explain(desk, "2026-03-31T12:00").html(.es)
    #expect(html.contains("<h2>Ticket 1: &lt;script&gt;&#39;&quot;&amp; </h2>"))
    #expect(
      html.contains("<li class=\"counted\" data-seconds=\"7200\">martes 31 de marzo, 10:00 a 12:00: cuentan 2 h</li>"))
    for tag in ["section", "ul", "ol", "li", "p", "h2", "h3"] {
      #expect(
        html.ranges(of: try Regex("<\(tag)[ >]")).count == html.ranges(of: "</\(tag)>").count, "\(tag)")
    }
  }

  @Test func tasksAreExplainedToo() throws {
    let desk = try TestDesk(rules: Self.rules)
    let tasks = Tasks(desk.connection, actor: desk.admin, now: desk.at("2026-03-31T10:00"))
    let id = try tasks.add(Tasks.Opening(title: "Revisar", technician: "ana"))
    let judge = try Judge(desk.connection, now: desk.at("2026-04-01T09:00"), candidate: desk.candidate)
    let explanation = try #require(try judge.explain(task: id, zone: desk.zone))
    #expect(explanation.clocks.map(\.kind) == [.completion])
    #expect(explanation.clocks[0].origin == .policy(.workingDays(2)))
    #expect(text(explanation, .es).contains("Plazo: 2 días hábiles, el de las tareas."))
    #expect(try judge.explain(task: 99, zone: desk.zone) == nil)
    #expect(try judge.explain(ticket: 99, zone: desk.zone) == nil)
  }

  private static let cases = randomCases(4)

  /// Over random histories: the ledger has neither hole nor overlap, sums to what the sweep computes, to the second, and
  /// its lines, folded or not, sum to the ledger.
  @Test(arguments: 0..<cases) func sumsToTheSecond(seed: Int) throws {
    var random = Dice(seed: UInt64(seed) &* 104_729 &+ 5)
    let desk = try TestDesk(rules: IncrementalSweepTests.rules.replacing("PLAZO", with: "16h"))
    var story = Story(now: desk.at("2026-03-02T08:00"), isOrderly: true)
    for _ in 0..<60 { try story.apply(story.step(&random), to: desk) }
    let now = story.now + 3600
    try desk.sweep(now.iso8601(in: .utc))
    let judge = try Judge(desk.connection, now: now, candidate: desk.candidate)
    var told = 0
    for id in try desk.connection.rows(sql: "SELECT id FROM ticket").map({ $0[0].integer! }) {
      let explanation = try #require(try judge.explain(ticket: id, zone: desk.zone))
      let running = try judge.clocks(ofTicket: id)
      for clock in explanation.clocks {
        let place = "seed \(seed), ticket \(id), \(clock.kind) \(clock.cycle)"
        var end = now
        switch clock.standing {
        case .running(let situation):
          let judged = try #require(running.first { $0.kind == clock.kind })
          #expect(judged.situation == situation && judged.judgement?.deadline == clock.deadline, "\(place)")
          #expect((judged.judgement?.used ?? 0) == clock.used, "\(place)")
        case .frozen(_, let at): end = at
        case .stopped: Issue.record("not frozen: \(place)")
        }
        #expect(clock.recounted == nil, "\(place)")
        guard clock.budget != nil else { continue }
        told += 1
        var edge = clock.startedAt
        for stretch in clock.stretches {
          #expect(stretch.from == edge && stretch.to > edge, "\(place)")
          #expect(stretch.to <= end || stretch.from >= end, "\(place)")
          edge = stretch.to
        }
        if !clock.stretches.isEmpty { #expect(edge == max(end, clock.deadline ?? end) || edge == end, "\(place)") }
        let past = clock.stretches.filter { $0.to <= end }
        let ahead = clock.stretches.filter { $0.from >= end }
        #expect(past.reduce(0) { $0 + $1.counted } == clock.used, "\(place)")
        // A target from outside can lie where nothing is open.
        if case .target = clock.origin {
        } else if let deadline = clock.deadline, deadline > end, case .running = clock.standing {
          #expect(ahead.reduce(0) { $0 + $1.counted } == clock.remaining, "\(place)")
        }
        for isWhole in [false, true] {
          let lines = clock.lines(asOf: now, isWhole: isWhole)
          #expect(
            lines.reduce(0) { $0 + $1.length } == clock.stretches.reduce(0) { $0 + $1.length }, "\(place)")
          let counted = lines.filter { $0.kind == .counted || $0.kind == .after }.reduce(0) { $0 + $1.own }
          #expect(counted == clock.stretches.reduce(0) { $0 + $1.counted }, "\(place)")
        }
      }
    }
    #expect(told > 5)
  }
}
