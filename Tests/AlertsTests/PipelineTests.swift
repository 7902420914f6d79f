import SLA
import SQLite
import Testing

@testable import Alerts

@Suite struct RouteTests {
  @Test func theAssignedTechnicianIsToldAndNobodyElse() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    try desk.addUser(2, "luis")
    try desk.addUser(3, "eva", role: "administrator")
    try desk.addTicket(7, assigned: 1, responsible: 2)
    try desk.sweep((7, .late))
    #expect(try desk.alerts() == ["late 7 → 1: pending"])
  }

  @Test func withoutAnAssignedTechnicianTheResponsibleOneIsTold() throws {
    let desk = try TestDesk()
    try desk.addUser(2, "luis")
    try desk.addTicket(7, assigned: nil, responsible: 2)
    try desk.sweep((7, .nearDue))
    #expect(try desk.alerts() == ["near-due 7 → 2: pending"])
  }

  @Test func withoutAnyTechnicianEveryAdministratorIsToldButNobodyTwice() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "eva", role: "administrator")
    try desk.addUser(2, "eva2", role: "administrator", mail: "EVA@example.org")
    try desk.addUser(3, "gone", role: "administrator", active: false)
    try desk.addUser(4, "mute", role: "administrator", mail: nil)
    try desk.addTicket(7, assigned: nil)
    try desk.sweep((7, .late))
    #expect(
      try desk.alerts() == [
        "late 7 → 1: pending", "late 7 → 2: dropped, recipient-the-same", "late 7 → 4: dropped, recipient-without-mail",
      ])
  }

  @Test func whoCannotBeReachedIsKeptWithTheReasonAndTheNextIsTold() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana", active: false)
    try desk.addUser(2, "luis", mail: "luis@")
    try desk.addUser(3, "eva", role: "administrator")
    try desk.addTicket(7, assigned: 1, responsible: 2)
    try desk.sweep((7, .late))
    #expect(
      try desk.alerts() == [
        "late 7 → 1: dropped, recipient-inactive", "late 7 → 2: dropped, recipient-address-invalid",
        "late 7 → 3: pending",
      ])
  }

  @Test func whereTheUserOfARouteIsGoneTheAdministratorsAreTold() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    try desk.addUser(2, "luis", active: false)
    try desk.addUser(3, "eva", role: "administrator")
    desk.rules.routes = [AlertRoute(match: AlertMatch(), to: [.user("luis")])]
    try desk.addTicket(7)
    try desk.sweep((7, .late))
    #expect(try desk.alerts() == ["late 7 → 2: dropped, recipient-inactive", "late 7 → 3: pending"])
  }

  @Test func anAlertForNobodyIsStillARow() throws {
    let desk = try TestDesk()
    try desk.addTicket(7, assigned: nil)
    try desk.sweep((7, .late))
    #expect(try desk.alerts() == ["late 7 → nobody: dropped, no-recipient"])
    #expect(try desk.compose() == AlertSummary())
  }

  @Test func onTimeTellsNobody() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    try desk.addTicket(7, situation: .onTime)
    try desk.sweep((7, .onTime))
    #expect(try desk.alerts().isEmpty)
  }
}

@Suite struct PipelineTests {
  private func desk(_ tickets: [Int64], _ situation: Situation = .late) throws -> TestDesk {
    let desk = try TestDesk()
    try desk.addUser(1, "ana", name: "Ana Núñez")
    for ticket in tickets { try desk.addTicket(ticket, situation: situation) }
    return desk
  }

  @Test func theSameTransitionToldTwiceIsOneAlert() throws {
    let desk = try desk([7])
    try desk.sweep((7, .late))
    try desk.sweep((7, .late))
    #expect(try desk.alerts() == ["late 7 → 1: pending"])
  }

  @Test func aNewDeadlineIsANewAlert() throws {
    let desk = try desk([7])
    try desk.sweep((7, .late))
    try desk.connection.execute(sql: "UPDATE ticket_clock SET deadline = deadline + 86400")
    try desk.sweep((7, .late))
    #expect(try desk.alerts().count == 2)
    // Still one ticket, in one mail.
    try desk.compose()
    #expect(try desk.subjects() == ["Ticket 7 retrasado: No imprime facturas"])
  }

