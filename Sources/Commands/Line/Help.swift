/// What `plazo help` prints.
enum Help {
  /// The commands in groups, as people look for them.
  static func overview() -> String {
    var text = """
      plazo keeps the terms of a help desk: it judges every open ticket's deadline, and tells who must know.

      usage: plazo [--desk DIR] [--now INSTANT] [--as USER] [--lang es|en] COMMAND …


      """
    for (title, names) in groups {
      text += "\(title)\n"
      for command in allCommands where names.contains(String(command.name.split(separator: " ")[0])) {
        let left = ([command.name] + command.operands).joined(separator: " ")
        text += "  \(pad(left, 32)) \(command.summary)\n"
      }
      text += "\n"
    }
    text += "'plazo help COMMAND' tells each one's options.\n\n\(exitCodes)"
    return text
  }

  private static let groups: [(String, [String])] = [
    ("The desk", ["init", "user", "client", "product", "provider", "import"]),
    ("Daily work", ["ticket", "task", "activity"]),
    ("The monitor", ["judge", "plan", "apply", "tick", "run", "jobs"]),
    ("Telling people", ["report", "alert", "outbox"]),
    ("This program", ["help", "version"]),
  ]

  static func text(of command: Command) -> String {
    let words = ["plazo", command.name] + command.operands
    var text =
      "\(command.summary)\n\nusage: \(words.joined(separator: " "))\(command.options.isEmpty ? "" : " [options]")\n"
    if !command.details.isEmpty { text += "\n\(command.details)\n" }
    if !command.options.isEmpty { text += "\noptions\n" + list(command.options) }
    text += "\nfor every command\n" + list(Session.globalOptions)
    if !command.examples.isEmpty {
      text += "\nexamples\n" + command.examples.map { "  \($0)\n" }.joined()
    }
    return text + "\n\(exitCodes)"
  }

  private static func list(_ options: [Command.Option]) -> String {
    options.map { option in
      let left = option.value.map { "\(option.name) \($0)" } ?? option.name
      return "  \(pad(left, 26)) \(option.help)\(option.isRepeatable ? " (may be repeated)" : "")\n"
    }.joined()
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static let exitCodes =
    "exit codes: 0 done; 1 it failed, and one line says why and what to do; 2 the command line is wrong\n"
}
