internal import SLA
internal import Scheduler
internal import Text

/// What is kept of the desk, and for how long.
struct KeepingSettings: Sendable {
  /// Where backups go, from the desk's folder on when it is not absolute.
  var backupFolder = "backups"
  var rotation = Rotation(daily: 7, weekly: 4, monthly: 12)
  /// Days after which the text of mails that were sent is emptied; `nil`: never.
  var messageDays: Int?
  /// Days for which the ledger of jobs is kept.
  var jobDays = 400
  /// Days for which alerts and messages are kept that have nothing left to do; never less than the ledger of jobs, by
  /// whose times reports are mailed but once.
  var alertDays = 400

  static let keys = ["backup", "retention"]

  /// - Parameter root: the whole document, whose keys are checked by its own reader.
  init(_ root: Node) {
    let backup = root["backup"].object(keys: ["folder", "keep"])
    backupFolder = backup["folder"].string(default: backupFolder)
    if backupFolder.isEmpty { backup["folder"].fail("is empty", mend: "name a folder, best on another disk") }
    let keep = backup["keep"].object(keys: ["daily", "weekly", "monthly"])
    let legal = 0...10_000
    rotation = Rotation(
      daily: keep["daily"].integer(in: legal, default: rotation.daily),
      weekly: keep["weekly"].integer(in: legal, default: rotation.weekly),
      monthly: keep["monthly"].integer(in: legal, default: rotation.monthly))
    let retention = root["retention"].object(keys: ["messages", "jobs", "alerts"])
    messageDays = retention["messages"].integerOrNil(in: 1...36_500)
    jobDays = retention["jobs"].integer(in: 30...36_500, default: jobDays)
    alertDays = max(jobDays, retention["alerts"].integer(in: 30...36_500, default: alertDays))
  }

  init() {}

  /// The folder of the backups of a desk.
  func backupFolder(of desk: String) -> String {
    backupFolder.hasPrefix("/") ? backupFolder : "\(desk)/\(backupFolder)"
  }
}
