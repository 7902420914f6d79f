internal import Desk
internal import Reports
internal import SLA
internal import Text

/// A page of facts about one thing, each with its label, on lines that fit.
final class FactPage {
  private let width: Int
  private var lines: [String] = []
  /// To how many columns labels are filled up.
  private static let labelWidth = 16

  init(width: Int) { self.width = width }

  var text: String { lines.map { "\($0)\n" }.joined() }

  func head(_ text: String) { lines += wrapped(oneLine(text), width: width, hanging: 4) + [""] }

  /// One fact; nothing for one that is absent.
  func fact(_ label: String, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    let label = DisplayWidth.pad(label, to: Self.labelWidth, atRight: false)
    lines += wrapped("\(label)\(oneLine(value))", width: width, indent: 2, hanging: Self.labelWidth)
  }

  func line(_ text: String = "", indent: Int = 0) { lines += wrapped(text, width: width, indent: indent, hanging: 4) }

  /// What was changed, by whom and when.
  func history(_ entries: [DirectoryLog.Entry], _ desk: OpenDesk) {
    if entries.isEmpty { return }
    let say = desk.language
    line()
    line(say(es: "Historia", en: "History"))
    for entry in entries {
      let time = String(entry.happenedAt.localText(in: desk.zone).dropLast(3))
      line("\(time)  \(entry.actor ?? "plazo"): \(oneLine(Self.words(entry, say, desk.zone)))", indent: 2)
    }
  }

  private static func words(_ entry: DirectoryLog.Entry, _ say: Language, _ zone: Zone) -> String {
    if entry.field == "added" { return say(es: "lo agrega", en: "adds it") }
    if entry.field == "active" {
      return entry.after == "1"
        ? say(es: "lo pone en uso", en: "puts it into use") : say(es: "lo pone fuera de uso", en: "puts it out of use")
    }
    func value(_ text: String?) -> String {
      guard let text else { return "—" }
      guard entry.field == "away_until", let seconds = Int64(text) else { return text }
      return String(Instant(seconds).localText(in: zone).dropLast(3))
    }
    return "\(label(entry.field, say)): \(value(entry.before)) → \(value(entry.after))"
  }

  private static func label(_ field: String, _ say: Language) -> String {
    switch field {
    case "login": say(es: "usuario", en: "login")
    case "name": say(es: "nombre", en: "name")
    case "role": say(es: "papel", en: "role")
    case "mail": say(es: "correo", en: "mail")
    case "client_id": say(es: "cliente", en: "client")
    case "booking": say(es: "horas", en: "hours")
    case "language": say(es: "idioma", en: "language")
    case "zone": say(es: "zona", en: "zone")
    case "calendar": say(es: "calendario", en: "calendar")
    case "stand_in_id": say(es: "suplente", en: "stand-in")
    case "away_until": say(es: "ausente hasta", en: "away until")
    default: field
    }
  }
}
