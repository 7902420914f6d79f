/// A calendar's hours for a run of dates, with every dated rule looked up beforehand.
struct DayBook {
  private let week: [[Hours]]
  private let rules: [DayRule]
  private let ruleHours: [[Hours]]
  /// For each date its rule's index plus one; 0 where the week holds.
  private var ruling: ContiguousArray<Int32>
  private let first: Int

  init(_ definition: CalendarDefinition, from: LocalDate, through: LocalDate) {
    week = Weekday.allCases.map { Hours.united(definition.weekly[$0] ?? []) }
    // The strongest rule is written last.
    rules = definition.days.sorted { $1.outranks($0) }
    ruleHours = rules.map { Hours.united($0.hours) }
    first = from.dayNumber
    ruling = ContiguousArray(repeating: 0, count: max(0, through.dayNumber - first + 1))
    guard !rules.isEmpty, from <= through else { return }
    for year in from.year...through.year {
      for (index, rule) in rules.enumerated() {
        for date in rule.pattern.dates(in: year) where from <= date && date <= through {
          ruling[date.dayNumber - first] = Int32(index + 1)
        }
      }
    }
  }

  /// United and sorted.
  func hours(on date: LocalDate) -> [Hours] {
    let index = Int(ruling[date.dayNumber - first])
    return index == 0 ? week[date.weekday.rawValue] : ruleHours[index - 1]
  }

  func rule(on date: LocalDate) -> DayRule? {
    let index = Int(ruling[date.dayNumber - first])
    return index == 0 ? nil : rules[index - 1]
  }
}
