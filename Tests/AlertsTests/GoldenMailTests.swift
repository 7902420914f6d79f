import Desk
import SLA
import SQLite
import Seeded
import Testing
import Text

@testable import Alerts

/// Whole mails as their readers get them, each named for its case.
@Suite struct GoldenMailTests {
  /// Three late and one near due, with every kind of fact.
  private func deskWithAMixedDigest(language: String) throws -> TestDesk {
    let desk = try TestDesk()
    try desk.addUser(1, "ana", name: "Ana Núñez", language: language)
    try desk.addUser(2, "luis", name: "Luis Pérez", active: false)
    try desk.addTicket(4711, remaining: -112_530)
    try desk.addTicket(
      4712, title: "El timbrado devuelve \"CFDI40138\" & espera", client: 2, assigned: nil, responsible: 1,
      deadline: "2026-03-27T15:00:00-06:00", plazo: "6h", waitingOn: .provider, remaining: -3900)
    try desk.addTicket(4713, title: "Alta de usuario", assigned: 2, responsible: 1, deadline: nil, remaining: 0)
    try desk.addTicket(
      4714, title: "مرحبا", situation: .nearDue, deadline: "2027-01-04T09:05:00-06:00", plazo: nil, waitingOn: .client,
      remaining: 6300)
    try desk.sweep((4711, .late), (4712, .late), (4713, .late), (4714, .nearDue))
    try desk.compose()
    return desk
  }

  private func expect(_ mail: ParsedMail, is name: String) {
    let files = GoldenFiles(besides: #filePath)
    #expect(files.difference(of: mail.text, from: "\(name).txt") == nil)
    #expect(files.difference(of: mail.html, from: "\(name).html") == nil)
  }

  @Test(arguments: ["es", "en"])
  func aDigestOfThreeLateAndOneNearDue(language: String) throws {
    let mail = try #require(try deskWithAMixedDigest(language: language).mails().first)
    expect(mail, is: "digest-three-late-one-near-due-\(language)")
  }

  /// Two replies in a pass, the last of which closed the ticket: one letter, which asks for the VoBo.
  @Test(arguments: ["es", "en"])
  func aLetterThatAnswersAndAsksForTheVoBo(language: String) throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana", name: "Ana Núñez")
    try desk.connection.run(
      sql: """
        INSERT INTO user (id, login, name, role, mail, client_id, language)
          VALUES (4, 'carla', 'Carla Ruiz', 'client', 'carla@norte.example', 1, ?)
        """, .text(language))
    func actions(_ login: String) throws -> TicketActions {
      TicketActions(
        desk.connection, actor: try #require(try Desk.Directory(desk.connection).user(login: login)), now: desk.now)
    }
    let id = try actions("carla").open(.init(title: "No imprime <A4> & \"B5\"", description: "Desde ayer")).id
    var reply = TicketActions.Reply()
    (reply.body, reply.goesByMail) = ("Reinicie el equipo:\n\n  1. apáguelo\n  2. espere\n\n¿Imprime?", true)
    _ = try actions("ana").reply(to: id, reply)
    desk.now = desk.now + 600
    (reply.body, reply.closes) = ("Quedó <b>resuelto</b>.", true)
    _ = try actions("ana").reply(to: id, reply)
    try desk.compose()
    expect(try #require(try desk.mails().first), is: "letter-two-replies-and-vobo-wanted-\(language)")
    #expect(try desk.mails().count == 1)
  }

  @Test func lateAndNearDueInSpanish() throws {
    let mail = try #require(try deskWithAMixedDigest(language: "es").mails().first)
    #expect(try mail.header("Subject") == "3 retrasados, 1 por vencer")
    #expect(try mail.header("To") == "Ana Núñez <ana@example.org>")
    #expect(
      mail.text == """
        3 retrasados, 1 por vencer
        Soporte Belenus · viernes 27 de marzo, 16:05

        RETRASADOS:

        ■ Retrasado · Ticket 4711 · Comercial del Norte
          No imprime facturas
          Vencimiento: lunes 23 de marzo, 17:00
          Retraso: 31 h 15 min hábiles
          Esperando respuesta de: Soporte técnico
          Motivo: Plazo de 3 días para la solución (política «general»)
          Responder: plazo ticket reply 4711 --text "…"

        ■ Retrasado · Ticket 4712 · Óptica Ñandú
          El timbrado devuelve "CFDI40138" & espera
          Vencimiento: viernes 27 de marzo, 15:00
          Retraso: 1 h 5 min hábiles
          Esperando respuesta de: Proveedor
          Técnico asignado: Nadie
          Motivo: Plazo de 6 horas para la solución (política «general»)
          Asignarlo a alguien, o a usted: plazo ticket assign 4712 ana

        ■ Retrasado · Ticket 4713 · Comercial del Norte
          Alta de usuario
          Vencimiento: El reloj está en pausa
          Retraso: menos de 1 min
          Esperando respuesta de: Soporte técnico
          Técnico asignado: Luis Pérez
          Motivo: Plazo de 3 días para la solución (política «general»)
          Ver el seguimiento: plazo ticket show 4713

        PRÓXIMOS A VENCER:

        ▲ Próximo a vencer · Ticket 4714 · Comercial del Norte
          مرحبا
          Vencimiento: lunes 4 de enero de 2027, 09:05
          Tiempo restante: 1 h 45 min hábiles
          Esperando respuesta de: Cliente
          Motivo: Fecha fijada para la solución (política «general»)
          Recordárselo al cliente: plazo ticket reply 4714 --mail --text "…"

        Para que no se repita mientras trabaja en ello:
          plazo alert ack 4711

        --\u{20}
        Aviso automático de plazo. Las horas son de America/Mexico_City.

        """)
  }

  @Test func lateAndNearDueInEnglish() throws {
    let mail = try #require(try deskWithAMixedDigest(language: "en").mails().first)
    #expect(try mail.header("Subject") == "3 late, 1 near due")
    #expect(try mail.header("Content-Language") == "en")
    #expect(
      mail.text.hasPrefix(
        """
        3 late, 1 near due
        Soporte Belenus · Friday 27 March, 16:05

        LATE:

        ■ Late · Ticket 4711 · Comercial del Norte
          No imprime facturas
          Deadline: Monday 23 March, 17:00
          Late by: 31 h 15 min of working time
          Waiting on: Support
          Why: 3 days for the resolution (policy “general”)
          Reply: plazo ticket reply 4711 --text "…"

        """))
    #expect(mail.text.contains("  Deadline: Monday 4 January 2027, 09:05\n  Time left: 1 h 45 min of working time\n"))
  }

