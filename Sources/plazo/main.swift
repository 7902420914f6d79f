import Commands

exitProcess(run(arguments: Array(CommandLine.arguments.dropFirst()), in: .real()))
