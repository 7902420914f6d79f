internal import SLA
internal import Text

/// Where the time of a clock went, line by line, and the sums.
extension ExplanationWords {
  /// Such as `viernes 27 de marzo, 16:00 a 19:00: cuentan 3 h`.
  func line(_ line: LedgerLine) -> String { "\(when(line)): \(what(line))" }

  private func when(_ line: LedgerLine) -> String {
    let zone = explanation.zone
    // By the reading of the line's own dates, so that the end of a day is its 24:00.
    let from = words.time(zone.localSeconds(at: line.from) - zone.date(at: line.from).localSeconds)
    let lastDate = zone.date(at: line.to - 1)
    let end = zone.localSeconds(at: line.to) - lastDate.localSeconds
    let to = words.time(zone.date(at: line.to) == lastDate || end <= 86_400 ? end : 86_400)
    let firstDate = zone.date(at: line.from)
    let first = words.date(firstDate, in: year)
    if firstDate == lastDate { return say(es: "\(first), \(from) a \(to)", en: "\(first), \(from) to \(to)") }
    let last = words.date(lastDate, in: year)
    return say(es: "\(first), \(from), a \(last), \(to)", en: "\(first), \(from), to \(last), \(to)")
  }

  private func what(_ line: LedgerLine) -> String {
    let own = duration(line.own)
    let names = line.holidays.filter { !$0.isEmpty }.map(Self.oneLine)
    let holidays = names.isEmpty ? "" : ": " + names.joined(separator: ", ")
    var text: String
    switch line.kind {
    case .closed:
      let isHoliday = !line.holidays.isEmpty
      return say(es: "cerrado\(holidays)", en: "closed\(holidays)")
        + (isHoliday && names.isEmpty ? say(es: " (inhábil)", en: " (holiday)") : "") + ", \(own)"
    case .counted:
      text =
        line.isAhead
        ? say(es: "contarán \(own)", en: "\(own) will count") : say(es: "cuentan \(own)", en: "counted \(own)")
    case .after: text = say(es: "cuentan \(own), ya fuera de plazo", en: "counted \(own), past the plazo")
    case .before: text = say(es: "aún no empezaba, \(own)", en: "not begun yet, \(own)")
    case .paused(let why):
      text = say(es: "en pausa, \(reason(why)): no cuentan \(own)", en: "paused, \(reason(why)): \(own) do not count")
    }
    if line.closed > 0 {
      text += say(
        es: "; lo demás, \(duration(line.closed)), cerrado\(holidays)",
        en: "; the rest, \(duration(line.closed)), closed\(holidays)")
    }
    return text
  }

  /// The sums by kind, of what has happened, and of what is to come where something is.
  func sums(_ clock: Explanation.Clock) -> [String] {
    let end = clock.end(explanation.asOf)
    var sums: [String] = []
    for isAhead in [false, true] {
      let part = clock.stretches.filter { ($0.from >= end) == isAhead }
      guard !part.isEmpty else { continue }
      var (counted, after, closed, paused, before): (Seconds, Seconds, Seconds, Seconds, Seconds) = (0, 0, 0, 0, 0)
      for stretch in part {
        switch stretch.kind {
        case .counted: counted += stretch.length
        case .after: after += stretch.length
        case .closed, .holiday: closed += stretch.length
        case .paused: paused += stretch.length
        case .before: before += stretch.length
        }
      }
      let parts = [
        counted > 0 || after + paused + before == 0
          ? duration(counted)
            + (isAhead ? say(es: " que contarán", en: " to count") : say(es: " que cuentan", en: " counted")) : nil,
        after > 0 ? say(es: "\(duration(after)) fuera de plazo", en: "\(duration(after)) past the plazo") : nil,
        paused > 0 ? say(es: "\(duration(paused)) en pausa", en: "\(duration(paused)) paused") : nil,
        closed > 0 ? say(es: "\(duration(closed)) cerrado", en: "\(duration(closed)) closed") : nil,
        before > 0 ? say(es: "\(duration(before)) antes de empezar", en: "\(duration(before)) before the start") : nil,
      ].compactMap { $0 }.joined(separator: " + ")
      let whole = duration(part.reduce(0) { $0 + $1.length })
      let name =
        isAhead
        ? say(es: "Falta", en: "To come")
        : {
          if case .running = clock.standing {
            say(es: "Hasta ahora", en: "Until now")
          } else {
            say(es: "En total", en: "In all")
          }
        }()
      sums.append("\(name): \(whole) = \(parts)")
    }
    return sums
  }
}
