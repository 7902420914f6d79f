import Desk
import SLA
import SQLite
import Seeded
import Testing

/// However a ticket's facts arrive, its history is the same: with its events or after them, in one file or in several.
@Suite struct ImportRandomTests {
  /// One ticket: when it was opened, and how its log has it from then on.
  private struct Story {
    var opened: Int
    var rows: [(minute: Int, state: String, who: String)] = []
  }

  private func random(_ dice: inout Dice) -> [Story] {
    (0..<6).map { _ in
      var story = Story(opened: dice.upTo(600))
      var minute = story.opened
      for _ in 0..<dice.upTo(9) {
        // Now and then two rows share their minute.
        minute += dice.upTo(5) == 0 && !story.rows.isEmpty ? 0 : 1 + dice.upTo(200)
        story.rows.append(
          (minute, ["New", "Asked", "Ordered", "Shut"][dice.upTo(4)], ["ana", "beto", "carla"][dice.upTo(3)]))
      }
      return story
    }
  }

  /// The files that a system exports when so many rows of each log are written.
  private func files(_ stories: [Story], rows count: (Int) -> Int) -> (tickets: String, events: [String]) {
    var (tickets, events) = ("", [String]())
    for (key, story) in stories.enumerated() {
      let rows = story.rows.prefix(count(key))
      let tail = rows.lastIndex { $0.state != "Shut" }.map { $0 + 1 } ?? 0
      let closed = tail < rows.count ? time(rows[tail].minute) : ""
      let state = closed.isEmpty ? "Open" : "Shut"
      tickets += "\(key),ACME,P,t,\(rows.last?.who ?? "ana"),\(state),\(time(story.opened)),\(closed)\n"
      events += rows.enumerated().map { "\(key),\($0),\(time($1.minute)),\($1.state),\($1.who)" }
    }
    return (tickets, events)
  }

  private func time(_ minute: Int) -> String {
    let (day, rest) = (minute / 1440, minute % 1440)
    let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    return "2026-03-\(two(1 + day)) \(two(rest / 60)):\(two(rest % 60))"
  }

  /// What a clock sees of every ticket: closings, reopenings and waits in the order in which they happened, changes of
  /// nothing left out; and how the ticket stands.
  private func seen(_ desk: ImportDesk) throws -> [String] {
    try (0..<6).map { key in
      let rows = try desk.connection.rows(
        sql: """
          SELECT kind, value, happened_at FROM ticket_event
          WHERE ticket_id = (SELECT ticket_id FROM import_row WHERE source = 'old' AND key = ?)
          ORDER BY kind <> 'opened', happened_at, sequence
          """, .text(String(key)))
      var (isClosed, waits) = (false, "support")
      var story: [String] = []
      for row in rows {
        let at = row[2].integer!
        switch row[0].text! {
        case "closed" where !isClosed:
          isClosed = true
          // A wait of no length, told or not, is the same.
          story.removeAll { $0.hasPrefix("\(at) waiting") }
          story.append("\(at) closed")
        case "reopened" where isClosed:
          isClosed = false
          waits = "support"
          story.append("\(at) reopened")
        case "waiting" where !isClosed && row[1].text! != waits:
          waits = row[1].text!
          // Two waits of one instant: the last is meant.
          story.removeAll { $0.hasPrefix("\(at) waiting") }
          story.append("\(at) waiting \(waits)")
        default: break
        }
      }
      let row = try #require(try desk.row(String(key)))
      let who = try row.assignedID.flatMap { try Directory(desk.connection).user(id: $0)?.login } ?? "-"
      let closed = row.closedAt.map { "\($0.seconds)" } ?? "-"
      return story.joined(separator: ", ") + " | \(row.status) \(closed) \(who)"
        + (row.status == .open ? " \(row.waitingOn)" : "")
    }
  }

  @Test(arguments: 0..<60) func theWayInDoesNotMatter(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &+ 42_000)
    let stories = random(&dice)
    let (tickets, rows) = files(stories) { stories[$0].rows.count }
    let events = rows.joined(separator: "\n") + "\n"
    let together = try ImportDesk()
    try together.both(tickets, events)
    let expected = try seen(together)
    // Again, nothing.
    #expect(try together.both(tickets, events).written == 0)

    let after = try ImportDesk()
    try after.tickets(tickets)
    try after.events(events)
    #expect(try seen(after) == expected, "events after tickets")

    var order = rows
    for index in order.indices.dropFirst() { order.swapAt(index, dice.upTo(index + 1)) }
    let shuffled = try ImportDesk()
    try shuffled.both(tickets, order.joined(separator: "\n") + "\n")
    #expect(try seen(shuffled) == expected, "another order of rows")

    // A night never falls between two rows of one minute.
    let cuts = stories.map { story in
      var cut = dice.upTo(story.rows.count + 1)
      while cut > 0, cut < story.rows.count, story.rows[cut - 1].minute == story.rows[cut].minute { cut -= 1 }
      return cut
    }
    let nightly = try ImportDesk()
    let (earlier, earlierRows) = files(stories) { cuts[$0] }
    try nightly.both(earlier, earlierRows.joined(separator: "\n") + "\n")
    try nightly.both(tickets, events)
    #expect(try seen(nightly) == expected, "two nights")

    let alone = try ImportDesk()
    try alone.tickets(earlier)
    try alone.events(earlierRows.joined(separator: "\n") + "\n")
    try alone.events(events)
    #expect(try seen(alone) == expected, "one night's tickets, two nights' events")
  }
}
