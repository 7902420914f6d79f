internal import Desk
internal import SLA
internal import Text

/// The sentences of a digest in the reader's language and zone.
struct DigestWords {
  var language: Language
  var zone: Zone
  var now: Instant
  /// How the reader calls the program.
  var command = "plazo"

  static let longestTitle = 140
  static let longestName = 80

  // MARK: Heads

  /// `3 retrasados, 2 por vencer, 1 asignado, 1 VoBo por dar`
  func headline(_ counts: Digest.Counts) -> String {
    let parts = Digest.Section.allCases.compactMap { section -> String? in
      let count = counts[section]
      if count == 0 { return nil }
      let isOne = count == 1
      switch section {
      case .late: return language(es: isOne ? "1 retrasado" : "\(count) retrasados", en: "\(count) late")
      case .nearDue: return language(es: "\(count) por vencer", en: "\(count) near due")
      case .assigned:
        return language(es: isOne ? "1 asignado" : "\(count) asignados", en: "\(count) newly assigned")
      case .signing: return language(es: "\(count) VoBo por dar", en: "\(count) VoBo to give")
      }
    }
    return parts.joined(separator: ", ")
  }

  /// `Ticket 4711 retrasado: No imprime facturas`
  func headline(_ line: Digest.Line) -> String { "\(name(line.owner)) \(state(line)): \(title(line.title))" }

  func name(_ owner: AlertOwner) -> String {
    owner.isTask ? language(es: "Tarea \(owner.id)", en: "Task \(owner.id)") : "Ticket \(owner.id)"
  }

  private func state(_ line: Digest.Line) -> String {
    let isTask = line.owner.isTask
    if line.clock?.kind == .vobo || line.kind == .voboWanted {
      return line.section == .late
        ? language(es: "sin VoBo a tiempo", en: "has its VoBo overdue")
        : language(es: "espera su VoBo", en: "waits for its VoBo")
    }
    switch line.section {
    case .late: return language(es: isTask ? "retrasada" : "retrasado", en: "is late")
    case .nearDue: return language(es: "por vencer", en: "is near due")
    case .assigned: return language(es: isTask ? "asignada" : "asignado", en: "is assigned to you")
    case .signing: return language(es: "espera su VoBo", en: "waits for its VoBo")
    }
  }

  func section(_ section: Digest.Section) -> String {
    switch section {
    case .late: language(es: "Retrasados", en: "Late")
    case .nearDue: language(es: "Próximos a vencer", en: "Near due")
    case .assigned: language(es: "Recién asignados", en: "Newly assigned")
    case .signing: language(es: "VoBo por dar", en: "VoBo to give")
    }
  }

  /// A shape and a word, so that colour is never alone.
  func mark(_ line: Digest.Line) -> (symbol: String, word: String) {
    switch line.section {
    case .late: (Situation.late.symbol, Situation.late.label(in: language))
    case .nearDue: (Situation.nearDue.symbol, Situation.nearDue.label(in: language))
    case .assigned: ("◆", language(es: line.owner.isTask ? "Asignada" : "Asignado", en: "Assigned"))
    case .signing: ("○", language(es: "VoBo pendiente", en: "VoBo pending"))
    }
  }

  func title(_ text: String) -> String {
    let title = text.oneLine(limit: Self.longestTitle)
    return title.isEmpty ? language(es: "(sin título)", en: "(no title)") : title
  }

  func client(_ line: Digest.Line) -> String? {
    line.client.map { $0.oneLine(limit: Self.longestName) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A line in one, for a chat.
  func oneLine(_ line: Digest.Line) -> String {
    var parts = ["\(mark(line).symbol) \(name(line.owner))", client(line), title(line.title)].compactMap { $0 }
    if let clock = line.clock, let remaining = clock.remaining {
      parts.append(
        clock.situation == .late
          ? language(es: "retraso: \(workingTime(-remaining))", en: "late by \(workingTime(-remaining))")
          : language(es: "quedan \(workingTime(remaining))", en: "\(workingTime(remaining)) left"))
    }
    if case .other(let name) = line.assignee { parts.append(name.oneLine(limit: Self.longestName)) }
    return parts.joined(separator: " · ")
  }

  // MARK: Times

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
    let hours = max(0, seconds) / 3600
    let minutes = max(0, seconds) / 60 % 60
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
