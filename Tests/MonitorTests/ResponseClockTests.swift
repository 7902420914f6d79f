import Desk
import Monitor
import SLA
import SQLite
import Testing

/// The first and the next response, each a clock of its own beside the resolution (design: rules of the clock, 8 and 11).
@Suite struct ResponseClockTests {
  /// Monday to Friday 09:00–14:00 and 16:00–19:00; two hours for the first response, four for any later one.
  private func desk(responses: String = "", clocks: String = "") throws -> TestDesk {
    try TestDesk(
      rules: TestDesk.officeRules.replacing(
        "clocks: {",
        with: """
          \(responses) clocks: {
            "first-response": { plazo: "2h" \(clocks) }, "next-response": { plazo: "4h" \(clocks) },
          """))
  }

  /// Every running clock and every frozen verdict, as `next-response 2 2026-03-23T13:00 running`.
  private func told(_ desk: TestDesk) throws -> [String] {
    let running = try desk.connection.rows(
      sql: "SELECT kind, cycle, deadline FROM ticket_clock WHERE kind <> 'resolution' ORDER BY kind")
    let frozen = try desk.connection.rows(
      sql: """
        SELECT kind, cycle, deadline, outcome, used_s FROM ticket_verdict v WHERE kind <> 'resolution'
          AND NOT EXISTS (SELECT 1 FROM ticket_verdict s WHERE s.supersedes_id = v.id) ORDER BY kind, cycle
        """)
    func text(_ row: [Value]) -> String {
      "\(row[0].text!) \(row[1].integer!) \(row[2].integer.map { String(desk.local(Instant($0)).dropLast(3)) } ?? "-")"
    }
    return frozen.map { "\(text($0)) \($0[3].text!) \($0[4].integer! / 60)m" } + running.map { "\(text($0)) running" }
  }

  private func says(_ party: Party) -> TicketChange { .replied(by: party, body: "…") }

