public import SLA
public import Text

/// The words of the desk as its manual has them. Program and CSV keep the raw values; people read the labels.

/// Who must act next on a ticket.
public enum Party: String, Sendable, CaseIterable {
  case client
  case provider
  case support

  public func label(in language: Language) -> String {
    switch self {
    case .client: language(es: "Cliente", en: "Client")
    case .provider: language(es: "Proveedor", en: "Provider")
    case .support: language(es: "Soporte técnico", en: "Support")
    }
  }
}

/// Whether a ticket or task is still to be worked on.
public enum Status: String, Sendable, CaseIterable {
  case open
  case closed

  public func label(in language: Language) -> String {
    switch self {
    case .open: language(es: "Abierto", en: "Open")
    case .closed: language(es: "Cerrado", en: "Closed")
    }
  }
}

/// Sign-off: the client's on a closed ticket, the administrator's on a closed task.
public enum VoBo: String, Sendable, CaseIterable {
  case pending
  case granted
  case refused

  public func label(in language: Language) -> String {
    switch self {
    case .pending: language(es: "Pendiente", en: "Pending")
    case .granted: language(es: "Otorgado", en: "Granted")
    case .refused: language(es: "Rechazado", en: "Refused")
    }
  }
}

/// What a user is on the desk.
public enum Role: String, Sendable, CaseIterable {
  case administrator
  case technician
  case client
}

/// Whether a technician books hours by event or by day.
public enum Booking: String, Sendable, CaseIterable {
  case event
  case day
}

extension Situation {
  public func label(in language: Language) -> String {
    switch self {
    case .onTime: language(es: "A tiempo", en: "On time")
    case .nearDue: language(es: "Próximo a vencer", en: "Near due")
    case .late: language(es: "Retrasado", en: "Late")
    }
  }

  /// A shape for each, so that colour is never alone.
  public var symbol: String {
    switch self {
    case .onTime: "●"
    case .nearDue: "▲"
    case .late: "■"
    }
  }
}

extension ClockKind {
  public func label(in language: Language) -> String {
    switch self {
    case .firstResponse: language(es: "Primera respuesta", en: "First response")
    case .nextResponse: language(es: "Siguiente respuesta", en: "Next response")
    case .resolution: language(es: "Solución", en: "Resolution")
    case .completion: language(es: "Terminación", en: "Completion")
    case .vobo: language(es: "Visto bueno", en: "VoBo")
    }
  }
}
