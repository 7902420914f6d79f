/// Everything about calendars, in the order of the help.
let calendarCommands: [Command] = [
  calendarListCommand, calendarShowCommand, calendarImportCommand, calendarComputeCommand,
]
