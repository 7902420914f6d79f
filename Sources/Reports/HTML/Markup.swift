/// HTML as it grows. Whatever comes from the desk goes through `text` or an attribute, and both escape.
struct Markup {
  private(set) var html = ""

  /// Markup of our own.
  mutating func raw(_ markup: String) { html += markup }

  mutating func text(_ text: String) { html += Self.escaped(text) }

  /// An element with text in it.
  mutating func element(_ name: String, _ text: String) { element(name, [], text) }

  mutating func element(_ name: String, _ attributes: [(String, String)], _ text: String) {
    open(name, attributes)
    self.text(text)
    close(name)
  }

  mutating func element(_ name: String, _ attributes: [(String, String)], _ body: (inout Markup) -> Void) {
    open(name, attributes)
    body(&self)
    close(name)
  }

  mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
    html += "<\(name)"
    for (key, value) in attributes { html += " \(key)=\"\(Self.escaped(value))\"" }
    html += ">"
  }

  mutating func close(_ name: String) { html += "</\(name)>" }

  /// Safe between tags and between double quotes. Characters that HTML forbids become U+FFFD, and those that turn the
  /// writing round for what follows are left out.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": continue
      default:
        let isForbidden =
          switch scalar.value {
          case 9, 10: false
          case 0..<32, 0x7F..<0xA0, 0xFDD0...0xFDEF: true
          default: scalar.value & 0xFFFE == 0xFFFE
          }
        result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }

  /// The text of what `escaped` wrote.
  static func unescaped(_ markup: String) -> String {
    [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
      .reduce(markup) { $0.replacing($1.0, with: $1.1) }
  }
}
