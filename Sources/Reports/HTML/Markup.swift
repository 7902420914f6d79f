internal import Text

/// HTML as it grows. Whatever comes from the desk goes through `text` or an attribute, and both escape.
struct Markup {
  private(set) var html = ""

  /// Markup of our own.
  mutating func raw(_ markup: String) { html += markup }

  mutating func text(_ text: String) { html += text.htmlEscaped }

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
    for (key, value) in attributes { html += " \(key)=\"\(value.htmlEscaped)\"" }
    html += ">"
  }

  mutating func close(_ name: String) { html += "</\(name)>" }

  /// The text of what `htmlEscaped` wrote.
  static func unescaped(_ markup: String) -> String {
    [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
      .reduce(markup) { $0.replacing($1.0, with: $1.1) }
  }
}
