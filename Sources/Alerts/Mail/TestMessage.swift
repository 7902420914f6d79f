public import SLA
public import SQLite
internal import Text

/// What `plazo alert test` sends: one message, to see whether the road to a person is open.
public enum TestMessage {
  /// Puts it into the outbox. - Returns: its id; `nil` when the user cannot be reached on the channel.
  public static func enqueue(
    toUser userID: Int64, by channel: String, settings: MailSettings, on connection: Connection, now: Instant
  ) throws -> Int64? {
    try connection.write {
      let directory = try Directory(on: connection, now: now)
      guard let user = directory[userID] else { return nil }
      if settings.mailChannels.contains(channel), (try? user.address.get()) == nil { return nil }
      let reader = Reader(user, settings: settings)
      let words = DigestWords(language: reader.language, zone: reader.zone, now: now)
      let subject = reader.language(es: "Prueba de los avisos de plazo", en: "A test of plazo's alerts")
      let sentence = reader.language(
        es: "Si lee esto, los avisos de \(settings.deskName.oneLine(limit: 80)) le llegan.",
        en: "If you read this, the alerts of \(settings.deskName.oneLine(limit: 80)) reach you.")
      let number = (try connection.integer(sql: "SELECT max(id) FROM message") ?? 0) + 1
      return try Enqueuer(connection: connection, settings: settings, now: now).enqueue(
        Draft(
          kind: .test, key: "test/\(reader.key)/\(now.seconds)/\(number)", thread: "test/\(reader.key)",
          subject: subject, text: "\(sentence)\n\n\(words.moment(now))\n\n-- \n\(words.footer)",
          html: MailPage.html(
            language: reader.language, title: subject,
            body: ["<h1>\(subject.htmlEscaped)</h1>", "<p>\(sentence.htmlEscaped)</p>"], footer: words.footer)),
        to: reader, channel)
    }
  }
}
