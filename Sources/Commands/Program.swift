internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import Text

/// Runs one command line and answers with the exit code.
public func run(arguments: [String], in world: World) -> ExitCode {
  defer { world.talk.flush() }
  var folder: String?
  do {
    let code = try dispatch(arguments, in: world, folder: &folder)
    try world.output.finish()
    return code
  } catch let error as UsageError {
    world.output.flush()
    world.talk.line("plazo: \(oneLine(error.description))")
    return .wrongCommandLine
  } catch {
    if isReaderGone(error) { return .done }
    world.output.flush()
    for line in lines(of: error, folder: folder) { world.talk.line("plazo: \(line)") }
    return .failed
  }
}

/// Runs this process's own command line.
public func runProcess() -> ExitCode {
  let world = World.real()
  // Swift takes the words from /proc. Without it, every command line would look empty, and be answered with the help.
  guard CommandLine.argc > 0 else {
    world.talk.line(
      "plazo: the command line cannot be read, since /proc is missing; mount it: mount -t proc proc /proc")
    world.talk.flush()
    return .failed
  }
  var words: [String] = []
  for index in 1..<Int(CommandLine.argc) {
    // Mended in silence, a word that is not UTF-8 would name another file or another client.
    guard let argument = CommandLine.unsafeArgv[index], let word = String(validatingCString: argument) else {
      world.talk.line("plazo: word \(index) of the command line is not UTF-8; use a UTF-8 terminal and file names")
      world.talk.flush()
      return .wrongCommandLine
    }
    words.append(word)
  }
  return run(arguments: words, in: world)
}

/// Ends the process.
public func exitProcess(_ code: ExitCode) -> Never { exit(code.rawValue) }

private func dispatch(_ arguments: [String], in world: World, folder: inout String?) throws -> ExitCode {
  // Files and folders that the program makes are its user's alone.
  umask(0o077)
  var words = arguments
  // Global options may come before the command as well as after it.
  var leading: [String] = []
  while let word = words.first, word.hasPrefix("-"), word != "--" {
    if ["--help", "-h", "--version"].contains(word) { break }
    words.removeFirst()
    leading.append(word)
    let takesValue = Session.globalOptions.contains { $0.name == word && $0.value != nil }
    if takesValue, !words.isEmpty { leading.append(words.removeFirst()) }
  }
  if words.isEmpty || words[0] == "--help" || words[0] == "-h" { words = ["help"] + words.dropFirst() }
  if words[0] == "--version" { words[0] = "version" }
  guard let (command, count) = commandNamed(words) else {
    // 'plazo ticket --help' asks for the help of all that begins so.
    if let last = words.last, last == "--help" || last == "-h",
      let text = Help(world.output).text(ofGroup: Array(words.dropLast()))
    {
      world.output.write(text)
      return .done
    }
    throw unknown(words)
  }
  do {
    let line = try Line(leading + words.dropFirst(count), for: command, global: Session.globalOptions)
    let session = try Session(world: world, line: line, command: command)
    folder = session.folder
    return try command.run(line, session)
  } catch is HelpWanted {
    world.output.write(Help(world.output).text(of: command))
    return .done
  } catch let error where command.isPlugin {
    let texts = (error as? UsageError).map { [oneLine($0.description)] } ?? lines(of: error, folder: folder)
    // What stands after a bar would be read as numbers.
    world.output.line("PLAZO UNKNOWN - \(texts.joined(separator: ", ").replacing("|", with: "/"))")
    return .unknown
  }
}

/// The command that the words begin with, the longest name first, and of how many words its name is.
func commandNamed(_ words: [String]) -> (Command, Int)? {
  for count in [3, 2, 1] where words.count >= count {
    let name = words[..<count].joined(separator: " ")
    if let command = allCommands.first(where: { $0.name == name }) { return (command, count) }
  }
  return nil
}

private func unknown(_ words: [String]) -> UsageError {
  // The group of which the words name the most: 'ticket file' rather than 'ticket'.
  for count in [2, 1] where words.count >= count {
    let head = words[..<count].joined(separator: " ")
    let group = allCommands.filter { $0.name.hasPrefix("\(head) ") }.map(\.name)
    if group.isEmpty { continue }
    let last = words.count > count ? words[count] : nil
    let names = group.map { String($0.dropFirst(head.count + 1)) }
    let guess = last.flatMap { nearest(to: $0, among: names) }.map { "did you mean 'plazo \(head) \($0)'? " } ?? ""
    return UsageError(
      problem: last.map { "there is no command 'plazo \(head) \($0)'" } ?? "'plazo \(head)' needs one word more",
      mend: "\(guess)there are: \(names.joined(separator: ", "))")
  }
  let names = Set(allCommands.map { String($0.name.split(separator: " ")[0]) })
  let guess = nearest(to: words[0], among: names.sorted()).map { "did you mean 'plazo \($0)'? " } ?? ""
  return UsageError(problem: "there is no command 'plazo \(words[0])'", mend: "\(guess)see 'plazo help'")
}
