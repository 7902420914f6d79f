import Testing

@Suite("A wrong command line") struct CommandLineTests {
  @Test(
    "is told in one line, with exit code 2",
    arguments: [
      (["tikcet"], "there is no command 'plazo tikcet'; did you mean 'plazo ticket'? see 'plazo help'"),
      (
        ["ticket"],
        "'plazo ticket' needs one word more; there are: open, reply, list, show, attach, file list, file save, assign, "
          + "aside, close, reopen, vobo, explain"
      ),
      (
        ["ticket", "lst"],
        "there is no command 'plazo ticket lst'; did you mean 'plazo ticket list'? "
          + "there are: open, reply, list, show, attach, file list, file save, assign, aside, close, reopen, vobo, "
          + "explain"
      ),
      (["ticket", "show"], "NUMBER is missing; see 'plazo help ticket show'"),
      (["ticket", "show", "x"], "'x' is not the number of a ticket; give a whole number such as 17"),
      (
        ["ticket", "show", "1", "2"],
        "'2' is one word too many; put texts with blanks between quotes, or see 'plazo help ticket show'"
      ),
      (["ticket", "list", "-n", "5"], "'plazo ticket list' has no option -n; see 'plazo help ticket list'"),
      (
        ["ticket", "list", "--assinged", "ana"],
        "'plazo ticket list' has no option --assinged; did you mean --assigned? see 'plazo help ticket list'"
      ),
      (["ticket", "list", "--limit", "ten"], "'ten' is no number for --limit; give a whole number such as 50"),
      (
        ["ticket", "list", "--situation", "lat"],
        "'lat' is not legal for --situation; did you mean 'late'? legal values: on-time, near-due, late"
      ),
      (
        ["ticket", "list", "--format=jsn"],
        "'jsn' is not legal for --format; did you mean 'json'? legal values: text, csv, json"
      ),
      (["ticket", "open", "--title", "a", "--title", "b"], "--title is given twice; give it once"),
      (["ticket", "open", "--title"], "--title needs a value; write --title TEXT"),
      (
        ["ticket", "open", "--title", "--client", "Acme"],
        "--title needs a value, and '--client' looks like an option; "
          + "write --title TEXT, or --title=--client if that is the value"
      ),
      (["ticket", "open", "--as", "ana"], "--title is missing; see 'plazo help ticket open'"),
      (["ticket", "reply", "1", "--close=yes"], "--close takes no value; leave '=yes' out"),
      (["ticket", "vobo", "1", "maybe"], "'maybe' is no VoBo; write granted or refused"),
      (["activity", "log", "--time", "long"], "'long' is no time spent; write 1h30, 90m or 1.5 (hours)"),
      (
        ["import", "tikets", "x.csv"],
        "'tikets' cannot be imported; did you mean 'tickets'? legal values: tickets, events, users, clients, products, providers, tasks, activities, articles"
      ),
      (["--lang", "fr", "tick"], "'fr' is not legal for --lang; legal values: es, en"),
      (
        ["--now", "noon", "tick"],
        "'noon' is no instant for --now; write it as 2026-03-27T09:00 or 2026-03-27T09:00:00-06:00"
      ),
      (
        ["--now", "9999-12-31T23:00", "tick"],
        "'9999-12-31T23:00' for --now is too far away; give an instant from the years 1970 to 2199"
      ),
      (["--desk", "", "tick"], "--desk is empty; give the desk's folder"),
      (
        ["user", "add", "../x", "--as", "ada"],
        "'../x' cannot be a login; write at most 64 characters without blanks and '/', such as ana"
      ),
      (["user", "add", "eva", "--as", "ada", "--mail", "x"], "'x' is no mail address; write it as ana@example.com"),
      (["client", "add", " ", "--as", "ada"], "' ' cannot be a name; write at most 200 characters, such as Acme"),
      (["help", "nothing"], "there is no command 'nothing'; see 'plazo help'"),
      (
        ["report", "run", "tickets", "--period", "ever"],
        "'ever' is no period for --period; write today, yesterday, tomorrow, this-week, last-week, this-month, last-month, "
          + "this-year, last-year, last-7-days, 2026, 2026-Q3, 2026-03, 2026-W13 or 2026-03-27"
      ),
      (
        ["report", "run", "tickets", "--from", "2026-03-02", "--to", "2026-03-01"],
        "--from 2026-03-02 and --to 2026-03-01 are not two dates or instants in order; write --from 2026-10-01 --to 2026-10-31, or instants such as 2026-10-31T17:00"
      ),
      (["tick\n\u{1B}[31m"], "there is no command 'plazo tick\u{FFFD}\u{FFFD}[31m'; see 'plazo help'"),
    ])
  func toldInOneLine(words: [String], talk: String) {
    let outcome = desk.program.run(words)
    #expect(outcome == .init(code: 2, data: "", talk: "plazo: \(talk)\n"))
  }

  private let desk = TestDesk()

