import Commands

exitProcess(runProcess())
