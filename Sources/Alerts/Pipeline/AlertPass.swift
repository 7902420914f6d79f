internal import Desk
internal import Monitor
public import SLA
public import SQLite
internal import Text

/// What a pass made of the alerts that were due.
public struct AlertSummary: Hashable, Sendable {
  /// How many messages were put in the outbox.
  public var messages = 0
  /// How many alerts they tell.
  public var grouped = 0
  /// How many alerts wait from now on; the rows have the reasons.
  public var held = 0
  /// How many alerts tell nobody after all; the rows have the reasons.
  public var dropped = 0

  public init() {}
}

/// The second half of the pipeline: what happened, what is due and what was written becomes messages in the outbox.
public struct AlertPass {
  private let rules: AlertRules
  private let settings: MailSettings
  private let hours: DeskHours

  public init(rules: AlertRules, settings: MailSettings, hours: DeskHours) {
    self.rules = rules
    self.settings = settings
    self.hours = hours
  }

  /// Decides upon every alert that is due, and puts at most one digest for each person, and one letter for each client's
  /// contact and ticket, into the outbox: one transaction of its own.
  ///
  /// Call it after a sweep's transaction and before `Outbox.send`.
  public func run(on connection: Connection, now: Instant, judge: @escaping ClockJudge) throws -> AlertSummary {
    try connection.write {
      let moment = try moment(on: connection, now: now)
      let store = try AlertStore(on: connection, now: now)
      try EventAlerts(connection: connection, rules: rules, moment: moment, store: store).run()
      try WatchPass(connection: connection, rules: rules, moment: moment, store: store, judge: judge).run()
      let book = try DecisionBook(on: connection, now: now)
      var told = try decide(moment, store, book, on: connection)
      let mailer = Mailer(
        connection: connection, rules: rules, settings: settings, moment: moment, judge: judge, book: book)
      // In the order of the alerts, so that a pass over the same rows writes the same messages.
      told.sort { $0.id < $1.id }
      var groups: [Group: [AlertFacts]] = [:]
      for alert in told { groups[Group(alert), default: []].append(alert) }
      let inOrder = groups.sorted {
        ($0.value[0].id, $0.key.owner == nil ? 0 : 1) < ($1.value[0].id, $1.key.owner == nil ? 0 : 1)
      }
      for (group, alerts) in inOrder { try mailer.tell(alerts, to: group) }
      return book.summary
    }
  }

  /// Whether a message tells something that is no longer so.
  func isOutdated(messageID: Int64, on connection: Connection, now: Instant) throws -> Bool {
    let alerts = try AlertFacts.told(byMessage: messageID, on: connection)
    if alerts.isEmpty { return false }
    let moment = try moment(on: connection, now: now)
    return alerts.contains { Pipeline.isOutdated($0, moment) }
  }

  private func moment(on connection: Connection, now: Instant) throws -> Moment {
    let router = Router(
      rules, directory: try Directory(on: connection, now: now), names: try NameIDs(on: connection),
      mailChannels: settings.mailChannels)
    return Moment(
      now: now, rules: rules, router: router, silences: try Silence.inForce(at: now, on: connection), hours: hours)
  }

  /// Runs the steps for every alert that is due. - Returns: those to be told now.
  private func decide(
    _ moment: Moment, _ store: AlertStore, _ book: DecisionBook, on connection: Connection
  ) throws -> [AlertFacts] {
    var told: [AlertFacts] = []
    var seen: Set<Int64> = []
    // Whoever an alert is routed to anew gets a row, which the second round finds.
    for _ in 0..<2 {
      var reroutes = 0
      for alert in try AlertFacts.due(at: moment.now, on: connection) where seen.insert(alert.id).inserted {
        switch try Pipeline.decide(alert, moment) {
        case .tell: told.append(alert)
        case .hold(let until, let reason): try book.hold(alert, until: until, reason)
        case .drop(let reason): try book.drop(alert, reason)
        case .reroute(let routings):
          try book.drop(alert, .concernsAnother)
          let again = NewAlert(
            owner: alert.owner, kind: alert.kind, clock: alert.clock, cycle: alert.cycle, deadline: alert.deadline,
            situation: alert.situation, level: alert.level, late: alert.late, transitionID: alert.transitionID,
            event: alert.event, happenedAt: alert.happenedAt, graceUntil: alert.isGrace ? alert.notBefore : nil)
          for routing in routings { try store.write(again, to: routing, hours: hours) }
          reroutes += 1
        }
      }
      if reroutes == 0 { break }
    }
    return told
  }
}

/// What goes into one message: all that one person is told on one channel; for a letter, of one ticket.
struct Group: Hashable {
  var recipient: RecipientID
  var channel: String
  /// The ticket of a letter; `nil` for a digest.
  var owner: AlertOwner?

  init(_ alert: AlertFacts) {
    recipient = alert.recipient
    channel = alert.channel
    // What a client is told of a ticket is a letter of its own: a reply, the wish for a signature.
    owner = alert.kind == .answered || (alert.kind == .voboWanted && !alert.owner.isTask) ? alert.owner : nil
  }
}

/// Writes what was decided, and counts it.
final class DecisionBook {
  private(set) var summary = AlertSummary()
  private let holding: Statement
  private let dropping: Statement
  private let telling: Statement

  init(on connection: Connection, now: Instant) throws {
    holding = try connection.prepare(sql: "UPDATE alert SET state = 'held', reason = ?, next_at = ? WHERE id = ?")
    dropping = try connection.prepare(
      sql: "UPDATE alert SET state = 'dropped', reason = ?, next_at = NULL WHERE id = ?")
    telling = try connection.prepare(
      sql: "UPDATE alert SET state = 'grouped', reason = NULL, next_at = NULL, message_id = ?, is_open = ? WHERE id = ?"
    )
  }

  func hold(_ alert: AlertFacts, until: Instant, _ reason: HoldReason) throws {
    holding.reset()
    holding.bind(1, reason.rawValue)
    holding.bind(2, until.seconds)
    holding.bind(3, alert.id)
    while try holding.step() {}
    summary.held += 1
  }

  func drop(_ alert: AlertFacts, _ reason: DropReason) throws {
    dropping.reset()
    dropping.bind(1, reason.rawValue)
    dropping.bind(2, alert.id)
    while try dropping.step() {}
    summary.dropped += 1
  }

  func tell(_ alerts: [AlertFacts], messageID: Int64) throws {
    for alert in alerts {
      telling.reset()
      telling.bind(1, messageID)
      telling.bind(2, Int64(alert.kind.isOfLateness ? 1 : 0))
      telling.bind(3, alert.id)
      while try telling.step() {}
    }
    summary.grouped += alerts.count
    summary.messages += 1
  }
}
