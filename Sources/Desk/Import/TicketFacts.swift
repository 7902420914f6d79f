internal import SLA

/// What a row says a ticket is: only the fields that its mapping has are stated.
struct TicketFacts {
  typealias Fields = FieldSet

  var stated: Fields
  var externalNumber: String?
  var clientID: Int64?
  var productID: Int64?
  var providerID: Int64?
  var priority: String?
  var title: String?
  var description: String?
  var responsibleID: Int64?
  var assignedID: Int64?
  var status: Status?
  var waitingOn: Party?
  var vobo: VoBo?
  var closedAt: Instant?
  /// Whether the row names the closing itself, and not merely its own last change.
  var isClosingExact = false
  var target: Instant?
  var plazo: String?
  var reply: String?
  var replyBy: Party?

  init(_ values: RowValues, stated: Fields, names: NameBook) throws {
    self.stated = stated
    externalNumber = values[.externalNumber]
    clientID = try names.id(of: values[.client], in: .client)
    productID = try names.id(of: values[.product], in: .product)
    providerID = try names.id(of: values[.provider], in: .provider)
    priority = values[.priority]
    title = values[.title]
    description = values[.description]
    responsibleID = try names.person(values[.responsible])
    assignedID = try names.person(values[.assigned])
    status = values[.status].flatMap { Status(rawValue: $0) }
    waitingOn = values[.waitingOn].flatMap { Party(rawValue: $0) }
    vobo = values[.vobo].flatMap { VoBo(rawValue: $0) }
    closedAt = values[instant: .closedAt]
    target = values[instant: .targetAt]
    plazo = values[.plazo].flatMap { Plazo($0)?.description }
    reply = values[.reply]
    replyBy = values[.replyBy].flatMap { Party(rawValue: $0) }
  }

  /// Everything that a ticket is, stated.
  init(of row: TicketRow) {
    stated = Fields(ImportKind.tickets.fields)
    externalNumber = row.externalNumber
    clientID = row.clientID
    productID = row.productID
    providerID = row.providerID
    priority = row.priority
    title = row.title
    description = row.description
    responsibleID = row.responsibleID
    assignedID = row.assignedID
    status = row.status
    waitingOn = row.waitingOn
    target = row.target
    plazo = row.plazo
  }

  /// The same, these fields left unsaid.
  func without(_ fields: [ImportField]) -> TicketFacts {
    var rest = self
    rest.stated.subtract(Fields(fields))
    for field in fields {
      switch field {
      case .client: rest.clientID = nil
      case .title: rest.title = nil
      case .status: rest.status = nil
      case .waitingOn: rest.waitingOn = nil
      case .targetAt: rest.target = nil
      case .plazo: rest.plazo = nil
      case .reply: rest.reply = nil
      default: break  // Only said while it is stated.
      }
    }
    return rest
  }

  /// What makes the ticket what the row says, its status apart. A field that is stated and empty is taken away, where
  /// a ticket can do without it.
  func changes(from row: TicketRow) -> [TicketChange] {
    var changes: [TicketChange] = []
    func edit(_ field: ImportField, _ part: TicketField, _ old: String?, _ new: String?) {
      if stated.contains(field), old != new { changes.append(.edited(part, new)) }
    }
    if let clientID { edit(.client, .client, String(row.clientID), String(clientID)) }
    edit(.product, .product, row.productID.map { String($0) }, productID.map { String($0) })
    edit(.provider, .provider, row.providerID.map { String($0) }, providerID.map { String($0) })
    edit(.priority, .priority, row.priority, priority)
    if let title { edit(.title, .title, row.title, title) }
    edit(.description, .description, row.description, description ?? "")
    if stated.contains(.externalNumber), row.externalNumber != externalNumber {
      changes.append(.numbered(externalNumber))
    }
    if let term = term(from: row) { changes.append(term) }
    if stated.contains(.responsible), row.responsibleID != responsibleID { changes.append(.responsible(responsibleID)) }
    if stated.contains(.assigned), row.assignedID != assignedID { changes.append(.assigned(to: assignedID)) }
    if let waitingOn, row.waitingOn != waitingOn, row.status == .open { changes.append(.waiting(on: waitingOn)) }
    if let reply { changes.append(.replied(by: replyBy ?? .support, body: reply)) }
    return changes
  }

  /// A row that has both a target and a plazo means the target.
  private func term(from row: TicketRow) -> TicketChange? {
    if let target { return row.target == target ? nil : .target(target) }
    if let plazo { return row.plazo == plazo ? nil : .plazo(plazo) }
    if stated.contains(.targetAt), row.target != nil { return .target(nil) }
    if stated.contains(.plazo), row.plazo != nil { return .plazo(nil) }
    return nil
  }

  /// The sign-off that a closed ticket brings.
  func sign(_ row: TicketRow) -> TicketChange? {
    guard row.status == .closed, let vobo, row.vobo != vobo else { return nil }
    return .vobo(vobo, reason: nil)
  }
}
