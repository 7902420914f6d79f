internal import Alerts
internal import Desk
internal import Monitor
internal import SQLite
internal import Scheduler

/// Every command, in the order of the help: a line for each group.
let allCommands: [Command] = [
  [initCommand, demoCommand] + userCommands + namedListCommands,
  [importCommand],
  ticketCommands,
  taskCommands,
  activityCommands,
  articleCommands,
  explainCommands,
  calendarCommands,
  [judgeCommand, planCommand, applyCommand],
  [tickCommand, runCommand, jobsCommand],
  reportCommands,
  alertCommands + [alertExplainCommand],
  outboxCommands,
  [statusCommand, checkCommand, metricsCommand, feedCommand],
  [doctorCommand] + backupCommands,
  [completionsCommand, helpCommand, versionCommand],
].flatMap { $0 }

/// The tables of every part of the program, in the order in which they may refer to one another.
let allMigrations: [Migration] =
  DeskSchema.migrations + MonitorSchema.migrations + AlertsSchema.migrations + schedulerMigrations

/// The program's own version.
let programVersion = "0.1.0"

let helpCommand = Command(
  name: "help", summary: "what commands there are, or all about one", operands: ["[COMMAND…]"],
  examples: ["plazo help ticket reply", "plazo help ticket"]
) { line, session in
  if line.operands.isEmpty {
    session.world.output.write(Help(session.world.output).overview())
    return .done
  }
  if let (command, count) = commandNamed(line.operands), count == line.operands.count {
    session.world.output.write(Help(session.world.output).text(of: command))
    return .done
  }
  guard let text = Help(session.world.output).text(ofGroup: line.operands) else {
    throw UsageError(problem: "there is no command '\(line.operands.joined(separator: " "))'", mend: "see 'plazo help'")
  }
  session.world.output.write(text)
  return .done
}

let versionCommand = Command(
  name: "version", summary: "the program's version, and that of what it stands on", examples: ["plazo version"]
) {
  _, session in
  session.world.output.line("plazo \(programVersion)")
  session.world.output.line("SQLite \(Connection.libraryVersion)")
  session.world.output.line("tzdata \(session.zones.version() ?? "of unknown version") in \(session.zones.folder)")
  return .done
}
