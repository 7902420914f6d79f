import SLA
import SQLite
import Testing

@testable import Alerts

/// What is said once lateness is over, and to whom.
@Suite struct RecoveredTests {
  private func desk() throws -> TestDesk {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    for ticket in Int64(1)...3 { try desk.addTicket(ticket, title: "Asunto \(ticket)", situation: .onTime) }
    return desk
  }

  private func makeLate(_ ticket: Int64, _ desk: TestDesk) throws {
    try desk.setSituation(ticket, .late)
    try desk.sweep((ticket, .late))
  }

  private func notes(_ desk: TestDesk) throws -> [String] {
    try desk.connection.rows(
      sql: "SELECT ticket_id, coalesce(recipient_id, address), message_id FROM alert WHERE kind = 'recovered'"
    )
    .map { row in row.map { $0.text ?? $0.integer.map { String($0) } ?? "-" }.joined(separator: " ") }
  }

  @Test func theNextDigestSaysItOnce() throws {
    let desk = try desk()
    try makeLate(1, desk)
    try desk.compose()
    try desk.close(1)
    // By itself it is no reason for a mail.
    #expect(try desk.compose() == AlertSummary())
    desk.now = desk.now + 60
    try makeLate(2, desk)
    try desk.compose()
    #expect(try notes(desk) == ["1 1 2"])
    #expect(try desk.mails().last?.text.contains("Ticket 1") == true)
    desk.now = desk.now + 60
    try makeLate(3, desk)
    try desk.compose()
    #expect(try notes(desk) == ["1 1 2"])
    #expect(try desk.mails().last?.text.contains("Ticket 1") == false)
  }

  /// The mail that said it told something else that was over before it left, and was let go of.
  @Test func aNoteInAMailThatNeverLeftIsInTheNext() throws {
    let desk = try desk()
    try makeLate(1, desk)
    try desk.compose()
    _ = try desk.outbox(desk.maildir).send(clock: { desk.now })
    try desk.close(1)
    desk.now = desk.now + 60
    try makeLate(2, desk)
    try desk.compose()
    #expect(try notes(desk) == ["1 1 2"])
    try desk.close(2)
    #expect(try desk.outbox(desk.maildir).send(clock: { desk.now }).outdated == 1)
    #expect(try notes(desk).isEmpty)
    desk.now = desk.now + 60
    try makeLate(3, desk)
    try desk.compose()
    #expect(try notes(desk) == ["1 1 3"])
    #expect(try desk.mails().last?.text.contains("Ticket 1") == true)
  }

  /// That something is no longer near due is no news.
  @Test func onlyLatenessIsOver() throws {
    let desk = try desk()
    try desk.setSituation(1, .nearDue)
    try desk.sweep((1, .nearDue))
    try desk.compose()
    try desk.close(1)
    desk.now = desk.now + 60
    try makeLate(2, desk)
    try desk.compose()
    #expect(try notes(desk).isEmpty)
  }

  @Test func whatIsLateStillIsNotOver() throws {
    let desk = try desk()
    try makeLate(1, desk)
    try desk.compose()
    desk.now = desk.now + 60
    try makeLate(2, desk)
    try desk.compose()
    #expect(try notes(desk).isEmpty)
  }

  /// A client's contact who was told of lateness, and an address that is nobody's of the desk.
  @Test func whoeverWasToldHearsThatItIsOver() throws {
    let desk = try desk()
    try desk.connection.execute(
      sql: """
        INSERT INTO user (id, login, name, role, mail, client_id) VALUES (4, 'carla', 'Carla', 'client', 'c@norte.example', 1)
        """)
    desk.rules.routes = [
      AlertRoute(match: AlertMatch(), to: [.contact, .address(try #require(MailAddress("jefe@example.org")))])
    ]
    try makeLate(1, desk)
    #expect(try desk.compose() == told(2, in: 2))
    try desk.close(1)
    desk.now = desk.now + 60
    try makeLate(2, desk)
    #expect(try desk.compose() == told(2, in: 2))
    #expect(try notes(desk) == ["1 4 3", "1 jefe@example.org 4"])
    #expect(try desk.mails().suffix(2).allSatisfy { $0.text.contains("Ticket 1") })
    desk.now = desk.now + 60
    try makeLate(3, desk)
    try desk.compose()
    #expect(try notes(desk).count == 2)
  }
}
