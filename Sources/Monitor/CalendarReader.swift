internal import SLA
internal import Text

/// Reads the calendars of a configuration: hours of the week, holidays, and dates with hours of their own.
enum CalendarReader {
  private static let keys = ["timeZone", "include", "weekly", "holidays", "overrides"]

  /// Every calendar of a configuration by its name, `always` included.
  /// - Parameter files: add to those of the same name, or are calendars of their own. What is wrong in one is recorded
  ///   there.
  static func readAll(_ node: Node, deskZone: String, files: CalendarFiles) -> [String: CalendarDefinition] {
    var calendars = [Rules.alwaysCalendar: CalendarDefinition.always(zone: deskZone)]
    func isBuiltIn(_ name: String, _ node: Node) -> Bool {
      if name == Rules.alwaysCalendar { node.fail("'always' is built in", mend: "choose another name") }
      return name == Rules.alwaysCalendar
    }
    for (name, node) in node.entriesInOrder() where !isBuiltIn(name, node) {
      calendars[name] = read([node] + (files.root(name).map { [$0] } ?? []), deskZone: deskZone, files: files)
    }
    for (name, root) in files.roots where calendars[name] == nil || name == Rules.alwaysCalendar {
      if isBuiltIn(name, root) { continue }
      let definition = read([root], deskZone: deskZone, files: files, isList: !root["weekly"].isPresent)
      if root["weekly"].isPresent { calendars[name] = definition }
    }
    // Whoever names one that cannot be read has made no mistake.
    for name in files.brokenNames where calendars[name] == nil { calendars[name] = .always(zone: deskZone) }
    return calendars
  }

  /// A file by itself.
  static func readList(_ root: Node, zone: String, files: CalendarFiles) -> CalendarDefinition {
    read([root], deskZone: zone, files: files, isList: true)
  }

  /// - Parameters:
  ///   - parts: what the configuration says of a calendar, and then its file.
  ///   - isList: only days, that others include.
  private static func read(
    _ parts: [Node], deskZone: String, files: CalendarFiles, isList: Bool = false
  ) -> CalendarDefinition {
    var weekly: [Weekday: [Hours]] = [:]
    var days: [DayRule] = []
    var overrides: [LocalDate: DayRule] = [:]
    var zone: String?
    // Hours that are wrong have been told as such, and are not missing.
    var hasHours = false
    for part in parts {
      part.object(keys: keys)
      if let name = part["timeZone"].stringOrNil() {
        if let zone = zone ?? (part.path.isEmpty && parts.count > 1 ? deskZone : nil), zone != name {
          part["timeZone"].fail("the calendar has the zone '\(zone)'", mend: "leave it out here")
        }
        zone = zone ?? name
      }
      let weeklyNode = part["weekly"].object(keys: Weekday.allCases.map(\.key))
      for day in Weekday.allCases {
        weekly[day, default: []] += hours(weeklyNode[day.key])
        if !weeklyNode[day.key].listOrOne().isEmpty { hasHours = true }
      }
      days += holidays(part, files: files, including: [])
      for (key, hoursNode) in part["overrides"].entriesInOrder() {
        guard let date = LocalDate(key) else {
          hoursNode.fail("'\(key)' is not a date", mend: "write it as 2026-12-24")
          continue
        }
        let rule = DayRule(pattern: .date(date), label: "", hours: hours(hoursNode), isOverride: true)
        if let other = overrides[date], Hours.united(other.hours) != Hours.united(rule.hours) {
          hoursNode.fail("the calendar has other hours for that date", mend: "leave one of them out")
        }
        overrides[date] = overrides[date] ?? rule
      }
    }
    days += overrides.values.sorted { "\($0.pattern)" < "\($1.pattern)" }
    if !isList, !hasHours, !days.contains(where: { !$0.hours.isEmpty }) {
      parts[0].fail("it never opens", mend: "give hours to at least one day, such as mon: [\"09:00-18:00\"]")
    }
    return CalendarDefinition(zone: zone ?? deskZone, weekly: weekly, days: days)
  }

