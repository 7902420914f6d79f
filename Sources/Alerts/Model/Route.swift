internal import Desk
internal import Monitor
internal import SLA
internal import SQLite

/// What routing looks at, and nothing else: equal facts give equal routes.
struct RouteFacts: Hashable {
  var kind: AlertKind
  var isTask: Bool
  var clock: ClockKind?
  /// Of an escalation, counted from 1; else 0.
  var level: Int64
  var parties: Parties
  /// Working time late; 0 unless it is.
  var late: Seconds
}

/// Whom a ticket or task concerns, and what else routes can ask of it.
struct Parties: Hashable {
  /// A task's technician.
  var assigned: Int64?
  /// Who gave a task.
  var responsible: Int64?
  var registeredBy: Int64?
  var client: Int64?
  var product: Int64?
  var provider: Int64?
  var priority: String?
}

/// Somebody whom an alert goes to, or could not go to.
struct Routing: Hashable {
  /// `nil` when nobody could be found.
  var recipient: RecipientID?
  var channel: String
  /// The one away for whom the recipient is told.
  var standsInFor: Int64?
  /// `nil` when the alert is to be told.
  var dropped: DropReason?
  var wait: Plazo?
  var hours: AlertHours = .recipient
}

/// Who is told of what.
///
/// Whoever cannot be reached is kept with the reason, and the next in line is told instead: a late ticket that nobody
/// hears of is the one fault an SLA monitor may not have.
struct Router {
  let directory: Directory
  private let rules: AlertRules
  private let routes: [ResolvedRoute]
  let levels: [ResolvedRoute]
  /// The channels that write mails, for which a person needs an address.
  private let mailChannels: Set<String>

  struct ResolvedMatch: Hashable {
    var kinds: [AlertKind]
    var clients, products, providers: [Int64]?
    var priorities: [String]?
    var lateBy: Seconds?

    func fits(_ facts: RouteFacts) -> Bool {
      func fits<T: Equatable>(_ legal: [T]?, _ value: T?) -> Bool {
        legal.map { legal in value.map(legal.contains) ?? false } ?? true
      }
      let parties = facts.parties
      return (kinds.isEmpty || kinds.contains(facts.kind)) && fits(clients, parties.client)
        && fits(products, parties.product) && fits(providers, parties.provider)
        && fits(priorities, parties.priority) && lateBy.map { facts.late >= $0 } ?? true
    }
  }

  struct ResolvedRoute: Hashable {
    fileprivate var match: ResolvedMatch
    var route: AlertRoute
    var threshold: EscalationLevel.Threshold?

    func fits(_ facts: RouteFacts) -> Bool { match.fits(facts) }
  }

  init(
    _ rules: AlertRules, directory: Directory, names: NameIDs, mailChannels: Set<String> = [MaildirChannel.name]
  ) {
    self.rules = rules
    self.directory = directory
    self.mailChannels = mailChannels
    func resolve(_ match: AlertMatch) -> ResolvedMatch {
      func ids(_ wanted: [String], _ known: [String: Int64]) -> [Int64]? {
        wanted.isEmpty ? nil : wanted.compactMap { known[$0] }
      }
      return ResolvedMatch(
        kinds: match.kinds, clients: ids(match.traits.clients, names.clients),
        products: ids(match.traits.products, names.products), providers: ids(match.traits.providers, names.providers),
        priorities: match.traits.priorities.isEmpty ? nil : match.traits.priorities, lateBy: match.lateBy)
    }
    routes = rules.allRoutes.map { ResolvedRoute(match: resolve($0.match), route: $0) }
    levels = rules.escalation.map { level in
      ResolvedRoute(
        match: resolve(level.match),
        route: AlertRoute(
          match: level.match, to: level.to, channel: level.channel, again: nil, hours: level.hours),
        threshold: level.threshold)
    }
  }

  /// The route that decides: the first that fits; of an escalation its level's own.
  func route(_ facts: RouteFacts) -> AlertRoute? {
    if facts.kind == .escalation {
      let index = Int(facts.level) - 1
      return levels.indices.contains(index) && levels[index].fits(facts) ? levels[index].route : nil
    }
    return routes.first { $0.fits(facts) }?.route
  }

  /// Whether any route or level asks how late something is.
  var asksForLateness: Bool { (routes + levels).contains { $0.match.lateBy != nil } }

