internal import Desk
internal import SLA
internal import SQLite
internal import Text

/// A mail to a client's contact about one ticket: what was replied, and whether a signature is wanted.
struct Letter {
  var deskName: String
  var reader: Reader
  var ticketID: Int64
  var title: String
  var replies: [Reply]
  var wantsVoBo: Bool
  var now: Instant
  var attachments: [MailAttachment]

  struct Reply {
    var author: String?
    var body: String
    var at: Instant
  }

  static func read(
    _ alerts: [AlertFacts], about owner: AlertOwner, for reader: Reader, settings: MailSettings, now: Instant,
    on connection: Connection
  ) throws -> Letter {
    let facts = try OwnerFacts.read(owner, on: connection)
    var replies: [Reply] = []
    var attachments: [MailAttachment] = []
    for event in alerts.filter({ $0.kind == .answered }).compactMap(\.event).sorted() {
      let rows = try connection.rows(
        sql: """
          SELECT u.name, r.body, e.happened_at FROM ticket_event e JOIN reply r ON r.sequence = e.sequence
            LEFT JOIN user u ON u.id = e.actor_id WHERE e.sequence = ?
          """, .integer(event))
      replies += rows.map { row in
        Reply(author: row[0].text, body: row[1].text ?? "", at: Instant(row[2].integer ?? 0))
      }
      attachments += try files(of: event, ticketID: owner.id, on: connection)
    }
    return Letter(
      deskName: settings.deskName, reader: reader, ticketID: owner.id, title: facts.title, replies: replies,
      wantsVoBo: alerts.contains { $0.kind == .voboWanted }, now: now, attachments: attachments)
  }

  /// The files that came with a reply: as many of those that follow it as it says.
  private static func files(of event: Int64, ticketID: Int64, on connection: Connection) throws -> [MailAttachment] {
    try connection.rows(
      sql: """
        SELECT a.value, f.content FROM ticket_event a
          JOIN file f ON f.hash = a.detail
          WHERE a.ticket_id = ?1 AND a.sequence > ?2 AND a.kind = 'attached'
          ORDER BY a.sequence
          LIMIT (SELECT CAST(substr(detail, 6) AS INTEGER) FROM ticket_event WHERE ticket_id = ?1 AND sequence = ?2)
        """, .integer(ticketID), .integer(event)
    ).map { row in
      var bytes: [UInt8] = []
      if case .blob(let content) = row[1] { bytes = content }
      return MailAttachment(name: row[0].text ?? "", type: "application/octet-stream", bytes: bytes)
    }
  }

  private var words: DigestWords { DigestWords(language: reader.language, zone: reader.zone, now: now) }
  private var language: Language { reader.language }

  /// `Ticket 4711: No imprime facturas`
  var subject: String {
    let what =
      replies.isEmpty
      ? language(es: "Falta su visto bueno", en: "Your VoBo is wanted") : language(es: "Respuesta", en: "Reply")
    return "Ticket \(ticketID): \(words.title(title)) (\(what))"
  }

  private var head: String { "Ticket \(ticketID): \(words.title(title))" }
  private var place: String { "\(deskName.oneLine(limit: DigestWords.longestName)) · \(words.moment(now))" }

  private func heading(_ reply: Reply) -> String {
    let author =
      reply.author?.oneLine(limit: DigestWords.longestName) ?? deskName.oneLine(limit: DigestWords.longestName)
    return language(
      es: "\(author) respondió el \(words.moment(reply.at)):", en: "\(author) replied on \(words.moment(reply.at)):")
  }

  private var request: String? {
    guard wantsVoBo else { return nil }
    return language(
      es: """
        El ticket se cerró y falta su visto bueno (VoBo): responda a este mensaje y diga si quedó conforme o si hay que \
        reabrirlo.
        """,
      en: """
        The ticket was closed and your sign-off (VoBo) is wanted: reply to this message and say whether you are content \
        or it is to be reopened.
        """
    )
  }

  private var footer: String {
    language(
      es: "Mensaje de plazo en nombre de \(deskName.oneLine(limit: DigestWords.longestName)).",
      en: "A message from plazo on behalf of \(deskName.oneLine(limit: DigestWords.longestName)).")
  }

  var text: String {
    var paragraphs = ["\(head)\n\(place)"]
    for reply in replies { paragraphs += [heading(reply), reply.body.paragraphs] }
    if let request { paragraphs.append(request) }
    return paragraphs.joined(separator: "\n\n") + "\n\n-- \n" + footer
  }

  var html: String {
    var body = ["<p class=\"desk\"><bdi>\(place.htmlEscaped)</bdi></p>", "<h1><bdi>\(head.htmlEscaped)</bdi></h1>"]
    for reply in replies {
      body.append(
        """
        <div class="ticket new"><p class="head"><bdi>\(heading(reply).htmlEscaped)</bdi></p>
        <p class="reply"><bdi>\(reply.body.paragraphs.htmlEscaped)</bdi></p></div>
        """)
    }
    if let request { body.append("<p class=\"notice\">\(request.htmlEscaped)</p>") }
    return MailPage.html(language: language, title: subject, body: body, footer: footer)
  }

  var facts: [String: JSONValue] {
    ["ticket": .integer(ticketID), "title": .string(words.title(title)), "vobo_wanted": .bool(wantsVoBo)]
  }
}
