public import SLA
public import SQLite
public import Text

/// A report that is mailed: its page as the body, its files attached.
public struct ReportMail {
  /// What makes it this mail: the job, with the instant that it was planned for, say.
  public var key: String
  public var subject: String
  public var text: String
  public var html: String
  /// Of the report, which is the same for all who get it.
  public var language: Language
  public var attachments: [MailAttachment]

  public init(
    key: String, subject: String, text: String, html: String, language: Language, attachments: [MailAttachment] = []
  ) {
    self.key = key
    self.subject = subject
    self.text = text
    self.html = html
    self.language = language
    self.attachments = attachments
  }

  public struct Outcome: Hashable, Sendable {
    /// How many mails were put in the outbox: one for each address.
    public var messages = 0
    /// How many of those named have no address that can be written to.
    public var unreachable = 0
  }

  /// Puts one mail for each recipient into the outbox, in one transaction. The same key again puts none: a report that
  /// is run twice is mailed once.
  ///
  /// - Parameters:
  ///   - recipients: as routes name them; those that only a ticket has, such as `assigned`, are nobody.
  ///   - channel: one that writes mails.
  public func enqueue(
    to recipients: [Audience], by channel: String, settings: MailSettings, on connection: Connection, now: Instant
  ) throws -> Outcome {
    try connection.write {
      let rules = AlertRules(routes: [AlertRoute(match: AlertMatch(), to: recipients)], channel: channel)
      let directory = try Directory(on: connection, now: now)
      let router = Router(rules, directory: directory, names: NameIDs(), mailChannels: settings.mailChannels)
      let nobody = RouteFacts(
        kind: .assigned, isTask: false, clock: nil, level: 0, parties: Parties(), late: 0)
      var outcome = Outcome()
      for routing in router.routings(nobody) {
        guard routing.dropped == nil, let recipient = routing.recipient else {
          if routing.dropped != .recipientTheSame { outcome.unreachable += 1 }
          continue
        }
        let reader =
          switch recipient {
          case .user(let id): Reader(directory[id], settings: settings)
          case .outside(let text): Reader(outside: text, settings: settings)
          }
        let whole = "report/\(stableHash(key))/\(reader.key)"
        if try connection.integer(sql: "SELECT 1 FROM message WHERE key = ?", .text(whole)) != nil { continue }
        _ = try Enqueuer(connection: connection, settings: settings, now: now).enqueue(
          Draft(
            kind: .report, key: whole, thread: "report/\(stableHash(key))", subject: subject, text: text, html: html,
            language: language, attachments: attachments), to: reader, channel)
        outcome.messages += 1
      }
      return outcome
    }
  }
}
