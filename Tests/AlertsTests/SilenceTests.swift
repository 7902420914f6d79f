import Desk
import SLA
import SQLite
import Testing

@testable import Alerts

/// What people say to be told less, from its beginning to its end, in the desk's file.
@Suite struct SilenceTests {
  private func desk() throws -> TestDesk {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    try desk.addUser(3, "eva", role: "administrator")
    try desk.addTicket(7)
    return desk
  }

  private func silence(_ desk: TestDesk, for seconds: Seconds) throws -> Int64 {
    try Silence(ticketID: 7, until: desk.now + seconds).begin(
      by: 3, reason: "mudanza", at: desk.now, on: desk.connection)
  }

  @Test func aSilenceHoldsFromItsFirstSecondToItsEnd() throws {
    let desk = try desk()
    _ = try silence(desk, for: 600)
    try desk.sweep((7, .late))
    #expect(try desk.compose() == told(0, in: 0, held: 1))
    desk.now = desk.now + 599
    #expect(try desk.compose() == AlertSummary())
    desk.now = desk.now + 1
    #expect(try desk.compose() == told(1, in: 1))
  }

  @Test func oneThatIsEndedEarlyLetsGoAtOnce() throws {
    let desk = try desk()
    let id = try silence(desk, for: 86_400)
    try desk.sweep((7, .late))
    try desk.compose()
    desk.now = desk.now + 60
    #expect(try Silence.end(id, by: 3, at: desk.now, on: desk.connection))
    #expect(try desk.compose() == told(1, in: 1))
    #expect(try !Silence.end(id, by: 3, at: desk.now, on: desk.connection), "it is over")
  }

  /// Two of them: what the longer one holds stays held when the shorter ends.
  @Test func theLongerOfTwoCounts() throws {
    let desk = try desk()
    let short = try silence(desk, for: 600)
    _ = try silence(desk, for: 6000)
    try desk.sweep((7, .late))
    try desk.compose()
    #expect(try Silence.end(short, by: 3, at: desk.now + 1, on: desk.connection))
    desk.now = desk.now + 5999
    #expect(try desk.compose().grouped == 0)
    desk.now = desk.now + 1
    #expect(try desk.compose() == told(1, in: 1))
  }

  // MARK: Acknowledgements

  private func tellStillLate(_ desk: TestDesk) throws {
    let deadline = try desk.connection.integer(sql: "SELECT deadline FROM ticket_clock").map { Instant($0) }
    try AlertStore(on: desk.connection, now: desk.now).write(
      NewAlert(
        owner: .ticket(7), kind: .stillLate, clock: .resolution, cycle: 1, deadline: deadline, situation: .late,
        level: 1, happenedAt: desk.now), to: Routing(recipient: .user(1), channel: MaildirChannel.name),
      hours: desk.hours)
  }

  private func acknowledge(_ desk: TestDesk, for seconds: Seconds) throws -> Int {
    try Acknowledgement.give(
      .ticket(7), by: 1, until: desk.now + seconds, reason: nil, at: desk.now, on: desk.connection)
  }

  @Test func theLastAcknowledgementCountsWithAnEarlierEndToo() throws {
    let desk = try desk()
    #expect(try acknowledge(desk, for: 86_400) == 1)
    try tellStillLate(desk)
    #expect(try desk.compose() == told(0, in: 0, held: 1))
    desk.now = desk.now + 60
    _ = try acknowledge(desk, for: 300)
    try desk.compose()
    desk.now = desk.now + 299
    #expect(try desk.compose().grouped == 0)
    desk.now = desk.now + 1
    #expect(try desk.compose() == told(1, in: 1))
  }

  @Test func itIsSaidOfOneRunAndOneDeadline() throws {
    let desk = try desk()
    let deadline = try #require(
      try desk.connection.integer(sql: "SELECT deadline FROM ticket_clock").map { Instant($0) })
    _ = try acknowledge(desk, for: 600)
    func until(cycle: Int64 = 1, deadline: Instant?) throws -> Instant? {
      try Acknowledgement.until(
        Watch(
          owner: .ticket(7), clock: .resolution, cycle: cycle, deadline: deadline, since: desk.now, isLateNews: false),
        deadline: deadline, on: desk.connection)
    }
    #expect(try until(deadline: deadline) == desk.now + 600)
    #expect(try until(deadline: deadline + 1) == nil, "a new plazo")
    #expect(try until(deadline: nil) == nil)
    #expect(try until(cycle: 2, deadline: deadline) == nil, "reopened")
  }

  @Test func whatIsOnTimeCannotBeAcknowledged() throws {
    let desk = try desk()
    try desk.setSituation(7, .onTime)
    #expect(try acknowledge(desk, for: 600) == 0)
  }
}
