internal import Desk
internal import Glibc
internal import Reports
internal import SLA
internal import Scheduler
internal import Text

/// A job's report at one of its slots: into `out/DATE/JOB/`, with `out/latest/JOB` pointing there, and to those who get it
/// by mail.
struct ScheduledReport {
  private let session: Session
  private let desk: OpenDesk
  private let job: Configuration.ReportJob
  private let slot: Slot
  private let limit: TimeLimit

  init(
    _ session: Session, _ desk: OpenDesk, _ job: Configuration.ReportJob, _ slot: Slot, limit: TimeLimit
  ) {
    self.session = session
    self.desk = desk
    self.job = job
    self.slot = slot
    self.limit = limit
  }

  /// - Returns: what it wrote, for the ledger.
  func run() throws -> String {
    let definition = try ReportFiles(desk).definition(named: job.report)
    var request = try ReportFiles(desk).request(formats: job.formats)
    // Of the day that was planned: what is made up for in November tells of the October that it was to tell of.
    if let period = job.period ?? definition.period {
      request.period = try ReportFiles(desk).period(period, "jobs", asOf: slot.plannedAt)
    }
    request.versions += try ReportFiles(desk).notices(session)
    // The slots between the last that was done and this one are told of here and nowhere else.
    request.since =
      try SlotLedger(desk.connection).lastDone(of: slot.job, before: slot.plannedAt)
      ?? job.job.previous(before: slot.plannedAt, in: desk.zone)
    if slot.isCaughtUp {
      let planned = slot.plannedAt.iso8601(in: desk.zone)
      request.versions.append(
        ReportVersion(
          name: desk.language(es: "emitido con retraso", en: "run late"),
          value: desk.language(es: "estaba previsto para \(planned)", en: "it was planned for \(planned)")))
    }
    if !job.delivery.recipients.isEmpty {
      request.formats += MailedReport.formats.filter { !request.formats.contains($0) }
    }
    request.skipsWhenEmpty = job.delivery.skipsWhenEmpty
    let kept = KeptReports(root: "\(desk.folder)/out", job: job.job.name)
    let place = KeptReports.place(job.job.name, at: slot.plannedAt, isOneOfDay: isOneOfDay, in: desk.zone)
    let folder = "\(kept.root)/\(place)"
    let files = try Folders.making(folder) {
      try ReportRun(session, desk, limit: limit).runner().run([definition], request, to: .folder(folder))
    }
    guard !files.isEmpty else {
      // Of what a slot that was run before left there, nothing goes.
      rmdir(folder)
      rmdir("\(kept.root)/\(place.prefix(10))")
      return "nothing to tell, so nothing was written"
    }
    try LatestLink.point("\(kept.root)/latest/\(job.job.name)", to: "../\(place)")
    var told = ["\(counted(files.count, "file")) in out/\(place)"]
    if !job.delivery.recipients.isEmpty {
      let key = "\(job.job.name)/\(slot.plannedAt.seconds)"
      told.append(
        try MailedReport(session, desk, definition, in: folder).send(to: job.delivery.recipients, key: key))
    }
    let settings = desk.configuration.reports
    let gone = try kept.prune(
      days: settings.keptDays, count: settings.keptCount, today: desk.zone.date(at: desk.now), keeping: place)
    try ReportIndex.make(desk)
    if gone > 0 { told.append("\(gone) old ones removed") }
    return told.joined(separator: ", ")
  }

  /// Whether the job has no other slot on the slot's date.
  private var isOneOfDay: Bool {
    let zone = job.job.zone ?? desk.zone
    let date = zone.date(at: slot.plannedAt)
    let others = [
      job.job.schedule.previous(before: slot.plannedAt, in: zone),
      job.job.schedule.next(after: slot.plannedAt, in: zone),
    ]
    return !others.contains { zone.date(at: $0) == date }
  }
}

/// A link that always points at something: made beside and moved into place.
enum LatestLink {
  static func point(_ link: String, to target: String) throws {
    if let slash = link.lastIndex(of: "/") { try Folders.make(String(link[..<slash])) }
    let fresh = "\(link).new"
    unlink(fresh)
    guard symlink(target, fresh) == 0 else { throw Folders.cannotMake(fresh, errno) }
    guard rename(fresh, link) == 0 else {
      unlink(fresh)
      throw DeskError("the link '\(link)' cannot be made", mend: "remove what stands in its place")
    }
  }
}
