import Glibc
import Testing

@Suite("Completions") struct CompletionTests {
  private let desk = TestDesk(empty: true)

  /// What bash offers for the last of some words.
  private func bash(_ words: String...) -> [String] {
    let list = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      eval "$('\(Program.path)' completions bash)"
      COMP_WORDS=(plazo \(list)); COMP_CWORD=\(words.count); COMPREPLY=()
      _plazo
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let outcome = desk.program.run(["-u", "-c", script], as: "/bin/bash")
    #expect(outcome.code == 0 && outcome.talk == "", "\(outcome.talk)")
    return outcome.data.split(separator: "\n").map(String.init)
  }

  @Test("in bash: commands, their second words, options, and the values that are a few words")
  func bashWords() {
    #expect(bash("ti") == ["tick", "ticket"] || bash("ti") == ["ticket", "tick"])
    #expect(bash("") == bash("--lang", "es", "--desk", "mesa", ""))
    #expect(bash("").contains("backup") && bash("").contains("completions"))
    #expect(Set(bash("task", "")).isSuperset(of: ["add", "close", "list", "vobo"]))
    #expect(bash("--as", "ana", "task", "clo") == ["close"])
    #expect(bash("doctor", "--acc") == ["--accept-clock"])
    #expect(Set(bash("doctor", "--")).isSuperset(of: ["--format", "--quiet", "--desk", "--help"]))
    #expect(bash("doctor", "--format", "") == ["text", "csv", "json"])
    #expect(bash("doctor", "--format", "j") == ["json"])
    #expect(bash("--lang", "") == ["es", "en"])
    #expect(bash("completions", "") == ["bash", "zsh"])
    #expect(bash("help", "ba") == ["backup"])
    #expect(bash("user", "add", "") == [])
  }

  @Test("in bash: files and folders where they belong")
  func bashFiles() {
    desk.write("", to: "old.sqlite")
    mkdir("\(desk.folder)/backups", 0o700)
    #expect(bash("restore", "ol") == ["old.sqlite"])
    #expect(bash("--desk", "ba") == ["backups"])
    #expect(bash("--desk", "ol") == [])
    #expect(bash("init", "ba") == ["backups"])
    #expect(bash("metrics", "--out", "ol") == ["old.sqlite"])
  }

  @Test("know every command and every option")
  func everything() {
    for name in desk.done("help").split(separator: "\n").filter({ $0.hasPrefix("  ") && !$0.hasPrefix("   ") }) {
      let word = String(name.split(separator: " ")[0])
      if word.hasPrefix("-") || word != word.lowercased() { continue }
      #expect(bash(word).contains(word), "\(word)")
    }
  }

  @Test("in zsh: the same, with what each command does")
  func zsh() throws {
    guard let zsh = Tool.path("zsh", else: "apt-get install zsh") else { return }
    let script = desk.run("completions", "zsh").data
    #expect(script.hasPrefix("#compdef plazo\n"))
    desk.write(script, to: "_plazo")
    func offered(_ words: String...) -> [String] {
      // The functions of zsh's own completion stand in for the line editor.
      let outcome = desk.program.run(
        [
          "-f", "-c",
          """
          compadd() { shift; print -l -- "$@" }
          _describe() { print -l -- "${(@P)2}" }
          _files() { print -- "files $*" }
          compdef() { : }
          source ./_plazo
          words=(plazo \(words.map { "'\($0)'" }.joined(separator: " "))); CURRENT=$#words
          _plazo
          """,
        ], as: zsh)
      #expect(outcome.code == 0 && outcome.talk == "", "\(outcome.talk)")
      return outcome.data.split(separator: "\n").map(String.init)
    }
    #expect(offered("").contains("backup:a verified copy of the desk in one file, made while others work"))
    #expect(offered("task", "").contains { $0.hasPrefix("close:") })
    #expect(offered("doctor", "--").contains("--accept-clock"))
    #expect(offered("doctor", "--format", "") == ["text", "csv", "json"])
    #expect(offered("restore", "") == ["files "])
    #expect(offered("--desk", "") == ["files -/"])
    #expect(offered("completions", "") == ["bash", "zsh"])
  }

  @Test("of no other shell")
  func refused() {
    desk.fails(
      "completions", "fish", code: 2, saying: "plazo: there are no completions for 'fish'; there are: bash, zsh")
  }
}
