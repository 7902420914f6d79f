public import SLA
public import Text

/// Reads one calendar of a configuration: hours of the week, holidays, and dates with hours of their own.
public enum CalendarReader {
  public static func read(_ node: Node, deskZone: String) -> CalendarDefinition {
    node.object(keys: ["timeZone", "weekly", "holidays", "overrides"])
    let weeklyNode = node["weekly"].object(keys: Weekday.allCases.map(\.key))
    var weekly: [Weekday: [Hours]] = [:]
    for day in Weekday.allCases { weekly[day] = hours(weeklyNode[day.key]) }
    var days = node["holidays"].list().compactMap(holiday)
    for (key, hoursNode) in node["overrides"].entriesInOrder() {
      guard let date = LocalDate(key) else {
        hoursNode.fail("'\(key)' is not a date", mend: "write it as 2026-12-24")
        continue
      }
      days.append(DayRule(pattern: .date(date), label: "", hours: hours(hoursNode), isOverride: true))
    }
    // Hours that are wrong have been told as such, and are not missing.
    if Weekday.allCases.allSatisfy({ weeklyNode[$0.key].listOrOne().isEmpty }),
      !days.contains(where: { !$0.hours.isEmpty })
    {
      node.fail("it never opens", mend: "give hours to at least one day, such as mon: [\"09:00-18:00\"]")
    }
    return CalendarDefinition(zone: node["timeZone"].stringOrNil() ?? deskZone, weekly: weekly, days: days)
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