  @Test func bothFormsTellTheSameFacts() throws {
    let mail = try #require(try deskWithAMixedDigest(language: "es").mails().first)
    for line in mail.text.split(separator: "\n") where line.hasPrefix("  ") {
      let value = (line.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? "").drop { $0 == " " }
      let tag = value.hasPrefix("plazo ") ? "code" : "bdi"
      #expect(mail.html.contains("<\(tag)>\(String(value).htmlEscaped)</\(tag)>"), "\(value)")
    }
    for bad in ["http", "src=", "url(", "<script", "@import"] { #expect(!mail.html.contains(bad), "fetches: \(bad)") }
  }

  @Test func oneLateTicketToTheByte() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana", name: "Ana")
    try desk.addTicket(7, title: "No imprime", remaining: -600)
    try desk.sweep((7, .late))
    try desk.compose()
    let rows = try desk.connection.rows(sql: "SELECT content, key FROM message")
    guard case .blob(let content) = rows[0][0] else { return }
    let lines = String(decoding: content, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(rows[0][1] == "digest/1/maildir/1774649100/1")
    #expect(
      lines.prefix { !$0.hasPrefix("<") }.joined(separator: "\n") == """
        From: Soporte Belenus <plazo@example.org>
        To: Ana <ana@example.org>
        Subject: Ticket 7 retrasado: No imprime
        Date: Fri, 27 Mar 2026 16:05:00 -0600
        Message-ID: <plazo.digest.cdffbad1060cab8b@example.org>
        In-Reply-To: <plazo.ticket.7.96f82fdc403bcd87@example.org>
        References: <plazo.ticket.7.96f82fdc403bcd87@example.org>
        Auto-Submitted: auto-generated
        Content-Language: es
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_plazo-e176faab67f505ba"

        --=_plazo-e176faab67f505ba
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: quoted-printable

        1 retrasado
        Soporte Belenus =C2=B7 viernes 27 de marzo, 16:05

        =E2=96=A0 Retrasado =C2=B7 Ticket 7 =C2=B7 Comercial del Norte
          No imprime
          Vencimiento: lunes 23 de marzo, 17:00
          Retraso: 10 min h=C3=A1biles
          Esperando respuesta de: Soporte t=C3=A9cnico
          Motivo: Plazo de 3 d=C3=ADas para la soluci=C3=B3n (pol=C3=ADtica =C2=ABg=
        eneral=C2=BB)
          Responder: plazo ticket reply 7 --text "=E2=80=A6"

        Para que no se repita mientras trabaja en ello:
          plazo alert ack 7

        --=20
        Aviso autom=C3=A1tico de plazo. Las horas son de America/Mexico_City.
        --=_plazo-e176faab67f505ba
        Content-Type: text/html; charset=UTF-8
        Content-Transfer-Encoding: quoted-printable

        """)
  }

