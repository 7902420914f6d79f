internal import SLA
internal import SQLite

/// Hours on their way in. They are held against the same rules as those that people book; a row that has changed
/// corrects its entry, unless somebody has corrected that here.
final class ActivitySink: RecordSink {
  private let context: RecordImport
  private let names: NameBook
  private let others: OtherKeys
  private let book: ActivityBook
  private let directory: Directory

  init(_ context: RecordImport, _ writer: DeskWriter, _ names: NameBook, _ others: OtherKeys) {
    self.context = context
    self.names = names
    self.others = others
    book = ActivityBook(writer.connection, now: writer.recordedAt, actorID: context.actor.id)
    directory = Directory(writer.connection)
  }

  func take(_ row: RecordRow) throws -> RecordOutcome {
    let entry = try activity(row.values)
    guard let id = row.id else { return RecordOutcome(.new, try book.add(entry)) }
    guard let old = try? book.standing(id) else { return RecordOutcome(.kept, id) }
    if old == entry { return RecordOutcome(.same, id) }
    return RecordOutcome(.updated, try book.add(entry, correcting: id, reason: "changed in the source"))
  }

  private func activity(_ values: RowValues) throws -> ActivityRow {
    let start = values[instant: .startedAt]
    let day = values[.day].flatMap { LocalDate($0) }
    // Of a row that has both the start says more.
    guard let date = start.map({ context.zone.date(at: $0) }) ?? day else {
      throw RowProblem(.day, "it says neither when it began nor the day", mend: "fill one of them")
    }
    let booking: Booking = start == nil ? .day : .event
    guard let technicianID = try names.person(values[.technician], booking: booking),
      let technician = try directory.user(id: technicianID)
    else { throw RowProblem(.technician, "it is empty", mend: "fill it") }
    guard technician.booking == booking else {
      throw RowProblem(
        booking == .event ? .startedAt : .day, "\(technician.login) books hours by \(technician.booking.rawValue)",
        mend: "map \(technician.booking == .event ? "started_at" : "day"), or let an administrator say otherwise")
    }
    var seconds = values[.time].flatMap { Seconds($0) }
    if seconds == nil, let start, let end = values[instant: .endedAt] { seconds = end - start }
    guard let seconds else {
      throw RowProblem(.time, "it does not say how long it took", mend: "fill it, or started_at and ended_at")
    }
    return ActivityRow(
      technicianID: technicianID, startedAt: start, day: date, seconds: seconds,
      description: values[.description] ?? "", ticketID: try others.ticket(values[.ticket]),
      taskID: try others.task(values[.task]), clientID: try names.id(of: values[.client], in: .client))
  }

  func counts(_ id: Int64) throws -> Bool { (try? book.standing(id)) != nil }
}
