internal import Monitor
internal import SLA
internal import Text

/// A month or a year of a calendar as people draw it: weeks as rows, Monday first, with what is special told below.
struct CalendarPage {
  let entry: DeskCalendars.Entry
  let today: LocalDate
  let say: Language

  /// What a date is, besides its hours.
  enum Kind: String {
    case open, closed, holiday
    case halfDay = "half-day"
    case override

    /// In a cell and in the legend.
    var mark: String {
      switch self {
      case .open, .closed: " "
      case .holiday: "*"
      case .halfDay: "½"
      case .override: "!"
      }
    }
  }

  struct Day {
    let date: LocalDate
    let hours: [Hours]
    let kind: Kind
    let label: String
    /// From its midnight to the next one.
    let workingSeconds: Seconds
    /// How much the clock is set on, or back when negative; 0 on most days.
    let clockChange: Seconds
    let changesAt: Instant?
  }

  /// Every date of a month, in order.
  func days(_ year: Int, _ month: Int) -> [Day] {
    let calculator = Calculator(entry.definition, zone: entry.zone)
    let first = LocalDate(year: year, month: month, day: 1)!
    return (0..<31).map { first.adding(days: $0) }.filter { $0.month == month }.map { day($0, calculator) }
  }

  private func day(_ date: LocalDate, _ calculator: Calculator) -> Day {
    let (hours, rule) = entry.definition.hours(on: date)
    let kind: Kind
    switch rule {
    case nil: kind = hours.isEmpty ? .closed : .open
    case let rule? where rule.isOverride: kind = .override
    case let rule?: kind = rule.hours.isEmpty ? .holiday : .halfDay
    }
    let midnight = entry.zone.instant(on: date, secondOfDay: 0)
    let end = entry.zone.instant(on: date.adding(days: 1), secondOfDay: 0)
    let change = entry.zone.nextChange(after: midnight - 1).flatMap { $0 < end ? $0 : nil }
    let shift = change.map { entry.zone.offset(at: $0) - entry.zone.offset(at: $0 - 1) } ?? 0
    return Day(
      date: date, hours: hours, kind: kind, label: rule?.label ?? "",
      workingSeconds: calculator.between(midnight, end), clockChange: shift, changesAt: shift == 0 ? nil : change)
  }

  // MARK: Pages

  func month(_ year: Int, _ month: Int) -> String {
    let days = days(year, month)
    let title = "\(monthName(month)) \(say(es: "de ", en: ""))\(year)"
    var lines = [head, "", centred(title, 79), ""]
    lines.append(row((0..<7).map { DateWords(say).shortWeekday(LocalDate(dayNumber: $0 - 3)) }))
    var week = Array(repeating: nil as Day?, count: days[0].date.weekday.rawValue)
    for day in days {
      week.append(day)
      if week.count == 7 {
        lines += rows(of: week)
        week = []
      }
    }
    if !week.isEmpty { lines += rows(of: week) }
    return (lines + legend(days, isYear: false)).joined(separator: "\n") + "\n"
  }

  func year(_ year: Int) -> String {
    var lines = [head, "", centred("\(year)", 79)]
    let months = (1...12).map { days(year, $0) }
    for quarter in 0..<4 {
      let pages = (0..<3).map { miniature(months[quarter * 3 + $0]) }
      lines.append("")
      for line in 0..<pages.map(\.count).max()! {
        lines.append(
          trimmed("  " + pages.map { padded($0.count > line ? $0[line] : "", 27) }.joined()))
      }
    }
    return (lines + legend(months.flatMap { $0 }, isYear: true)).joined(separator: "\n") + "\n"
  }

