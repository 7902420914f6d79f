public import Text

/// Kinds and reasons as people read them.
extension AlertKind {
  public func label(in language: Language) -> String {
    switch self {
    case .nearDue: language(es: "por vencer", en: "near due")
    case .late: language(es: "retrasado", en: "late")
    case .stillLate: language(es: "sigue retrasado", en: "still late")
    case .escalation: language(es: "escalamiento", en: "escalation")
    case .assigned: language(es: "asignado", en: "assigned")
    case .answered: language(es: "respuesta al cliente", en: "reply to the client")
    case .taskAssigned: language(es: "tarea asignada", en: "task assigned")
    case .taskLate: language(es: "tarea retrasada", en: "task late")
    case .voboWanted: language(es: "VoBo por dar", en: "VoBo wanted")
    case .voboLate: language(es: "VoBo retrasado", en: "VoBo late")
    case .recovered: language(es: "al corriente", en: "recovered")
    }
  }
}

extension MessageKind {
  public func label(in language: Language) -> String {
    switch self {
    case .digest: language(es: "resumen", en: "digest")
    case .letter: language(es: "carta", en: "letter")
    case .report: language(es: "reporte", en: "report")
    case .test: language(es: "prueba", en: "test")
    }
  }
}

extension HoldReason {
  public func sentence(in language: Language) -> String {
    switch self {
    case .grace: language(es: "reabierto: se le da una hora hábil", en: "reopened: it has one working hour")
    case .wait: language(es: "la ruta espera antes del primer aviso", en: "the route waits before the first word")
    case .offHours: language(es: "fuera del horario de quien lo recibe", en: "outside of the recipient's hours")
    case .silenced: language(es: "silenciado", en: "silenced")
    case .acknowledged: language(es: "alguien dijo que lo sabe", en: "acknowledged")
    case .window: language(es: "acaba de recibir otro mensaje", en: "the recipient had a message just now")
    case .cap: language(es: "ya recibió los mensajes de una hora", en: "the recipient has had an hour's messages")
    }
  }
}

extension DropReason {
  public func sentence(in language: Language) -> String {
    switch self {
    case .noRecipient: language(es: "no hay a quién avisar", en: "there is nobody to tell")
    case .routedToNobody: language(es: "la ruta no nombra a nadie", en: "the route names nobody")
    case .recipientInactive: language(es: "la persona ya no está activa", en: "the person is no longer active")
    case .recipientWithoutMail: language(es: "la persona no tiene correo", en: "the person has no mail address")
    case .recipientAddressInvalid:
      language(es: "el correo de la persona no sirve", en: "the person's mail address cannot be used")
    case .recipientTheSame: language(es: "otro lee el mismo correo", en: "another reads the same address")
    case .recipientAway:
      language(es: "está ausente, y nadie que esté le suple", en: "away, and nobody who is there stands in")
    case .concernsAnother: language(es: "ahora concierne a otra persona", en: "it concerns another person by now")
    case .hiddenByLate:
      language(es: "ya está retrasado, y otro aviso lo dice", en: "it is late by now, and another alert says so")
    case .toldAlready: language(es: "ya lo sabe, por trabajar en ello", en: "told already, as the one who works on it")
    case .ticketClosed: language(es: "ya está cerrado", en: "it is closed by now")
    case .clockStopped: language(es: "el reloj ya no corre", en: "the clock no longer runs")
    case .situationChanged: language(es: "la situación cambió", en: "the situation has changed")
    case .voboGiven: language(es: "el VoBo ya se dio", en: "the VoBo is given")
    }
  }
}

/// A reason of an alert's row in the reader's words; as it is where this program does not know it.
public func reasonSentence(_ reason: String, in language: Language) -> String {
  HoldReason(rawValue: reason)?.sentence(in: language) ?? DropReason(rawValue: reason)?.sentence(in: language) ?? reason
}
