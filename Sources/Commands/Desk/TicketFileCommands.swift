internal import Desk
internal import Reports
internal import SLA
internal import SQLite
internal import Text

/// Files of tickets: adding, listing, and saving them elsewhere.
let ticketFileCommands: [Command] = [
  Command(
    name: "ticket attach", summary: "adds files to a ticket, of 1 MiB at most each", operands: ["NUMBER", "FILE…"],
    options: [.init("--at", "INSTANT", "when they came in, if that was earlier")],
    examples: ["plazo ticket attach 56 demo/exports/corte-caja-1.txt --as luis"]
  ) { line, session in
    let number = try line.number(0, "ticket")
    guard line.operands.count > 1 else {
      throw UsageError(problem: "FILE is missing", mend: "see 'plazo help ticket attach'")
    }
    let desk = try session.open()
    let files = try line.operands.dropFirst().map(file)
    let at = try line.value("--at").map { try session.instant($0, "--at", in: desk.zone) }
    _ = try actions(session, desk).attach(number, files, at: at)
    session.confirm("ticket \(number): \(counted(files.count, "file")) added")
    return .done
  },
  Command(
    name: "ticket file list", summary: "the files of a ticket", operands: ["NUMBER"], options: [Listing.formatOption],
    examples: ["plazo ticket file list 56"]
  ) { line, session in
    let desk = try session.open(.readOnly)
    let entries = try TicketFiles(desk.connection).list(of: try visibleTicket(line, session, desk).id)
    try PlainTable(
      columns: [
        ("number", .init(es: "No.", en: "No.")), ("name", .init(es: "Archivo", en: "File")),
        ("size", .init(es: "Bytes", en: "Bytes")), ("added_at", .init(es: "Agregado", en: "Added")),
        ("added_by", .init(es: "Agregó", en: "Added by")),
      ],
      rows: entries.map {
        [
          .number($0.number), .text($0.name), .number($0.size), .instant($0.addedAt),
          $0.actor.map { .text($0) } ?? .none,
        ]
      }
    ).print(line, session, desk, empty: .init(es: "Ningún archivo.", en: "No file."))
    return .done
  },
  Command(
    name: "ticket file save", summary: "saves a file of a ticket", operands: ["NUMBER", "FILE"],
    options: [
      .init("--to", "PATH", "where: a file, a folder, or '-' for standard output; else here, by its own name"),
      .init("--overwrite", nil, "replaces a file that is there"),
    ],
    details: """
      FILE is the file's name, or its number in 'plazo ticket file list'. Of a name only the part behind the last slash
      counts, and a leading dot becomes an underscore: no name leads out of the folder.
      """,
    examples: [
      "plazo ticket file save 56 corte-caja-1.txt", "plazo ticket file save 56 1 --to corte.txt",
      "plazo ticket file save 56 corte-caja-1.txt --to - | head",
    ]
  ) { line, session in
    let desk = try session.open(.readOnly)
    let files = TicketFiles(desk.connection)
    let entry = try files.find(line.operand(1)!, of: try visibleTicket(line, session, desk).id)
    let content = try files.content(of: entry)
    if line.value("--to") == "-" {
      session.world.output.write(bytes: content)
      return .done
    }
    let path = try SavedFile(entry, to: line.value("--to"), overwrites: line.has("--overwrite")).write(content)
    session.confirm("\(oneLine(path)): \(content.count) bytes")
    return .done
  },
]

/// The ticket that an operand names, as whoever reads may see it. - Throws: `DeskError`.
func visibleTicket(_ line: Line, _ session: Session, _ desk: OpenDesk) throws -> TicketRow {
  let number = try line.number(0, "ticket")
  guard let row = try Tickets(desk.connection).ticket(number, for: try session.reader(desk)) else {
    throw DeskError("there is no ticket \(number)", mend: "see 'plazo ticket list'")
  }
  return row
}
