internal import Alerts
internal import Monitor
internal import SLA
internal import Text

/// What the part `alerts` of a configuration says.
struct AlertSettings: Sendable {
  /// The sender of every mail.
  var from: MailAddress
  var rules: AlertRules
  var channels: [ChannelSettings]
}

/// A road by which messages go, as it is configured.
struct ChannelSettings: Sendable {
  var name: String
  var kind: Kind
  /// In seconds.
  var timeLimit: Int

  enum Kind: Sendable {
    case maildir
    case sendmail([String])
    case command([String])
    case webhook(url: Secret, headers: [(name: String, value: Secret)], body: JSONValue)
  }

  /// What its messages are.
  var form: MessageForm {
    switch kind {
    case .maildir, .sendmail: .mail
    case .command: .text
    case .webhook(_, _, let body): .json(body)
    }
  }
}

/// Reads the part `alerts`. What would only be found out when an alert is due is refused when it is written.
struct AlertsReader {
  /// The desk's, for files that are named by a path from there.
  let folder: String
  /// The names of the calendars that there are.
  let calendars: [String]

  func read(_ node: Node) -> AlertSettings {
    node.object(keys: [
      "from", "command", "calendar", "channel", "window", "cap", "acknowledgement", "lateNewsAfter", "off", "channels",
      "routes", "escalation",
    ])
    let standard = AlertRules()
    let channels =
      [ChannelSettings(name: MaildirChannel.name, kind: .maildir, timeLimit: 30)]
      + node["channels"].entriesInOrder().compactMap(channel)
    let channel = channelName(node["channel"], channels) ?? standard.channel
    let rules = AlertRules(
      off: Set(node["off"].listOrOne().compactMap { $0.choice(AlertKind.self) }),
      routes: node["routes"].list().map { route($0, channels, channel) },
      escalation: node["escalation"].isPresent
        ? node["escalation"].list().compactMap { level($0, channels, channel) } : standard.escalation,
      channel: channel, calendar: calendar(node["calendar"]),
      window: time(node["window"]) ?? standard.window,
      cap: node["cap"].integer(in: 1...1000, default: standard.cap),
      acknowledgement: plazo(node["acknowledgement"]) ?? standard.acknowledgement,
      lateNewsAfter: time(node["lateNewsAfter"]) ?? standard.lateNewsAfter,
      command: node["command"].string(default: standard.command))
    return AlertSettings(
      from: node["from"].parsed("a mail address", example: "plazo@example.com") { MailAddress($0) }
        ?? MailAddress("plazo@localhost")!, rules: rules, channels: channels)
  }

  // MARK: Routes

  private func route(_ node: Node, _ channels: [ChannelSettings], _ standard: String) -> AlertRoute {
    node.object(keys: ["kinds", "when", "to", "channel", "wait", "repeat", "hours"])
    var match = match(node["when"])
    match.kinds = node["kinds"].listOrOne().compactMap { $0.choice(AlertKind.self) }
    let channel = channelName(node["channel"], channels)
    // `repeat: null` says that nothing is told twice.
    let isOnce = node["repeat"].value == .null
    return AlertRoute(
      match: match, to: audience(node["to"], channel ?? standard, channels), channel: channel,
      wait: plazo(node["wait"]), again: isOnce ? nil : plazo(node["repeat"]) ?? .workingDays(1),
      hours: hours(node["hours"]))
  }

  private func level(_ node: Node, _ channels: [ChannelSettings], _ standard: String) -> EscalationLevel? {
    node.object(keys: ["after", "share", "when", "to", "channel", "hours"])
    let channel = channelName(node["channel"], channels)
    let to = audience(node["to"], channel ?? standard, channels)
    let (match, hours) = (match(node["when"]), hours(node["hours"]))
    let after = plazo(node["after"]).map { EscalationLevel.Threshold.after($0) }
    let share = node["share"].integerOrNil(in: 1...10_000).map { EscalationLevel.Threshold.share($0) }
    guard node["after"].isPresent != node["share"].isPresent else {
      node.fail("a level needs either 'after' or 'share'", mend: "write after: \"1d\", or share: 150")
      return nil
    }
    return (after ?? share).map { EscalationLevel($0, match: match, to: to, channel: channel, hours: hours) }
  }

  private func match(_ node: Node) -> AlertMatch {
    node.object(keys: ["client", "product", "provider", "priority", "lateBy"])
    func texts(_ key: String) -> [String] { node[key].listOrOne().compactMap { $0.stringOrNil() } }
    return AlertMatch(
      traits: PolicyMatch(
        clients: texts("client"), products: texts("product"), providers: texts("provider"),
        priorities: texts("priority")), lateBy: time(node["lateBy"]))
  }

  private func audience(_ node: Node, _ channel: String, _ channels: [ChannelSettings]) -> [Audience] {
    if !node.isPresent { node.fail("is missing", mend: "say who is told: \(Audience.legal); [] is nobody") }
    let isMail = channels.first { $0.name == channel }.map { $0.form == .mail } ?? true
    return node.listOrOne().compactMap { item in
      let someone = item.parsed("a recipient", example: Audience.legal) { Audience($0) }
      if case .room(let name)? = someone, isMail {
        item.fail(
          "the channel '\(channel)' writes mails, and '\(name)' is no address", mend: "name a webhook or command")
      }
      return someone
    }
  }

