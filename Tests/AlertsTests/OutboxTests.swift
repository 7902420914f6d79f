import FoundationEssentials
import SLA
import SQLite
import Testing

@testable import Alerts

/// Answers as it is told to, and remembers what it was given.
private final class ScriptedChannel: Channel {
  private var answers: [DeliveryResult]
  private(set) var delivered: [OutgoingMessage] = []
  let name = MaildirChannel.name
  let timeLimit: Seconds = 30
  init(_ answers: DeliveryResult...) { self.answers = answers }
  func deliver(_ message: OutgoingMessage) -> DeliveryResult {
    delivered.append(message)
    return answers.isEmpty ? .sent : answers.removeFirst()
  }
}

/// Delivers into a Maildir, then dies: what follows in the sender never happens.
private final class DyingChannel: Channel {
  /// Not a `MaildirChannel` by name: the compiler dies when it specializes its `deliver` for release.
  private let maildir: any Channel
  private let connection: Connection
  let name = MaildirChannel.name
  let timeLimit: Seconds = 30
  init(_ maildir: MaildirChannel, _ connection: Connection) {
    self.maildir = maildir
    self.connection = connection
  }
  func deliver(_ message: OutgoingMessage) -> DeliveryResult {
    _ = maildir.deliver(message)
    // Whoever marks must find the attempt it made; this makes it miss, as a dead sender would.
    try? connection.execute(sql: "UPDATE message SET attempt = 99")
    return .sent
  }
}

@Suite struct OutboxTests {
  private func deskWithOneMail() throws -> TestDesk {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    try desk.addTicket(1)
    try desk.addTicket(2)
    try desk.sweep((1, .late), (2, .late))
    try desk.compose()
    return desk
  }

  @Test(arguments: ["new", "cur"])
  func aDeliveryRepeatedAfterACrashIsTheSameMailInTheSameFile(folder: String) throws {
    let desk = try deskWithOneMail()
    let dying = DyingChannel(desk.maildir, desk.connection)
    _ = try desk.outbox(dying).sendNext(now: desk.now)
    #expect(try Outbox.counts(on: desk.connection).pending == 1)
    try desk.connection.execute(sql: "UPDATE message SET attempt = 1")
    let first = try desk.files(in: "mail/ana/new")
    #expect(first.count == 1)
    let mail = try Data(contentsOf: URL(filePath: "\(desk.folder)/mail/ana/new/\(first[0])"))
    if folder == "cur" {
      // The reader was quicker than the second delivery.
      try FileManager.default.moveItem(
        atPath: "\(desk.folder)/mail/ana/new/\(first[0])", toPath: "\(desk.folder)/mail/ana/cur/\(first[0]):2,S")
    }
    let outbox = try desk.outbox(desk.maildir)
    #expect(try outbox.sendNext(now: desk.now + 89) == nil, "the lease still runs")
    #expect(try outbox.sendNext(now: desk.now + 90) == .sent(1))
    let all = try desk.files(in: "mail/ana/new") + desk.files(in: "mail/ana/cur")
    #expect(all == [folder == "cur" ? first[0] + ":2,S" : first[0]])
    #expect(try Data(contentsOf: URL(filePath: "\(desk.folder)/mail/ana/\(folder)/\(all[0])")) == mail)
    #expect(try desk.files(in: "mail/ana/tmp").isEmpty)
  }

  @Test func aRetryWaitsAndSendsTheSameBytes() throws {
    let desk = try deskWithOneMail()
    let channel = ScriptedChannel(.retry("no route"), .sent)
    let outbox = try desk.outbox(channel)
    guard case .waiting(1, let until, "no route")? = try outbox.sendNext(now: desk.now) else {
      Issue.record("expected to wait")
      return
    }
    #expect((30...60).contains(until - desk.now))
    #expect(try Outbox.counts(on: desk.connection).retrying == 1)
    #expect(try outbox.sendNext(now: until - 1) == nil)
    // A ticket that was closed after the first attempt changes nothing: the bytes are the same.
    try desk.close(1)
    #expect(try outbox.sendNext(now: until) == .sent(1))
    #expect(channel.delivered.map(\.attempt) == [1, 2])
    #expect(Set(channel.delivered.map(\.content)).count == 1)
    #expect(Set(channel.delivered.map(\.messageID)).count == 1)
  }

