internal import Alerts
internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Text

/// The alerts of an open desk, as its configuration has them.
struct AlertDesk {
  let session: Session
  let desk: OpenDesk

  init(_ session: Session, _ desk: OpenDesk) {
    self.session = session
    self.desk = desk
  }

  var rules: AlertRules { desk.configuration.alerts.rules }

  var mail: MailSettings {
    let zones = session.zones
    let channels = desk.configuration.alerts.channels
    return MailSettings(
      deskName: desk.configuration.name, from: desk.configuration.alerts.from, language: desk.configuration.language,
      zone: desk.zone, zoneNamed: { try? zones.zone($0) },
      forms: Dictionary(channels.map { ($0.name, $0.form) }) { first, _ in first }, command: rules.command)
  }

  var hours: DeskHours { DeskHours(on: desk.connection, now: desk.now, deskCalendar: rules.calendar) }
  private var pass: AlertPass { AlertPass(rules: rules, settings: mail, hours: hours) }

  /// What hears of a sweep's transitions, in its transaction.
  func writer() throws -> AlertWriter {
    try AlertWriter(
      on: desk.connection, rules: rules, hours: hours, mailChannels: mail.mailChannels, now: desk.now)
  }

  func compose() throws -> AlertSummary {
    // Only a pass that judges anything reads the rules in force.
    var lookup: ClockLookup?
    return try pass.run(on: desk.connection, now: desk.now) { owner, clock in
      let clocks = try lookup ?? ClockLookup(desk.connection, now: desk.now)
      lookup = clocks
      return try clocks.judgement(owner.id, clock)
    }
  }

  func outbox() -> Outbox {
    Outbox(on: desk.connection, channels: desk.configuration.alerts.channels.map(channel), pass: pass)
  }

  private func channel(_ settings: ChannelSettings) -> any Channel {
    let limit = Int64(settings.timeLimit)
    return switch settings.kind {
    case .maildir: MaildirChannel(root: "\(desk.folder)/mail")
    case .sendmail(let words): SendmailChannel(name: settings.name, command: words, timeLimit: limit)
    case .command(let words): CommandChannel(name: settings.name, command: words, timeLimit: limit)
    case .webhook(let url, let headers, _):
      WebhookChannel(
        name: settings.name, url: url, headers: headers, timeLimit: limit, environment: session.world.environment)
    }
  }
}
