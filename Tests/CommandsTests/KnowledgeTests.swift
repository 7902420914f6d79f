import FoundationEssentials
import Testing

@Suite("The knowledge base") struct KnowledgeTests {
  private let desk = TestDesk()

  init() {
    desk.done("--as", "ada", "product", "add", "Nómina")
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--product", "Nómina", "--title", "No imprime recibos",
      "--text", "Sale sin formato.")
    desk.done("--as", "ana", "ticket", "reply", "1", "--text", "Poner la resolución en 600.", "--close")
    #expect(desk.done("--as", "ana", "kb", "add", "--from-ticket", "1") == "1")
    #expect(
      desk.done(
        "--as", "beto", "kb", "add", "--title", "Timbrado: error 302", "--problem", "El SAT lo rechaza.", "--solution",
        "-", input: "Actualizar el certificado.\nLuego, timbrar otra vez.\n") == "2")
  }

  @Test("finds what is looked for, and marks it")
  func search() {
    #expect(
      desk.done("kb", "search", "resolucion") == """
        1  No imprime recibos  (Nómina, 2026-03-27)
            Poner la «resolución» en 600.
        """)
    #expect(
      desk.done("kb", "search", "certif", "--format", "json") == """
        [
          {"number": 2, "title": "Timbrado: error 302", "product": null, "changed_at": "2026-03-27T09:00:00-06:00", \
        "snippet": "Actualizar el «certificado». Luego, timbrar otra vez."}
        ]
        """)
    #expect(desk.done("kb", "search", "certif", "--product", "Nómina") == "Ningún artículo.")
    #expect(desk.done("kb", "search", "--", "recibos", "-formato") == "Ningún artículo.")
    let some = desk.run("kb", "search", "recibos", "láser")
    #expect(some.talk == "plazo: ningún artículo tiene todas las palabras; estos tienen algunas\n")
    #expect(some.data.hasPrefix("1  No imprime «recibos»") || some.data.contains("«recibos»"))
    desk.fails(
      "kb", "search", "\"", saying: "plazo: there is nothing to look for in '\"'; give a word, such as impresora")
    desk.fails(
      "--as", "carla", "kb", "search", "x",
      saying: "plazo: a client's contact cannot use 'plazo kb search'; ask a technician")
  }

  @Test("shows an article with every version")
  func show() {
    desk.done("--as", "ana", "kb", "edit", "2", "--solution", "Pedir otro certificado.", "--reason", "Caducó")
    #expect(
      desk.done("--lang", "en", "kb", "show", "2", "--history") == """
        #2  Timbrado: error 302

          Author      Beto Ruiz
          Written     2026-03-27 09:00
          Changed     2026-03-27 09:00, version 2

        Problem
          El SAT lo rechaza.

        Solution
          Pedir otro certificado.

        Version 1, until 2026-03-27 09:00 (ana: Caducó)

          Timbrado: error 302

        Problem
          El SAT lo rechaza.

        Solution
          Actualizar el certificado.
          Luego, timbrar otra vez.
        """)
    desk.done("--as", "ana", "kb", "edit", "2", "--withdraw")
    #expect(desk.done("kb", "list", "--format", "csv").split(separator: "\r\n").count == 2)
    #expect(desk.done("kb", "list", "--all", "--format", "csv").split(separator: "\r\n").count == 3)
    desk.fails("kb", "show", "3", saying: "plazo: there is no article 3; see 'plazo kb list'")
  }

  @Test("keeps any text as it is given, a mebibyte long, too")
  func anyText() {
    let odd = "a\rb\r\nc\u{1}\u{202E}مرحبا e\u{301} 👩‍👩‍👧 \u{FEFF}=1+1"
    for text in [odd, String(repeating: "ñ", count: 512 * 1024)] {
      let number = desk.done(
        "--as", "ana", "kb", "add", "--title", "x", "--problem", "x", "--solution", "-", input: text)
      let json = desk.done("kb", "show", number, "--format", "json")
      let shown = try? JSONDecoder().decode([String: JSONAny].self, from: Data(json.utf8))
      #expect(shown?["solution"]?.text.map { Array($0.utf8) } == Array(text.utf8))
    }
    let zero = desk.run(
      "--as", "ana", "kb", "add", "--title", "x", "--problem", "x", "--solution", "-", input: "a\u{0}b")
    #expect(zero.code == 1 && zero.talk.contains("NUL") || zero.talk.contains("UTF-8"))
  }
}

/// A value of JSON, as far as a test looks at it.
private struct JSONAny: Decodable {
  let text: String?
  init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
}
