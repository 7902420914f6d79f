public import Text

/// The JSON that a webhook posts: any value, in whose texts `{name}` stands for a fact.
///
/// Facts are put into the parsed value, not into its text, so that none can end a string or add a key. A text that is
/// one placeholder and nothing else takes the fact with its type; an unknown name stays as it is written.
public struct BodyTemplate: Hashable, Sendable {
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  /// All facts, as they are.
  public static let plain = BodyTemplate(
    .object(
      Dictionary(
        uniqueKeysWithValues: [
          "kind", "desk", "subject", "text", "recipient", "address", "message_id", "language", "created_at", "late",
          "near_due", "tickets",
        ].map { ($0, JSONValue.string("{\($0)}")) })))

  /// For Slack, Mattermost, Rocket.Chat and others that take Slack's incoming webhooks.
  /// - Source: <https://api.slack.com/messaging/webhooks>
  public static let slack = BodyTemplate(.object(["text": .string("{slack}")]))

  func filled(with facts: [String: JSONValue]) -> JSONValue {
    var facts = facts
    facts["slack"] = .string(Self.slackText(facts))
    return Self.fill(value, facts)
  }

  private static func fill(_ value: JSONValue, _ facts: [String: JSONValue]) -> JSONValue {
    switch value {
    case .string(let text): fill(text, facts)
    case .array(let items): .array(items.map { fill($0, facts) })
    case .object(let entries): .object(entries.mapValues { fill($0, facts) })
    case .null, .bool, .integer, .real: value
    }
  }

  private static func fill(_ text: String, _ facts: [String: JSONValue]) -> JSONValue {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: "}"), let fact = facts[String(rest[rest.index(after: open)..<close])] else {
        result.append(rest.removeFirst())
        continue
      }
      if open == text.startIndex, close == text.index(before: text.endIndex) { return fact }
      result += plain(fact)
      rest = rest[rest.index(after: close)...]
    }
    return .string(result + rest)
  }

  private static func plain(_ fact: JSONValue) -> String {
    switch fact {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .bool(let flag): "\(flag)"
    case .null: ""
    case .real, .array, .object: (try? fact.canonicalText()) ?? ""
    }
  }

  /// The subject in bold and a line a ticket; the three characters that Slack reads as markup are escaped.
  private static func slackText(_ facts: [String: JSONValue]) -> String {
    func escaped(_ value: JSONValue?) -> String {
      guard let value else { return "" }
      return plain(value).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
    var lines = ["*\(escaped(facts["subject"]).replacing("*", with: "∗"))*"]
    if case .array(let tickets)? = facts["tickets"] {
      for case .object(let ticket) in tickets { lines.append("• \(escaped(ticket["line"]))") }
    } else {
      lines.append(escaped(facts["text"]))
    }
    return lines.joined(separator: "\n")
  }
}

/// What a channel sends: the bytes that the outbox keeps are of this form.
public enum MessageForm: Hashable, Sendable {
  /// A whole MIME message.
  case mail
  /// The plain text.
  case text
  /// JSON by a template.
  case json(JSONValue)
}