  /// A calendar's own holidays, and those of the files that it includes.
  private static func holidays(_ part: Node, files: CalendarFiles, including: Set<String>) -> [DayRule] {
    var days = part["holidays"].list().compactMap(holiday)
    for node in part["include"].listOrOne() {
      guard let name = node.stringOrNil() else { continue }
      if including.contains(name) {
        node.fail("'\(name)' includes itself", mend: "leave it out")
        continue
      }
      guard let file = files.root(name) else {
        if !files.brokenNames.contains(name) {
          let names = files.roots.map(\.name)
          let guess = nearest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
          node.fail(
            "there is no file calendars/\(name).json5",
            mend: guess
              + (names.isEmpty ? "put it into the desk's folder calendars" : "files: \(names.joined(separator: ", "))"))
        }
        continue
      }
      days += holidays(file, files: files, including: including.union([name]))
    }
    return days
  }

  private static func hours(_ node: Node) -> [Hours] {
    node.listOrOne().compactMap { item in
      item.parsed("opening hours, the opening before the closing", example: "09:00-14:00, or 22:00-30:00 past midnight")
      {
        Hours($0)
      }
    }
  }

  /// A date alone, or an object that says when and, for a half day, which hours are left.
  private static func holiday(_ node: Node) -> DayRule? {
    if case .string? = node.value {
      return date(node).map { DayRule(pattern: .date($0), label: "") }
    }
    node.object(keys: ["date", "from", "to", "yearly", "nth", "weekday", "month", "easter", "name", "hours"])
    guard let pattern = pattern(node) else { return nil }
    return DayRule(pattern: pattern, label: node["name"].string(default: ""), hours: hours(node["hours"]))
  }

  private static func pattern(_ node: Node) -> DayPattern? {
    if node["date"].isPresent { return date(node["date"]).map { .date($0) } }
    if node["yearly"].isPresent {
      guard let first = monthDay(node["yearly"]) else { return nil }
      guard node["to"].isPresent else { return .yearly(month: first.month, day: first.day) }
      return monthDay(node["to"]).map { .yearlySpan(from: first, to: $0) }
    }
    if node["from"].isPresent {
      guard let from = date(node["from"]), node["to"].isPresent, let to = date(node["to"]) else {
        if !node["to"].isPresent { node["to"].fail("is missing", mend: "give the last day of the span") }
        return nil
      }
      guard from <= to else {
        node.fail("the span ends before it begins", mend: "put the earlier date in 'from'")
        return nil
      }
      return .span(from, to)
    }
    if node["nth"].isPresent {
      let day = node["weekday"].parsed("a weekday", example: "mon, tue, wed, thu, fri, sat or sun") { Weekday(key: $0) }
      guard let nth = node["nth"].integerOrNil(in: -1...5), nth != 0, let day,
        let month = node["month"].integerOrNil(in: 1...12)
      else {
        node.fail("a weekday of a month needs all of its parts", mend: "write { nth: 3, weekday: \"mon\", month: 11 }")
        return nil
      }
      return .nthWeekday(nth, day, month: month)
    }
    if node["easter"].isPresent { return node["easter"].integerOrNil(in: -100...100).map { .easter(offset: $0) } }
    node.fail("it says no day", mend: "give date, from and to, yearly, nth with weekday and month, or easter")
    return nil
  }

  private static func date(_ node: Node) -> LocalDate? {
    node.parsed("a date", example: "2026-12-25") { LocalDate($0) }
  }

  private static func monthDay(_ node: Node) -> MonthDay? {
    node.parsed("a day of the year", example: "12-25") { text in
      // 2024 had a 29 February, which a yearly rule may name.
      LocalDate("2024-\(text)").map { MonthDay(month: $0.month, day: $0.day) }
    }
  }
}
