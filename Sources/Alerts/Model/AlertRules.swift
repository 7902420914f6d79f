public import Monitor
public import SLA

/// Who is told what, when, and how often: the part `alerts` of a configuration.
public struct AlertRules: Hashable, Sendable {
  /// Kinds that are never told, nor recorded.
  public var off: Set<AlertKind>
  /// The first that fits an alert decides; `standard` follows the desk's own.
  public var routes: [AlertRoute]
  /// Whom lateness reaches when nobody acts, the lowest level first.
  public var escalation: [EscalationLevel]
  /// The name of the channel of a route that names none.
  public var channel: String
  /// By whose hours repeats and levels are counted, and of a recipient without a calendar of their own; `nil`: that of
  /// the last policy.
  public var calendar: String?
  /// The least time between two digests to one person, in elapsed seconds.
  public var window: Seconds
  /// The most digests to one person in an hour.
  public var cap: Int
  /// How long an acknowledgement holds unless it says so itself.
  public var acknowledgement: Plazo
  /// What is learnt so much later than it happened is told as caught up.
  public var lateNewsAfter: Seconds
  /// How mails tell their readers to call the program.
  public var command: String

  public init(
    off: Set<AlertKind> = [], routes: [AlertRoute] = [], escalation: [EscalationLevel] = EscalationLevel.standard,
    channel: String = MaildirChannel.name, calendar: String? = nil, window: Seconds = 15 * 60, cap: Int = 3,
    acknowledgement: Plazo = .workingDays(2), lateNewsAfter: Seconds = 2 * 3600, command: String = "plazo"
  ) {
    self.off = off
    self.routes = routes
    self.escalation = escalation
    self.channel = channel
    self.calendar = calendar
    self.window = window
    self.cap = cap
    self.acknowledgement = acknowledgement
    self.lateNewsAfter = lateNewsAfter
    self.command = command
  }

  var allRoutes: [AlertRoute] { routes + AlertRoute.standard }
}

/// Which alerts a route or a level is for. All that it names must fit; nothing named fits any.
public struct AlertMatch: Hashable, Sendable {
  public var kinds: [AlertKind]
  public var traits: PolicyMatch
  /// At least so much working time late.
  public var lateBy: Seconds?

  public init(kinds: [AlertKind] = [], traits: PolicyMatch = PolicyMatch(), lateBy: Seconds? = nil) {
    self.kinds = kinds
    self.traits = traits
    self.lateBy = lateBy
  }
}

/// Where alerts go.
public struct AlertRoute: Hashable, Sendable {
  public var match: AlertMatch
  /// All of these are told; nobody, when empty.
  public var to: [Audience]
  /// `nil`: the desk's.
  public var channel: String?
  /// How much working time passes before the first word; a ticket that is mended meanwhile tells nobody.
  public var wait: Plazo?
  /// How much working time lies between two words of what is late still; `nil`: there is no second.
  public var again: Plazo?
  public var hours: AlertHours

  public init(
    match: AlertMatch, to: [Audience], channel: String? = nil, wait: Plazo? = nil, again: Plazo? = .workingDays(1),
    hours: AlertHours = .recipient
  ) {
    self.match = match
    self.to = to
    self.channel = channel
    self.wait = wait
    self.again = again
    self.hours = hours
  }

  /// What a desk wants that says nothing: who must act is told, at the opening of each working day again; the client has
  /// the answer at once; who signs is told that a signature is wanted.
  public static let standard: [AlertRoute] = [
    AlertRoute(match: AlertMatch(kinds: [.answered]), to: [.contact], hours: .always),
    AlertRoute(match: AlertMatch(kinds: [.voboWanted]), to: [.signer]),
    AlertRoute(match: AlertMatch(kinds: [.voboLate]), to: [.signer]),
    AlertRoute(match: AlertMatch(), to: [.assigned]),
  ]
}

/// When an alert may be told.
public enum AlertHours: Hashable, Sendable {
  /// In the working hours of the recipient; at any hour to a client's contact without a calendar, whose hours are not
  /// the desk's.
  case recipient
  case always
  /// In the hours of one of the desk's calendars.
  case calendar(String)
}

/// A step of escalation.
public struct EscalationLevel: Hashable, Sendable {
  public enum Threshold: Hashable, Sendable {
    /// Late by so much working time; in days: until the closing of the n-th working day after the deadline's.
    case after(Plazo)
    /// So many hundredths of the budget are used; below 100 before it is late.
    case share(Int)
  }

  public var threshold: Threshold
  public var match: AlertMatch
  public var to: [Audience]
  public var channel: String?
  public var hours: AlertHours

  public init(
    _ threshold: Threshold, match: AlertMatch = AlertMatch(), to: [Audience], channel: String? = nil,
    hours: AlertHours = .recipient
  ) {
    self.threshold = threshold
    self.match = match
    self.to = to
    self.channel = channel
    self.hours = hours
  }

  /// The responsible after one working day late, the administrators after three.
  public static let standard = [
    EscalationLevel(.after(.workingDays(1)), to: [.responsible]),
    EscalationLevel(.after(.workingDays(3)), to: [.administrators]),
  ]
}