  @Test func mailsAboutOneTicketShareAThreadAndDigestsOfAPersonAnother() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    for ticket in Int64(1)...6 { try desk.addTicket(ticket, situation: .nearDue) }
    func threadOfNext(_ tickets: [Int64], _ situation: Situation) throws -> String {
      for ticket in tickets {
        try desk.setSituation(ticket, situation)
        try desk.sweep((ticket, situation))
      }
      try desk.compose()
      desk.now = desk.now + 60
      return try #require(try desk.mails().last).header("References")
    }
    let ticket = try threadOfNext([1], .nearDue)
    #expect(try threadOfNext([1], .late) == ticket)
    #expect(try threadOfNext([2], .late) != ticket)
    let digest = try threadOfNext([3, 4], .late)
    #expect(digest != ticket)
    #expect(try threadOfNext([5, 6], .late) == digest)
  }

  @Test func theReadersOwnZoneCounts() throws {
    let desk = try TestDesk()
    try desk.addUser(1, "ana")
    try desk.connection.execute(sql: "UPDATE user SET zone = 'Europe/Madrid'")
    try desk.addTicket(7)
    try desk.sweep((7, .late))
    try desk.compose()
    let mail = try #require(try desk.mails().first)
    #expect(try mail.header("Date") == "Fri, 27 Mar 2026 23:05:00 +0100")
    #expect(mail.text.contains("Vencimiento: martes 24 de marzo, 00:00\n"))
  }

  @Test(arguments: [
    (late: 0, nearDue: 1, es: "1 por vencer", en: "1 near due"),
    (late: 0, nearDue: 2, es: "2 por vencer", en: "2 near due"),
    (late: 1, nearDue: 0, es: "1 retrasado", en: "1 late"),
    (late: 1, nearDue: 1, es: "1 retrasado, 1 por vencer", en: "1 late, 1 near due"),
    (late: 3, nearDue: 2, es: "3 retrasados, 2 por vencer", en: "3 late, 2 near due"),
  ])
  func headlinesCountInBothLanguages(late: Int, nearDue: Int, es: String, en: String) {
    let counts = Digest.Counts(late: late, nearDue: nearDue)
    let now = Instant(0)
    #expect(DigestWords(language: .es, zone: .utc, now: now).headline(counts) == es)
    #expect(DigestWords(language: .en, zone: .utc, now: now).headline(counts) == en)
  }

  @Test(arguments: [
    ("1d", "1 día"), ("3d", "3 días"), ("1h", "1 hora"), ("6h", "6 horas"), ("90m", "90 minutos"), ("2w", "2w"),
    ("d", "d"), ("", ""), ("-1d", "-1d"), ("a\nb", "a b"),
  ])
  func plazosAreWrittenOut(text: String, words: String) {
    #expect(DigestWords(language: .es, zone: .utc, now: Instant(0)).plazo(text) == words)
  }
}
