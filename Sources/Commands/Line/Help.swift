/// What `plazo help` prints.
struct Help {
  /// How many columns a line has at most.
  let width: Int

  /// What fits a terminal as it opens, beside whatever else is open.
  static let pageWidth = 80

  init(_ output: Output) { width = min(output.width, Self.pageWidth) }

  /// All commands, in groups as people look for them.
  func overview() -> String {
    var text = paragraph(
      "plazo keeps the terms of a help desk: it judges every open ticket's deadline, and tells whom it concerns.")
    text += "\nusage: plazo [--desk DIR] [--now INSTANT] [--as USER] [--lang es|en] COMMAND …\n\n"
    let grouped = Set(Self.groups.flatMap(\.1))
    for (title, names) in Self.groups {
      text += "\(title)\n"
      for command in allCommands {
        let word = String(command.name.split(separator: " ")[0])
        // A command that no group names is the program's own, rather than nobody's.
        guard names.contains(word) || (names.contains("help") && !grouped.contains(word)) else { continue }
        text += entry(words(command), command.summary, left: 30)
      }
      text += "\n"
    }
    text += "for every command\n" + list(Session.globalOptions) + "\n"
    text += paragraph(
      "A new desk begins with 'plazo init'. 'plazo help COMMAND' tells a command's options, with examples for the sample "
        + "desk of 'plazo demo'. Lists and data go to standard output, talk to standard error.")
    return text + paragraph(Self.exitCodes)
  }

  private static let groups: [(String, [String])] = [
    ("The desk", ["init", "demo", "user", "client", "product", "provider", "import"]),
    ("Daily work", ["ticket", "task", "activity", "kb"]),
    ("The monitor", ["calendar", "judge", "plan", "apply", "tick", "run", "jobs"]),
    ("Telling people", ["status", "report", "alert", "outbox"]),
    ("Keeping it", ["doctor", "backup", "restore", "check", "metrics", "feed"]),
    ("This program", ["completions", "help", "version"]),
  ]

  func text(of command: Command) -> String {
    own(command) + "\nfor every command\n" + list(Session.globalOptions)
      // A plugin has codes of its own, which its details tell.
      + (command.isPlugin ? "" : "\n" + paragraph(Self.exitCodes))
  }

  /// The help of all commands whose names begin with these words; `nil` when there is none.
  func text(ofGroup words: [String]) -> String? {
    let commands = allCommands.filter { $0.name.hasPrefix(words.joined(separator: " ") + " ") }
    guard !commands.isEmpty else { return nil }
    return commands.map { own($0) + "\n\n" }.joined() + "for every command\n" + list(Session.globalOptions)
      + "\n" + paragraph(Self.exitCodes)
  }

  private func own(_ command: Command) -> String {
    let options = command.options.isEmpty ? "" : " [options]"
    var text = "plazo \(words(command))\(options)\n" + paragraph(command.summary, indent: 2)
    if !command.details.isEmpty { text += "\n" + paragraph(command.details) }
    if !command.options.isEmpty { text += "\noptions\n" + list(command.options) }
    text += "\nexamples, on the sample desk\n"
    for line in command.examples.flatMap({ $0.split(separator: "\n") }) { text += "  \(line)\n" }
    return text
  }

  private func words(_ command: Command) -> String {
    ([command.name] + command.operands).joined(separator: " ")
  }

  private func list(_ options: [Command.Option]) -> String {
    options.map { option in
      let left = option.value.map { "\(option.name) \($0)" } ?? option.name
      return entry(left, option.help + (option.isRepeatable ? " (may be repeated)" : ""), left: 22)
    }.joined()
  }

  /// A name and what it means; a long name has its meaning below it.
  private func entry(_ name: String, _ meaning: String, left: Int) -> String {
    let text = paragraph(meaning, indent: left + 3)
    return name.count > left ? "  \(name)\n\(text)" : "  \(pad(name, left)) \(text.dropFirst(left + 3))"
  }

  /// A text as one paragraph of lines that fit.
  private func paragraph(_ text: String, indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(margin + word)
      }
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static let exitCodes =
    "Exit codes: 0 done; 1 it failed, and one line says why and what to do; 2 the command line is wrong."
}
