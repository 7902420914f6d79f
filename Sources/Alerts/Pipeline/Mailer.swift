internal import Desk
internal import FoundationEssentials
internal import SLA
internal import SQLite
internal import Text

/// Makes messages of the alerts that are to be told, or holds them at the gate.
struct Mailer {
  let connection: Connection
  let rules: AlertRules
  let settings: MailSettings
  let moment: Moment
  let judge: ClockJudge
  let book: DecisionBook

  /// A letter passes no gate: somebody here wrote the reply or closed the ticket and wants it to reach the client now, so
  /// there are never more letters than people wrote, and a pass makes one of all that is about a ticket. A cap would hold
  /// back an answer by which a promise was kept. Nor do letters use up what a person has of digests in an hour.
  func tell(_ alerts: [AlertFacts], to group: Group) throws {
    let reader = reader(of: group)
    if let owner = group.owner {
      let letter = try Letter.read(
        alerts, about: owner, for: reader, settings: settings, now: moment.now, on: connection)
      let first = alerts[0]
      try enqueue(
        Draft(
          kind: .letter, key: "letter/\(reader.key)/\(owner.key)/\(first.id)/\(moment.now.seconds)",
          thread: owner.thread, subject: letter.subject, text: letter.text, html: letter.html, facts: letter.facts,
          attachments: letter.attachments), to: reader, group.channel, alerts)
      return
    }
    if let closed = Pipeline.gate(try earlierDigests(of: reader, group.channel), rules: rules, now: moment.now) {
      for alert in alerts { try book.hold(alert, until: closed.until, closed.reason) }
      return
    }
    let recovered = try rules.off.contains(.recovered) ? [] : Recovered.notes(for: group, on: connection)
    let digest = try DigestReader(
      connection: connection, settings: settings, rules: rules, judge: judge, moment: moment
    )
    .digest(of: alerts, recovered: recovered, for: reader)
    let messageID = try enqueue(
      Draft(
        kind: .digest,
        key: "digest/\(reader.key)/\(group.channel)/\(moment.now.seconds)/\(alerts.map(\.id).max() ?? 0)",
        thread: digest.onlyLine.map(\.owner.thread) ?? "digests/\(reader.key)", subject: digest.subject,
        text: digest.text, html: digest.html, facts: digest.facts), to: reader, group.channel, alerts)
    try Recovered.record(recovered, toldBy: messageID, now: moment.now, on: connection)
  }

  private func reader(of group: Group) -> Reader {
    switch group.recipient {
    case .user(let id): Reader(moment.directory[id], settings: settings)
    case .outside(let text): Reader(outside: text, settings: settings)
    }
  }

  /// When the digests of the last hour, and the last one before, were made.
  private func earlierDigests(of reader: Reader, _ channel: String) throws -> [Instant] {
    let since = moment.now.seconds - max(3600, rules.window)
    return try connection.rows(
      sql: """
        SELECT created_at FROM message
        WHERE recipient = ? AND created_at > ? AND kind = 'digest' AND channel = ? AND state <> 'dropped'
        """, .text(reader.address), .integer(since), .text(channel)
    ).compactMap { $0[0].integer.map { Instant($0) } }
  }

  @discardableResult
  private func enqueue(
    _ draft: Draft, to reader: Reader, _ channel: String, _ alerts: [AlertFacts]
  ) throws -> Int64 {
    let id = try Enqueuer(connection: connection, settings: settings, now: moment.now).enqueue(
      draft, to: reader, channel)
    try book.tell(alerts, messageID: id)
    return id
  }
}

extension AlertOwner {
  /// The head of the conversation about it.
  var thread: String { isTask ? "task/\(id)" : "ticket/\(id)" }
}

/// Who reads a message, in which language and zone.
struct Reader: Hashable {
  var userID: Int64?
  var login: String
  var name: String
  /// Where the message goes: an address, or a room; of a user without an address the login.
  var address: String
  var isClient: Bool
  var language: Language
  var zone: Zone

  init(_ user: Recipient?, settings: MailSettings) {
    userID = user?.id
    login = user?.login ?? ""
    name = user?.name ?? ""
    address = (try? user?.address.get().description) ?? login
    isClient = user?.role == .client
    language = user?.language ?? settings.language
    zone = user?.zone.flatMap(settings.zoneNamed) ?? settings.zone
  }

  init(outside text: String, settings: MailSettings) {
    login = text
    name = ""
    address = text
    isClient = false
    language = settings.language
    zone = settings.zone
  }

  /// As keys of messages have it: letters and digits.
  var key: String { userID.map { "\($0)" } ?? stableHash(address) }
}
