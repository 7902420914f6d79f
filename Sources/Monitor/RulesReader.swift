internal import Desk
internal import SLA
public import Text

/// Reads policies and calendars from a document: the user's configuration, or a version that was applied.
public enum RulesReader {
  public static let keys = ["timeZone", "calendars", "policies"]

  /// Reads the parts named by `keys` of the root. What is wrong is recorded in the document; `finish()` tells it.
  /// - Parameter files: say more of the calendars; each records what is wrong in it.
  public static func read(_ root: Node, files: CalendarFiles = .none) -> Rules {
    let zone = root["timeZone"].string()
    let calendars = CalendarReader.readAll(root["calendars"], deskZone: zone, files: files)
    let nodes = root["policies"].list()
    if nodes.isEmpty {
      root["policies"].fail("there is no policy", mend: "write at least one, with a name and a calendar")
    }
    let policies = nodes.map { policy($0, calendars: calendars.keys.sorted()) }
    for (index, node) in nodes.enumerated()
    where policies[..<index].contains(where: { $0.name == policies[index].name }) {
      node["name"].fail("'\(policies[index].name)' is the name of an earlier policy", mend: "give each its own name")
    }
    return Rules(policies: policies, calendars: calendars)
  }

  private static func policy(_ node: Node, calendars: [String]) -> Policy {
    node.object(keys: ["name", "when", "calendar", "clocks", "reopening"])
    let calendarNode = node["calendar"]
    let calendar = calendarNode.string()
    if calendarNode.isPresent, !calendars.contains(calendar) {
      let guess = nearest(to: calendar, among: calendars).map { "did you mean '\($0)'? " } ?? ""
      calendarNode.fail(
        "there is no calendar '\(calendar)'", mend: "\(guess)calendars: \(calendars.joined(separator: ", "))")
    }
    let clocks = node["clocks"].object(keys: [ClockKind.resolution.rawValue])
    return Policy(
      name: node["name"].string(), match: match(node["when"]), calendar: calendar,
      resolution: clock(clocks[ClockKind.resolution.rawValue]),
      reopening: node["reopening"].choice(Reopening.self) ?? .continue)
  }

  private static func match(_ node: Node) -> PolicyMatch {
    node.object(keys: ["client", "product", "provider", "priority"])
    func texts(_ key: String) -> [String] { node[key].listOrOne().compactMap { $0.stringOrNil() } }
    return PolicyMatch(
      clients: texts("client"), products: texts("product"), providers: texts("provider"), priorities: texts("priority"))
  }

  private static func clock(_ node: Node) -> ClockRule {
    node.object(keys: ["plazo", "nearDue", "pauseWhileWaitingOn"])
    let near = node["nearDue"].object(keys: ["share", "margin"])
    var rule = NearDueRule.default
    if near.isPresent {
      rule = NearDueRule(
        sharePercent: near["share"].integerOrNil(in: 1...100),
        marginSeconds: near["margin"].parsed("a working time", example: "2h or 90m") {
          if case .workingTime(let seconds)? = Plazo($0) { seconds } else { nil }
        })
    }
    return ClockRule(
      plazo: node["plazo"].parsed("a plazo", example: "3d (working days), 6h or 90m (working time)") { Plazo($0) },
      near: rule, pauseWhileWaitingOn: Set(node["pauseWhileWaitingOn"].listOrOne().compactMap { $0.choice(Party.self) })
    )
  }
}
