import Desk
import SQLite
import Testing

/// What support records for a client's contact.
@Suite struct OnBehalfTests {
  @Test func aTicketIsOpenedForItsContact() throws {
    let office = try Office()
    var opening = TicketActions.Opening(title: "Llamada", description: "")
    opening.onBehalfOf = "acme"
    let row = try office.tickets(office.ana).open(opening)
    #expect(row.clientID == office.contact.clientID && row.registeredBy == office.contact.id)
    let entry = try FollowUp(of: row.id, on: office.connection).entries[0]
    #expect(entry.actor == "ana" && entry.onBehalfOf == "acme")
    opening.client = "Otra"
    #expect(
      try office.refusal { _ = try office.tickets(office.ana).open(opening) }
        == "'acme' is a contact of another client; leave --client out, or name another contact")
    #expect(
      try office.refusal { _ = try office.tickets(office.contact).open(opening) }
        == "a client's contact cannot open a ticket for another; ask a technician")
  }

  @Test func aContactsWordsAreTheClients() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).reply(to: id, Office.reply { $0.waitingOn = .client })
    let row = try office.tickets(office.ana).reply(
      to: id,
      Office.reply {
        $0.body = "Ya lo probé."
        $0.onBehalfOf = "acme"
      })
    #expect(row.waitingOn == .support)
    let entry = try FollowUp(of: id, on: office.connection).entries.first { $0.kind == .replied }
    #expect(entry?.actor == "ana" && entry?.onBehalfOf == "acme" && entry?.detail == "client")
    #expect(
      try office.refusal {
        _ = try office.tickets(office.ana).reply(
          to: id,
          Office.reply {
            $0.body = "x"
            $0.onBehalfOf = "otra"
          })
      } == "'otra' is a contact of another client; name one of the ticket's client")
    #expect(try office.differences().isEmpty)
  }

  @Test func aReplyCanOpenAClosedTicketAgain() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).close(id)
    let row = try office.tickets(office.contact).reply(
      to: id,
      Office.reply {
        $0.body = "Sigue igual."
        $0.reopens = true
      })
    #expect(row.status == .open && row.reopened == 1)
    #expect(
      try office.connection.rows(sql: "SELECT kind, value FROM ticket_event ORDER BY sequence").suffix(2) == [
        ["reopened", "client"], ["replied", "client"],
      ])
  }

  /// A mail may tell the client of what has no text, such as a closing.
  @Test func aMailCanTellOfAClosingAlone() throws {
    let office = try Office()
    let id = try office.open()
    _ = try office.tickets(office.ana).reply(
      to: id,
      Office.reply {
        $0.closes = true
        $0.goesByMail = true
      })
    #expect(
      try office.connection.rows(sql: "SELECT kind, value, detail FROM ticket_event ORDER BY sequence").suffix(2) == [
        ["replied", "support", "mail:0"], ["closed", .null, .null],
      ])
    #expect(
      try office.refusal { _ = try office.tickets(office.ana).reply(to: id, Office.reply { $0.goesByMail = true }) }
        == "the reply says nothing new; give --text or something to change")
  }
}
