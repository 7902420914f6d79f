import FoundationEssentials
import Testing

/// The manual of the desk, line by line: each test is named after the line that it holds.
@Suite("The manual") struct ManualTests {
  private let desk = TestDesk()

  init() {
    desk.done("--as", "ada", "product", "add", "Nómina")
    desk.done("--as", "ada", "provider", "add", "Telco")
    desk.done(
      "--as", "ana", "ticket", "open", "--for", "carla", "--product", "Nómina", "--provider", "Telco", "--title",
      "No timbra la nómina", "--text", "Desde ayer.", "--plazo", "8h", "--assign", "beto", "--external", "P-1")
    desk.done("--as", "beto", "ticket", "open", "--client", "Bolt", "--title", "Correo caído", "--plazo", "10d")
  }

  private func numbers(_ words: String...) -> String {
    desk.program.run(["ticket", "list", "--columns", "number", "--sort", "number", "--format", "csv"] + words).data
      .split(separator: "\r\n").dropFirst().joined(separator: " ")
  }

  @Test("3: the list of tickets has numbers, VoBo, situation, status, waiting on, client, date, title, technicians")
  func list() {
    desk.now = "2026-03-28T09:00"
    #expect(
      desk.done(
        "ticket", "list", "--columns",
        "number,external_number,vobo,situation,status,waiting_on,client,opened_at,registered_by,title,product,responsible,assigned",
        "--sort", "number", "--format", "csv")
          == """
          number,external_number,vobo,situation,status,waiting_on,client,opened_at,registered_by,title,product,responsible,assigned\r
          1,P-1,,late,open,support,Acme,2026-03-27 09:00:00,Carla Díaz,No timbra la nómina,Nómina,Ana Muñoz,Beto Ruiz\r
          2,,,on-time,open,support,Bolt,2026-03-27 09:00:00,Beto Ruiz,Correo caído,,Beto Ruiz,\r

          """)
  }

  @Test("3: the situation is green within the plazo, yellow when it is near due, red when it is past, symbol and word")
  func situation() {
    for (now, line) in [
      ("2026-03-27T10:00", "● A tiempo"), ("2026-03-27T18:30", "▲ Próximo a vencer"),
      ("2026-03-27T19:01", "■ Retrasado"),
    ] {
      desk.now = now
      #expect(desk.done("ticket", "list", "--number", "1").contains(line), "\(now)")
      #expect(desk.done("ticket", "show", "1").contains(line), "\(now)")
    }
  }

  @Test("3: the client who is content gives the VoBo of a closed ticket; one who is not refuses it with the reason")
  func vobo() {
    desk.done("--as", "beto", "ticket", "close", "1")
    #expect(numbers("--vobo", "pending") == "1")
    desk.fails(
      "--as", "beto", "ticket", "vobo", "1", "granted",
      saying:
        "plazo: the VoBo of a ticket is the client's; act --as a contact of the client, or name with --for the one who gave it"
    )
    desk.done("--as", "carla", "ticket", "vobo", "1", "refused", "--reason", "Sigue igual")
    #expect(numbers("--status", "open") == "1 2")
    desk.done("--as", "beto", "ticket", "close", "1")
    desk.done("--as", "carla", "ticket", "vobo", "1", "granted")
    #expect(numbers("--vobo", "granted") == "1")
  }

  @Test("3: the status of a ticket that the technician closed has a tick")
  func status() {
    desk.done("--as", "beto", "ticket", "close", "2")
    #expect(desk.done("ticket", "show", "2").contains("Estatus                 ✓ Cerrado"))
    #expect(desk.done("ticket", "show", "1").contains("Estatus                 Abierto"))
  }

  @Test("3.1: the filter finds by ticket, provider's number, client, responsible, assigned and product")
  func filter() {
    #expect(numbers("--number", "2") == "2" && numbers("--number", "#1,2") == "1 2")
    #expect(numbers("--external", "P-1") == "1")
    #expect(numbers("--client", "Acme") == "1" && numbers("--client", "Acme", "--client", "Bolt") == "1 2")
    #expect(numbers("--responsible", "ana") == "1" && numbers("--assigned", "beto") == "1")
    #expect(numbers("--assigned", "") == "2" && numbers("--product", "Nómina") == "1")
  }

  @Test("and by situation, status, waiting on, text and dates; sorted, and page by page")
  func moreFilters() {
    desk.done("--as", "beto", "ticket", "reply", "2", "--text", "El PAC no contesta", "--waiting-on", "provider")
    desk.now = "2026-03-28T09:00"
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Tercero", "--priority", "alta")
    desk.done("--as", "ana", "ticket", "close", "3")
    #expect(numbers("--situation", "late") == "1" && numbers("--situation", "late,on-time") == "1 2")
    #expect(numbers("--status", "closed") == "3" && numbers("--status", "all") == "1 2 3")
    #expect(numbers("--waiting-on", "provider,client") == "2" && numbers("--provider", "Telco") == "1")
    #expect(numbers("--text", "NOMINA timbra") == "1" && numbers("--text", "pac CORREO") == "2")
    #expect(numbers("--text", "nómina pac") == "" && numbers("--priority", "alta", "--status", "all") == "3")
    #expect(numbers("--opened-until", "2026-03-27", "--status", "all") == "1 2")
    #expect(numbers("--opened-since", "2026-03-28", "--status", "all") == "3")
    #expect(numbers("--closed-since", "2026-03-28") == "3" && numbers("--closed-until", "2026-03-27") == "")
    #expect(numbers("--due-until", "2026-03-27") == "1")
    #expect(numbers("--status", "all", "--limit", "2") == "1 2")
    #expect(numbers("--status", "all", "--limit", "2", "--page", "2") == "3")
    #expect(
      desk.done(
        "ticket", "list", "--status", "all", "--sort", "client,-number", "--columns", "number", "--format", "csv")
        == "number\r\n3\r\n1\r\n2\r\n")
    #expect(numbers("--mine", "--as", "beto") == "1 2" && numbers("--mine", "--as", "carla") == "1")
    #expect(numbers("--as", "carla", "--status", "all") == "1 3")
  }

  @Test(
    "a word that is not known is answered with the nearest",
    arguments: [
      (["--client", "Acm"], 1, "there is no client 'Acm'; did you mean 'Acme'? add it with 'plazo client add'"),
      (
        ["--provider", "Telcom"], 1,
        "there is no provider 'Telcom'; did you mean 'Telco'? add it with 'plazo provider add'"
      ),
      (["--assigned", "betto"], 1, "there is no user 'betto'; did you mean 'beto'? add one with 'plazo user add'"),
      (
        ["--waiting-on", "clent"], 2,
        "'clent' is not legal for --waiting-on; did you mean 'client'? legal values: client, provider, support"
      ),
      (
        ["--situation", "late,ontime"], 2,
        "'ontime' is not legal for --situation; did you mean 'on-time'? legal values: on-time, near-due, late"
      ),
      (["--priority", "alta"], 1, "there is no priority 'alta'; no ticket has one"),
      (["--page", "0"], 2, "'0' is no page; the first one is 1"),
      (
        ["--opened-since", "ayer"], 2,
        "'ayer' is no instant for --opened-since; write it as 2026-03-27T09:00 or 2026-03-27T09:00:00-06:00"
      ),
    ])
  func nearestWord(words: [String], code: Int, talk: String) {
    #expect(
      desk.program.run(["ticket", "list"] + words)
        == .init(code: Int32(code), data: "", talk: "plazo: \(talk)\n"))
  }

  @Test("4: one ticket is seen with its description and its whole follow-up")
  func show() {
    desk.done("--as", "beto", "ticket", "reply", "1", "--text", "Revisamos el PAC.")
    let text = desk.done("ticket", "show", "1")
    for part in ["Desde ayer.", "ana por carla: registra el ticket", "beto: responde soporte", "Revisamos el PAC."] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test("5: a reply has description, file, external number, plazo, waiting on, assignment, closing and mail, at once")
  func reply() {
    desk.write("x", to: "pantalla.png")
    desk.done(
      "--as", "beto", "ticket", "reply", "1", "--text", "Listo.", "--file", "pantalla.png", "--external", "P-2",
      "--plazo",
      "3d", "--waiting-on", "provider", "--assign", "ana", "--close", "--mail")
    let json = desk.done("ticket", "show", "1", "--format", "json")
    for part in [
      "\"external_number\":\"P-2\"", "\"assigned\":\"Ana Muñoz\"", "\"status\":\"closed\"",
      "\"waiting_on\":\"provider\"",
      "\"goes_by_mail\":true", "\"name\":\"pantalla.png\"", "\"kind\":\"plazo\"",
    ] { #expect(json.contains(part), "\(part)") }
  }

  @Test("5: each part of a reply stands alone, and nothing is written when one of them cannot be")
  func replyParts() {
    for words in [
      ["--text", "uno"], ["--external", "P-9"], ["--plazo", "90m"], ["--waiting-on", "client"], ["--assign", "ana"],
      ["--close"],
    ] { #expect(desk.program.run(["--as", "beto", "ticket", "reply", "1"] + words).code == 0, "\(words)") }
    let before = desk.done("ticket", "show", "2", "--format", "json")
    for words in [
      ["--plazo", "dos"], ["--assign", "carla"], ["--waiting-on", "nadie"], ["--file", "nada"], ["--for", "ana"],
    ] {
      let outcome = desk.program.run(["--as", "beto", "ticket", "reply", "2", "--text", "x", "--close"] + words)
      #expect(outcome.code != 0 && outcome.talk.split(separator: "\n").count == 1, "\(words)")
    }
    #expect(desk.done("ticket", "show", "2", "--format", "json") == before)
  }

  @Test("5.1: the text comes from the line, from a file or from standard input, as it is")
  func texts() {
    let text = "«Ñandú»\r\n\trojo\rsolo 😀 مرحبا e\u{301}"
    desk.write(text + "\n", to: "texto.txt")
    desk.done("--as", "beto", "ticket", "reply", "1", "--text", text)
    desk.done("--as", "beto", "ticket", "reply", "1", "--text-file", "texto.txt")
    desk.done("--as", "beto", "ticket", "reply", "1", "--text", "-", input: text)
    let json = desk.done("ticket", "show", "1", "--format", "json")
    #expect(json.split(separator: "\"value\":\"«Ñandú»\\r\\n\\trojo\\rsolo 😀 مرحبا e\u{301}\"").count == 4)
    let long = String(repeating: "ñ", count: 512 * 1024)
    desk.done("--as", "beto", "ticket", "reply", "1", "--text", "-", input: long)
    #expect(desk.done("ticket", "show", "1", "--format", "json").contains(long))
    desk.fails(
      "--as", "beto", "ticket", "reply", "1", "--text", "a", "--text-file", "texto.txt", code: 2,
      saying: "plazo: both --text and --text-file are given; give one of them")
    desk.fails(
      "--as", "beto", "ticket", "open", "--client", "Acme", "--title", "dos\nlíneas", code: 2,
      saying: "plazo: the text of --title has a line break or a control character; write it on one line")
    for (input, talk) in [
      ("a\0b", "standard input holds a NUL byte, which is no text; attach it with --file"),
      (" \n", "the reply has no text; write one, or leave --text out"),
    ] {
      let outcome = desk.run("--as", "beto", "ticket", "reply", "1", "--text", "-", input: input)
      #expect(outcome == .init(code: 1, data: "", talk: "plazo: \(talk)\n"))
    }
  }

  @Test(
    "6: a technician closes a task; the administrator gives the VoBo, or refuses it with a reason, which reopens it")
  func tasks() {
    #expect(
      desk.done("--as", "ada", "task", "add", "--title", "Respaldo", "--technician", "ana", "--plazo", "1d") == "1")
    #expect(
      desk.done(
        "--as", "beto", "task", "add", "--title", "Visita", "--technician", "beto", "--due", "2026-04-01T12:00",
        "--ticket", "2")
        == "2")
    func list(_ words: String...) -> String {
      desk.program.run(["task", "list", "--columns", "number,state", "--sort", "number", "--format", "csv"] + words)
        .data
        .split(separator: "\r\n").dropFirst().joined(separator: " ")
    }
    desk.done("--as", "ana", "task", "close", "1")
    #expect(list() == "1,waiting-vobo 2,open" && list("--state", "waiting-vobo") == "1,waiting-vobo")
    desk.fails(
      "--as", "ana", "task", "vobo", "1", "granted",
      saying: "plazo: only an administrator grants a task's VoBo; act --as an administrator")
    desk.fails(
      "--as", "ada", "task", "vobo", "1", "refused", saying: "plazo: a refusal needs its reason; give it with --reason")
    desk.done("--as", "ada", "task", "vobo", "1", "refused", "--reason", "Falta probarlo")
    let report = desk.done("report", "run", "tasks-vobo", "--format", "json")
    #expect(report.contains("\"refused\": 1") && report.contains("\"state\": \"refused\""))
    #expect(list("--state", "open") == "1,open 2,open" && list("--technician", "ana") == "1,open")
    desk.done("--as", "ana", "task", "close", "1")
    desk.done("--as", "ada", "task", "vobo", "1", "granted")
    #expect(list() == "2,open" && list("--state", "done") == "1,done" && list("--state", "all") == "1,done 2,open")
    #expect(
      list("--ticket", "2") == "2,open" && list("--mine", "--as", "ana") == "" && list("--given-by", "beto") == "2,open"
    )
    desk.now = "2026-04-02T09:00"
    #expect(
      list("--state", "late") == "2,open" && list("--older-than", "6") == "2,open" && list("--older-than", "7") == "")
    #expect(
      desk.done("task", "list", "--format", "csv", "--columns", "number,situation,clock,deadline,remaining_s")
        .contains("\r\n2,late,completion,2026-04-01 12:00:00,-18000"))
    let show = desk.done("task", "show", "1")
    #expect(show.contains("ada: rechaza el VoBo y la reabre: Falta probarlo") && show.contains("ada: otorga el VoBo"))
    #expect(desk.done("task", "show", "2").contains("■ Retrasado, vence 2026-04-01 12:00"))
    // A task's clocks have no policy of their own to tell of, neither here nor in a mail.
    #expect(!desk.done("task", "show", "2").contains("política"))
    desk.done("tick")
    let mails = (1...9).map { desk.program.run(["outbox", "show", "\($0)"]).data }.joined()
    #expect(mails.contains("Fecha fijada para terminar\n") && !mails.contains("«tasks»"), "\(mails)")
    for words in [["list"], ["show", "1"], ["close", "1"]] {
      #expect(desk.program.run(["--as", "carla", "task"] + words).code == 1)
    }
  }

  @Test("users have role, mail, language, zone, calendar, booking and who stands in; clients have contacts")
  func users() {
    desk.done(
      "--as", "ada", "user", "edit", "ana", "--language", "en", "--zone", "Europe/Madrid", "--booking", "day", "--mail",
      "ana@acme.example", "--away-until", "2026-04-10", "--stand-in", "beto", "--calendar", "always")
    let list = desk.done("user", "list", "--role", "technician", "--format", "json")
    for part in [
      "\"away_until\": \"2026-04-10T00:00:00-06:00\"", "\"stand_in\": \"beto\"", "\"zone\": \"Europe/Madrid\"",
      "\"language\": \"en\"", "\"calendar\": \"always\"", "\"booking\": \"day\"",
    ] { #expect(list.contains(part), "\(part)") }
    #expect(desk.done("user", "show", "ana").contains("ada: ausente hasta: — → 2026-04-10 00:00"))
    #expect(desk.done("client", "show", "Acme").contains("Contactos       Carla Díaz (carla)"))
    desk.fails(
      "--as", "ada", "user", "edit", "ana", "--zone", "Europe/Madird",
      saying: "plazo: there is no time zone 'Europe/Madird'; did you mean 'Europe/Madrid'? "
        + "write an IANA name such as America/Mexico_City")
    desk.fails(
      "--as", "ada", "user", "edit", "ana", "--calendar", "alway", code: 2,
      saying: "plazo: there is no calendar 'alway' in plazo.json5; did you mean 'always'? there are: always, office")
    desk.fails(
      "--as", "ada", "user", "edit", "ana", "--mail", "ana@", code: 2,
      saying: "plazo: 'ana@' is no mail address; write it as ana@example.com")
    desk.done("--as", "ada", "user", "edit", "beto", "--deactivate")
    desk.fails(
      "--as", "beto", "ticket", "close", "1",
      saying: "plazo: user 'beto' is not active; choose another, or bring this one back with 'plazo user edit'")
    #expect(desk.done("user", "list", "--active", "--format", "csv").contains("\r\nbeto,") == false)
  }

  @Test("a client that is renamed takes its tickets and policies along")
  func rename() {
    let settings = desk.file("mesa/plazo.json5")!
    desk.write(
      settings.replacing(
        "policies: [",
        with: """
          policies: [ { name: "acme", when: { client: "Acme" }, calendar: "always",
            clocks: { resolution: { plazo: "1h" } } },
          """), to: "mesa/plazo.json5")
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Sin plazo")
    desk.done("tick")
    func policy() -> String {
      desk.done("ticket", "list", "--number", "3", "--columns", "policy,deadline", "--format", "csv").split(
        separator: "\r\n"
      ).last.map(String.init) ?? ""
    }
    #expect(policy() == "acme,2026-03-27 10:00:00")
    let outcome = desk.run("--as", "ada", "client", "edit", "Acme", "--name", "Acme S.A.")
    #expect(
      outcome.talk == "plazo: policy 'acme' in plazo.json5 names the client 'Acme' and fits it no more; "
        + "write 'Acme S.A.' there, and run 'plazo apply'\n")
    desk.now = "2026-03-27T09:01"
    #expect(desk.done("tick").contains("swept: 2 tickets changed"))
    #expect(!policy().hasPrefix("acme"))
    #expect(
      desk.done("ticket", "list", "--client", "Acme S.A.", "--columns", "number", "--format", "csv").split(
        separator: "\r\n"
      ).count == 3)
  }
}
