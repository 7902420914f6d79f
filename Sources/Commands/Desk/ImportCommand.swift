internal import Desk
internal import FoundationEssentials
internal import Monitor
internal import SQLite
internal import Text

let importCommand = Command(
  name: "import", summary: "brings in what another system exports as CSV", operands: ["KIND", "FILE"],
  options: [
    .init("--map", "FILE", "the mapping: which column is what, time formats, zones, words"),
    .init("--events", "FILE", "with tickets: their events, in the same transaction"),
    .init("--events-map", "FILE", "the mapping of --events"),
    .init("--dry-run", nil, "checks everything, counts, and writes nothing"),
    .init("--skip-bad", "REJECTS.csv", "imports the good rows, and writes the others there with their reasons"),
  ],
  details: """
    KIND is tickets, events, users, clients, products, providers, tasks, activities or articles. FILE may be '-' for
    standard input. Every fault of a file is told at once, with its line and column, and nothing is written unless every
    row is good or --skip-bad is given. The same file again changes nothing; a newer one updates and closes; what vanished
    is told, and stays. samples/README.md tells the form of mappings, and samples/mappings has some for Request Tracker,
    GLPI, Zammad and ServiceNow. A short one: { kind: "tickets", source: "old desk", times: "d/M/yyyy HH:mm",
    fields: { key: "id", client: "company", title: "subject", opened_at: "opened", closed_at: "closed" } }
    """,
  examples: [
    """
    plazo import tickets demo/exports/exportacion-2026-10-23.csv --as rocio \\
      --map demo/exports/tickets.json5 --dry-run
    """,
    """
    zcat -f demo/exports/*-23.csv | plazo import tickets - --as rocio \\
      --map demo/exports/tickets.json5 --skip-bad rechazos.csv
    """,
  ], isForStaff: true
) { line, session in
  guard let kind = ImportKind(rawValue: line.operand(0)!) else {
    let legal = ImportKind.allCases.map(\.rawValue)
    let guess = nearest(to: line.operand(0)!, among: legal).map { "did you mean '\($0)'? " } ?? ""
    throw UsageError(
      problem: "'\(line.operand(0)!)' cannot be imported",
      mend: "\(guess)legal values: \(legal.joined(separator: ", "))")
  }
  guard line.has("--events") == line.has("--events-map") else {
    throw UsageError(problem: "--events and --events-map go together", mend: "give both or neither")
  }
  if kind != .tickets, line.has("--events") {
    throw UsageError(problem: "--events goes with 'import tickets'", mend: "leave it out")
  }
  let desk = try session.open()
  func file(_ name: String, map: String) throws -> ImportFile {
    guard let data = FileManager.default.contents(atPath: map) else {
      throw Fault(file: map, problem: "it cannot be read", mend: "check the path of the mapping")
    }
    let mapping = try Mapping(file: map, data: data, zone: desk.zone, zones: { try session.zones.zone($0) })
    let source = try FileSource(name)
    return ImportFile(
      mapping: mapping, name: name == "-" ? "standard input" : name, bytes: { try source.read(into: $0) })
  }
  let main = try file(line.operand(1)!, map: try line.required("--map"))
  let events = try line.value("--events").map { try file($0, map: line.value("--events-map")!) }
  do {
    let options = ImportOptions(isDryRun: line.has("--dry-run"), rejects: line.value("--skip-bad"))
    let actor = try session.actor(desk)
    let result: ImportResult
    switch kind {
    case .tickets, .events:
      result = try TicketImport(desk.connection, now: desk.now, actorID: actor.id)
        .run(tickets: kind == .tickets ? main : nil, events: kind == .tickets ? events : main, options: options)
    default:
      try main.check(kind)
      result = try RecordImport(
        desk.connection, actor: actor, now: desk.now, zone: desk.zone, zones: { try session.zones.zone($0) },
        calendars: desk.configuration.rules.calendars.keys.sorted()
      ).run(main, options: options)
    }
    for text in result.lines { session.world.output.line(text) }
    if result.rejected > 0 || result.eventsRejected > 0, let path = line.value("--skip-bad"), !result.isDryRun {
      session.world.talk.line("plazo: the rejected rows are in \(path), each with its reason")
    }
    return .done
  } catch let refused as ImportRefused {
    session.world.talk.line(refused.description)
    let count = refused.result.faultCount
    throw DeskError(
      "\(count) \(count == 1 ? "fault" : "faults"), and nothing was written",
      mend: "mend the file or the mapping, or pass over the bad rows with --skip-bad REJECTS.csv")
  }
}
