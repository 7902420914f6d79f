import FoundationEssentials
import Glibc
import Testing

/// A reply written in an editor, on a terminal that the program `script` of util-linux makes.
@Suite("A reply in an editor") struct EditorTests {
  private let desk = TestDesk()

  init() {
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "No imprime", "--text", "Desde ayer.")
  }

  /// - Parameter editor: what a shell does with the file `$1`. - Returns: what the terminal showed; `nil` without `script`.
  private func reply(_ editor: String, _ words: String = "") -> String? {
    guard access("/usr/bin/script", X_OK) == 0 else {
      print("skipped: script (util-linux) is not installed")
      return nil
    }
    desk.write("#!/bin/sh\ncp \"$1\" visto.txt\n\(editor)\n", to: "editor.sh")
    chmod("\(desk.folder)/editor.sh", 0o700)
    var program = desk.program
    // By the shell: a file just written cannot be run itself while another test forks.
    program.environment["EDITOR"] = "sh ./editor.sh"
    program.environment["TMPDIR"] = desk.folder
    let line = "\(Program.path) --as ana ticket reply 1 \(words)"
    return program.run(["-qec", line, "/dev/null"], as: "/usr/bin/script").data
  }

  private var replies: Int {
    desk.done("ticket", "show", "1", "--format", "json").split(separator: "\"replied\"").count - 1
  }
  private var drafts: [String] { desk.names(in: ".").filter { $0.hasPrefix("plazo-") } }

  @Test("is what stands above the line, and its writer sees what it is about")
  func written() {
    guard let shown = reply("printf 'Ya quedó.\\n\\nSaludos\\n' | cat - \"$1\" > t && mv t \"$1\"", "--mail") else {
      return
    }
    #expect(shown.contains("ticket 1: recorded"))
    #expect(desk.done("ticket", "show", "1", "--format", "json").contains("\"value\":\"Ya quedó.\\n\\nSaludos\""))
    let seen = desk.file("visto.txt") ?? ""
    #expect(seen.contains("# Ticket 1: No imprime") && seen.contains("# Desde ayer."))
    #expect(drafts == [])
  }

  @Test("that is not written, or an editor that fails, records nothing")
  func nothing() {
    guard let empty = reply(":"), let failed = reply("exit 3") else { return }
    #expect(empty.contains("plazo: nothing was written; nothing was recorded"))
    #expect(failed.contains("plazo: the editor 'sh ./editor.sh' failed; set $VISUAL or $EDITOR; nothing was recorded"))
    #expect(replies == 0 && drafts == [])
  }

  @Test("that cannot be recorded is kept where it was written")
  func kept() {
    guard let shown = reply("echo 'Mucho trabajo' | cat - \"$1\" > t && mv t \"$1\"", "--for nadie") else { return }
    #expect(shown.contains("plazo: what you wrote is kept in \(desk.folder)/plazo-"))
    #expect(replies == 0 && drafts.count == 1)
    #expect((desk.file(drafts.first ?? "") ?? "").hasPrefix("Mucho trabajo"))
  }
}
