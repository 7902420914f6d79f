internal import Desk
internal import Monitor
internal import SLA
internal import Text

/// How a clock stands, in a line.
struct ClockWords {
  private let say: Language
  private let zone: Zone

  init(_ language: Language, _ zone: Zone) {
    say = language
    self.zone = zone
  }

  func time(_ instant: Instant) -> String { String(instant.localText(in: zone).dropLast(3)) }

  /// `▲ Próximo a vencer, vence 2026-03-27 14:00, quedan 1 h 20 min (plazo 3d, política general)`
  func words(_ clock: Judge.Judged) -> String {
    guard let judgement = clock.judgement else { return say(es: "sin plazo", en: "without a plazo") }
    var words = "\(clock.situation.symbol) \(clock.situation.label(in: say))"
    if let deadline = judgement.deadline { words += say(es: ", vence ", en: ", due ") + time(deadline) }
    if judgement.isPaused { words += say(es: ", en pausa", en: ", paused") }
    let left = Self.hours(judgement.remaining)
    words +=
      judgement.remaining < 0
      ? say(es: ", \(left) tarde", en: ", late by \(left)") : say(es: ", quedan \(left)", en: ", \(left) left")
    let plazo = clock.plazo.map { "plazo \($0)" } ?? say(es: "fecha fijada", en: "a date that was set")
    let moved = clock.moves > 0 ? say(es: ", movido \(clock.moves)×", en: ", moved \(clock.moves)×") : ""
    let policy = clock.kind.toldPolicy(clock.policy).map { say(es: ", política ", en: ", policy ") + $0 } ?? ""
    return words + " (\(plazo)\(moved)\(policy))"
  }

  static func hours(_ seconds: Seconds) -> String {
    let minutes = seconds.magnitude / 60
    return "\(minutes / 60) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60) min"
  }
}
