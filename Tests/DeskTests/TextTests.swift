import Desk
import SLA
import SQLite
import Testing

/// Texts come back as they were written, whatever they hold.
@Suite struct TextTests {
  static let texts = [
    "«Ñandú» — ¿qué?", "😀👩‍👩‍👧‍👦🇲🇽", "e\u{301} y é", "مرحبا", "a\u{0}b", "\u{0}", "\u{1}\u{7f}\u{85}\u{2028}\u{feff}",
    "\r\n\t",
    "'; DROP TABLE ticket; --", "{\"title\": \"\\u0000\"}", "\u{10ffff}", "=1+1",
    String(repeating: "ñ", count: 512 * 1024),
  ]

  @Test(arguments: texts.indices)
  func ofTicketsRepliesAndTasks(number: Int) throws {
    let text = Self.texts[number]
    let office = try Office()
    var opening = TicketActions.Opening(title: "x" + text, description: text)
    opening.client = "Acme"
    opening.externalNumber = text
    opening.priority = text
    let id = try office.tickets(office.ana).open(opening).id
    let row = try #require(try Tickets(office.connection).ticket(id))
    func same(_ left: String?, _ right: String) -> Bool { left.map { Array($0.utf8) == Array(right.utf8) } ?? false }
    #expect(same(row.title, "x" + text) && same(row.description, text))
    #expect(same(row.externalNumber, text) && same(row.priority, text))
    let body = "x" + text
    _ = try office.tickets(office.ana).reply(to: id, Office.reply { $0.body = body })
    _ = try office.tickets(office.ana).close(id)
    _ = try office.tickets(office.contact).sign(id, .refused, reason: body)
    let followUp = try FollowUp(of: id, on: office.connection).entries
    #expect(same(followUp.first { $0.kind == .replied }?.value, body))
    #expect(same(followUp.first { $0.kind == .vobo }?.detail, body))
    var task = Tasks.Opening(title: body, technician: "ana")
    task.description = text
    _ = try office.tasks(office.admin).add(task)
    #expect(try office.differences().isEmpty)
  }

  @Test func ofTheFollowUpAsPeopleReadIt() throws {
    let office = try Office()
    let id = try office.open(at: Office.now - 100)
    let actions = office.tickets(office.ana)
    _ = try actions.assign(id, to: "luis")
    _ = try actions.reply(
      to: id,
      Office.reply {
        $0.body = "Antes."
        $0.happenedAt = Office.now - 50
      })
    let told = try FollowUp(of: id, on: office.connection).entries.map {
      "\($0.kind.rawValue) \($0.actor ?? "-") \($0.value ?? "-") \($0.detail ?? "-")"
    }
    #expect(
      told == [
        "opened ana - -", "responsible ana ana -", "replied ana Antes. support", "assigned ana luis -",
      ])
  }
}