  @Test("names the variable when the instant came from there")
  func namesTheVariable() {
    let desk = TestDesk()
    desk.now = "noon"
    desk.fails(
      "tick", code: 2,
      saying: "plazo: 'noon' is no instant for $PLAZO_NOW; write it as 2026-03-27T09:00 or 2026-03-27T09:00:00-06:00")
    desk.now = ""
    desk.done("ticket", "list")
  }

  @Test("takes what follows -- as it is, and values after =")
  func takesOddWords() {
    let desk = TestDesk()
    desk.done("--as", "ada", "client", "add", "--", "--Odd & Co")
    #expect(desk.done("client", "list", "--format", "csv").contains("\r\n'--Odd & Co,0,0,1\r\n"))
    #expect(desk.done("ticket", "open", "--as=ana", "--client=--Odd & Co", "--title=a=b") == "1")
    #expect(desk.done("ticket", "list", "--format", "json").contains("\"title\": \"a=b\""))
  }

  /// As in a chroot that nobody prepared: an empty command line would be answered with the help and exit code 0.
  @Test("is told apart from one that cannot be read")
  func withoutProc() {
    guard let unshare = Tool.path("unshare", else: "install util-linux") else { return }
    let program = Program(folder: desk.folder)
    let hide = "mount -t tmpfs none /proc"
    guard program.run(["-rm", "sh", "-c", hide], as: unshare).code == 0 else {
      print("skipped: this system lets nobody hide /proc from a process")
      return
    }
    #expect(
      program.run(["-rm", "sh", "-c", "\(hide) && exec '\(Program.path)' version"], as: unshare)
        == .init(
          code: 1, data: "",
          talk: "plazo: the command line cannot be read, since /proc is missing; mount it: mount -t proc proc /proc\n"))
  }

  @Test("a very long word is told shortened")
  func shortensLongWords() {
    let outcome = desk.run("ticket", "show", String(repeating: "ñ", count: 50_000))
    #expect(outcome.code == 2)
    #expect(outcome.talk.count < 1300)
    #expect(outcome.talk.hasSuffix("' is not the number of a ticket; give a whole number such as 17\n"))
  }
}

@Suite("The help") struct HelpTests {
  private let desk = TestDesk(empty: true)

  @Test("is what no command, help, -h and --help print, on lines of at most 80 columns")
  func overview() {
    let help = desk.done("help")
    for words in [[], ["--help"], ["-h"]] {
      #expect(desk.program.run(words) == .init(code: 0, data: help + "\n", talk: ""))
    }
    for line in help.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("tells of every command what its own help tells, without a desk")
  func everyCommand() {
    let overview = desk.done("help")
    let section = overview.split(separator: "for every command")[0]
    var names: [String] = []
    for line in section.split(separator: "\n") where line.hasPrefix("  ") && !line.hasPrefix("   ") {
      let words = line.split(separator: " ").prefix { word in word.allSatisfy { $0.isLowercase } }
      let isPair = ["ticket", "task", "activity", "user", "client", "product", "provider", "report", "alert", "outbox"]
        .contains(words[0])
      names.append(words.prefix(isPair ? 2 : 1).joined(separator: " "))
    }
    #expect(names.count > 30)
    for name in names {
      let words = name.split(separator: " ").map(String.init)
      let help = desk.program.run(["help"] + words)
      #expect(help.code == 0 && help.data.hasPrefix("plazo \(name)"))
      #expect(desk.program.run(words + ["--help"]) == help)
      for line in help.data.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }

  /// The names are a promise to scripts: none goes, and the overview has every one.
  @Test("has every command that was ever promised")
  func promised() {
    let promised = [
      "init", "demo", "import", "plan", "apply", "judge", "tick", "run", "jobs", "status", "check", "metrics", "feed",
      "doctor", "backup", "restore", "help", "version", "completions",
      "ticket open", "ticket reply", "ticket list", "ticket show", "ticket explain", "ticket assign", "ticket close",
      "ticket reopen", "ticket vobo", "ticket attach", "task add", "task close", "task vobo", "task list",
      "activity log", "activity correct", "activity list", "activity lock", "kb add", "kb search", "kb list",
      "kb show", "user add", "user list", "user edit", "client add", "client list", "client edit", "product add",
      "product list", "product edit", "provider add", "provider list", "provider edit", "calendar list",
      "calendar show", "calendar import", "calendar compute", "report list", "report show", "report run", "alert list",
      "alert ack", "alert silence", "alert unsilence", "outbox list", "outbox send", "outbox retry",
    ]
    let overview = desk.done("help")
    for name in promised {
      #expect(overview.contains("\n  \(name) ") || overview.contains("\n  \(name)\n"), "\(name)")
    }
  }

  @Test("tells all commands of one word")
  func group() {
    let help = desk.done("help", "task")
    #expect(desk.done("task", "--help") == help)
    for name in ["add", "close", "vobo", "list"] { #expect(help.contains("plazo task \(name)")) }
  }
}
