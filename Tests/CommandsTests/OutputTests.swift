import Glibc
import Testing

@Suite("Lists") struct ListTests {
  private let desk = TestDesk()

  init() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "No imprime la del segundo piso", "--plazo", "2d")
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Bolt", "--title", "El servidor no responde", "--plazo", "1h",
      "--assign", "beto", "--external", "007")
    desk.now = "2026-03-27T10:30"
  }

  @Test("are a table, the worst first, and a count")
  func text() {
    #expect(
      desk.done("ticket", "list") == """
        No.  Situación    Vence         Queda  Título                    Cliente  Asignado   Esperando a
        ---  -----------  ------------  -----  ------------------------  -------  ---------  ---------------
          2  ■ Retrasado  27 mar 10:00  -0h30  El servidor no responde   Bolt     Beto Ruiz  Soporte técnico
          1  ● A tiempo   31 mar 19:00  22h30  No imprime la del segun…  Acme     -          Soporte técnico
        Más columnas en el formato csv: Externo, Responsable, Registrado, Producto, Registró.

        Tickets: 2
        """)
  }

  @Test("speak the language asked for, and say so when they are empty")
  func english() {
    #expect(desk.done("--lang", "en", "ticket", "list", "--status", "closed") == "No ticket.")
    #expect(
      desk.done("client", "list") == """
        Nombre  Contactos  Tickets abiertos  Activo
        ------  ---------  ----------------  ------
        Acme            1                 1  sí
        Bolt            0                 1  sí

        Clientes: 2
        """)
    #expect(desk.done("--lang", "en", "provider", "list") == "There is nothing.")
  }

  @Test("are for programs an array of objects with stable names and units")
  func json() {
    #expect(
      desk.done("ticket", "list", "--number", "2", "--format", "json") == """
        [
          {"number": 2, "external_number": "007", "situation": "late", "waiting_on": "support", "client": "Bolt", \
        "title": "El servidor no responde", "responsible": "Ana Muñoz", "assigned": "Beto Ruiz", \
        "deadline": "2026-03-27T10:00:00-06:00", "remaining_s": -1800, "status": "open", "vobo": null, \
        "product": null, "provider": null, "priority": null, "registered_by": "Ana Muñoz", \
        "opened_at": "2026-03-27T09:00:00-06:00", "closed_at": null, "plazo": "1h", "policy": "default", \
        "responsible_login": "ana", "assigned_login": "beto", "clock": "resolution", "is_paused": false, \
        "original_deadline": null, "moves": 0, "aside_until": null, "reopened": 0, "files": 0}
        ]
        """)
    #expect(desk.done("ticket", "list", "--status", "closed", "--format", "json") == "[]")
  }

  @Test("are written as RFC 4180 has it")
  func csv() {
    let rows = desk.done("ticket", "list", "--format", "csv").split(separator: "\r\n")
    #expect(rows.count == 3)
    #expect(rows[0].hasPrefix("number,external_number,situation,waiting_on,client,title,responsible,assigned,deadline"))
    #expect(
      rows[1].hasPrefix("2,007,late,support,Bolt,El servidor no responde,Ana Muñoz,Beto Ruiz,2026-03-27 10:00:00,-1800")
    )
  }

  @Test("are filtered as the manual's filter does")
  func filters() {
    func numbers(_ arguments: String...) -> String {
      let rows = desk.program.run(["ticket", "list", "--format", "csv"] + arguments).data.split(separator: "\r\n")
      return rows.dropFirst().map { $0.split(separator: ",")[0] }.joined(separator: " ")
    }
    #expect(numbers() == "2 1")
    #expect(numbers("--client", "Acme") == "1")
    #expect(numbers("--assigned", "beto") == "2")
    #expect(numbers("--responsible", "ana") == "2 1")
    #expect(numbers("--situation", "late") == "2")
    #expect(numbers("--external", "007") == "2")
    #expect(numbers("--number", "#1") == "1")
    #expect(numbers("--text", "SEGÚNDO") == "1")
    #expect(numbers("--limit", "1", "--offset", "1") == "1")
  }

  @Test("refuse a name that the desk does not know, which would find nothing")
  func unknownNames() {
    desk.fails(
      "ticket", "list", "--client", "Acmee",
      saying: "plazo: there is no client 'Acmee'; did you mean 'Acme'? add it with 'plazo client add'")
    desk.fails(
      "ticket", "list", "--assigned", "bето", saying: "plazo: there is no user 'bето'; add one with 'plazo user add'")
  }

  @Test("let no text of a ticket reach the terminal's controls")
  func controls() {
    // A title on the command line may hold none; a mail's may.
    desk.done(
      "ticket", "open", "--client", "Acme", "--from-mail", "-",
      input: "From: ana@example.com\nSubject: \u{1B}[2Jboo\u{202E}\n\na\u{7}b\n\u{9B}c")
    let outputs = [desk.done("ticket", "list"), desk.done("ticket", "show", "3")]
    for output in outputs {
      #expect(!output.unicodeScalars.contains { ($0.value < 32 && $0 != "\n") || (0x7F..<0xA0).contains($0.value) })
    }
  }
}

@Suite("What cannot be written") struct OutputTests {
  private let desk = TestDesk()

  @Test(
    "to a full disk is one line and exit code 1",
    arguments: [["help"], ["ticket", "list"], ["judge"], ["jobs"], ["report", "run", "tickets"], ["version"]])
  func fullDisk(words: [String]) {
    let outcome = desk.program.run(words, output: "/dev/full")
    #expect(outcome.code == 1)
    #expect(
      [
        "plazo: the output cannot be written (No space left on device); make room, or send it elsewhere\n",
        "plazo: standard output cannot be written (No space left on device); make room, or send it elsewhere\n",
      ].contains(outcome.talk))
  }

  @Test("to a reader that went away is nobody's loss", arguments: [["help"], ["ticket", "list"], ["judge"], ["jobs"]])
  func readerGone(words: [String]) {
    let pipe = "\(desk.folder)/pipe"
    mkfifo(pipe, 0o600)
    // The reader is there when the program opens the pipe,
    // which is before `start` returns, and gone long before it writes.
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    let child = desk.program.start(words, output: pipe)
    close(reader)
    let outcome = child.wait()
    #expect(outcome.code == 0)
    #expect(outcome.talk == "")
  }

  /// A label such as «client's contact» once ended the text of a query.
  @Test("is printed in either language, whatever its words have in them", arguments: ["es", "en"])
  func everyListInEitherLanguage(language: String) {
    let desk = TestDesk()
    for list in [
      "user", "client", "product", "provider", "ticket", "task", "activity", "kb", "alert", "outbox", "report",
    ] {
      let outcome = desk.run("--as", "ada", "--lang", language, list, "list")
      #expect(outcome.code == 0, "\(list): \(outcome.talk)")
    }
  }
}
