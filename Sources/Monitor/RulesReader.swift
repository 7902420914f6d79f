internal import Desk
internal import SLA
public import Text

/// Reads policies and calendars from a document: the user's configuration, or a version that was applied.
public enum RulesReader {
  public static let keys = ["timeZone", "calendars", "policies", "tasks"]

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
    return Rules(
      policies: policies, tasks: tasks(root["tasks"], policies: policies, calendars: calendars.keys.sorted()),
      calendars: calendars)
  }

  private static func policy(_ node: Node, calendars: [String]) -> Policy {
    node.object(keys: ["name", "when", "calendar", "clocks", "responses", "reopening"])
    let clocks = node["clocks"].object(keys: kinds(of: .ticket))
    func response(_ kind: ClockKind) -> ClockRule? {
      optionalClock(clocks[kind.rawValue], keys: ticketClockKeys, asides: false)
    }
    let responses = node["responses"].listOrOne().compactMap { $0.choice(ResponseAct.self) }
    return Policy(
      name: node["name"].string(), match: match(node["when"]), calendar: calendar(node["calendar"], among: calendars),
      resolution: clock(clocks[ClockKind.resolution.rawValue], keys: ticketClockKeys, asides: true),
      firstResponse: response(.firstResponse), nextResponse: response(.nextResponse),
      responses: responses.isEmpty ? [.reply] : Set(responses),
      reopening: node["reopening"].choice(Reopening.self) ?? .continue)
  }

  private static func tasks(_ node: Node, policies: [Policy], calendars: [String]) -> TaskRules {
    node.object(keys: ["calendar", "clocks", "reopening"])
    let clocks = node["clocks"].object(keys: kinds(of: .task))
    return TaskRules(
      calendar: node["calendar"].isPresent
        ? calendar(node["calendar"], among: calendars) : Rules.usualCalendar(policies),
      completion: clock(clocks[ClockKind.completion.rawValue], keys: taskClockKeys, asides: false),
      vobo: optionalClock(clocks[ClockKind.vobo.rawValue], keys: taskClockKeys, asides: false),
      reopening: node["reopening"].choice(Reopening.self) ?? .continue)
  }

  private static func kinds(of owner: ClockOwner) -> [String] {
    ClockKind.allCases.filter { $0.owner == owner }.map(\.rawValue)
  }

  private static func calendar(_ node: Node, among calendars: [String]) -> String {
    let name = node.string()
    if node.isPresent, !calendars.contains(name) {
      let guess = nearest(to: name, among: calendars).map { "did you mean '\($0)'? " } ?? ""
      node.fail("there is no calendar '\(name)'", mend: "\(guess)calendars: \(calendars.joined(separator: ", "))")
    }
    return name
  }

  private static func match(_ node: Node) -> PolicyMatch {
    node.object(keys: ["client", "product", "provider", "priority"])
    func texts(_ key: String) -> [String] { node[key].listOrOne().compactMap { $0.stringOrNil() } }
    return PolicyMatch(
      clients: texts("client"), products: texts("product"), providers: texts("provider"), priorities: texts("priority"))
  }

  private static let taskClockKeys = ["plazo", "nearDue"]
  private static let ticketClockKeys = taskClockKeys + ["pauseWhileWaitingOn", "pauseWhileAside"]

  /// A clock that runs only where it is named, and then needs its plazo.
  private static func optionalClock(_ node: Node, keys: [String], asides: Bool) -> ClockRule? {
    guard node.isPresent else { return nil }
    let rule = clock(node, keys: keys, asides: asides)
    if case .object? = node.value, !node["plazo"].isPresent {
      node["plazo"].fail("is missing", mend: "give the clock a plazo such as 2h, or leave the clock out")
    }
    return rule
  }

  /// - Parameter asides: whether the clock stands still while its ticket is put aside, unless told otherwise.
  private static func clock(_ node: Node, keys: [String], asides: Bool) -> ClockRule {
    node.object(keys: keys)
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
      near: rule,
      pauseWhileWaitingOn: Set(node["pauseWhileWaitingOn"].listOrOne().compactMap { $0.choice(Party.self) }),
      pauseWhileAside: node["pauseWhileAside"].boolean(default: asides))
  }
}
