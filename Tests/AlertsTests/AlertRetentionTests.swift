import SLA
import SQLite
import Testing

@testable import Alerts

/// What is forgotten after a time, and what never is.
@Suite struct AlertRetentionTests {
  /// Ticket 1 late and told, then closed; ticket 2 late and told, and open; both in mails of their own.
  private func desk() throws -> TestDesk {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    try desk.addUser(2, "luis")
    try desk.addTicket(1)
    try desk.addTicket(2, assigned: 2)
    try desk.sweep((1, .late), (2, .late))
    try desk.compose()
    _ = try desk.outbox(desk.maildir).send(clock: { desk.now })
    try desk.close(1)
    return desk
  }

  private func forget(_ desk: TestDesk, before instant: Instant) throws -> [Int64] {
    let outcome = try AlertRetention(desk.connection, before: instant).run()
    return [outcome.alerts, outcome.messages]
  }

  @Test func whatIsDoneGoesWhenItsTimeHasCome() throws {
    let desk = try desk()
    #expect(try forget(desk, before: desk.now) == [0, 0], "what was recorded at the very second stays")
    #expect(try forget(desk, before: desk.now + 1) == [1, 1])
    #expect(try desk.alerts() == ["late 2 → 2: grouped"])
    #expect(try desk.connection.rows(sql: "SELECT recipient FROM message") == [["luis@example.org"]])
    #expect(try forget(desk, before: desk.now + 1) == [0, 0])
  }

  /// A report of an instant before it was sent tells that it waited.
  @Test func aMessageStaysUntilItsSendingIsOldToo() throws {
    let desk = try desk()
    try desk.connection.run(sql: "UPDATE message SET sent_at = ?", .integer(desk.now.seconds + 100))
    #expect(try forget(desk, before: desk.now + 100) == [0, 0])
    #expect(try forget(desk, before: desk.now + 101) == [1, 1])
  }

  @Test func whatIsOpenIsKeptAndToldNoSecondTime() throws {
    let desk = try desk()
    #expect(try forget(desk, before: desk.now + 1_000_000) == [1, 1])
    try desk.sweep((2, .late))
    #expect(try desk.compose() == AlertSummary())
    #expect(try desk.alerts() == ["late 2 → 2: grouped"])
  }

  /// A ticket without a plazo has no clock, and is open all the same.
  @Test func whatIsOpenWithoutAClockIsKept() throws {
    let desk = try desk()
    try desk.connection.execute(sql: "DELETE FROM ticket_clock")
    #expect(try forget(desk, before: desk.now + 1_000_000) == [1, 1])
    #expect(try desk.alerts() == ["late 2 → 2: grouped"])
  }

  /// Closed, but with a clock: a VoBo that is timed, or a task's.
  @Test func whatAClockRunsForIsKept() throws {
    let desk = try desk()
    try desk.addClock(1, .resolution, situation: .onTime, deadline: nil, plazo: nil)
    #expect(try forget(desk, before: desk.now + 1_000_000) == [0, 0])
  }

  @Test(arguments: ["pending", "parked"])
  func whatIsStillToBeSentOrLookedIntoIsKept(state: String) throws {
    let desk = try desk()
    try desk.connection.run(sql: "UPDATE message SET state = ?, sent_at = NULL", .text(state))
    #expect(try forget(desk, before: desk.now + 1_000_000) == [0, 0])
  }

  @Test func whatWaitsIsKept() throws {
    let desk = try desk()
    try desk.connection.execute(
      sql: "UPDATE alert SET state = 'held', reason = 'silenced', next_at = 0, message_id = NULL WHERE ticket_id = 1")
    #expect(try forget(desk, before: desk.now + 1_000_000) == [0, 1])
    #expect(try desk.alerts().count == 2)
  }

  /// One mail that tells of a closed and an open ticket stays for the open one.
  @Test func aMessageThatTellsOfSomethingOpenIsKept() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    try desk.addTicket(1)
    try desk.addTicket(2)
    try desk.sweep((1, .late), (2, .late))
    try desk.compose()
    _ = try desk.outbox(desk.maildir).send(clock: { desk.now })
    try desk.close(1)
    #expect(try forget(desk, before: desk.now + 1) == [1, 0])
    try desk.close(2)
    #expect(try forget(desk, before: desk.now + 1) == [1, 1])
  }

  /// Messages without alerts, such as reports by mail.
  @Test func messagesOfNoAlertGoByThemselves() throws {
    let desk = try desk()
    try desk.connection.execute(sql: "DELETE FROM alert")
    #expect(try forget(desk, before: desk.now + 1) == [0, 2])
  }

  @Test func manyGoInSmallTransactionsThatCanBeStopped() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    let count = Int64(2 * AlertRetention.batch + 7)
    for ticket in 1...count {
      try desk.addTicket(ticket)
      try desk.sweep((ticket, .late))
    }
    try desk.compose()
    _ = try desk.outbox(desk.maildir).send(clock: { desk.now })
    for ticket in 1...count where ticket != 600 { try desk.close(ticket) }
    var asked = 0
    let retention = AlertRetention(desk.connection, before: desk.now + 1)
    let first = try retention.run {
      asked += 1
      return asked > 1
    }
    #expect(first.alerts == AlertRetention.batch)
    #expect(try retention.run().alerts == count - 1 - AlertRetention.batch)
    #expect(try desk.alerts() == ["late 600 → 1: grouped"])
  }
}
