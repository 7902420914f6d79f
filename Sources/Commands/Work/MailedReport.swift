internal import Alerts
internal import Desk
internal import FoundationEssentials
internal import Reports
internal import SLA

/// A job's report on its way to those whom the job names: the page as the body, the rows attached.
struct MailedReport {
  private let session: Session
  private let desk: OpenDesk
  private let definition: ReportDefinition
  private let folder: String

  /// A mail takes no more than most servers do; more stays in the folder.
  private static let attachmentLimit = 10 * 1_048_576

  /// - Parameter folder: where the report's files are.
  init(_ session: Session, _ desk: OpenDesk, _ definition: ReportDefinition, in folder: String) {
    self.session = session
    self.desk = desk
    self.definition = definition
    self.folder = folder
  }

  /// The formats that a mail is made of.
  static let formats: [ReportFormat] = [.html, .text, .csv]

  /// - Parameter key: names the job's slot, so that a slot that is run again mails nothing again.
  /// - Returns: what was done, for the ledger.
  func send(to recipients: [Audience], key: String) throws -> String {
    func text(_ ending: String) -> String {
      FileManager.default.contents(atPath: "\(folder)/\(definition.name).\(ending)")
        .map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    var attachments: [MailAttachment] = []
    if let data = FileManager.default.contents(atPath: "\(folder)/\(definition.name).csv"),
      data.count <= Self.attachmentLimit
    {
      attachments.append(
        MailAttachment(name: "\(definition.name).csv", type: "text/csv; charset=UTF-8", bytes: [UInt8](data)))
    }
    let alerts = AlertDesk(session, desk)
    let day = desk.zone.date(at: desk.now).description
    let mail = ReportMail(
      key: key, subject: "\(definition.title(desk.language)) · \(day)", text: text("txt"),
      html: MailPage.body(text("html")), language: desk.language,
      attachments: attachments)
    let outcome = try mail.enqueue(
      to: recipients, by: alerts.rules.channel, settings: alerts.mail, on: desk.connection, now: desk.now)
    // At once rather than with the next pass, whose mails have gone before the reports.
    let now = desk.now
    _ = try alerts.outbox().send(clock: { now })
    // A login that nobody has any more routes to nobody.
    let directory = Directory(desk.connection)
    let unknown = try recipients.filter {
      if case .user(let login) = $0 { try directory.user(login: login) == nil } else { false }
    }
    let unreachable = outcome.unreachable + unknown.count
    let missing = unreachable == 0 ? "" : ", \(unreachable) without an address"
    return (outcome.messages == 1 ? "1 mail" : "\(outcome.messages) mails") + missing
  }
}
