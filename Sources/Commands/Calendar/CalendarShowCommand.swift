internal import SLA
internal import SQLite

let calendarShowCommand = Command(
  name: "calendar show", summary: "a calendar's month as people draw it, with hours, holidays and clock changes",
  operands: ["NAME"],
  options: [
    .init("--month", "MONTH", "another month than this one, such as 2026-03"),
    .init("--year", "[YEAR]", "a whole year instead, this one or such as 2026"),
    .init("--format", "text|json", "how it is printed; JSON is the stable one"),
  ],
  details: """
    Shows the calendar as the desk's files have it, and says when that is not in force yet. Marks: * a holiday, ½ a half
    day, ! a date with special hours, ~ a change of the clock; today stands between brackets. Hours are short: 9-14 is
    09:00 to 14:00, and 22-30 ends at six in the morning.
    """,
  examples: ["plazo calendar show oficina --month 2026-12", "plazo calendar show oficina --year=2027"]
) { line, session in
  enum Format: String, CaseIterable { case text, json }
  let format = try line.choice("--format", Format.self) ?? .text
  if line.has("--month"), line.has("--year") {
    throw UsageError(problem: "--month and --year do not go together", mend: "give one of them")
  }
  let desk = try session.open(.readOnly)
  let entry = try DeskCalendars(session, desk).entry(line.operands[0])
  let today = entry.zone.date(at: desk.now)
  let page = CalendarPage(entry: entry, today: today, say: desk.language)
  func refuse(_ text: String, _ option: String, _ example: String) -> UsageError {
    UsageError(
      problem: "'\(text)' is no value for \(option)", mend: "write it as \(example), of the years 1970 to 2199")
  }
  let output = session.world.output
  if let text = line.value("--year") {
    guard let year = text.isEmpty ? today.year : Int(text), (1970...2199).contains(year) else {
      throw refuse(text, "--year", "2026")
    }
    output.write(
      format == .text ? page.year(year) : try page.json((1...12).flatMap { page.days(year, $0) }) + "\n")
    return .done
  }
  var month = today
  if let text = line.value("--month") {
    guard let date = LocalDate("\(text)-01"), (1970...2199).contains(date.year) else {
      throw refuse(text, "--month", "2026-03")
    }
    month = date
  }
  output.write(
    format == .text
      ? page.month(month.year, month.month) : try page.json(page.days(month.year, month.month)) + "\n")
  return .done
}
