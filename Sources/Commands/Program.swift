internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import SQLite
internal import Scheduler
internal import Text

/// Runs one command line and answers with the exit code.
public func run(arguments: [String], in world: World) -> ExitCode {
  defer {
    world.output.flush()
    world.talk.flush()
  }
  do {
    return try dispatch(arguments, in: world)
  } catch let error as UsageError {
    world.talk.line("plazo: \(error)")
    return .wrongCommandLine
  } catch {
    world.output.flush()
    for line in lines(of: error) { world.talk.line("plazo: \(line)") }
    return .failed
  }
}

/// Ends the process. Files and folders that the program makes are its user's alone, so this is where `main` begins too.
public func exitProcess(_ code: ExitCode) -> Never { exit(code.rawValue) }

private func dispatch(_ arguments: [String], in world: World) throws -> ExitCode {
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
  guard let (command, count) = commandNamed(words) else { throw unknown(words) }
  var rest = Array(words.dropFirst(count))
  if rest.contains("--help") || rest.contains("-h") {
    world.output.write(Help.text(of: command))
    return .done
  }
  rest = leading + rest
  let line = try Line(rest, for: command, global: Session.globalOptions)
  return try command.run(line, try Session(world: world, line: line))
}

/// The command that the words begin with, the longest name first, and of how many words its name is.
func commandNamed(_ words: [String]) -> (Command, Int)? {
  for count in [2, 1] where words.count >= count {
    let name = words[..<count].joined(separator: " ")
    if let command = allCommands.first(where: { $0.name == name }) { return (command, count) }
  }
  return nil
}

private func unknown(_ words: [String]) -> UsageError {
  let group = allCommands.filter { $0.name.hasPrefix("\(words[0]) ") }.map(\.name)
  if !group.isEmpty {
    let last = words.count > 1 ? words[1] : nil
    let names = group.map { String($0.dropFirst(words[0].count + 1)) }
    let guess = last.flatMap { nearest(to: $0, among: names) }.map { "did you mean 'plazo \(words[0]) \($0)'? " } ?? ""
    return UsageError(
      problem: last.map { "there is no command 'plazo \(words[0]) \($0)'" }
        ?? "'plazo \(words[0])' needs one word more",
      mend: "\(guess)there are: \(names.joined(separator: ", "))")
  }
  let names = Set(allCommands.map { String($0.name.split(separator: " ")[0]) })
  let guess = nearest(to: words[0], among: names.sorted()).map { "did you mean 'plazo \($0)'? " } ?? ""
  return UsageError(problem: "there is no command 'plazo \(words[0])'", mend: "\(guess)see 'plazo help'")
}

/// An error as lines that say what is wrong and what to do.
func lines(of error: any Error) -> [String] {
  switch error {
  case let error as DeskError: [error.description]
  case let faults as Faults: faults.all.map(\.description)
  case let fault as Fault: [fault.description]
  case let error as DatabaseError: [wording(of: error)]
  default: ["\(error)"]
  }
}

private func wording(of error: DatabaseError) -> String {
  if error.isBusy { return "the desk is locked by another program; wait for it to end, or end it" }
  if error.isReadOnly {
    return "the desk cannot be written; check that its folder and files are yours and the disk is writable"
  }
  if error.isDiskFull { return "the disk is full, and nothing was changed; make room and run again" }
  if error.isInterrupted { return "the query took too long and was stopped; narrow it" }
  switch error.primaryCode {
  case 11: return "the desk's file is damaged (\(error.message)); restore a backup"
  case 14: return "the desk cannot be opened; check that its folder and files are yours"
  case 10: return "the disk failed to read or write (\(error.message)); nothing was changed"
  default: return "the database refused: \(error); if this makes no sense, please report it"
  }
}