  /// Everybody whom an alert goes to, in the order of the route, each address once.
  func routings(_ facts: RouteFacts) -> [Routing] {
    guard let route = route(facts) else { return [] }
    let channel = route.channel ?? rules.channel
    var result: [Routing] = []
    if route.to.isEmpty { return [Routing(channel: channel, dropped: .routedToNobody)] }
    var book = AddressBook(directory: directory, needsAddress: mailChannels.contains(channel))
    for audience in route.to { resolve(audience, facts, &book) }
    for entry in book.entries {
      result.append(
        Routing(
          recipient: entry.recipient, channel: channel, standsInFor: entry.standsInFor, dropped: entry.dropped,
          wait: route.wait, hours: route.hours))
    }
    if !book.entries.contains(where: { $0.dropped == nil || $0.dropped == .recipientTheSame }) {
      result.append(Routing(channel: channel, dropped: .noRecipient))
    }
    return result
  }

  private func resolve(_ audience: Audience, _ facts: RouteFacts, _ book: inout AddressBook) {
    let parties = facts.parties
    switch audience {
    case .assigned where facts.clock == .vobo: resolve(.signer, facts, &book)
    case .assigned:
      if !book.add(parties.assigned), !book.add(parties.responsible) { addAdministrators(&book) }
    case .responsible:
      if !book.add(parties.responsible) { addAdministrators(&book) }
    case .administrators: addAdministrators(&book)
    case .contact: addContacts(parties, &book)
    case .signer where !facts.isTask: addContacts(parties, &book)
    case .signer:
      let giver = parties.responsible.flatMap { directory[$0] }
      if giver?.role != .administrator || !book.add(giver?.id) { addAdministrators(&book) }
    case .user(let login):
      if !book.add(directory.user(login: login)?.id) { addAdministrators(&book) }
    case .address(let address): book.addOutside(address.description)
    case .room(let name): book.addOutside(name)
    }
  }

  private func addAdministrators(_ book: inout AddressBook) {
    for person in directory.administrators { _ = book.add(person.id) }
  }

  private func addContacts(_ parties: Parties, _ book: inout AddressBook) {
    let registrar = parties.registeredBy.flatMap { directory[$0] }
    if registrar?.role == .client, book.add(registrar?.id) { return }
    for person in directory.contacts(of: parties.client) { _ = book.add(person.id) }
  }
}

/// Recipients as they are found, each person and each address once.
private struct AddressBook {
  struct Entry {
    var recipient: RecipientID
    var standsInFor: Int64?
    var dropped: DropReason?
  }

  let directory: Directory
  let needsAddress: Bool
  private(set) var entries: [Entry] = []
  private var seen: Set<RecipientID> = []
  private var addresses: Set<String> = []

  init(directory: Directory, needsAddress: Bool) {
    self.directory = directory
    self.needsAddress = needsAddress
  }

  /// Adds a person, or the stand-in of one who is away. - Returns: whether somebody is told.
  mutating func add(_ id: Int64?) -> Bool {
    guard let id, let person = directory[id] else { return false }
    guard directory.isAway(person) else { return add(person, for: nil) }
    if let standInID = person.standInID, let standIn = directory[standInID], !directory.isAway(standIn) {
      return add(standIn, for: id)
    }
    if seen.insert(.user(id)).inserted { entries.append(Entry(recipient: .user(id), dropped: .recipientAway)) }
    return false
  }

  private mutating func add(_ person: Recipient, for away: Int64?) -> Bool {
    guard seen.insert(.user(person.id)).inserted else {
      return entries.contains { $0.recipient == .user(person.id) && $0.dropped == nil }
    }
    var dropped: DropReason?
    switch person.address {
    case .success(let address):
      if !addresses.insert(address.folded).inserted { dropped = .recipientTheSame }
    case .failure(let unreachable):
      if needsAddress || unreachable.reason == .recipientInactive { dropped = unreachable.reason }
    }
    entries.append(Entry(recipient: .user(person.id), standsInFor: away, dropped: dropped))
    return dropped == nil || dropped == .recipientTheSame
  }

  mutating func addOutside(_ text: String) {
    guard seen.insert(.outside(text)).inserted else { return }
    let isNew = addresses.insert(text.lowercased()).inserted
    entries.append(Entry(recipient: .outside(text), dropped: isNew ? nil : .recipientTheSame))
  }
}

/// Clients, products and providers by name, as routes name them.
struct NameIDs {
  var clients: [String: Int64] = [:]
  var products: [String: Int64] = [:]
  var providers: [String: Int64] = [:]

  init() {}

  init(on connection: Connection) throws {
    func read(_ list: NamedList) throws -> [String: Int64] {
      let rows = try connection.rows(sql: "SELECT name, id FROM \(list.rawValue)")
      return Dictionary(rows.compactMap { row in row[0].text.map { ($0, row[1].integer ?? 0) } }) { first, _ in first }
    }
    clients = try read(.client)
    products = try read(.product)
    providers = try read(.provider)
  }
}
