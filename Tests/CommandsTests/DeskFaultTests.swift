import FoundationEssentials
import Glibc
import SQLite
import Testing

@Suite("A desk that is not fit for use") struct DeskFaultTests {
  private let desk = TestDesk()

  @Test("is told by name: missing, a file, half there")
  func missing() {
    desk.fails(
      "--desk", "nowhere", "tick",
      saying: "plazo: there is no desk at 'nowhere'; make one with 'plazo init nowhere', or name another with --desk")
    desk.fails(
      "--desk", "nowhere", "doctor",
      saying: "plazo: there is no desk at 'nowhere'; make one with 'plazo init nowhere', or name another with --desk")
    desk.fails(
      "--desk", "mesa/desk.sqlite", "tick",
      saying: "plazo: 'mesa/desk.sqlite' is not a folder; give the folder that has desk.sqlite")
    unlink("\(desk.folder)/mesa/plazo.json5")
    desk.fails(
      "tick", saying: "plazo: 'mesa/plazo.json5' is missing; restore it from a backup, or copy it from a new desk")
    unlink("\(desk.folder)/mesa/desk.sqlite")
    desk.write("{}", to: "mesa/plazo.json5")
    desk.fails(
      "tick",
      saying: "plazo: 'mesa' has plazo.json5 but no desk.sqlite; "
        + "restore it from a backup, or begin anew in another folder with 'plazo init'")
  }

  @Test(
    "is told by name: empty, of another kind, another program's database",
    arguments: [[], Array("not a database at all, only a text that is long enough to be a header of one".utf8), [0x53]])
  func notADesk(bytes: [UInt8]) {
    _ = FileManager.default.createFile(atPath: "\(desk.folder)/mesa/desk.sqlite", contents: Data(bytes))
    desk.fails(
      "tick",
      saying: "plazo: 'mesa/desk.sqlite' is not a desk of plazo; restore it from a backup, or name another with --desk")
    #expect(FileManager.default.contents(atPath: "\(desk.folder)/mesa/desk.sqlite") == Data(bytes))
  }

  @Test("is told by name: a folder in the file's place")
  func folderInPlace() {
    unlink("\(desk.folder)/mesa/desk.sqlite")
    mkdir("\(desk.folder)/mesa/desk.sqlite", 0o700)
    desk.fails("tick", saying: "plazo: 'mesa/desk.sqlite' is not a file; restore it from a backup")
  }

  @Test("made by a newer program is left alone")
  func newer() throws {
    try Connection(path: "\(desk.folder)/mesa/desk.sqlite", mode: .readWrite)
      .execute(sql: "INSERT INTO migration VALUES ('desk-99-future', 0)")
    for command in [["tick"], ["ticket", "list"]] {
      #expect(
        desk.program.run(command)
          == .init(
            code: 1, data: "",
            talk: "plazo: the desk 'mesa/desk.sqlite' was made by a newer plazo (it has desk-99-future); "
              + "update this plazo; the desk was not touched\n"))
    }
  }

  @Test("locked by another program is waited for, and then told with who holds it")
  func locked() throws {
    let holder = try Connection(path: "\(desk.folder)/mesa/desk.sqlite", mode: .readWrite)
    try holder.execute(sql: "BEGIN IMMEDIATE")
    let outcome = desk.run("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "x")
    try holder.execute(sql: "ROLLBACK")
    #expect(outcome.code == 1)
    #expect(outcome.talk.hasPrefix("plazo: the desk is locked by process \(getpid()) ("))
    #expect(outcome.talk.hasSuffix("), and waiting 10 s did not help; wait for it to end, or stop it\n"))
    #expect(desk.done("ticket", "list", "--format", "json") == "[]")
  }

  @Test("whose files may not grow is told, and nothing is half written")
  func noRoom() {
    let before = desk.done("ticket", "list", "--format", "json")
    // The shell's unit is a kibibyte or half of one; either is too little for the log of a transaction.
    let words = [
      "-c", "ulimit -f 4; \"$0\" \"$@\"", Program.path, "--as", "ana", "ticket", "open", "--client", "Acme", "--title",
      "x",
    ]
    let outcome = desk.program.run(words, as: "/bin/sh")
    #expect(outcome.code == 1)
    #expect(
      outcome.talk
        == "plazo: a file reached the limit of its size, and nothing was changed; raise the limit with 'ulimit -f'\n")
    #expect(desk.done("ticket", "list", "--format", "json") == before)
  }

  @Test("that is another's is told with the user", .enabled(if: getuid() == 0, "only root can be somebody else"))
  func anothers() {
    chmod(desk.folder, 0o755)
    chmod("\(desk.folder)/mesa", 0o755)
    let path = "\(desk.folder)/plazo"
    // By another process: a descriptor open for writing here would pass to a child that another test spawns just now,
    // and the system refuses to run a file that somebody writes.
    #expect(desk.program.run([Program.path, path], as: "/bin/cp").code == 0)
    chmod(path, 0o755)
    func nobody(_ words: String...) -> String {
      desk.program.run(["--reuid=65534", "--regid=65534", "--clear-groups", path] + words, as: "/usr/bin/setpriv").talk
    }
    #expect(
      nobody("ticket", "list")
        == "plazo: 'mesa/desk.sqlite' cannot be read by user 'nobody' (permission denied); "
        + "run plazo as its owner, or change the owner\n")
    for name in ["desk.sqlite", "plazo.json5"] { chmod("\(desk.folder)/mesa/\(name)", 0o644) }
    #expect(
      nobody("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "x")
        == "plazo: 'mesa' cannot be written by user 'nobody' (permission denied); "
        + "run plazo as its owner, or change the owner\n")
    #expect(
      nobody("init", "neu")
        == "plazo: 'neu' cannot be made (permission denied); choose a place that is yours, or change its owner\n")
  }
}
