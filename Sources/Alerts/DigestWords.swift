internal import Desk
internal import SLA
internal import Text

/// The sentences of a digest in the reader's language and zone.
struct DigestWords {
  var language: Language
  var zone: Zone
  var now: Instant

  static let longestTitle = 140
  static let longestName = 80

  /// `3 tickets retrasados, 2 próximos a vencer`
  func headline(_ counts: Digest.Counts) -> String {
    let late = language(
      es: counts.late == 1 ? "1 ticket retrasado" : "\(counts.late) tickets retrasados",
      en: counts.late == 1 ? "1 late ticket" : "\(counts.late) late tickets")
    let tickets = counts.late > 0 ? "" : counts.nearDue == 1 ? "ticket " : "tickets "
    let nearDue = language(
      es: "\(counts.nearDue) \(tickets)\(counts.nearDue == 1 ? "próximo" : "próximos") a vencer",
      en: counts.late > 0 ? "\(counts.nearDue) near due" : "\(counts.nearDue) \(tickets)near due")
    return [counts.late > 0 ? late : nil, counts.nearDue > 0 ? nearDue : nil].compactMap { $0 }.joined(separator: ", ")
  }

  /// `Ticket 4711 retrasado: No imprime facturas`
  func headline(_ line: Digest.Line) -> String {
    let state =
      line.situation == .late
      ? language(es: "retrasado", en: "is late") : language(es: "próximo a vencer", en: "is near due")
    return "Ticket \(line.ticketID) \(state): \(title(line))"
  }

  func section(_ situation: Situation) -> String {
    situation == .late
      ? language(es: "Retrasados", en: "Late") : language(es: "Próximos a vencer", en: "Near due")
  }

  func title(_ line: Digest.Line) -> String {
    let title = line.title.oneLine(limit: Self.longestTitle)
    return title.isEmpty ? language(es: "(sin título)", en: "(no title)") : title
  }

  func client(_ line: Digest.Line) -> String { line.client.oneLine(limit: Self.longestName) }

  /// The facts of a ticket, each with its label, in the order in which a technician asks for them.
  func facts(_ line: Digest.Line) -> [(label: String, value: String)] {
    var facts = [(label: language(es: "Vencimiento", en: "Deadline"), value: deadline(line))]
    if let remaining = line.remaining {
      facts.append(
        line.situation == .late
          ? (language(es: "Retraso", en: "Late by"), workingTime(max(0, -remaining)))
          : (language(es: "Tiempo restante", en: "Time left"), workingTime(max(0, remaining))))
    }
    facts.append((language(es: "Esperando respuesta de", en: "Waiting on"), line.waitingOn.label(in: language)))
    switch line.assignee {
    case .reader: break
    case .nobody: facts.append((assigned, language(es: "Nadie", en: "Nobody")))
    case .other(let name): facts.append((assigned, name.oneLine(limit: Self.longestName)))
    }
    facts.append((language(es: "Motivo", en: "Why"), reason(line)))
    return facts
  }

  private var assigned: String { language(es: "Técnico asignado", en: "Assigned to") }

  private func deadline(_ line: Digest.Line) -> String {
    line.deadline.map(moment) ?? language(es: "El reloj está en pausa", en: "The clock is paused")
  }

  /// `Plazo de 3 días para la solución (política «general»)`
  private func reason(_ line: Digest.Line) -> String {
    let policy = line.policy.oneLine(limit: Self.longestName)
    let clock = line.clock.label(in: language).lowercased()
    let promise =
      line.plazo.map { language(es: "Plazo de \(plazo($0))", en: plazo($0)) }
      ?? language(es: "Fecha fijada en el ticket", en: "Date set on the ticket")
    return language(
      es: "\(promise) para la \(clock) (política «\(policy)»)", en: "\(promise) for the \(clock) (policy “\(policy)”)")
  }

  /// `3d` as `3 días`; what is not of that form stays as it was written.
  func plazo(_ text: String) -> String {
    guard let unit = text.last, let count = Int(text.dropLast()), count >= 0 else { return text.oneLine(limit: 40) }
    let isOne = count == 1
    switch unit {
    case "d": return language(es: isOne ? "1 día" : "\(count) días", en: isOne ? "1 day" : "\(count) days")
    case "h": return language(es: isOne ? "1 hora" : "\(count) horas", en: isOne ? "1 hour" : "\(count) hours")
    case "m": return language(es: isOne ? "1 minuto" : "\(count) minutos", en: isOne ? "1 minute" : "\(count) minutes")
    default: return text.oneLine(limit: 40)
    }
  }

  /// `12 h 30 min hábiles`, cut to whole minutes.
  func workingTime(_ seconds: Seconds) -> String {
    let hours = seconds / 3600
    let minutes = seconds / 60 % 60
    let parts = [hours > 0 ? "\(hours) h" : nil, minutes > 0 ? "\(minutes) min" : nil].compactMap { $0 }
    let span = parts.isEmpty ? language(es: "menos de 1 min", en: "less than 1 min") : parts.joined(separator: " ")
    return parts.isEmpty ? span : language(es: "\(span) hábiles", en: "\(span) of working time")
  }

  /// `lunes 23 de marzo, 17:00`; another year than the mail's is named.
  func moment(_ instant: Instant) -> String {
    let date = zone.date(at: instant)
    let isThisYear = date.year == zone.date(at: now).year
    let weekday = language(
      es: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"][date.weekday.rawValue],
      en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][date.weekday.rawValue])
    let month = language(es: Self.spanishMonths, en: Self.englishMonths)[date.month - 1]
    let year = isThisYear ? "" : language(es: " de \(date.year)", en: " \(date.year)")
    let time = instant.localText(in: zone).suffix(8).prefix(5)
    return language(
      es: "\(weekday) \(date.day) de \(month)\(year), \(time)", en: "\(weekday) \(date.day) \(month)\(year), \(time)")
  }

  /// The line after the last ticket of a mail that does not list all.
  func more(_ counts: Digest.Counts, command: String) -> (sentence: String, command: String)? {
    guard counts.all > 0 else { return nil }
    let sentence = language(
      es: "No caben aquí: \(headline(counts)). Para verlos:", en: "Not listed here: \(headline(counts)). To see them:")
    return (sentence, command.oneLine(limit: 200))
  }

  var footer: String {
    language(
      es:
        "Aviso automático de plazo. Las horas son de \(zone.name). De cada cambio de situación se avisa una sola vez.",
      en: "Automatic notice from plazo. Times are \(zone.name). Each change of situation is told only once.")
  }

  private static let spanishMonths = [
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
  ]
  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}

extension Language {
  fileprivate func callAsFunction(es: [String], en: [String]) -> [String] { self == .es ? es : en }
}