  @Test func whatCannotBeDeliveredIsParkedWithItsReason() throws {
    let desk = try deskWithOneMail()
    #expect(
      try desk.outbox(ScriptedChannel(.never("no such mailbox"))).sendNext(now: desk.now)
        == .parked(1, reason: "no such mailbox"))
    let counts = try Outbox.counts(on: desk.connection)
    #expect(counts.parked == 1 && counts.pending == 0 && counts.oldestPending == nil)
    let entries = try Outbox.entries(on: desk.connection, state: .parked)
    #expect(entries.map(\.reason) == ["no such mailbox"])
    #expect(try Outbox.entries(on: desk.connection, state: .sent).isEmpty)
  }

  @Test func theLastAttemptParks() throws {
    let desk = try deskWithOneMail()
    let outbox = try desk.outbox(ScriptedChannel(.retry("full"), .retry("full")), attempts: 2)
    _ = try outbox.sendNext(now: desk.now)
    #expect(
      try outbox.sendNext(now: desk.now + 3600) == .parked(1, reason: "given up after 2 attempts: full"))
  }

  @Test func aSenderThatAlwaysDiesIsParkedToo() throws {
    let desk = try deskWithOneMail()
    try desk.connection.execute(sql: "UPDATE message SET attempt = 2")
    #expect(
      try desk.outbox(ScriptedChannel(), attempts: 2).sendNext(now: desk.now)
        == .parked(1, reason: "every attempt ended without a result"))
  }

  @Test func aTicketClosedBeforeTheFirstAttemptIsNotTold() throws {
    let desk = try deskWithOneMail()
    try desk.close(1)
    let channel = ScriptedChannel()
    #expect(try desk.outbox(channel).send(clock: { desk.now }) == summary(outdated: 1))
    #expect(channel.delivered.isEmpty)
    #expect(try desk.alerts() == ["late 1 → 1: pending", "late 2 → 1: pending"])
    // What is still so goes out with the next digest, under the key that is free again.
    try desk.compose()
    #expect(try desk.alerts() == ["late 1 → 1: dropped, ticket-closed", "late 2 → 1: grouped"])
    #expect(try desk.outbox(channel).send(clock: { desk.now }) == summary(sent: 1))
    #expect(try desk.subjects().last == "Ticket 2 retrasado: No imprime facturas")
  }

  @Test func aChannelThatIsMissingIsWaitedFor() throws {
    let desk = try deskWithOneMail()
    guard
      case .waiting(_, _, let reason)? = try Outbox(on: desk.connection, channels: [], pass: desk.pass()).sendNext(
        now: desk.now)
    else {
      Issue.record("expected to wait")
      return
    }
    #expect(reason == "the channel 'maildir' is not configured")
  }

  @Test func stoppingLeavesTheRestForLater() throws {
    let desk = try deskWithOneMail()
    #expect(try desk.outbox(ScriptedChannel()).send(clock: { desk.now }, shouldStop: { true }) == Outbox.Summary())
    #expect(try Outbox.counts(on: desk.connection).pending == 1)
  }

  @Test func aServerThatIsDownDoesNotTakeAPassAnHour() throws {
    let desk = try TestDesk()
    for person in Int64(1)...8 {
      try desk.addUser(person, "u\(person)")
      try desk.addTicket(person, assigned: person)
    }
    for ticket in Int64(1)...8 { try desk.sweep((ticket, .late)) }
    try desk.compose()
    let down = ScriptedChannel(.retry("a"), .retry("b"), .sent, .retry("c"), .retry("d"), .retry("e"))
    let done = try desk.outbox(down).send(clock: { desk.now })
    // Three in a row, and the rest is left for the next pass without an attempt of theirs being used up.
    #expect(done.sent == 1 && done.waiting == 5 && down.delivered.count == 6)
    #expect(try desk.connection.integer(sql: "SELECT count(*) FROM message WHERE attempt = 0") == 2)
  }

  @Test func whatIsParkedGetsAllItsAttemptsAgainWhenAPersonSaysSo() throws {
    let desk = try deskWithOneMail()
    _ = try desk.outbox(ScriptedChannel(.never("no such mailbox"))).sendNext(now: desk.now)
    #expect(try Outbox.retry(2, on: desk.connection, now: desk.now) == 0)
    #expect(try Outbox.retry(1, on: desk.connection, now: desk.now) == 1)
    let channel = ScriptedChannel(.sent)
    #expect(try desk.outbox(channel).send(1, now: desk.now) == .sent(1))
    #expect(channel.delivered.map(\.attempt) == [1])
    #expect(try desk.outbox(channel).send(1, now: desk.now) == nil, "it is sent")
  }

  private func summary(sent: Int = 0, outdated: Int = 0) -> Outbox.Summary {
    var summary = Outbox.Summary()
    summary.sent = sent
    summary.outdated = outdated
    return summary
  }
}

@Suite struct BackoffTests {
  @Test func waitsGrowAreBoundedAndRepeat() {
    let backoff = Backoff.standard
    for attempt in 1...100 {
      let full = min(60 << min(attempt - 1, 20), 6 * 3600)
      for seed in UInt64(0)...50 {
        let delay = backoff.delay(afterAttempt: attempt, seed: seed)
        #expect((full / 2...full).contains(Int(delay)))
        #expect(delay == backoff.delay(afterAttempt: attempt, seed: seed))
      }
    }
    #expect(Set((UInt64(0)...50).map { backoff.delay(afterAttempt: 5, seed: $0) }).count > 40, "jitter spreads")
    #expect(Backoff(first: .max, longest: 10, attempts: 1).delay(afterAttempt: .max, seed: .max) <= 10)
    #expect(Backoff(first: 0, longest: 0, attempts: 1).delay(afterAttempt: 0, seed: 0) <= 1)
  }
}
