internal import Desk
internal import FoundationEssentials
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let reportCommands: [Command] = [reportListCommand, reportShowCommand, reportRunCommand, reportVerifyCommand]

private let reportListCommand = Command(
  name: "report list", summary: "the reports that this desk can run, and what each takes",
  options: [Listing.formatOption], examples: ["plazo report list"]
) { line, session in
  let desk = try session.open(.readOnly)
  let (definitions, faults) = ReportFiles(desk).readable()
  if try Listing.format(line) == .text {
    for definition in definitions {
      let origin = definition.isOfTheDesk ? desk.language(es: " (de esta mesa)", en: " (this desk's own)") : ""
      session.world.output.line("\(definition.name)\(origin)\n    \(definition.about(desk.language))")
    }
  } else {
    try PlainTable(
      columns: [
        ("report", .init(es: "Reporte", en: "Report")), ("is_own", .init(es: "De esta mesa", en: "Own")),
        ("takes", .init(es: "Acepta", en: "Takes")), ("about", .init(es: "Para qué", en: "About")),
      ],
      rows: definitions.map {
        [
          .text($0.name), .text($0.isOfTheDesk ? "yes" : "no"), .text($0.legalArguments.joined(separator: ", ")),
          .text($0.about(desk.language)),
        ]
      }
    ).print(line, session, desk, empty: .init(es: "No hay reportes.", en: "There are no reports."))
  }
  // One definition that somebody is still writing hides no other.
  for fault in faults {
    for text in lines(of: fault, folder: session.folder) { session.world.talk.line("plazo: \(text)") }
  }
  return faults.isEmpty ? .done : .failed
}

private let reportShowCommand = Command(
  name: "report show", summary: "a report's definition, to start your own from", operands: ["NAME"],
  options: [.init("--out", "DIR", "writes its files there, such as the desk's reports/; else they are printed")],
  details: """
    The layout in JSON5 and each of its queries in SQL. A file of the same name in the desk's reports/ stands in for the
    shipped report; one of another name adds one. reports/README.md of plazo tells the form and the views.
    """,
  examples: ["plazo report show daily-sla", "plazo report show overdue --out demo/reports"]
) { line, session in
  let desk = try session.open(.readOnly)
  let name = line.operands[0]
  let files = try ReportFiles(desk).catalog.files(of: name)
  guard let folder = line.value("--out") else {
    let definition = try ReportFiles(desk).definition(named: name)
    let takes = definition.legalArguments
    session.world.output.line("// \(name) takes \(takes.isEmpty ? "no arguments" : takes.joined(separator: ", "))")
    for file in files {
      let mark = file.name.hasSuffix(".sql") ? "--" : "//"
      session.world.output.write("\n\(mark) === \(file.name)\n\(file.text)")
    }
    return .done
  }
  try Folders.making(folder) {
    for file in files where FileManager.default.fileExists(atPath: "\(folder)/\(file.name)") {
      throw DeskError("there is a '\(folder)/\(file.name)' already", mend: "move it away, or choose another folder")
    }
    for file in files {
      let path = "\(folder)/\(file.name)"
      guard FileManager.default.createFile(atPath: path, contents: Data(file.text.utf8)) else {
        throw DeskError("'\(path)' cannot be written", mend: "choose a folder in which you may write")
      }
      session.world.output.line(path)
    }
  }
  return .done
}

private let reportRunCommand = Command(
  name: "report run", summary: "makes reports, as of now or of an earlier instant", operands: ["NAME…"],
  options: [
    .init("--format", "F,F…", "csv, html, text, json; text on standard output by itself", isRepeatable: true),
    .init("--period", "P", Period.legal), .init("--from", "WHEN", "the first day or instant"),
    .init("--to", "WHEN", "the last day, included, or the instant at which it ends; else the day of the report"),
    .init("--client", "NAME", "only this client, where the report takes it"),
    .init("--technician", "USER", "only what this technician has, by login or name"),
    .init("--product", "NAME", "only this product"),
    .init("--as-of", "WHEN", "what was true then, from the events; a date means its end"),
    .init("--csv", "PROFILE", "excel-es, excel-en or rfc4180; else as plazo.json5 says"),
    .init(
      "--headers", "names|labels", "what heads the columns of CSV: stable names, or words in the reader's language"),
    .init(
      "--out", "DIR", "where the files go; else out/DATE in the desk, or standard output for one report in one format"
    ),
    .init("--set", "NAME=VALUE", "a parameter that the report declares", isRepeatable: true),
    .init("--width", "COLUMNS", "of text, 60 to 100; else the terminal's, and 100 where there is none"),
  ],
  details: """
    One view of the desk feeds all formats: a file never disagrees with the screen. Files appear whole or not at all;
    a datapackage.json beside them describes every CSV. Each file keeps what it was made with: see 'plazo report verify'.
    'plazo report show NAME' tells which of the arguments a report takes.
    """,
  examples: [
    "plazo report run daily-sla", "plazo report run daily-sla tickets --format html,csv --out reportes",
    "plazo report run technician-hours --period 2026-10 --format csv > horas.csv",
    "plazo report run daily-sla --as-of 2026-10-29T12:30",
  ], isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  let reports = ReportFiles(desk)
  var formats = try line.choices("--format", ReportFormat.self)
  let isStream = line.value("--out") == nil && line.operands.count == 1 && formats.count < 2
  if formats.isEmpty { formats = isStream ? [.text] : [.html, .csv, .text] }
  let definitions = try line.operands.map { try reports.definition(named: $0) }
  var request = try reports.request(line, session, formats: formats)
  request.text = try textStyle(line, session.world, isTerminal: isStream)
  let runner = try ReportRun(session, desk).runner()
  if isStream {
    session.world.output.flush()
    try runner.run(definitions, request, to: .stream(session.world.output.descriptor))
    return .done
  }
  let folder = line.value("--out") ?? "\(desk.folder)/out/\(desk.zone.date(at: desk.now))"
  let paths = try Folders.making(folder) { try runner.run(definitions, request, to: .folder(folder)) }
  if ReportIndex.tellsOf(folder, desk) { try ReportIndex.make(desk) }
  for path in paths { session.world.output.line(path) }
  return .done
}