  private func hours(_ node: Node) -> AlertHours {
    switch node.stringOrNil() {
    case nil, "recipient": return .recipient
    case "always": return .always
    default: return calendar(node).map { .calendar($0) } ?? .recipient
    }
  }

  private func calendar(_ node: Node) -> String? {
    guard let name = node.stringOrNil() else { return nil }
    if !calendars.contains(name) {
      let guess = nearest(to: name, among: calendars).map { "did you mean '\($0)'? " } ?? ""
      node.fail(
        "there is no calendar '\(name)'", mend: "\(guess)calendars: \(calendars.sorted().joined(separator: ", "))")
    }
    return name
  }

  private func plazo(_ node: Node) -> Plazo? {
    node.parsed("a plazo", example: "1d (working days), 6h or 90m (working time)") { Plazo($0) }
  }

  private func time(_ node: Node) -> Seconds? {
    node.parsed("a span of time", example: "90m or 2h") {
      if case .workingTime(let seconds)? = Plazo($0) { seconds } else { nil }
    }
  }

  // MARK: Channels

  private func channelName(_ node: Node, _ channels: [ChannelSettings]) -> String? {
    guard let name = node.stringOrNil() else { return nil }
    let names = channels.map(\.name)
    if !names.contains(name) {
      let guess = nearest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
      node.fail("there is no channel '\(name)'", mend: "\(guess)channels: \(names.joined(separator: ", "))")
    }
    return name
  }

  private func channel(_ name: String, _ node: Node) -> ChannelSettings? {
    node.object(keys: ["sendmail", "webhook", "command", "headers", "body", "timeLimit"])
    let legal = "abcdefghijklmnopqrstuvwxyz0123456789-"
    guard name != MaildirChannel.name, !name.isEmpty, name.count <= 40, name.allSatisfy(legal.contains) else {
      node.fail(
        "'\(name)' cannot be the name of a channel",
        mend: "write at most 40 letters from a to z, digits and '-'; '\(MaildirChannel.name)' is built in")
      return nil
    }
    let kinds = ["sendmail", "webhook", "command"].filter { node[$0].isPresent }
    guard kinds.count == 1 else {
      node.fail("a channel is one of sendmail, webhook and command", mend: "give exactly one of them")
      return nil
    }
    if kinds != ["webhook"] {
      for key in ["headers", "body"] where node[key].isPresent {
        node[key].fail("only a webhook has it", mend: "leave it out")
      }
    }
    let limit = node["timeLimit"].integer(in: 1...300, default: kinds == ["webhook"] ? 15 : 60)
    switch kinds[0] {
    case "sendmail": return ChannelSettings(name: name, kind: .sendmail(words(node["sendmail"])), timeLimit: limit)
    case "command": return ChannelSettings(name: name, kind: .command(words(node["command"])), timeLimit: limit)
    default:
      let url = secret(node["webhook"])
      let headers = node["headers"].entriesInOrder().compactMap { name, value in header(name, value) }
      return ChannelSettings(
        name: name, kind: .webhook(url: url, headers: headers, body: body(node["body"])), timeLimit: limit)
    }
  }

  private func words(_ node: Node) -> [String] {
    let words = node.listOrOne().compactMap { $0.stringOrNil() }
    if words.isEmpty || words[0].isEmpty {
      node.fail(
        "names no program",
        mend: "write the program and its arguments, such as [\"/usr/sbin/sendmail\", \"-t\", \"-i\"]")
    }
    return words
  }

  /// A text, `{ env: "NAME" }` or `{ file: "PATH" }`.
  private func secret(_ node: Node) -> Secret {
    if case .object? = node.value {
      node.object(keys: ["env", "file"])
      if let name = node["env"].stringOrNil() { return Secret(.variable(name)) }
      if let path = node["file"].stringOrNil() {
        return Secret(.file(path.hasPrefix("/") ? path : "\(folder)/\(path)"))
      }
      node.fail("says neither env nor file", mend: "write { env: \"NAME\" } or { file: \"PATH\" }")
      return Secret(.literal(""))
    }
    return Secret(.literal(node.string()))
  }

  private func header(_ name: String, _ node: Node) -> (name: String, value: Secret)? {
    let legal = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    guard !name.isEmpty, name.allSatisfy(legal.contains) else {
      node.fail("'\(name)' is no name of a header", mend: "write one such as Authorization")
      return nil
    }
    return (name, secret(node))
  }

  private func body(_ node: Node) -> JSONValue {
    switch node.value {
    case nil, .null?: return BodyTemplate.plain.value
    case .string("slack")?: return BodyTemplate.slack.value
    case .string("plain")?: return BodyTemplate.plain.value
    case .object(let entries)?: return .object(entries)
    default:
      node.fail(
        "is no body", mend: "write \"plain\", \"slack\", or an object whose texts have {subject}, {text} and the like")
      return .null
    }
  }
}
