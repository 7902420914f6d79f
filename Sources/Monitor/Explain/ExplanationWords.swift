internal import Desk
internal import SLA
internal import Text

/// What an explanation says, sentence by sentence, in one language: text and HTML only set it.
struct ExplanationWords {
  let explanation: Explanation
  let say: Language
  let words: DateWords
  /// Of the instant of which it speaks: dates of that year go without it.
  let year: Int

  init(_ explanation: Explanation, _ language: Language) {
    self.explanation = explanation
    say = language
    words = DateWords(language)
    year = explanation.zone.date(at: explanation.asOf).year
  }

  func at(_ instant: Instant, year: Int? = nil) -> String {
    words.instant(instant, in: explanation.zone, year: year ?? self.year)
  }

  func duration(_ seconds: Seconds) -> String { words.duration(seconds) }

  // MARK: Heads

  var title: String {
    let name = explanation.owner == .ticket ? "Ticket" : say(es: "Tarea", en: "Task")
    return "\(name) \(explanation.id): \(Self.oneLine(explanation.title))"
  }

  /// The instant of which it speaks, with its year.
  var subtitle: String {
    say(es: "Al ", en: "As of ") + at(explanation.asOf, year: Int.min) + " (\(explanation.zone.name))"
  }

  var none: String {
    say(es: "Ningún reloj: ni corre ni ha corrido.", en: "No clock: none runs, and none has run.")
  }

  func heading(_ clock: Explanation.Clock) -> String {
    var text = clock.kind.label(in: say)
    if clock.cycle > 1 { text += say(es: ", \(clock.cycle).ª vez", en: ", run \(clock.cycle)") }
    switch clock.standing {
    case .running(let situation):
      text += ": " + (clock.budget == nil ? say(es: "sin plazo", en: "without a plazo") : situation.label(in: say))
      if clock.isPaused { text += say(es: ", en pausa", en: ", paused") }
    case .frozen(let outcome, _):
      text += ": " + outcomeText(outcome) + say(es: " (veredicto en firme)", en: " (frozen)")
    case .stopped(let outcome, _):
      text +=
        ": " + outcomeText(outcome?.rawValue ?? "no-plazo")
        + say(es: " (aún sin veredicto)", en: " (not frozen yet)")
    }
    return text
  }

  private func outcomeText(_ outcome: String) -> String {
    switch outcome {
    case "kept": say(es: "cumplido", en: "kept")
    case "late": say(es: "fuera de plazo", en: "late")
    default: say(es: "sin plazo", en: "without a plazo")
    }
  }

  // MARK: Facts

  func facts(_ clock: Explanation.Clock) -> [String] {
    [
      due(clock), near(clock), plazo(clock), moved(clock), policy(clock), start(clock), versions(clock),
      recounted(clock),
    ].compactMap { $0 } + pauses(clock)
  }

  private func due(_ clock: Explanation.Clock) -> String? {
    guard let budget = clock.budget else { return nil }
    let whole = duration(budget)
    switch clock.standing {
    case .running(let situation):
      guard let deadline = clock.deadline else {
        return say(
          es:
            "La cuenta está detenida: no hay fecha de vencimiento mientras dure la pausa; quedan \(duration(clock.remaining)) de \(whole).",
          en:
            "The clock stands still: there is no due date while the pause lasts; \(duration(clock.remaining)) of \(whole) are left."
        )
      }
      if situation == .late {
        return say(
          es: "Venció el \(at(deadline)); lleva \(duration(clock.late)) de retraso sobre \(whole).",
          en: "It was due on \(at(deadline)); it is late by \(duration(clock.late)) over \(whole).")
      }
      return say(
        es: "Vence el \(at(deadline)); quedan \(duration(clock.remaining)) de \(whole).",
        en: "It is due on \(at(deadline)); \(duration(clock.remaining)) of \(whole) are left.")
    case .frozen(_, let stop), .stopped(_, let stop):
      let due = clock.deadline.map { say(es: "; vencía el \(at($0))", en: "; it was due on \(at($0))") } ?? ""
      let late = clock.late > 0 ? say(es: ": \(duration(clock.late)) tarde", en: ": \(duration(clock.late)) late") : ""
      return say(
        es: "Terminó el \(at(stop)); usó \(duration(clock.used)) y el plazo daba \(whole)\(late)\(due).",
        en: "It stopped on \(at(stop)); it used \(duration(clock.used)) and had \(whole)\(late)\(due).")
    }
  }

  private func near(_ clock: Explanation.Clock) -> String? {
    guard case .running(let situation) = clock.standing, situation != .late, let near = clock.nearSince else {
      return nil
    }
    return near <= explanation.asOf
      ? say(es: "Está próximo a vencer desde el \(at(near)).", en: "It is near due since \(at(near)).")
      : say(es: "Estará próximo a vencer desde el \(at(near)).", en: "It will be near due from \(at(near)) on.")
  }

  private func plazo(_ clock: Explanation.Clock) -> String {
    func by(_ login: String?, _ at: Instant) -> String {
      say(es: "puesto el \(self.at(at))", en: "set on \(self.at(at))")
        + (login.map { say(es: " por \($0)", en: " by \($0)") } ?? "")
    }
    switch clock.origin {
    case .none: return say(es: "Plazo: ninguno.", en: "Plazo: none.")
    case .policy(let plazo):
      return clock.choice.place == 0
        ? say(es: "Plazo: \(text(plazo)), el de las tareas.", en: "Plazo: \(text(plazo)), that of tasks.")
        : say(es: "Plazo: \(text(plazo)), el de la política.", en: "Plazo: \(text(plazo)), the policy's own.")
    case .set(let plazo, let at, let login):
      return "Plazo: \(text(plazo)), \(by(login, at))."
    case .target(let instant, let at, let login):
      return say(
        es: "Plazo: hasta el \(self.at(instant)), \(by(login, at)).",
        en: "Plazo: until \(self.at(instant)), \(by(login, at)).")
    }
  }

