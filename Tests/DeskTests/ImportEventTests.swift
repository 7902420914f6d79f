import Desk
import FoundationEssentials
import SLA
import Testing
import Text

@Suite struct ImportEventTests {
  private let ticket = "1,ACME,P,t,beto,Shut,2026-03-20 09:00,2026-03-25 10:00\n"
  private let log = """
    1,0,2026-03-20 09:00,New,ana
    1,1,2026-03-21 09:00,Asked,ana
    1,2,2026-03-22 09:00,New,ana
    1,3,2026-03-23 09:00,New,beto
    1,4,2026-03-25 09:00,Shut,beto\n
    """
  private let whole = [
    "03-20 09:00 opened", "03-20 09:00 assigned ana", "03-21 09:00 waiting client", "03-22 09:00 waiting support",
    "03-23 09:00 assigned beto", "03-25 10:00 closed",
  ]

  @Test func ticketsAndEventsTogetherMakeOneHistory() throws {
    let desk = try ImportDesk()
    let result = try desk.both(ticket, log)
    // The ticket's own row says better than the log when it closed.
    #expect(try desk.history("1") == whole)
    #expect(result.new == 1 && result.closed == 1 && result.eventsRead == 5 && result.written == 6)
  }

  @Test func theOrderOfTheFileDoesNotMatterAndTheSequenceBreaksTies() throws {
    let desk = try ImportDesk()
    let tied = log.replacing("03-22 09:00", with: "03-21 09:00")
    try desk.both(ticket, tied.split(separator: "\n").reversed().joined(separator: "\n"))
    #expect(try desk.history("1")[2...3] == ["03-21 09:00 waiting client", "03-21 09:00 waiting support"])
  }

  @Test func bothFilesAgainChangeNothing() throws {
    let desk = try ImportDesk()
    try desk.both(ticket, log)
    let again = try desk.both(ticket, log)
    #expect(again.unchanged == 1 && again.eventsKnown == 5 && again.written == 0)
    #expect(try desk.events(log).written == 0)
    #expect(try desk.history("1") == whole)
  }

  @Test func eventsThatComeLaterTakeTheirPlaceAndTheTicketStaysAsItWas() throws {
    let desk = try ImportDesk()
    try desk.tickets("1,ACME,P,t,beto,Shut,2026-03-20 09:00,2026-03-25 10:00\n")
    let before = try desk.row("1")
    let result = try desk.events(log)
    #expect(result.updated == 1 && result.closed == 0)
    #expect(
      try desk.history("1") == [
        "03-20 09:00 opened", "03-20 09:00 assigned beto", "03-25 10:00 closed",
        "03-20 09:00 assigned ana", "03-21 09:00 waiting client", "03-22 09:00 waiting support",
        "03-23 09:00 assigned beto",
      ])
    var after = try #require(try desk.row("1"))
    after.lastEvent = before!.lastEvent
    #expect(after == before)
  }

  @Test func aLateRowThatIsNotTheLastWordIsFollowedByIt() throws {
    let desk = try ImportDesk()
    try desk.both("1,ACME,P,t,ana,Open,2026-03-20 09:00,\n", "1,5,2026-03-24 09:00,Ordered,beto\n")
    try desk.events("1,2,2026-03-22 09:00,Asked,carla\n")
    #expect(
      try desk.history("1").dropFirst() == [
        "03-24 09:00 assigned beto", "03-24 09:00 waiting provider", "03-27 12:00 assigned ana",
        "03-22 09:00 assigned carla", "03-22 09:00 waiting client", "03-27 12:00 assigned ana",
        "03-27 12:00 waiting provider",
      ])
    #expect(try desk.row("1")?.waitingOn == .provider)
    #expect(try desk.row("1")?.assignedID == Directory(desk.connection).user(login: "ana")?.id)
  }

  @Test func eventsAloneCloseAndReopen() throws {
    let desk = try ImportDesk()
    try desk.tickets("1,ACME,P,t,ana,Open,2026-03-20 09:00,\n")
    try desk.events("1,1,2026-03-28 09:00,Shut,ana\n".replacing("28", with: "27"))
    #expect(try desk.history("1").last == "03-27 09:00 closed")
    try desk.events("1,2,2026-03-27 10:00,New,ana\n1,3,2026-03-27 11:00,Shut,ana\n")
    #expect(try desk.history("1").suffix(2) == ["03-27 10:00 reopened", "03-27 11:00 closed"])
  }

  @Test func aRowDatedBeforeTheOpeningIsTakenAsOfIt() throws {
    let desk = try ImportDesk()
    let result = try desk.both(ticket, "1,0,2026-03-19 09:00,Asked,ana\n")
    #expect(result.eventsClamped == 1)
    #expect(try desk.history("1")[1...2] == ["03-20 09:00 assigned ana", "03-20 09:00 waiting client"])
  }

  @Test func eventsOfNoTicketAreFaultsOfTheirRows() throws {
    let desk = try ImportDesk()
    let refused = #expect(throws: ImportRefused.self) {
      try desk.both(ticket, log + "9,0,2026-03-20 09:00,New,ana\n9,1,bad,New,ana\n")
    }
    #expect(
      refused?.description == """
        events.csv:8: at: 'bad' is not a time of the form 'yyyy-MM-dd HH:mm'; mend it, or add its form to 'times'
        events.csv:7: id: there is no ticket '9' of old; import its row of tickets first, or with it
        """)
    #expect(try desk.count("ticket") == 0)
  }

  @Test func eventsOfARejectedTicketAreRejectedWithIt() throws {
    let desk = try ImportDesk()
    let path = FileManager.default.temporaryDirectory.appending(path: "rejects-\(UInt64.random(in: 0 ... .max)).csv")
      .path
    let eventsPath = path.replacing(".csv", with: ".events.csv")
    defer { for path in [path, eventsPath] { try? FileManager.default.removeItem(atPath: path) } }
    let result = try desk.both(
      "1,,P,t,w,Open,2026-03-20 09:00,\n" + "2" + ticket.dropFirst(), log, options: .init(rejects: path))
    #expect(result.new == 1 && result.rejected == 1 && result.eventsRejected == 5)
    let rejects = String(decoding: try #require(FileManager.default.contents(atPath: eventsPath)), as: UTF8.self)
    #expect(
      rejects.split(separator: "\r\n")[2]
        == "\"events.csv\",\"3\",\"id\",\"there is no ticket '1' of old; its own row was rejected\",1,1,2026-03-21 09:00,Asked,ana"
    )
  }
}
