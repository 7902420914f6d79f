internal import Desk
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

/// The calendars of a desk as its files have them, beside those in force.
struct DeskCalendars {
  /// A calendar, or a list of days that others include.
  struct Entry {
    let name: String
    let definition: CalendarDefinition
    let zone: Zone
    let isList: Bool
    /// The version by its content; `nil` for a list.
    let version: String?
    let standing: Standing
  }

  /// How what the files say stands to what is in force.
  enum Standing: String {
    case applied, changed, new, removed, list

    func label(_ say: Language) -> String {
      switch self {
      case .applied: say(es: "en vigor", en: "in force")
      case .changed: say(es: "cambió, sin aplicar", en: "changed, not applied")
      case .new: say(es: "nuevo, sin aplicar", en: "new, not applied")
      case .removed: say(es: "quitado, sin aplicar", en: "removed, not applied")
      case .list: say(es: "lista para incluir", en: "list to include")
      }
    }
  }

  let entries: [Entry]

  init(_ session: Session, _ desk: OpenDesk) throws {
    let applied = try AppliedRules.current(on: desk.connection, now: desk.now)
    let rules = desk.configuration.rules
    var entries: [Entry] = []
    for (name, definition) in rules.calendars {
      let zone = try session.zones.zone(definition.zone)
      let version = definition.version(zoneData: zone.data)
      let inForce = applied?.calendar(named: name).map { $0.definition.version(zoneData: $0.zone.data) }
      entries.append(
        Entry(
          name: name, definition: definition, zone: zone, isList: false, version: version,
          standing: inForce.map { $0 == version ? .applied : .changed } ?? .new))
    }
    for name in applied?.calendarIDs.keys.sorted() ?? [] where rules.calendars[name] == nil {
      guard let (definition, zone) = applied?.calendar(named: name) else { continue }
      entries.append(
        Entry(
          name: name, definition: definition, zone: zone, isList: false,
          version: definition.version(zoneData: zone.data), standing: .removed))
    }
    for (name, definition) in desk.configuration.dayLists {
      entries.append(
        Entry(name: name, definition: definition, zone: desk.zone, isList: true, version: nil, standing: .list))
    }
    self.entries = entries.sorted { ($0.isList ? 1 : 0, $0.name) < ($1.isList ? 1 : 0, $1.name) }
  }

  /// - Throws: `DeskError` with the nearest name.
  func entry(_ name: String) throws -> Entry {
    if let entry = entries.first(where: { $0.name == name }) { return entry }
    let names = entries.map(\.name)
    let guess = nearest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
    throw DeskError(
      "there is no calendar '\(name)'", mend: "\(guess)calendars: \(names.joined(separator: ", "))")
  }
}

let calendarListCommand = Command(
  name: "calendar list", summary: "the calendars: zone, version, hours a week, the next holiday, whether in force",
  options: [Listing.formatOption], examples: ["plazo calendar list"]
) { line, session in
  let desk = try session.open(.readOnly)
  let rows = try DeskCalendars(session, desk).entries.map { entry -> [PlainTable.Cell] in
    let today = entry.zone.date(at: desk.now)
    let next = entry.definition.nextHoliday(from: today)
    let seconds = entry.definition.weekly.values.reduce(0) { sum, hours in
      Hours.united(hours).reduce(sum) { $0 + $1.closes - $1.opens }
    }
    let isText = try Listing.format(line) == .text
    return [
      .text(entry.name), entry.isList ? .none : .text(entry.zone.name),
      entry.isList ? .none : .text(hoursText(seconds)),
      .text(isText ? entry.standing.label(desk.language) : entry.standing.rawValue),
      next.map { .text("\($0.date)") } ?? .none, next.map { .text($0.label) } ?? .none,
      entry.version.map { .text($0) } ?? .none,
    ]
  }
  let table = PlainTable(
    columns: [
      ("name", Bilingual(es: "Calendario", en: "Calendar")), ("zone", Bilingual(es: "Zona", en: "Zone")),
      ("hours_a_week", Bilingual(es: "h/sem.", en: "h/week")),
      ("standing", Bilingual(es: "Estado", en: "Standing")),
      ("next_holiday", Bilingual(es: "Próximo inhábil", en: "Next holiday")),
      ("holiday", Bilingual(es: "Motivo", en: "Reason")),
      ("version", Bilingual(es: "Versión", en: "Version")),
    ], rows: rows)
  try table.print(line, session, desk, empty: Bilingual(es: "No hay calendarios.", en: "There is no calendar."))
  return .done
}

/// Seconds as decimal hours, `40` or `37.5`.
private func hoursText(_ seconds: Int) -> String {
  let hundredths = (seconds + 18) / 36
  if hundredths % 100 == 0 { return "\(hundredths / 100)" }
  let rest = hundredths % 100
  return "\(hundredths / 100)." + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
}

extension CalendarDefinition {
  /// The first date from this one on that a holiday or an override closes, whole or in part, within two years.
  fileprivate func nextHoliday(from date: LocalDate) -> (date: LocalDate, label: String)? {
    for number in date.dayNumber..<date.dayNumber + 731 {
      let date = LocalDate(dayNumber: number)
      if let rule = hours(on: date).rule, rule.hours.isEmpty || !rule.isOverride { return (date, rule.label) }
    }
    return nil
  }
}
