internal import Desk
internal import FoundationEssentials
internal import Monitor
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let calendarImportCommand = Command(
  name: "calendar import",
  summary: "the days of an iCalendar file as holidays of a calendar: shows them, and writes them when told to",
  operands: ["FILE"],
  options: [
    .init("--into", "NAME", "the calendar; a new name makes a list of days that calendars can include"),
    .init("--yes", nil, "writes all days into calendars/NAME.json5"),
    .init("--only", "DATE", "writes these days and no others", isRepeatable: true),
    .init("--except", "DATE", "writes all days but these", isRepeatable: true),
    .init("--from", "YEAR", "the first year whose days are wanted; else last year"),
    .init("--through", "YEAR", "the last one, to which events without an end are followed; else ten years on"),
  ],
  details: """
    Reads the events of FILE, an .ics file ('-' is standard input), as dates: of whole days and of hours, with rules of
    recurrence by years, months, weeks and days, their exceptions and changes. What it cannot read is told by line, and
    the other events stay. Lists each day, whether it is a holiday already, and the open tickets whose deadlines would
    move. Nothing is written without --yes, --only or --except; and nothing moves until 'plazo apply'. plazo.json5 is
    never rewritten; days that the calendar has already are not written again.
    """,
  examples: [
    "plazo calendar import demo/exports/cierres.ics --into oficina",
    """
    plazo calendar import demo/exports/cierres.ics --into oficina --as rocio \\
      --except 2027-03-29
    """,
  ], isForStaff: true
) { line, session in
  let name = try line.required("--into")
  guard name != Rules.alwaysCalendar else {
    throw UsageError(problem: "'always' is built in and has no holidays", mend: "choose another calendar")
  }
  guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), printable(name) == name, name.utf8.count <= 100 else {
    throw UsageError(problem: "'\(name)' is no name for a calendar", mend: "write a name such as office")
  }
  let desk = try session.open(.readOnly)
  let isWriting = line.has("--yes") || line.has("--only") || line.has("--except")
  if isWriting { try administratorOnly(session, desk, "change a calendar") }
  let addition = try HolidayAddition(line, session, desk, calendar: name)
  try addition.tell()
  guard isWriting else {
    if !addition.days.isEmpty {
      session.world.output.line(
        desk.language(
          es: "No se escribió nada. --yes lo escribe; --only y --except eligen días.",
          en: "Nothing was written. --yes writes it; --only and --except choose days."))
    }
    return .done
  }
  try addition.write()
  return .done
}

/// The days that an import adds to a calendar, before and after they are written.
private struct HolidayAddition {
  let session: Session
  let desk: OpenDesk
  let calendar: String
  /// Those to be written.
  let days: [HolidayFile.Day]
  private let file: HolidayFile
  private let source: String
  /// What the calendar says before; `nil` when there is none of the name.
  private let definition: CalendarDefinition?

  private static let largest = 32 * 1024 * 1024

  init(_ line: Line, _ session: Session, _ desk: OpenDesk, calendar: String) throws {
    (self.session, self.desk, self.calendar) = (session, desk, calendar)
    source = line.operands[0]
    let configuration = desk.configuration
    definition = configuration.rules.calendars[calendar] ?? configuration.dayLists[calendar]
    let zone = try definition.map { try session.zones.zone($0.zone) } ?? desk.zone
    let thisYear = zone.date(at: desk.now).year
    func year(_ option: String, _ fallback: Int) throws -> Int {
      guard let text = line.value(option) else { return fallback }
      guard let year = Int(text), (1970...2199).contains(year) else {
        throw UsageError(problem: "'\(text)' is no year for \(option)", mend: "give one from 1970 to 2199")
      }
      return year
    }
    let (from, through) = (try year("--from", thisYear - 1), try year("--through", thisYear + 10))
    guard from <= through else {
      throw UsageError(problem: "--from \(from) is after --through \(through)", mend: "give the earlier year to --from")
    }
    file = try HolidayFile(
      Self.bytes(of: source), file: source, zone: zone, zones: { try? session.zones.zone($0) }, years: from...through)
    let only = try Self.dates(line, "--only", file)
    let except = try Self.dates(line, "--except", file)
    let definition = definition
    days = file.days.filter { day in
      (only.isEmpty || only.contains(day.date)) && !except.contains(day.date)
        && !Self.isHoliday(day.date, definition)
    }
  }