  @Test func theFirstReplyEndsTheFirstClockAndTheClientsWordStartsTheNext() throws {
    let desk = try desk()
    try desk.open("2026-03-23T10:00")
    try desk.sweep("2026-03-23T10:00")
    #expect(try told(desk) == ["first-response 1 2026-03-23T12:00 running"])
    // What the client adds before any answer starts nothing anew.
    try desk.record(1, "2026-03-23T10:30", says(.client))
    try desk.record(1, "2026-03-23T12:00", says(.support))
    try desk.sweep("2026-03-23T12:00")
    #expect(try told(desk) == ["first-response 1 2026-03-23T12:00 kept 120m"])
    // Two words of the client's wait for one answer, the first of them counting.
    try desk.record(1, "2026-03-23T13:00", says(.client))
    try desk.record(1, "2026-03-23T13:30", says(.client))
    try desk.sweep("2026-03-23T13:30")
    #expect(
      try told(desk) == ["first-response 1 2026-03-23T12:00 kept 120m", "next-response 1 2026-03-23T19:00 running"])
    try desk.record(1, "2026-03-24T09:00", says(.support))
    try desk.record(1, "2026-03-24T10:00", says(.client))
    try desk.sweep("2026-03-24T10:00")
    #expect(
      try told(desk) == [
        "first-response 1 2026-03-23T12:00 kept 120m", "next-response 1 2026-03-23T19:00 late 240m",
        "next-response 2 2026-03-24T14:00 running",
      ])
  }

  @Test func closingEndsEveryClockAndAnAskingClientIsAnsweredAfterReopening() throws {
    let desk = try desk()
    try desk.open("2026-03-23T10:00")
    try desk.record(1, "2026-03-23T11:00", .closed)
    try desk.sweep("2026-03-23T11:00")
    #expect(try told(desk) == ["first-response 1 2026-03-23T12:00 kept 60m"])
    // Said of a closed ticket, it is heard when somebody opens it again.
    try desk.record(1, "2026-03-23T12:00", says(.client))
    try desk.sweep("2026-03-23T12:00")
    #expect(try told(desk).count == 1)
    try desk.record(1, "2026-03-24T09:00", .reopened(reason: nil))
    try desk.sweep("2026-03-24T09:00")
    #expect(
      try told(desk) == ["first-response 1 2026-03-23T12:00 kept 60m", "next-response 1 2026-03-24T13:00 running"])
    // The client who opens it again waits for an answer, be it that the VoBo was refused.
    try desk.record(1, "2026-03-24T09:30", .closed)
    try desk.record(1, "2026-03-24T09:45", .reopened(reason: "No", by: .client))
    try desk.sweep("2026-03-24T09:45")
    #expect(try told(desk).last == "next-response 2 2026-03-24T13:45 running")
    // Opened again by support of its own accord, nobody waits for an answer.
    try desk.record(1, "2026-03-24T10:00", says(.support))
    try desk.record(1, "2026-03-24T10:00", .closed)
    try desk.record(1, "2026-03-24T11:00", .reopened(reason: nil))
    try desk.sweep("2026-03-24T11:00")
    #expect(try told(desk).filter { $0.hasSuffix("running") } == [])
  }

  @Test(arguments: [
    ("", TicketChange.waiting(on: .provider), false), ("responses: \"waiting\",", .waiting(on: .provider), true),
    ("responses: [\"waiting\"],", .waiting(on: .support), false), ("responses: [\"plazo\"],", .plazo("3d"), true),
    ("responses: [\"plazo\"],", .replied(by: .support, body: "…"), false),
    ("responses: [\"reply\", \"assigned\"],", .assigned(to: 1), true),
    ("responses: [\"assigned\"],", .assigned(to: nil), false), ("", .replied(by: .provider, body: "…"), false),
  ])
  func whatCountsAsAResponseIsForThePolicyToSay(responses: String, change: TicketChange, counts: Bool) throws {
    let desk = try desk(responses: responses)
    try desk.open("2026-03-23T10:00")
    try desk.record(1, "2026-03-23T10:30", change)
    try desk.sweep("2026-03-23T10:30")
    let answered = "first-response 1 2026-03-23T12:00 kept 30m"
    #expect(try told(desk) == [counts ? answered : "first-response 1 2026-03-23T12:00 running"])
  }

  @Test func aPlazoGivenAtTheOpeningIsNoResponseToIt() throws {
    let desk = try desk(responses: "responses: [\"plazo\"],")
    try desk.open("2026-03-23T10:00", plazo: "5d")
    try desk.sweep("2026-03-23T10:00")
    #expect(try told(desk) == ["first-response 1 2026-03-23T12:00 running"])
  }

  @Test func theyPauseOnlyWhereThePolicySaysSo() throws {
    for (clocks, deadline) in [
      ("", "2026-03-23T12:00"), (", pauseWhileWaitingOn: \"provider\"", "2026-03-23T13:00"),
      (", pauseWhileAside: true", "2026-03-23T12:30"),
    ] {
      let desk = try desk(clocks: clocks)
      try desk.open("2026-03-23T10:00")
      try desk.record(1, "2026-03-23T10:10", .waiting(on: .provider))
      try desk.record(1, "2026-03-23T11:10", .waiting(on: .support))
      try desk.record(1, "2026-03-23T11:20", .aside(until: desk.at("2026-03-23T11:50")))
      try desk.sweep("2026-03-23T11:30")
      #expect(try told(desk) == ["first-response 1 \(deadline) running"])
    }
  }

  @Test func theWorstClockIsTheTicketsSituation() throws {
    let desk = try desk()
    try desk.open("2026-03-23T10:00")
    let now = desk.at("2026-03-23T12:30")
    var worst: [Situation?] = []
    try Judge(desk.connection, now: now, candidate: desk.candidate).eachTicket { worst.append($1?.situation) }
    #expect(worst == [.late])
    let clocks = try Judge(desk.connection, now: now, candidate: desk.candidate).clocks(ofTicket: 1)
    #expect(clocks.map(\.kind) == [.firstResponse, .resolution])
    #expect(clocks.map(\.situation) == [.late, .onTime])
  }

  /// Rules that come to time a clock make no promise of what is past.
  @Test func aClockThatIsNewlyTimedFreezesNothingOfThePast() throws {
    let plain = try TestDesk()
    try plain.open("2026-03-23T10:00")
    try plain.record(1, "2026-03-23T15:00", says(.support))
    try plain.record(1, "2026-03-23T16:00", says(.client))
    try plain.open("2026-03-23T16:30")
    try plain.sweep("2026-03-23T17:00")
    let timed = try desk().candidate
    _ = try Sweep(plain.connection, now: plain.at("2026-03-23T17:00")).apply(timed)
    // What still runs is judged from its beginning; the first response of ticket 1 was never promised.
    let expected = ["first-response 1 2026-03-23T18:30 running", "next-response 1 2026-03-24T10:00 running"]
    #expect(try told(plain) == expected)
    try plain.sweep("2026-03-23T17:10", .full)
    #expect(try told(plain) == expected)
    try plain.record(1, "2026-03-23T17:30", says(.support))
    try plain.sweep("2026-03-23T17:30")
    #expect(
      try told(plain) == ["next-response 1 2026-03-24T10:00 kept 90m", "first-response 1 2026-03-23T18:30 running"])
    // And a clock that is no longer timed ends without a verdict.
    _ = try Sweep(plain.connection, now: plain.at("2026-03-23T18:00")).apply(plain.candidate)
    #expect(try told(plain) == ["next-response 1 2026-03-24T10:00 kept 90m"])
  }

  @Test func aReplyThatIsImportedLateSupersedesTheVerdict() throws {
    let desk = try desk()
    try desk.open("2026-03-23T10:00")
    try desk.record(1, "2026-03-23T13:00", says(.support))
    try desk.sweep("2026-03-23T13:00")
    #expect(try told(desk) == ["first-response 1 2026-03-23T12:00 late 180m"])
    try desk.record(1, "2026-03-24T09:00", [(says(.support), "2026-03-23T11:00")])
    try desk.sweep("2026-03-24T09:00")
    #expect(try told(desk) == ["first-response 1 2026-03-23T12:00 kept 60m"])
    #expect(try desk.dump("SELECT count(*), count(reason) FROM ticket_verdict") == ["2 1"])
  }
}