  private var head: String {
    ([entry.name] + (entry.isList ? [] : [entry.zone.name]) + [entry.version ?? "", entry.standing.label(say)])
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private func monthName(_ month: Int) -> String { DateWords(say).month(month) }

  /// A week: the numbers with their marks, and below them the hours.
  private func rows(of week: [Day?]) -> [String] {
    let cells = week.map { $0.map(cell) ?? [] }
    return (0..<(cells.map(\.count).max() ?? 0)).map { line in row(cells.map { $0.count > line ? $0[line] : "" }) } + [
      ""
    ]
  }

  private func cell(_ day: Day) -> [String] {
    let number = day.date == today ? "[\(day.date.day)]" : "\(day.date.day)"
    var marks = day.kind.mark == " " ? "" : " \(day.kind.mark)"
    if day.clockChange != 0 { marks += " ~" }
    if day.hours.isEmpty { return [number + marks] + (entry.isList ? [] : ["·"]) }
    // Two intervals on one line where they fit.
    var lines: [String] = []
    for hours in day.hours.map(Self.short) {
      if let last = lines.last, last.count + 1 + hours.count <= 10 {
        lines[lines.count - 1] = "\(last) \(hours)"
      } else {
        lines.append(hours)
      }
    }
    return [number + marks] + lines
  }

  private func miniature(_ days: [Day]) -> [String] {
    var lines = [centred(monthName(days[0].date.month), 21)]
    let initials = say(es: "lmmjvsd", en: "MTWTFSS")
    lines.append(initials.map { " \($0) " }.joined())
    var line = String(repeating: "   ", count: days[0].date.weekday.rawValue)
    for day in days {
      let mark = day.kind.mark == " " && day.clockChange != 0 ? "~" : day.kind.mark
      line += (day.date.day < 10 ? " " : "") + "\(day.date.day)\(mark)"
      if day.date.weekday == .sunday {
        lines.append(line)
        line = ""
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  // MARK: What is told below

  private func legend(_ days: [Day], isYear: Bool) -> [String] {
    var lines: [String] = isYear ? [""] : []
    func line(_ mark: String, _ day: Day, _ text: String) {
      let month =
        isYear
        ? " " + monthName(day.date.month).prefix(3) : ""
      let number = (day.date.day < 10 ? " " : "") + "\(day.date.day)"
      lines.append("  \(mark) \(number)\(month) \(DateWords(say).shortWeekday(day.date))  \(text)")
    }
    for day in days {
      let label = oneLine(day.label)
      let hours =
        day.hours.isEmpty ? say(es: "cerrado", en: "closed") : day.hours.map(\.description).joined(separator: ", ")
      switch day.kind {
      case .open, .closed: break
      case .holiday: line("*", day, label.isEmpty ? say(es: "inhábil", en: "holiday") : label)
      case .halfDay: line("½", day, (label.isEmpty ? "" : "\(label): ") + hours)
      case .override: line("!", day, say(es: "horario especial: ", en: "special hours: ") + hours)
      }
      if let at = day.changesAt { line("~", day, clockChangeText(day, at)) }
    }
    if entry.isList { return lines }
    let open = days.count { $0.workingSeconds > 0 }
    let seconds = days.reduce(0) { $0 + $1.workingSeconds }
    let minutes = seconds % 3600 / 60
    let hours = "\(seconds / 3600) h" + (minutes == 0 ? "" : " \(minutes) min")
    if !lines.isEmpty, lines.last != "" { lines.append("") }
    lines.append(say(es: "  \(open) días con horario, \(hours)", en: "  \(open) days with hours, \(hours)"))
    return lines
  }

  /// Such as "at 2:00 it becomes 3:00: a day of 23 h".
  private func clockChangeText(_ day: Day, _ at: Instant) -> String {
    func clock(_ instant: Instant, _ offset: Seconds) -> String {
      let second = ((instant.seconds + offset) % 86_400 + 86_400) % 86_400
      return "\(second / 3600):\(second / 60 % 60 < 10 ? "0" : "")\(second / 60 % 60)"
    }
    let zone = entry.zone
    let before = clock(at, zone.offset(at: at - 1))
    let after = clock(at, zone.offset(at: at))
    let length = zone.instant(on: day.date.adding(days: 1), secondOfDay: 0) - zone.instant(on: day.date, secondOfDay: 0)
    let minutes = length % 3600 / 60
    let hours = "\(length / 3600) h" + (minutes == 0 ? "" : " \(minutes) min")
    return say(
      es: "cambio de hora: a las \(before) son las \(after); el día tiene \(hours)",
      en: "the clock changes: at \(before) it is \(after); the day has \(hours)")
  }

  // MARK: Columns

  /// Seven cells of eleven columns.
  private func row(_ cells: [String]) -> String { trimmed("  " + cells.map { padded($0, 11) }.joined()) }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func centred(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count) / 2) + text
  }

  private func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }

  /// `9-14`, `9:30-14`, `22-30`.
  private static func short(_ hours: Hours) -> String {
    func short(_ second: Int) -> String {
      let minute = second / 60 % 60
      return minute == 0 ? "\(second / 3600)" : "\(second / 3600):\(minute < 10 ? "0" : "")\(minute)"
    }
    return "\(short(hours.opens))-\(short(hours.closes))"
  }

  // MARK: For programs

  func json(_ days: [Day]) throws -> String {
    let zone = entry.zone
    func object(_ day: Day) -> JSONValue {
      var object: [String: JSONValue] = [
        "date": .string("\(day.date)"), "weekday": .string(day.date.weekday.key), "kind": .string(day.kind.rawValue),
        "hours": .array(day.hours.map { .string("\($0)") }), "label": day.label.isEmpty ? .null : .string(day.label),
        "working_s": .integer(day.workingSeconds), "clock_change_s": .integer(day.clockChange),
      ]
      object["clock_changes_at"] = day.changesAt.map { .string($0.iso8601(in: zone)) } ?? .null
      return .object(object)
    }
    return try JSONValue.object([
      "name": .string(entry.name), "zone": entry.isList ? .null : .string(zone.name),
      "version": entry.version.map { .string($0) } ?? .null, "standing": .string(entry.standing.rawValue),
      "working_s": .integer(days.reduce(0) { $0 + $1.workingSeconds }), "days": .array(days.map(object)),
    ]).canonicalText()
  }
}
