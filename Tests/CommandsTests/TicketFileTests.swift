import FoundationEssentials
import Testing

@Suite("Files of tickets") struct TicketFileTests {
  private let desk = TestDesk()

  init() {
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "No imprime")
    desk.write("Bitácora\n", to: "bitacora.txt")
  }

  @Test("come with an opening, a reply, or by themselves, and are saved as they were")
  func saved() {
    desk.done(
      "--as", "carla", "ticket", "open", "--title", "Error 17", "--file", "bitacora.txt", "--file", "bitacora.txt")
    desk.done("--as", "ana", "ticket", "reply", "1", "--file", "bitacora.txt")
    desk.done("--as", "ana", "ticket", "attach", "1", "bitacora.txt", "bitacora.txt")
    #expect(
      desk.done("ticket", "file", "list", "1", "--format", "csv") == """
        number,name,size,added_at,added_by\r
        1,bitacora.txt,10,2026-03-27T09:00:00-06:00,ana\r
        2,bitacora.txt,10,2026-03-27T09:00:00-06:00,ana\r
        3,bitacora.txt,10,2026-03-27T09:00:00-06:00,ana\r

        """)
    #expect(desk.done("ticket", "file", "save", "2", "1", "--to", "-") == "Bitácora")
    desk.done("ticket", "file", "save", "1", "bitacora.txt", "--to", "copia.txt")
    #expect(desk.file("copia.txt") == "Bitácora\n" && desk.mode(of: "copia.txt") == 0o600)
    // A folder takes it by its own name.
    desk.done("ticket", "file", "save", "1", "3", "--to", "mesa/out")
    #expect(desk.file("mesa/out/bitacora.txt") == "Bitácora\n")
  }

  @Test("overwrite nothing without being told")
  func notOverwritten() {
    desk.done("--as", "ana", "ticket", "attach", "1", "bitacora.txt")
    desk.fails(
      "ticket", "file", "save", "1", "1",
      saying: "plazo: 'bitacora.txt' is there already; give another path with --to, or add --overwrite")
    desk.write("otra cosa", to: "bitacora.txt")
    desk.done("ticket", "file", "save", "1", "1", "--overwrite")
    #expect(desk.file("bitacora.txt") == "Bitácora\n")
    #expect(desk.names(in: ".").filter { $0.hasPrefix(".plazo") } == [])
  }

  /// A name comes from whoever sent the file: it must not lead anywhere.
  @Test(
    "have names that are data, never paths",
    arguments: [
      ("../../etc/passwd", "passwd"), ("/etc/cron.d/x", "x"), ("..\\..\\boot.ini", "boot.ini"), (".bashrc", "_bashrc"),
      ("..", "file-1"), ("a/", "a"), ("-rf", "-rf"), ("línea\nrota", "línea_rota"),
    ])
  func names(given: String, saved: String) throws {
    let mail = """
      From: carla@example.com
      Subject: Pantalla
      Message-ID: <\(UInt64.random(in: 0 ... .max))@example.com>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain

      Va.
      --b
      Content-Type: image/png
      Content-Disposition: attachment; filename*=UTF-8''\(percent(given))
      Content-Transfer-Encoding: base64

      SG9sYQ==
      --b--
      """
    desk.done("--as", "ada", "user", "edit", "carla", "--mail", "carla@example.com")
    #expect(desk.done("ticket", "open", "--from-mail", "-", input: mail) == "2")
    desk.done("ticket", "file", "save", "2", "1")
    #expect(desk.file(saved) == "Hola")
  }

  private func percent(_ text: String) -> String {
    text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test("of another company are not there for a contact")
  func another() {
    desk.done("--as", "ana", "ticket", "open", "--client", "Bolt", "--title", "Ajeno", "--file", "bitacora.txt")
    for command in [["list", "2"], ["save", "2", "1", "--to", "-"]] {
      let outcome = desk.program.run(["--as", "carla", "ticket", "file"] + command)
      #expect(outcome.code == 1 && outcome.data == "")
      #expect(outcome.talk == "plazo: there is no ticket 2; see 'plazo ticket list'\n")
    }
    #expect(desk.run("--as", "carla", "ticket", "attach", "2", "bitacora.txt").code == 1)
  }

  @Test("that are too large, folders or not there are refused with the reason, and nothing is written")
  func refused() throws {
    desk.write(String(repeating: "x", count: 1_048_576), to: "justo")
    desk.write(String(repeating: "x", count: 1_048_577), to: "grande")
    let before = desk.done("ticket", "show", "1", "--format", "json")
    desk.fails(
      "--as", "ana", "ticket", "reply", "1", "--text", "Va.", "--close", "--file", "grande",
      saying: "plazo: 'grande' has 1048577 bytes, and a file may have at most 1048576 (1 MiB); make it smaller or "
        + "split it; nothing was recorded")
    desk.fails(
      "--as", "ana", "ticket", "attach", "1", "mesa",
      saying: "plazo: 'mesa' cannot be read (is a directory); check what it is")
    desk.fails(
      "--as", "ana", "ticket", "attach", "1", "justo", "nada",
      saying: "plazo: 'nada' cannot be read (no such file or directory); check its name and rights")
    // A pipe has no size to be told beforehand.
    desk.fails(
      "--as", "ana", "ticket", "attach", "1", "/dev/zero",
      saying:
        "plazo: 'zero' has more than the 1048576 bytes (1 MiB) that a file may have; make it smaller or split it; "
        + "nothing was recorded")
    #expect(desk.done("ticket", "show", "1", "--format", "json") == before)
    desk.done("--as", "ana", "ticket", "attach", "1", "justo")
  }
}
