internal import Alerts
internal import Desk
internal import FoundationEssentials
internal import Reports
internal import Text

/// What of a job's settings only the desk can tell right from wrong: whether its report's definition can be read and its
/// queries fit, and whether those who get it are there. A fault here fails one job, and stops nothing else.
struct JobArguments {
  private let session: Session
  private let desk: OpenDesk

  init(_ session: Session, _ desk: OpenDesk) {
    self.session = session
    self.desk = desk
  }

  /// Everything that is wrong, job by job.
  func faults() throws -> [Fault] {
    var faults: [Fault] = []
    for (index, scheduled) in desk.configuration.jobs.enumerated() {
      guard case .report(let job) = scheduled.work else { continue }
      func add(_ field: String, _ problem: String, mend: String) {
        faults.append(
          Fault(file: file, field: "jobs[\(index)].\(field)", problem: problem, mend: mend))
      }
      do {
        let definition = try ReportFiles(desk).definition(named: job.report)
        // Those that are shipped are tried before they are.
        if definition.isOfTheDesk {
          try ReportRun(session, desk).runner(judges: false)
            .check(definition, ReportFiles(desk).request(formats: job.formats))
        }
      } catch let found as Faults {
        let first = found.all[0]
        let more = found.all.count == 1 ? "" : ", and \(found.all.count - 1) more"
        let place = first.file + (first.line.map { ":\($0)" } ?? "") + (first.field.map { ": \($0)" } ?? "")
        add("report", "'\(job.report)' cannot run: \(place): \(first.problem)\(more)", mend: first.mend)
      }
      for (number, audience) in job.delivery.recipients.enumerated() {
        guard case .user(let login) = audience, let problem = try problem(ofUser: login) else { continue }
        add("recipients[\(number)]", problem.text, mend: problem.mend)
      }
    }
    return located(faults)
  }

  private var file: String { "\(desk.folder)/\(Configuration.fileName)" }

  private func problem(ofUser login: String) throws -> (text: String, mend: String)? {
    let directory = Directory(desk.connection)
    guard let user = try directory.user(login: login) else {
      let logins = try directory.users().map(\.login)
      let guess = nearest(to: login, among: logins).map { "did you mean 'user:\($0)'?" } ?? "see 'plazo user list'"
      return ("there is no user '\(login)'", guess)
    }
    if !user.isActive {
      return ("the user '\(login)' is no longer active", "name another, or put the user back into use")
    }
    if user.mail == nil, desk.configuration.alerts.rules.channel != MaildirChannel.name {
      return ("the user '\(login)' has no mail address", "give one with 'plazo user edit \(login) --mail …'")
    }
    return nil
  }

  /// With the lines of the file, which is read for that only when there is something to tell.
  private func located(_ faults: [Fault]) -> [Fault] {
    guard !faults.isEmpty, let data = FileManager.default.contents(atPath: file),
      let document = try? Document(file: file, data: data)
    else { return faults }
    return faults.map {
      var fault = $0
      fault.line = fault.field.flatMap { document.line(of: $0) }
      return fault
    }
  }
}