  private static func bytes(of source: String) throws -> [UInt8] {
    let input = try FileSource(source)
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try input.read(into: buffer)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= largest else {
        throw Fault(file: source, problem: "it is larger than 32 MiB", mend: "give a file of holidays only")
      }
    }
  }

  private static func dates(_ line: Line, _ option: String, _ file: HolidayFile) throws -> Set<LocalDate> {
    let texts = line.values(option).flatMap { $0.split(separator: ",") }
    return Set(
      try texts.map { text in
        guard let date = LocalDate(text) else {
          throw UsageError(problem: "'\(text)' is no date for \(option)", mend: "write it as 2026-12-25")
        }
        guard file.days.contains(where: { $0.date == date }) else {
          throw UsageError(
            problem: "the file has no day \(date), given with \(option)", mend: "see the list without it")
        }
        return date
      })
  }

  /// Whether the calendar keeps closed on that date by a rule of its own.
  private static func isHoliday(_ date: LocalDate, _ definition: CalendarDefinition?) -> Bool {
    definition?.hours(on: date).rule.map { $0.hours.isEmpty } ?? false
  }

  // MARK: Telling

  func tell() throws {
    let say = desk.language
    let output = session.world.output
    for fault in file.faults { session.world.talk.line("plazo: \(oneLine(fault.description))") }
    let chosen = Set(days.map(\.date))
    for day in file.days {
      var notes: [String] = []
      if day.isPart { notes.append(say(es: "parte del día", en: "part of the day")) }
      if day.isFree { notes.append(say(es: "marcado como libre", en: "marked as free")) }
      if let (hours, rule) = definition?.hours(on: day.date) {
        if let rule {
          let label = rule.label.isEmpty ? "" : ": \(oneLine(rule.label))"
          notes.append(
            rule.hours.isEmpty
              ? say(es: "ya es inhábil\(label)", en: "a holiday already\(label)")
              : say(es: "horario especial: \(Self.text(hours))", en: "has other hours: \(Self.text(hours))"))
        } else if hours.isEmpty {
          notes.append(say(es: "no laborable", en: "no working day"))
        }
      }
      let mark = chosen.contains(day.date) ? "+" : " "
      let note = notes.isEmpty ? "" : "  (\(notes.joined(separator: "; ")))"
      output.line("\(mark) \(day.date) \(DateWords(say).shortWeekday(day.date))  \(oneLine(day.name))\(note)")
    }
    if file.days.isEmpty {
      output.line(say(es: "El archivo no tiene días de esos años.", en: "The file has no days of those years."))
    }
    if file.outside > 0 {
      output.line(
        say(
          es: "Fuera de esos años: \(file.outside == 1 ? "1 día" : "\(file.outside) días") (--from, --through).",
          en: "Outside of those years: \(counted(file.outside, "day")) (--from, --through)."))
    }
    if !days.isEmpty { try tellMoves() }
  }

  private func tellMoves() throws {
    let say = desk.language
    let output = session.world.output
    guard let text = try fileText() else { return }
    let document = try Document(file: path, data: Data(text.utf8))
    let configuration = try Configuration.load(
      folder: desk.folder, zones: session.zones, replacing: (calendar, document))
    let candidate = try AppliedRules.candidate(
      configuration.document, rules: configuration.rules, zone: { try session.zones.zone($0) }, now: desk.now)
    guard try SweepState.load(desk.connection) != nil else { return }
    if try !Plan.isApplied(try desk.candidate(session.zones), on: desk.connection) {
      output.line(
        say(
          es: "Con lo que ya cambió en la configuración y aún no se aplica:",
          en: "With what has changed in the configuration and is not applied yet:"))
    }
    let summary = try desk.connection.read {
      try Plan.compare(candidate, on: desk.connection, now: desk.now) { move in
        output.line(planLine(of: move, in: desk.zone))
      }
    }
    output.line(planTotal(summary))
  }

  private static func text(_ hours: [Hours]) -> String { hours.map(\.description).joined(separator: ", ") }

  // MARK: Writing

  private var path: String { "\(desk.folder)/\(CalendarFolder.name)/\(calendar)\(CalendarFolder.ending)" }

  /// The file as it will be; `nil` when there is nothing to add.
  private func fileText() throws -> String? {
    guard !days.isEmpty else { return nil }
    let origin = source == "-" ? "standard input" : String(source.split(separator: "/").last ?? "")
    let date = desk.zone.date(at: desk.now)
    let lines = try HolidayText.lines(days, source: "From \(oneLine(origin)), \(date).")
    guard let data = FileManager.default.contents(atPath: path) else { return HolidayText.file(calendar, lines) }
    guard let old = String(validating: data, as: UTF8.self),
      let text = JSON5Insertion.append(lines, toListNamed: "holidays", in: old)
    else {
      throw DeskError("'\(path)' has no place for holidays", mend: "give it a list holidays: []")
    }
    return text
  }

  func write() throws {
    let say = desk.language
    guard let text = try fileText() else {
      session.world.output.line(say(es: "No hay nada que escribir.", en: "There is nothing to write."))
      return
    }
    // Read before it is written: every day must be there, and none of the old ones gone.
    let document = try Document(file: path, data: Data(text.utf8))
    let configuration = try Configuration.load(
      folder: desk.folder, zones: session.zones, replacing: (calendar, document))
    let after = configuration.rules.calendars[calendar] ?? configuration.dayLists[calendar]
    let isKept = definition?.days.allSatisfy { after?.days.contains($0) ?? false } ?? true
    guard isKept, days.allSatisfy({ Self.isHoliday($0.date, after) || after?.hours(on: $0.date).rule != nil }) else {
      throw DeskError("'\(path)' cannot be added to without changing it", mend: "add the days by hand")
    }
    try Folders.make("\(desk.folder)/\(CalendarFolder.name)")
    try WholeFile.write(text, to: path, mode: 0o600)
    session.world.output.line(
      say(
        es: "\(path): \(days.count) \(days.count == 1 ? "día" : "días") más. 'plazo apply' pone en vigor el cambio.",
        en: "\(path): \(days.count) \(days.count == 1 ? "day" : "days") more. 'plazo apply' puts the change in force."))
    if configuration.rules.calendars[calendar] == nil {
      session.world.talk.line(
        say(
          es: "Un calendario los toma con include: [\"\(calendar)\"] en plazo.json5.",
          en: "A calendar takes them with include: [\"\(calendar)\"] in plazo.json5."))
    }
  }
}