  @Test func lateHidesNearDueOfTheSameClock() throws {
    let desk = try desk([7], .nearDue)
    try desk.sweep((7, .nearDue))
    try desk.setSituation(7, .late)
    try desk.sweep((7, .late))
    #expect(try desk.compose() == told(1, in: 1, dropped: 1))
    #expect(try desk.alerts() == ["near-due 7 → 1: dropped, hidden-by-late", "late 7 → 1: grouped"])
  }

  @Test func lateByOneClockLeavesNearDueByAnother() throws {
    let desk = try desk([7])
    try desk.addClock(7, .firstResponse, situation: .nearDue, deadline: "2026-03-27T17:00:00-06:00", plazo: "4h")
    try desk.sweep((7, .nearDue), clock: .firstResponse)
    try desk.sweep((7, .late))
    #expect(try desk.compose() == told(2, in: 1, dropped: 0))
    #expect(try desk.subjects() == ["Ticket 7 retrasado: No imprime facturas"])
  }

  /// Who works on it is not told again as the one above; of a new plazo that is missed, too, they are.
  @Test func whoWasToldOfThisDeadlineIsNotEscalatedTo() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    desk.rules.escalation = EscalationLevel.standard
    try desk.addTicket(7, assigned: 1, responsible: 1)
    try desk.sweep((7, .late))
    try desk.compose()
    func escalate(_ cycle: Int64 = 1) throws {
      let deadline = try desk.connection.integer(sql: "SELECT deadline FROM ticket_clock").map { Instant($0) }
      try AlertStore(on: desk.connection, now: desk.now).write(
        NewAlert(
          owner: .ticket(7), kind: .escalation, clock: .resolution, cycle: cycle, deadline: deadline, situation: .late,
          level: 1, happenedAt: desk.now), to: Routing(recipient: .user(1), channel: MaildirChannel.name),
        hours: desk.hours)
      try desk.compose()
    }
    try escalate()
    #expect(try desk.alerts().last == "escalation 7 → 1: dropped, told-already")
    try desk.connection.execute(sql: "UPDATE ticket_clock SET deadline = deadline + 86400")
    try escalate()
    #expect(try desk.alerts().last == "escalation 7 → 1: grouped")
  }

  /// A mail that never left takes no place in the window.
  @Test func aDigestThatWasLetGoOfDoesNotKeepTheNextWaiting() throws {
    let desk = try desk([1, 2])
    (desk.rules.window, desk.rules.cap) = (900, 1)
    try desk.sweep((1, .late))
    try desk.compose()
    try desk.close(1)
    #expect(try desk.outbox(desk.maildir).send(clock: { desk.now }).outdated == 1)
    desk.now = desk.now + 60
    try desk.sweep((2, .late))
    #expect(try desk.compose().messages == 1)
  }

  @Test func whatIsNoLongerTrueIsDroppedWithItsReason() throws {
    let desk = try desk([1, 2, 3, 4])
    try desk.sweep((1, .late), (2, .late), (3, .late), (4, .late))
    try desk.close(1)
    try desk.setSituation(2, .nearDue)
    try desk.connection.execute(sql: "DELETE FROM ticket_clock WHERE ticket_id = 3")
    try desk.compose()
    #expect(
      try desk.alerts() == [
        "late 1 → 1: dropped, ticket-closed", "late 2 → 1: dropped, situation-changed",
        "late 3 → 1: dropped, clock-stopped", "late 4 → 1: grouped",
      ])
    #expect(try desk.subjects() == ["Ticket 4 retrasado: No imprime facturas"])
  }

  @Test func aRecipientWhoLeftOrLostTheirAddressIsToldNothing() throws {
    let desk = try desk([1])
    try desk.addUser(2, "luis")
    try desk.addTicket(2, assigned: 2)
    try desk.sweep((1, .late), (2, .late))
    try desk.connection.execute(
      sql: "UPDATE user SET active = 0 WHERE id = 1; UPDATE user SET mail = 'no' WHERE id = 2")
    #expect(try desk.compose() == told(0, in: 0, dropped: 2))
    #expect(
      try desk.alerts() == [
        "late 1 → 1: dropped, concerns-another", "late 2 → 2: dropped, concerns-another",
        "late 1 → nobody: dropped, no-recipient", "late 2 → nobody: dropped, no-recipient",
      ])
  }

  @Test func aTicketHandedOnAndBackWhileItIsHeldIsToldToTheLast() throws {
    let desk = try desk([1])
    try desk.addUser(2, "luis")
    desk.rules.routes = [AlertRoute(match: AlertMatch(), to: [.assigned], wait: .workingTime(3600))]
    try desk.sweep((1, .late))
    for (assigned, alerts) in [
      (Int64(2), ["late 1 → 1: dropped, concerns-another", "late 1 → 2: held, wait"]),
      (1, ["late 1 → 1: held, wait", "late 1 → 2: dropped, concerns-another"]),
    ] {
      // Looked at again, as the end of the wait would have it.
      try desk.connection.execute(sql: "UPDATE alert SET next_at = 0 WHERE state = 'held'")
      try desk.connection.run(sql: "UPDATE ticket SET assigned_id = ?", .integer(assigned))
      try desk.compose()
      #expect(try desk.alerts() == alerts)
    }
    desk.now = desk.now + 7200
    try desk.compose()
    #expect(
      try desk.alerts() == ["late 1 → 1: grouped", "late 1 → 2: dropped, concerns-another"])
  }

  @Test func eachPersonGetsOneMailAndASecondPassNone() throws {
    let desk = try desk([1, 2, 3])
    try desk.addUser(2, "luis")
    try desk.addTicket(4, assigned: 2)
    try desk.addTicket(5, assigned: 2, situation: .nearDue)
    try desk.sweep((1, .late), (2, .late), (3, .late), (4, .late), (5, .nearDue))
    #expect(try desk.compose() == told(5, in: 2, dropped: 0))
    #expect(try desk.subjects() == ["3 retrasados", "1 retrasado, 1 por vencer"])
    try desk.sweep((1, .late), (2, .late), (3, .late), (4, .late), (5, .nearDue))
    #expect(try desk.compose() == AlertSummary())
    #expect(try desk.outbox(desk.maildir).send(clock: { desk.now }).sent == 2)
    #expect(try desk.outbox(desk.maildir).send(clock: { desk.now }) == Outbox.Summary())
    #expect(try desk.files(in: "mail/ana/new").count == 1)
  }

  @Test func aLongListNamesTheWorstAndCountsTheRest() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    try desk.connection.write {
      let writer = try desk.writer()
      for ticket in Int64(1)...100 {
        let isLate = ticket > 60
        let deadline = Instant(1_774_000_000 - ticket).iso8601(in: .utc)
        try desk.addTicket(ticket, title: "T\(ticket)", situation: isLate ? .late : .nearDue, deadline: deadline)
        try desk.tell(writer, ticket, isLate ? .late : .nearDue)
      }
    }
    try desk.compose()
    let mail = try desk.mails()[0]
    let listed = mail.text.split(separator: "\n").filter { $0.contains("· Ticket") }
    #expect(listed.count == 30)
    #expect(listed.first?.contains("Ticket 100 ") == true)
    #expect(listed.last?.contains("Ticket 71 ") == true)
    #expect(
      mail.text.contains(
        "No caben aquí: 10 retrasados, 60 por vencer. Para verlos:\n\n  plazo ticket list"))
  }
}

/// What a pass did, for comparing.
func told(_ grouped: Int, in messages: Int, dropped: Int = 0, held: Int = 0) -> AlertSummary {
  var summary = AlertSummary()
  summary.grouped = grouped
  summary.messages = messages
  summary.dropped = dropped
  summary.held = held
  return summary
}
