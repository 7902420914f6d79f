import SLA
import SQLite
import Testing
import Text

@testable import Alerts

/// What a digest says before its tickets: that it catches up, and that some waited.
@Suite struct DigestNoticeTests {
  private func desk() throws -> TestDesk {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    for ticket in Int64(1)...4 { try desk.addTicket(ticket) }
    return desk
  }

  private func lastFacts(_ desk: TestDesk) throws -> String {
    try desk.connection.rows(sql: "SELECT facts FROM message ORDER BY id DESC LIMIT 1").first?[0].text ?? ""
  }

  @Test(arguments: [(Seconds(7200), false), (7201, true)])
  func whatWasLearntLongAfterItHappenedIsToldAsCaughtUp(delay: Seconds, isCaughtUp: Bool) throws {
    let desk = try desk()
    try desk.connection.write {
      let writer = try desk.writer()
      try desk.tell(writer, 1, .late, happenedAt: desk.now - 60)
      try desk.tell(writer, 2, .late, happenedAt: desk.now - delay)
    }
    try desk.compose()
    let mail = try #require(try desk.mails().first)
    let notice = DigestWords(
      language: .es, zone: try systemZone("America/Mexico_City"), now: desk.now
    ).catchingUp(since: desk.now - delay)
    #expect(mail.text.contains(notice) == isCaughtUp)
    #expect(mail.html.contains("class=\"notice\"") == isCaughtUp)
    #expect(try lastFacts(desk).contains("\"catching_up\":\(isCaughtUp)"))
  }

  /// The third and fourth of an hour wait for it to be over, and the digest that tells them says so.
  @Test func howManyWaitedForTheHourIsSaid() throws {
    let desk = try desk()
    desk.rules.cap = 1
    try desk.sweep((1, .late))
    #expect(try desk.compose() == told(1, in: 1))
    desk.now = desk.now + 60
    try desk.sweep((2, .late), (3, .late))
    #expect(try desk.compose() == told(0, in: 0, held: 2))
    desk.now = desk.now + 3539
    #expect(try desk.compose().messages == 0)
    desk.now = desk.now + 1
    try desk.sweep((4, .late))
    #expect(try desk.compose() == told(3, in: 1))
    let words = DigestWords(language: .es, zone: try systemZone("America/Mexico_City"), now: desk.now)
    #expect(try desk.mails().last?.text.contains(words.heldByCap(2)) == true)
    #expect(try desk.mails().first?.text.contains(words.heldByCap(2)) == false)
  }
}
