/// The scripts that let a shell complete plazo's command lines, made from the same table as the help.
struct Completions {
  enum Shell: String, CaseIterable, Sendable { case bash, zsh }

  private let commands: [Command]
  private let global: [Command.Option]

  init(_ commands: [Command], global: [Command.Option]) {
    self.commands = commands
    self.global = global
  }

  func script(for shell: Shell) -> String {
    switch shell {
    case .bash: head("bash", "eval \"$(plazo completions bash)\" in ~/.bashrc") + tables + Self.parser + Self.bash
    case .zsh:
      "#compdef plazo\n" + head("zsh", "as _plazo in a folder of $fpath") + tables + Self.parser + descriptions
        + Self.zsh
    }
  }

  private func head(_ shell: String, _ place: String) -> String {
    "# plazo's completion for \(shell), made by 'plazo completions \(shell)': \(place).\n"
  }

  // MARK: Tables, which both shells read

  /// What a value is, as its placeholder in the help tells: one of a few words, a file, a folder, or anything.
  private func kind(of placeholder: String) -> String {
    let word = placeholder.filter { !"[]…".contains($0) }
    if word.contains("|"), word.allSatisfy({ $0.isLowercase || "|-".contains($0) }) {
      return word.split(separator: "|").joined(separator: " ")
    }
    if word.contains("DIR") && !word.contains("FILE") { return "@dir" }
    if ["FILE", "PATH", "DIR|FILE"].contains(word) { return "@file" }
    return word == "COMMAND" ? "@command" : "@any"
  }

  private var tables: String {
    let first = Self.firstWords(commands)
    let pairs = commands.filter { $0.name.contains(" ") }
    var text = "_plazo_commands() {\n  case $1 in\n  '') echo '\(first.joined(separator: " "))' ;;\n"
    for word in first where pairs.contains(where: { $0.name.hasPrefix("\(word) ") }) {
      let seconds = pairs.filter { $0.name.hasPrefix("\(word) ") }.map { $0.name.dropFirst(word.count + 1) }
      text += "  \(word)) echo '\(seconds.joined(separator: " "))' ;;\n"
    }
    text += "  esac\n}\n_plazo_options() {\n  case $1 in\n"
    for command in commands where !command.options.isEmpty {
      text += "  '\(command.name)') echo '\(command.options.map(\.name).joined(separator: " "))' ;;\n"
    }
    text += "  esac\n  echo '\((global.map(\.name) + ["--help"]).joined(separator: " "))'\n}\n"
    // What an option's value is; nothing for a switch.
    text += "_plazo_value() {\n  case $1:$2 in\n"
    for command in commands {
      for option in command.options {
        if let value = option.value { text += "  '\(command.name):\(option.name)') echo '\(kind(of: value))' ;;\n" }
      }
    }
    for option in global {
      if let value = option.value { text += "  *:\(option.name)) echo '\(kind(of: value))' ;;\n" }
    }
    text += "  esac\n}\n_plazo_operand() {\n  case $1 in\n"
    for command in commands {
      if let operand = command.operands.first { text += "  '\(command.name)') echo '\(kind(of: operand))' ;;\n" }
    }
    return text + "  esac\n}\n"
  }

  private static func firstWords(_ commands: [Command]) -> [String] {
    var words: [String] = []
    for command in commands {
      let word = String(command.name.split(separator: " ")[0])
      if !words.contains(word) { words.append(word) }
    }
    return words
  }

  /// What each word means, for zsh, which shows it.
  private var descriptions: String {
    var text = "typeset -gA _plazo_about=(\n"
    for command in commands { text += "  '\(command.name)' '\(command.summary.replacing("'", with: "’"))'\n" }
    return text + ")\n"
  }

  /// Finds out what stands before the word to complete: sets `command`, and `expects` to what the next word is.
  private static let parser = """
    _plazo_parse() {
      local word kind
      command= expects=@command
      kind=
      for word in "$@"; do
        if [ -n "$kind" ]; then
          kind=
          continue
        fi
        case $word in
        -*=*) ;;
        -*) kind=$(_plazo_value "$command" "$word") ;;
        *)
          if [ "$expects" = @command ]; then
            if [ -z "$command" ]; then command=$word; else command="$command $word"; fi
            case " $command " in *' '*' '*' '*) expects= ;; *) [ -n "$(_plazo_commands "$command")" ] || expects= ;; esac
            [ -n "$expects" ] || expects=$(_plazo_operand "$command")
          fi
          ;;
        esac
      done
      [ -z "$kind" ] || expects=$kind
    }

    """

  private static let bash = """
    _plazo() {
      local current=${COMP_WORDS[COMP_CWORD]} command expects list=
      _plazo_parse "${COMP_WORDS[@]:1:COMP_CWORD-1}"
      COMPREPLY=()
      case $current in
      -*) [ -z "${expects##*[@]*}" ] || [ -z "$expects" ] && list=$(_plazo_options "$command") ;;
      esac
      if [ -z "$list" ]; then
        case $expects in
        @file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        @dir) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
        @command)
          if [ "$command" = help ]; then list=$(_plazo_commands ''); else list=$(_plazo_commands "$command"); fi
          ;;
        @any | '') return ;;
        *) list=$expects ;;
        esac
      fi
      mapfile -t COMPREPLY < <(compgen -W "$list" -- "$current")
    }
    complete -F _plazo plazo

    """

  private static let zsh = """
    _plazo() {
      local current=${words[CURRENT]} command expects word
      local -a list described
      _plazo_parse "${(@)words[2,CURRENT-1]}"
      if [[ $current == -* && ( -z $expects || $expects == @* ) ]]; then
        list=(${(f)"$(_plazo_options "$command")"})
        list=(${(z)list})
        compadd -- $list
        return
      fi
      case $expects in
      @file) _files ;;
      @dir) _files -/ ;;
      @any | '') ;;
      @command)
        [[ $command == help ]] && command=
        list=(${=$(_plazo_commands "$command")})
        for word in $list; do described+=("$word:${_plazo_about[${command:+$command }$word]}"); done
        _describe command described
        ;;
      *) compadd -- ${=expects} ;;
      esac
    }
    if [[ $funcstack[1] == _plazo ]]; then _plazo "$@"; elif (( $+functions[compdef] )); then compdef _plazo plazo; fi

    """
}

let completionsCommand = Command(
  name: "completions", summary: "a script that lets your shell complete plazo's command lines", operands: ["bash|zsh"],
  details: """
    For bash: eval "$(plazo completions bash)" in ~/.bashrc, or the script as /etc/bash_completion.d/plazo. For zsh: the
    script as _plazo in a folder of $fpath, such as /usr/local/share/zsh/site-functions, before compinit.
    """,
  examples: [
    "eval \"$(plazo completions bash)\"", "plazo completions zsh > _plazo",
  ]
) { line, session in
  guard let shell = Completions.Shell(rawValue: line.operands[0]) else {
    throw UsageError(
      problem: "there are no completions for '\(line.operands[0])'",
      mend: "there are: \(Completions.Shell.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  session.world.output.write(
    Completions(allCommands, global: Session.globalOptions).script(for: shell))
  return .done
}
