internal import Desk
internal import Monitor
internal import SLA
internal import Text

extension DigestWords {
  /// The facts of a ticket or task, each with its label, in the order in which a technician asks for them.
  func facts(_ line: Digest.Line) -> [(label: String, value: String)] {
    var facts: [(label: String, value: String)] = []
    if let clock = line.clock {
      facts.append((language(es: "Vencimiento", en: "Deadline"), deadline(clock)))
      if let remaining = clock.remaining {
        facts.append(
          clock.situation == .late
            ? (language(es: "Retraso", en: "Late by"), workingTime(-remaining))
            : (language(es: "Tiempo restante", en: "Time left"), workingTime(remaining)))
      }
    }
    if let party = line.waitingOn {
      facts.append((language(es: "Esperando respuesta de", en: "Waiting on"), party.label(in: language)))
    }
    switch line.assignee {
    case .reader: break
    case .nobody: facts.append((assigned, language(es: "Nadie", en: "Nobody")))
    case .other(let name): facts.append((assigned, name.oneLine(limit: Self.longestName)))
    }
    if let clock = line.clock { facts.append((language(es: "Motivo", en: "Why"), reason(clock))) }
    for note in line.notes { facts.append((language(es: "Aviso", en: "Notice"), sentence(note))) }
    return facts
  }

  private var assigned: String { language(es: "Técnico asignado", en: "Assigned to") }

  private func deadline(_ clock: Digest.Clock) -> String {
    if let deadline = clock.deadline { return moment(deadline) }
    return clock.plazo == nil && clock.remaining == nil
      ? language(es: "Sin plazo", en: "No plazo") : language(es: "El reloj está en pausa", en: "The clock is paused")
  }

  /// `Plazo de 3 días para la solución (política «general»)`
  private func reason(_ clock: Digest.Clock) -> String {
    let policy =
      clock.kind.toldPolicy(clock.policy).map { $0.oneLine(limit: Self.longestName) }
      .map { language(es: " (política «\($0)»)", en: " (policy “\($0)”)") } ?? ""
    let what = language(
      es: [
        "para la primera respuesta", "para la siguiente respuesta", "para la solución", "para terminar",
        "para el visto bueno",
      ],
      en: [
        "for the first response", "for the next response", "for the resolution", "for the completion", "for the VoBo",
      ])
    let kind = what[ClockKind.allCases.firstIndex(of: clock.kind) ?? 0]
    let promise =
      clock.plazo.map { language(es: "Plazo de \(plazo($0))", en: plazo($0)) }
      ?? language(es: "Fecha fijada", en: "Date set")
    return "\(promise) \(kind)\(policy)"
  }

  private func sentence(_ note: Digest.Note) -> String {
    switch note {
    case .again(let number):
      language(
        es: number == 1
          ? "Sigue retrasado; es el primer recordatorio" : "Sigue retrasado; es el recordatorio \(number)",
        en: number == 1 ? "Still late; this is the first reminder" : "Still late; this is reminder \(number)")
    case .escalated(let level):
      language(
        es: "Escalado al nivel \(level): nadie lo ha resuelto", en: "Escalated to level \(level): nobody has mended it")
    case .inPlaceOf(let name):
      language(
        es: "Le llega en ausencia de \(name.oneLine(limit: Self.longestName))",
        en: "It comes to you while \(name.oneLine(limit: Self.longestName)) is away")
    case .justAssigned: language(es: "Recién asignado a usted", en: "Newly assigned to you")
    }
  }

  /// What to do next, with a command that does it; `nil` for a client, who has no command line.
  func next(_ line: Digest.Line, for reader: Reader) -> (sentence: String, command: String)? {
    if reader.isClient { return nil }
    let id = line.owner.id
    if line.owner.isTask {
      if line.clock?.kind == .vobo || line.kind == .voboWanted {
        return (language(es: "Dar el VoBo", en: "Give the VoBo"), run("task vobo \(id) granted"))
      }
      if line.assignee == .reader {
        return (language(es: "Cerrarla cuando esté hecha", en: "Close it when it is done"), run("task close \(id)"))
      }
      return (language(es: "Ver las tareas", en: "See the tasks"), run("task list"))
    }
    switch (line.assignee, line.waitingOn) {
    case (.nobody, _) where !reader.login.isEmpty:
      return (
        language(es: "Asignarlo a alguien, o a usted", en: "Assign it to somebody, or to yourself"),
        run("ticket assign \(id) \(reader.login)")
      )
    case (.reader, .client):
      return (
        language(es: "Recordárselo al cliente", en: "Remind the client"),
        run("ticket reply \(id) --mail --text \"…\"")
      )
    case (.reader, .provider):
      return (
        language(es: "Cuando el proveedor conteste", en: "When the provider answers"),
        run("ticket reply \(id) --waiting-on support --text \"…\"")
      )
    case (.reader, .support):
      return (language(es: "Responder", en: "Reply"), run("ticket reply \(id) --text \"…\""))
    default:
      return (language(es: "Ver el seguimiento", en: "See the follow-up"), run("ticket show \(id)"))
    }
  }

  private func run(_ words: String) -> String { "\(command) \(words)".oneLine(limit: 300) }

  // MARK: What else the mail says

  /// The line after the last ticket of a mail that does not list all.
  func more(_ counts: Digest.Counts) -> (sentence: String, command: String)? {
    guard counts.all > 0 else { return nil }
    let sentence = language(
      es: "No caben aquí: \(headline(counts)). Para verlos:", en: "Not listed here: \(headline(counts)). To see them:")
    return (sentence, run("ticket list"))
  }

  /// `Al corriente otra vez: …`
  var recoveredHead: String { language(es: "Al corriente otra vez", en: "No longer late") }

  func recovered(_ note: Digest.RecoveredNote) -> String {
    let client = note.client.map { $0.oneLine(limit: Self.longestName) }
    let how =
      note.isClosed ? language(es: "cerrado", en: "closed") : language(es: "con nuevo plazo", en: "with a new plazo")
    return ([name(note.owner), client, title(note.title)].compactMap { $0 }).joined(separator: " · ") + " (\(how))"
  }

  func catchingUp(since: Instant) -> String {
    language(
      es:
        "Puesta al día: esto ocurrió desde el \(moment(since)) sin que plazo pudiera avisar. Lo que ya se resolvió no se menciona.",
      en: "Catching up: this happened since \(moment(since)) while plazo could not tell. What is over is not mentioned."
    )
  }

  func heldByCap(_ count: Int) -> String {
    language(
      es: count == 1
        ? "1 aviso esperó por el tope de mensajes por hora."
        : "\(count) avisos esperaron por el tope de mensajes por hora.",
      en: count == 1
        ? "1 alert waited because of the cap on messages an hour."
        : "\(count) alerts waited because of the cap on messages an hour.")
  }

  /// How to say that one knows. - Parameter line: the worst late one.
  func acknowledging(_ line: Digest.Line) -> (sentence: String, command: String) {
    let id = line.owner.isTask ? "--task \(line.owner.id)" : "\(line.owner.id)"
    return (
      language(
        es: "Para que no se repita mientras trabaja en ello:", en: "To have it not repeated while you work on it:"),
      run("alert ack \(id)")
    )
  }

  var footer: String {
    language(
      es: "Aviso automático de plazo. Las horas son de \(zone.name).",
      en: "Automatic notice from plazo. Times are \(zone.name).")
  }
}

extension Language {
  fileprivate func callAsFunction(es: [String], en: [String]) -> [String] { self == .es ? es : en }
}
