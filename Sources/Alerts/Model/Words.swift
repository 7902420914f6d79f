public import SLA

/// The closed lists of words that the tables of the alerts hold.

/// What an alert tells.
public enum AlertKind: String, Sendable, CaseIterable {
  case nearDue = "near-due"
  case late
  /// It is late still, so much working time after it was told.
  case stillLate = "still-late"
  /// It was told, and nothing came of it: those above are told.
  case escalation
  /// A ticket was handed to a technician.
  case assigned
  /// A reply that goes to the client as a mail.
  case answered
  case taskAssigned = "task-assigned"
  case taskLate = "task-late"
  /// A closed ticket or task waits for its sign-off.
  case voboWanted = "vobo-wanted"
  case voboLate = "vobo-late"
  /// What was told as late is so no longer: a note in the next digest, never a reason for one.
  case recovered

  /// `nil` for a situation that alerts nobody.
  public init?(_ situation: Situation, of clock: ClockKind) {
    switch (situation, clock) {
    case (.onTime, _): return nil
    case (.nearDue, _): self = .nearDue
    case (.late, .completion): self = .taskLate
    case (.late, .vobo): self = .voboLate
    case (.late, _): self = .late
    }
  }

  /// Whether it says how a clock stands, rather than what somebody did.
  public var isOfClock: Bool {
    switch self {
    case .nearDue, .late, .stillLate, .escalation, .taskLate, .voboLate: true
    case .assigned, .answered, .taskAssigned, .voboWanted, .recovered: false
    }
  }

  /// Whether it says that a promise is broken.
  var isOfLateness: Bool { isOfClock && self != .nearDue }
}

/// What has become of an alert.
public enum AlertState: String, Sendable, CaseIterable {
  /// Not decided upon yet.
  case pending
  /// Waits until its `next_at` for what its reason names.
  case held
  /// Tells nobody, which its reason explains.
  case dropped
  /// Told by a message.
  case grouped
}

/// Why an alert waits.
public enum HoldReason: String, Sendable, CaseIterable {
  /// A reopened ticket that is late at once has one working hour.
  case grace
  /// The route's own first wait.
  case wait
  /// Outside of the recipient's working hours.
  case offHours = "off-hours"
  case silenced
  case acknowledged
  /// The recipient had a digest moments ago.
  case window
  /// The recipient had as many digests this hour as one gets.
  case cap
}

/// Why an alert tells nobody.
public enum DropReason: String, Sendable, CaseIterable {
  /// Nobody whom the route names can be reached.
  case noRecipient = "no-recipient"
  /// The route names nobody.
  case routedToNobody = "routed-to-nobody"
  case recipientInactive = "recipient-inactive"
  case recipientWithoutMail = "recipient-without-mail"
  case recipientAddressInvalid = "recipient-address-invalid"
  /// Another recipient of the same alert reads the same address.
  case recipientTheSame = "recipient-the-same"
  /// Away, without a stand-in who can be reached: others are told.
  case recipientAway = "recipient-away"
  /// It concerns another person by now, who is told instead.
  case concernsAnother = "concerns-another"
  /// The clock is late by now, and another alert says so.
  case hiddenByLate = "hidden-by-late"
  /// The recipient of an escalation was told already, being who works on it.
  case toldAlready = "told-already"
  case ticketClosed = "ticket-closed"
  /// The clock no longer runs, though the ticket or task is open.
  case clockStopped = "clock-stopped"
  case situationChanged = "situation-changed"
  case voboGiven = "vobo-given"
}

/// What a message is.
public enum MessageKind: String, Sendable, CaseIterable {
  /// What one person is told at one moment.
  case digest
  /// A mail to a client about one ticket.
  case letter
  case report
  /// What `plazo alert test` sends.
  case test
}

/// What has become of a message.
public enum MessageState: String, Sendable, CaseIterable {
  case pending
  case sent
  /// Given up, until a person looks into it.
  case parked
  /// Never sent: what it said was no longer true before the first attempt.
  case dropped
}
