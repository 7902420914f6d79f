public import SLA

/// The closed lists of words that the tables of the alerts hold.

/// What an alert tells.
public enum AlertKind: String, Sendable, CaseIterable {
  case nearDue = "near-due"
  case late

  /// `nil` for a situation that alerts nobody.
  public init?(_ situation: Situation) {
    switch situation {
    case .onTime: return nil
    case .nearDue: self = .nearDue
    case .late: self = .late
    }
  }
}

public enum AlertState: String, Sendable, CaseIterable {
  /// Waits for the next digest.
  case pending
  /// Waits for something else, which its reason names.
  case held
  /// Tells nobody, which its reason explains.
  case dropped
  /// Told by a message.
  case grouped
}

/// Why an alert tells nobody.
public enum DropReason: String, Sendable, CaseIterable {
  /// Neither a technician nor an administrator can be reached.
  case noRecipient = "no-recipient"
  case recipientInactive = "recipient-inactive"
  case recipientWithoutMail = "recipient-without-mail"
  case recipientAddressInvalid = "recipient-address-invalid"
  /// Another recipient of the same alert reads the same address.
  case recipientTheSame = "recipient-the-same"
  /// The clock is late by now, and another alert says so.
  case hiddenByLate = "hidden-by-late"
  case ticketClosed = "ticket-closed"
  /// The clock no longer runs, though the ticket is open.
  case clockStopped = "clock-stopped"
  case situationChanged = "situation-changed"
}

public enum MessageKind: String, Sendable, CaseIterable {
  case digest
}

public enum MessageState: String, Sendable, CaseIterable {
  case pending
  case sent
  /// Given up, until a person looks into it.
  case parked
  /// Never sent: what it said was no longer true before the first attempt.
  case dropped
}
