import FoundationEssentials
import Testing

/// What people do about alerts and messages: why was I told, I know, not now, try again.
@Suite("Alerts on the command line") struct AlertCommandTests {
  private let desk = TestDesk()

  /// Ticket 1 of Acme is Beto's and due at 11:00; each pass tells him what has changed.
  private func tell(at times: String...) {
    for time in times {
      desk.now = time
      desk.done("tick")
    }
  }

  private func openLateTicket() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "2h", "--assign", "beto")
    tell(at: "2026-03-27T09:00", "2026-03-27T10:40", "2026-03-27T11:30")
    desk.now = "2026-03-27T11:31"
  }

  @Test("a story tells before the deadline who would hear, and after it what is told next and to whom")
  func story() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "2h", "--assign", "beto")
    tell(at: "2026-03-27T09:00", "2026-03-27T10:40")
    #expect(
      desk.done("alert", "explain", "1") == """
        Solución: Próximo a vencer, vence 2026-03-27 11:00
          Si se retrasa se avisa a: beto
        2026-03-27 09:00 asignado → beto: enviado el 2026-03-27 09:00 en el mensaje 1
        2026-03-27 10:36 por vencer → beto: enviado el 2026-03-27 10:40 en el mensaje 2
        """)
    tell(at: "2026-03-27T11:30")
    #expect(
      desk.done("alert", "explain", "1", "--lang", "en") == """
        Resolution: Late, due 2026-03-27 11:00
        2026-03-27 09:00 assigned → beto: sent on 2026-03-27 09:00 in message 1
        2026-03-27 10:36 near due → beto: sent on 2026-03-27 10:40 in message 2
        2026-03-27 11:00 late → beto: sent on 2026-03-27 11:30 in message 3
        Unless it is mended, Resolution is told again on 2026-03-30 09:00.
        The next level of escalation is 1, which tells: ana.
        """)
  }

  @Test("nothing follows a clock that ended or is in time again, and the story promises nothing")
  func nothingFollows() {
    openLateTicket()
    #expect(desk.done("alert", "explain", "1", "--lang", "en").contains("is told again"))
    desk.done("--as", "beto", "ticket", "reply", "1", "--plazo", "3d")
    tell(at: "2026-03-27T11:32")
    let better = desk.done("alert", "explain", "1", "--lang", "en")
    #expect(!better.contains("is told again") && !better.contains("next level"))
    desk.done("--as", "beto", "ticket", "close", "1")
    tell(at: "2026-03-27T11:33")
    #expect(!desk.done("alert", "explain", "1", "--lang", "en").contains("is told again"))
  }

  @Test("a late word that was held is dropped where the clock was in time in between: it is late anew, and told once")
  func lateAnew() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "1h", "--assign", "beto")
    tell(at: "2026-03-27T09:01", "2026-03-27T10:30")
    desk.now = "2026-03-27T10:40"
    desk.done("--as", "beto", "ticket", "close", "1")
    desk.now = "2026-03-27T10:41"
    desk.done("--as", "beto", "ticket", "reopen", "1")
    tell(at: "2026-03-27T10:42")
    desk.now = "2026-03-27T11:01"
    desk.done("--as", "beto", "ticket", "reply", "1", "--plazo", "3h")
    tell(at: "2026-03-27T11:05")
    desk.now = "2026-03-27T11:06"
    desk.done("--as", "beto", "ticket", "reply", "1", "--plazo", "1m")
    tell(at: "2026-03-27T11:08", "2026-03-27T11:30", "2026-03-27T11:42")
    let story = desk.done("alert", "explain", "1", "--lang", "en")
    #expect(story.contains("2026-03-27 10:41 late → beto: not told, the situation has changed"), "\(story)")
    #expect(story.split(separator: "\n").count { $0.contains(" late → beto: sent") } == 2, "\(story)")
  }

  @Test(
    "whoever knows says so with a reason and an end; the story has it, and the repeat does not come before that end")
  func acknowledged() throws {
    openLateTicket()
    #expect(
      desk.done("--as", "beto", "alert", "ack", "1", "--until", "2026-03-31T10:00", "--reason", "Pedida la pieza")
        == "ticket 1: acknowledged until 2026-03-31 10:00")
    #expect(
      desk.done("alert", "explain", "1").hasSuffix(
        "beto dijo que lo sabe, hasta el 2026-03-31 10:00 (Pedida la pieza)."))
    let json = desk.done("alert", "explain", "1", "--format", "json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let story = try decoder.decode(Story.self, from: Data(json.utf8))
    #expect(story.acknowledgements.map(\.by) == ["beto"] && story.acknowledgements[0].reason == "Pedida la pieza")
    #expect(story.acknowledgements[0].expiresAt == "2026-03-31T10:00:00-06:00")
    #expect(story.alerts.map(\.kind) == ["assigned", "near-due", "late"])
    #expect(story.alerts.allSatisfy { $0.messageState == "sent" && $0.recipient == "beto" })
    #expect(story.clocks.map(\.situation) == ["late"] && story.silences.isEmpty)
    let told = desk.done("alert", "list", "--format", "csv")
    tell(at: "2026-03-30T09:00", "2026-03-31T09:59")
    #expect(desk.done("alert", "list", "--format", "csv") == told)
    tell(at: "2026-03-31T10:00")
    #expect(desk.done("alert", "explain", "1").contains("\n2026-03-31 10:00 sigue retrasado 1 → beto: "))
  }

  private struct Story: Decodable {
    struct Alert: Decodable {
      let kind: String
      let recipient: String?
      let messageState: String?
    }
    struct Clock: Decodable { let situation: String }
    struct Acknowledged: Decodable {
      let by: String
      let expiresAt: String
      let reason: String?
    }
    struct Silence: Decodable { let id: Int }
    let alerts: [Alert]
    let clocks: [Clock]
    let acknowledgements: [Acknowledged]
    let silences: [Silence]
  }

  @Test("what waits, what nobody is told and what has ended says why")
  func reasons() {
    desk.done("--as", "ada", "user", "add", "carlos", "--name", "Carlos")
    desk.now = "2026-03-27T20:00"
    desk.done("--as", "ana", "ticket", "open", "--client", "Bolt", "--title", "De noche", "--assign", "beto")
    desk.done("--as", "ana", "ticket", "open", "--client", "Bolt", "--title", "Sin correo", "--assign", "carlos")
    desk.done("--as", "ada", "task", "add", "--title", "Copia", "--technician", "beto", "--plazo", "2h")
    #expect(
      desk.done("alert", "explain", "1")
        == "Ningún reloj corre.\nNo hubo nada que avisar.")
    tell(at: "2026-03-27T20:00")
    #expect(
      desk.done("alert", "explain", "1") == """
        Solución: A tiempo, vence 2026-04-01 19:00
          Si se retrasa se avisa a: beto
        2026-03-27 20:00 asignado → beto: retenido hasta el 2026-03-30 09:00, fuera del horario de quien lo recibe
        """)
    #expect(
      desk.done("alert", "explain", "2", "--lang", "en") == """
        Resolution: On time, due 2026-04-01 19:00
          If it goes late, these are told: carlos (not told: the person has no mail address), ana
        2026-03-27 20:00 assigned → carlos: not told, the person has no mail address
        """)
    let hearers = #"{"not_told":"recipient-without-mail","recipient":"carlos"},{"not_told":null,"recipient":"ana"}"#
    #expect(desk.done("alert", "explain", "2", "--format", "json").contains(#""would_tell":[\#(hearers)]"#))
    #expect(
      desk.done("alert", "explain", "--task", "1") == """
        Terminación: A tiempo, vence 2026-03-30 11:00
          Si se retrasa se avisa a: beto
        2026-03-27 20:00 tarea asignada → beto: retenido hasta el 2026-03-30 09:00, fuera del horario de quien lo recibe
        """)
    #expect(
      desk.done("alert", "list", "--state", "dropped", "--format", "csv")
        == "id,happened_at,ticket_id,task_id,kind,recipient,state,next_at,reason,channel,message_id,clock,level\r\n"
        + "2,2026-03-27 20:00:00,2,,assigned,carlos,dropped,,recipient-without-mail,maildir,,,0\r\n")
    desk.done("--as", "beto", "ticket", "close", "1")
    tell(at: "2026-03-27T20:01")
    let ended = desk.done("alert", "explain", "1", "--lang", "en")
    #expect(ended.hasPrefix("No clock runs.\n"))
    #expect(ended.hasSuffix("VoBo wanted → nobody: not told, there is nobody to tell"))
  }

  @Test("a silence is listed with its reason and who wanted it, holds what fits, and can be ended early")
  func silences() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "2h", "--assign", "beto")
    tell(at: "2026-03-27T09:00")
    #expect(
      desk.done(
        "--as", "ada", "alert", "silence", "--ticket", "1", "--until", "2026-04-01", "--reason", "Migración")
        == "silence 1 until 2026-04-01 00:00")
    #expect(
      desk.done(
        "--as", "ada", "alert", "silence", "--client", "Bolt", "--technician", "ana", "--kind", "late", "--for", "1d",
        "--reason", "Obra") == "silence 2 until 2026-03-30 09:00")
    tell(at: "2026-03-27T10:40")
    #expect(
      desk.done("alert", "explain", "1").hasSuffix(
        """
        2026-03-27 10:36 por vencer → beto: retenido hasta el 2026-04-01 00:00, silenciado
        El silencio 1 rige hasta el 2026-04-01 00:00.
        """))
    desk.done("--as", "ada", "alert", "unsilence", "1")
    desk.fails(
      "--as", "ada", "alert", "unsilence", "1",
      saying: "plazo: no silence 1 is in force; see 'plazo alert silences'")
    let columns = "id,until,ticket_id,client,technician,kind,reason,by_login,at,ended_at\r\n"
    let second = "2,2026-03-30 09:00:00,,Bolt,ana,late,Obra,ada,2026-03-27 09:00:00,\r\n"
    #expect(desk.done("alert", "silences", "--format", "csv") == columns + second)
    #expect(
      desk.done("alert", "silences", "--all", "--format", "csv") == columns + second
        + "1,2026-04-01 00:00:00,1,,,,Migración,ada,2026-03-27 09:00:00,2026-03-27 10:40:00\r\n")
    tell(at: "2026-03-27T10:41")
    #expect(
      desk.done("alert", "explain", "1").contains("por vencer → beto: enviado el 2026-03-27 10:41 en el mensaje 2"))
  }

  @Test(
    "what cannot be meant is refused with what to write",
    arguments: [
      ("ack 1 --for 1d --until 2026-04-01", 2, "--for and --until are both given; give one or the other"),
      ("ack 1 --for never", 2, "'never' is no span for --for; write 2d (working days) or 4h (working time)"),
      ("ack", 2, "the number of the ticket is missing; see 'plazo help alert ack'"),
      ("ack 99", 1, "there is no ticket 99; see 'plazo ticket list'"),
      ("ack --task 99", 1, "there is no task 99; see 'plazo task list'"),
      ("ack 1 --task 2", 2, "a ticket and a task are both given; give one or the other"),
      ("ack 1", 1, "nothing of ticket 1 is near due or late; there is nothing to acknowledge"),
      ("silence --ticket 1 --for 2d", 2, "--reason is missing; see 'plazo help alert silence'"),
      ("silence --ticket 1 --reason x", 2, "a silence needs an end; give --for 2d or --until 2026-04-01T09:00"),
      (
        "silence --for 2d --reason x", 2,
        "a silence needs something to fit; give --ticket, --client, --technician or --kind; "
          + "to be told nothing at all, see 'off' in plazo.json5"
      ),
      ("silence --ticket 99 --for 2d --reason x", 1, "there is no ticket 99; see 'plazo ticket list'"),
      (
        "silence --ticket 1 --until 2026-03-01 --reason x", 1,
        "that instant has passed; give one that is still to come"
      ),
      ("explain", 2, "the number of the ticket is missing; see 'plazo help alert explain'"),
      ("explain 99", 1, "there is no ticket 99; see 'plazo ticket list'"),
      ("test nobody", 1, "there is no user 'nobody'; add one with 'plazo user add'"),
      ("test ana --channel maildri", 1, "there is no channel 'maildri'; did you mean 'maildir'? channels: maildir"),
      (
        "test carla", 1,
        "'carla' has no address that can be written to; give one with 'plazo user edit carla --mail'"
      ),
    ])
  func refusals(line: String, code: Int32, talk: String) {
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "9d")
    let words = ["--as", "ada", "alert"] + line.split(separator: " ").map(String.init)
    #expect(desk.program.run(words) == .init(code: code, data: "", talk: "plazo: \(talk)\n"))
  }

  @Test("a test message shows that the road is open")
  func testMessage() throws {
    #expect(desk.done("alert", "test", "ana", "--lang", "en") == "message 1: sent")
    let name = try #require(desk.names(in: "mesa/mail/ana/new").first)
    let mail = try #require(desk.file("mesa/mail/ana/new/\(name)"))
    #expect(mail.contains("To: =?UTF-8?Q?Ana_Mu=C3=B1oz?= <ana@example.com>"))
    #expect(
      desk.run("outbox", "show", "1", "--raw").data.replacing("\r\n", with: "\n")
        == mail.replacing("\r\n", with: "\n"))
    #expect(desk.done("outbox", "show", "1").contains("\n\nSi lee esto, los avisos de Soporte Acme le llegan.\n"))
    #expect(desk.done("outbox", "show", "1").hasPrefix("Prueba de los avisos de plazo\n  Para: ana@example.com\n"))
  }

  @Test(
    "a message that cannot be delivered is parked with the reason, and goes out once that is mended and it is retried")
  func parked() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    let roads = """
        channels: {
          none: { command: ["/bin/sh", "-c", "exit 67"] },
          slow: { command: ["/bin/sh", "-c", "exit 75"] },
      """
    desk.write(
      settings.replacing("channel: \"maildir\",", with: "channel: \"none\",").replacing("    channels: {", with: roads),
      to: "mesa/plazo.json5")
    desk.done("--as", "ana", "ticket", "open", "--client", "Bolt", "--title", "Otra", "--assign", "beto")
    tell(at: "2026-03-27T09:00")
    let reason = "the command ended with code 67 (no such recipient)"
    #expect(
      desk.done("outbox", "list", "--state", "parked", "--format", "csv").contains(",parked,1,,,\(reason),none,digest"))
    #expect(
      desk.done("alert", "explain", "1").hasSuffix(
        "asignado → beto: detenido en el mensaje 1; vea 'plazo outbox show 1'"))
    #expect(desk.done("outbox", "show", "1").contains("\n  Motivo: \(reason)\n"))
    desk.fails(
      "outbox", "send", "1",
      saying: "plazo: message 1 does not wait to be sent, or another process is sending it; see 'plazo outbox list'")
    // Tried again before anything is mended, it is parked again.
    #expect(desk.done("outbox", "retry", "1") == "1 message will be tried again")
    desk.fails(
      "outbox", "send", "1", saying: "plazo: message 1 is parked: \(reason); mend that, then 'plazo outbox retry 1'")
    let slow = desk.run("alert", "test", "ana", "--channel", "slow")
    #expect(slow.code == 1 && slow.data == "")
    #expect(
      slow.talk.hasPrefix(
        "plazo: message 2 was not sent: the command ended with code 75 (temporary failure); "
          + "it is tried again at 2026-03-27 09:0"))
    desk.write(
      settings.replacing("channel: \"maildir\",", with: "channel: \"none\",")
        .replacing("    channels: {", with: roads.replacing("67", with: "0").replacing("75", with: "0")),
      to: "mesa/plazo.json5")
    #expect(desk.done("outbox", "retry", "--all") == "1 message will be tried again")
    desk.now = "2026-03-27T09:10"
    #expect(desk.done("outbox", "send") == "mail: 2 sent, 0 to try again, 0 parked, 0 outdated")
    #expect(desk.done("outbox", "list", "--state", "sent", "--format", "csv").split(separator: "\r\n").count == 3)
  }

  @Test("messages are named by number, or all that are parked")
  func whichMessage() {
    for words in [["retry"], ["retry", "--all", "5"]] {
      let outcome = desk.program.run(["outbox"] + words)
      #expect(
        outcome
          == .init(
            code: 2, data: "", talk: "plazo: which message?; give its number from 'plazo outbox list', or --all\n"))
    }
    desk.fails(
      "outbox", "retry", "5", saying: "plazo: message 5 is not parked; see 'plazo outbox list --state parked'")
    desk.fails("outbox", "show", "99", saying: "plazo: there is no message 99; see 'plazo outbox list'")
    #expect(desk.done("outbox", "retry", "--all") == "0 messages will be tried again")
  }
}