  private func text(_ plazo: Plazo) -> String {
    switch plazo {
    case .workingDays(let days):
      days == 1
        ? say(es: "1 día hábil", en: "1 working day") : say(es: "\(days) días hábiles", en: "\(days) working days")
    case .workingTime(let seconds):
      say(es: "\(duration(seconds)) hábiles", en: "\(duration(seconds)) of working time")
    }
  }

  private func moved(_ clock: Explanation.Clock) -> String? {
    guard clock.moves > 0 else { return nil }
    let times =
      clock.moves == 1 ? say(es: "una vez", en: "once") : say(es: "\(clock.moves) veces", en: "\(clock.moves) times")
    let first = clock.originalDeadline.map {
      say(es: "; el primero vencía el \(at($0))", en: "; the first one was due on \(at($0))")
    }
    return say(es: "El plazo se cambió \(times)", en: "The plazo was changed \(times)") + (first ?? "") + "."
  }

  private func policy(_ clock: Explanation.Clock) -> String? {
    let choice = clock.choice
    if choice.place == 0, explanation.owner == .task { return nil }
    var text: String
    if choice.name.isEmpty {
      text = say(es: "Política: ninguna le corresponde", en: "Policy: none fits")
    } else {
      let name = Self.oneLine(choice.name)
      let reason = choice.fits.map { "\(key($0.key)) \(Self.oneLine($0.value))" }.joined(separator: ", ")
      text =
        say(es: "Política: «\(name)», ", en: "Policy: “\(name)”, ")
        + (reason.isEmpty
          ? say(es: "que es para todos", en: "which is for everybody")
          : say(es: "por \(reason)", en: "because of \(reason)"))
    }
    for mismatch in choice.passedOver {
      let wanted = mismatch.wanted.map(Self.oneLine).joined(separator: say(es: " o ", en: " or "))
      let value = mismatch.value.map(Self.oneLine) ?? say(es: "ninguno", en: "none")
      text += say(
        es: "; «\(Self.oneLine(mismatch.policy))» no: pide \(key(mismatch.key)) \(wanted), y es \(value)",
        en: "; not “\(Self.oneLine(mismatch.policy))”: it wants \(key(mismatch.key)) \(wanted), and this is \(value)")
    }
    return text + "."
  }

  private func key(_ key: String) -> String {
    switch key {
    case "client": say(es: "cliente", en: "client")
    case "product": say(es: "producto", en: "product")
    case "provider": say(es: "proveedor", en: "provider")
    default: say(es: "prioridad", en: "priority")
    }
  }

  private func start(_ clock: Explanation.Clock) -> String {
    let zone = clock.calendar.zone == explanation.zone ? "" : " (\(clock.calendar.zone.name))"
    return say(
      es: "Cuenta desde el \(at(clock.startedAt)), por el calendario «\(Self.oneLine(clock.calendar.name))»\(zone).",
      en: "It counts from \(at(clock.startedAt)) on, by the calendar “\(Self.oneLine(clock.calendar.name))”\(zone).")
  }

  private func versions(_ clock: Explanation.Clock) -> String {
    guard let appliedAt = clock.version.appliedAt else {
      return say(es: "Reglas sin aplicar todavía.", en: "The rules are not applied yet.")
    }
    let calendar =
      clock.calendar.version.map { say(es: "; del calendario, \($0)", en: "; of the calendar, \($0)") } ?? ""
    return say(
      es: "Versión de las reglas: \(clock.version.hash), en vigor desde el \(at(appliedAt))\(calendar).",
      en: "Version of the rules: \(clock.version.hash), in force since \(at(appliedAt))\(calendar).")
  }

  private func recounted(_ clock: Explanation.Clock) -> String? {
    if let recounted = clock.recounted {
      return say(
        es: "El veredicto en firme dice \(duration(clock.used)); por lo que hoy se sabe serían \(duration(recounted)).",
        en:
          "The frozen verdict says \(duration(clock.used)); by what is known today it would be \(duration(recounted)).")
    }
    return clock.correction.map {
      say(
        es: "Corrige un veredicto anterior: \(Self.oneLine($0)).",
        en: "It corrects an earlier verdict: \(Self.oneLine($0)).")
    }
  }

  private func pauses(_ clock: Explanation.Clock) -> [String] {
    clock.pauses.map { pause in
      let to =
        pause.to.map { say(es: " al \(at($0))", en: " to \(at($0))") } ?? say(es: ", sin fin aún", en: ", still open")
      return say(
        es: "Pausa, \(reason(pause.reason)): del \(at(pause.from))\(to).",
        en: "Pause, \(reason(pause.reason)): \(at(pause.from))\(to).")
    }
  }

  func reason(_ reason: PauseReason) -> String {
    switch reason {
    case .waiting(.client): say(es: "espera al cliente", en: "waiting on the client")
    case .waiting(.provider): say(es: "espera al proveedor", en: "waiting on the provider")
    case .waiting(.support): say(es: "espera a soporte", en: "waiting on support")
    case .aside: say(es: "apartado hasta una fecha", en: "put aside until a date")
    case .closed: say(es: "estuvo cerrado", en: "it was closed")
    }
  }

  /// What people wrote, on one line and without controls.
  static func oneLine(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<32, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: scalars.append(" ")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
