internal import Alerts
internal import Desk
internal import SLA
internal import SQLite
internal import Text

let alertExplainCommand = Command(
  name: "alert explain", summary: "why somebody was told of a ticket, or was not, and what comes next",
  operands: ["[TICKET]"],
  options: [
    .init("--task", "NUMBER", "of a task instead"),
    .init("--format", "text|json", "JSON for programs"),
  ], examples: ["plazo alert explain 45", "plazo alert explain --task 3"], isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  let owner = try owner(line, desk)
  let alerts = AlertDesk(session, desk)
  let story = try AlertStory.read(
    owner, rules: alerts.rules, mailChannels: alerts.mail.mailChannels, on: desk.connection, now: desk.now)
  enum Format: String, CaseIterable { case text, json }
  if try line.choice("--format", Format.self) == .json {
    session.world.output.line(try story.json(in: desk.zone).canonicalText())
  } else {
    for text in StoryText(story: story, language: desk.language, zone: desk.zone).lines {
      session.world.output.line(oneLine(text))
    }
  }
  return .done
}

/// The story of a ticket's alerts as people read it.
private struct StoryText {
  let story: AlertStory
  let language: Language
  let zone: Zone

  private func time(_ instant: Instant) -> String { String(instant.localText(in: zone).dropLast(3)) }

  var lines: [String] {
    var lines: [String] = []
    for clock in story.clocks {
      let deadline = clock.deadline.map { ", \(language(es: "vence", en: "due")) \(time($0))" } ?? ""
      lines.append("\(clock.kind.label(in: language)): \(clock.situation.label(in: language))\(deadline)")
      if clock.situation != .late {
        lines.append(
          "  " + language(es: "Si se retrasa se avisa a: ", en: "If it goes late, these are told: ")
            + list(clock.wouldTell))
      }
    }
    if story.clocks.isEmpty { lines.append(language(es: "Ningún reloj corre.", en: "No clock runs.")) }
    if story.entries.isEmpty {
      lines.append(language(es: "No hubo nada que avisar.", en: "There was nothing to tell."))
    }
    lines += story.entries.map(line)
    for pursuit in story.pursuits {
      if let at = pursuit.repeatAt {
        lines.append(
          language(
            es: "Sin cambios, \(pursuit.clock.label(in: .es)) se repite el \(time(at)).",
            en: "Unless it is mended, \(pursuit.clock.label(in: .en)) is told again on \(time(at))."))
      }
      if let level = pursuit.nextLevel {
        let who = list(pursuit.nextLevelTells)
        lines.append(
          language(
            es: "El siguiente nivel de escalamiento es el \(level), que avisa a: \(who).",
            en: "The next level of escalation is \(level), which tells: \(who)."))
      }
    }
    for given in story.acknowledgements {
      let reason = given.reason.map { " (\($0))" } ?? ""
      lines.append(
        language(
          es: "\(given.by) dijo que lo sabe, hasta el \(time(given.expiresAt))\(reason).",
          en: "\(given.by) acknowledged it until \(time(given.expiresAt))\(reason)."))
    }
    for silence in story.silences {
      lines.append(
        language(
          es: "El silencio \(silence.id) rige hasta el \(time(silence.until)).",
          en: "Silence \(silence.id) is in force until \(time(silence.until))."))
    }
    return lines
  }

  private func list(_ hearers: [AlertStory.Hearer]) -> String {
    if hearers.isEmpty { return language(es: "nadie", en: "nobody") }
    return hearers.map { hearer in
      let name = hearer.recipient ?? language(es: "nadie", en: "nobody")
      guard let dropped = hearer.dropped else { return name }
      return "\(name) (\(language(es: "no se le avisa: ", en: "not told: "))\(dropped.sentence(in: language)))"
    }.joined(separator: ", ")
  }

  /// `2026-03-27 16:05 retrasado → ana: enviado en el mensaje 12`
  private func line(_ entry: AlertStory.Entry) -> String {
    let level = entry.level > 0 ? " \(entry.level)" : ""
    let away = entry.standsInFor.map { language(es: " (por \($0))", en: " (for \($0))") } ?? ""
    let who = entry.recipient ?? language(es: "nadie", en: "nobody")
    let head = "\(time(entry.happenedAt)) \(entry.kind.label(in: language))\(level) → \(who)\(away): "
    let reason = entry.reason.map { reasonSentence($0, in: language) } ?? ""
    switch entry.state {
    case .pending: return head + language(es: "se decide en la próxima pasada", en: "decided upon in the next pass")
    case .held:
      let until = entry.nextAt.map(time) ?? ""
      return head + language(es: "retenido hasta el \(until), \(reason)", en: "held until \(until), \(reason)")
    case .dropped: return head + language(es: "no se avisa, \(reason)", en: "not told, \(reason)")
    case .grouped:
      let id = entry.messageID.map { "\($0)" } ?? ""
      switch entry.messageState {
      case .sent?:
        return head
          + language(
            es: "enviado el \(entry.sentAt.map(time) ?? "") en el mensaje \(id)",
            en: "sent on \(entry.sentAt.map(time) ?? "") in message \(id)")
      case .parked?:
        return head
          + language(
            es: "detenido en el mensaje \(id); vea 'plazo outbox show \(id)'",
            en: "parked in message \(id); see 'plazo outbox show \(id)'")
      case .pending?, .dropped?, nil:
        return head + language(es: "en el mensaje \(id), por enviar", en: "in message \(id), to be sent")
      }
    }
  }
}

extension AlertStory {
  fileprivate func json(in zone: Zone) -> JSONValue {
    func time(_ instant: Instant?) -> JSONValue { instant.map { .string($0.iso8601(in: zone)) } ?? .null }
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    func number(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }
    func hearer(_ hearer: Hearer) -> JSONValue {
      .object(["recipient": text(hearer.recipient), "not_told": text(hearer.dropped?.rawValue)])
    }
    return .object([
      "alerts": .array(
        entries.map { entry in
          .object([
            "id": .integer(entry.id), "kind": .string(entry.kind.rawValue), "level": .integer(entry.level),
            "clock": text(entry.clock?.rawValue), "recipient": text(entry.recipient),
            "stands_in_for": text(entry.standsInFor), "channel": .string(entry.channel),
            "happened_at": time(entry.happenedAt), "state": .string(entry.state.rawValue),
            "reason": text(entry.reason), "next_at": time(entry.nextAt), "message": number(entry.messageID),
            "message_state": text(entry.messageState?.rawValue), "sent_at": time(entry.sentAt),
          ])
        }),
      "clocks": .array(
        clocks.map { clock in
          .object([
            "clock": .string(clock.kind.rawValue), "situation": .string(clock.situation.rawValue),
            "deadline": time(clock.deadline), "would_tell": .array(clock.wouldTell.map(hearer)),
          ])
        }),
      "next": .array(
        pursuits.map { pursuit in
          .object([
            "clock": .string(pursuit.clock.rawValue), "repeat_at": time(pursuit.repeatAt),
            "level": number(pursuit.nextLevel), "level_tells": .array(pursuit.nextLevelTells.map(hearer)),
          ])
        }),
      "acknowledgements": .array(
        acknowledgements.map { given in
          .object([
            "clock": .string(given.clock.rawValue), "by": .string(given.by), "at": time(given.at),
            "expires_at": time(given.expiresAt), "reason": text(given.reason),
          ])
        }),
      "silences": .array(
        silences.map { silence in .object(["id": .integer(silence.id), "until": time(silence.until)]) }),
    ])
  }
}
