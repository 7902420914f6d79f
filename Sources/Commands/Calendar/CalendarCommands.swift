/// Everything about calendars, in the order of the help.
let calendarCommands: [Command] = [calendarComputeCommand]
