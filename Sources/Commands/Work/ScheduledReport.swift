internal import Desk
internal import Glibc
internal import Reports
internal import SLA
internal import Scheduler
internal import Text

/// A job's report at one of its slots: into `out/DATE/JOB/`, with `out/latest/JOB` pointing there.
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
    if let period = job.period { request.period = try ReportFiles(desk).period(period, "jobs", asOf: desk.now) }
    request.since = job.job.previous(before: slot.plannedAt, in: desk.zone)
    if slot.isCaughtUp {
      let planned = slot.plannedAt.iso8601(in: desk.zone)
      request.versions.append(
        ReportVersion(
          name: desk.language(es: "emitido con retraso", en: "run late"),
          value: desk.language(es: "estaba previsto para \(planned)", en: "it was planned for \(planned)")))
    }
    let place = "\(desk.zone.date(at: desk.now))/\(job.job.name)"
    let folder = "\(desk.folder)/out/\(place)"
    let files = try Folders.making(folder) {
      try ReportRun(session, desk, limit: limit).runner().run([definition], request, to: .folder(folder))
    }
    try LatestLink.point("\(desk.folder)/out/latest/\(job.job.name)", to: "../\(place)")
    try ReportIndex.make(desk)
    return "\(files.count) files in out/\(place)"
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
