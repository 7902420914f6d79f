/// What `plazo help` prints.
enum Help {
  /// The commands in groups, as people look for them.
  static func overview() -> String {
    var text = """
      plazo keeps the terms of a help desk: it judges every open ticket's deadline, and tells
      whom it concerns.

      usage: plazo [--desk DIR] [--now INSTANT] [--as USER] [--lang es|en] COMMAND …


      """
    for (title, names) in groups {
      text += "\(title)\n"
      for command in allCommands where names.contains(String(command.name.split(separator: " ")[0])) {
        text += entry(words(command), command.summary, width: 30)
      }
      text += "\n"
    }
    return text + """
      for every command
      \(list(Session.globalOptions))
      A new desk begins with 'plazo init'. 'plazo help COMMAND' tells a command's options, with examples.
      Lists and data go to standard output, talk to standard error.
      \(exitCodes)
      """
  }

  private static let groups: [(String, [String])] = [
    ("The desk", ["init", "user", "client", "product", "provider", "import"]),
    ("Daily work", ["ticket", "task", "activity"]),
    ("The monitor", ["judge", "plan", "apply", "tick", "run", "jobs"]),
    ("Telling people", ["report", "alert", "outbox"]),
    ("This program", ["help", "version"]),
  ]

  static func text(of command: Command) -> String {
    own(command) + "\nfor every command\n" + list(Session.globalOptions) + "\n\(exitCodes)"
  }

  /// The help of all commands whose names begin with these words; `nil` when there is none.
  static func text(ofGroup words: [String]) -> String? {
    let commands = allCommands.filter { $0.name.hasPrefix(words.joined(separator: " ") + " ") }
    guard !commands.isEmpty else { return nil }
    return commands.map { own($0) + "\n\n" }.joined() + "for every command\n" + list(Session.globalOptions)
      + "\n\(exitCodes)"
  }

  private static func own(_ command: Command) -> String {
    let options = command.options.isEmpty ? "" : " [options]"
    var text = "plazo \(words(command))\(options)\n  \(command.summary)\n"
    if !command.details.isEmpty { text += "\n\(command.details)\n" }
    if !command.options.isEmpty { text += "\noptions\n" + list(command.options) }
    if !command.examples.isEmpty { text += "\nexamples\n" + command.examples.map { "  \($0)\n" }.joined() }
    return text
  }

  private static func words(_ command: Command) -> String {
    ([command.name] + command.operands).joined(separator: " ")
  }

  private static func list(_ options: [Command.Option]) -> String {
    options.map { option in
      let left = option.value.map { "\(option.name) \($0)" } ?? option.name
      return entry(left, option.help + (option.isRepeatable ? " (may be repeated)" : ""), width: 22)
    }.joined()
  }

  /// A name and what it means, on lines of at most 100 columns; a long name has its meaning below it.
  private static func entry(_ name: String, _ meaning: String, width: Int) -> String {
    let indent = String(repeating: " ", count: width + 3)
    var lines = [name.count > width ? "  \(name)\n\(indent)" : "  \(pad(name, width)) "]
    var used = indent.count
    for word in meaning.split(separator: " ") {
      if used + word.count > 100 {
        lines.append(indent)
        used = indent.count
      }
      lines[lines.count - 1] += used == indent.count ? word : " \(word)"
      used += word.count + 1
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static let exitCodes =
    "Exit codes: 0 done; 1 it failed, and one line says why and what to do; 2 the command line is wrong.\n"
}
