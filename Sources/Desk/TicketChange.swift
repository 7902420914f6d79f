public import SLA
public import SQLite

/// One thing that happened to a ticket. Several of one reply share their instant and follow one another.
public enum TicketChange: Equatable, Sendable {
  case opened(TicketOpening)
  /// A text, kept in `reply`, by the client's side or by support. The note is what else there is to say of it.
  case replied(by: Party, body: String, note: ReplyNote? = nil)
  /// A file, whose content `file` keeps by its hash.
  case attached(name: String, hash: String)
  /// The provider's number; `nil` takes it away.
  case numbered(String?)
  /// A new plazo such as `3d`, from this instant; `nil` goes back to the policy's.
  case plazo(String?)
  /// A fixed due instant; `nil` takes it away.
  case target(Instant?)
  case waiting(on: Party)
  case assigned(to: Int64?)
  case responsible(Int64?)
  case aside(until: Instant?)
  case closed
  /// Closed at this instant rather than at the one that was recorded before: its source has put the closing right.
  case closingCorrected
  /// Opened again: by the client's side, which waits for an answer from then on, by support, or by nobody known, as in
  /// what was imported. A refused VoBo is the client's, whoever records it.
  case reopened(reason: String?, by: Party? = nil)
  /// The client's sign-off. With a contact's id it is that contact's word, recorded by whoever acts; `sign_off` keeps it.
  case vobo(VoBo, reason: String?, onBehalfOf: Int64? = nil)
  case edited(TicketField, String?)
}

/// What `ticket_event.detail` says of a reply.
public enum ReplyNote: Equatable, Sendable {
  /// `mail:2`: whoever replied wants the client to have it by mail (manual, 5.8). It is for the alerts to write that mail;
  /// its text is the reply's, which is empty when only the rest of the reply is worth telling. The files of the reply are
  /// the next so many events of kind `attached` of the ticket.
  case mail(files: Int)
  /// `for:12`: support recorded it for the contact whose id follows.
  case onBehalf(of: Int64)

  init?(_ text: String) {
    if text == "mail" {
      // Of before files were counted.
      self = .mail(files: 0)
    } else if text.hasPrefix("mail:"), let files = Int(text.dropFirst(5)) {
      self = .mail(files: files)
    } else if text.hasPrefix("for:"), let id = Int64(text.dropFirst(4)) {
      self = .onBehalf(of: id)
    } else {
      return nil
    }
  }

  var text: String {
    switch self {
    case .mail(let files): "mail:\(files)"
    case .onBehalf(let id): "for:\(id)"
    }
  }
}

/// What a ticket is opened with.
public struct TicketOpening: Equatable, Sendable {
  public var clientID: Int64
  public var productID: Int64?
  public var providerID: Int64?
  public var priority: String?
  public var title: String
  public var description: String
  public var registeredBy: Int64?

  public init(
    clientID: Int64, productID: Int64? = nil, providerID: Int64? = nil, priority: String? = nil, title: String,
    description: String, registeredBy: Int64? = nil
  ) {
    self.clientID = clientID
    self.productID = productID
    self.providerID = providerID
    self.priority = priority
    self.title = title
    self.description = description
    self.registeredBy = registeredBy
  }
}

/// The parts of an opening that can be put right later. Their new value travels as text: a name's id, or the text.
public enum TicketField: String, Sendable, CaseIterable {
  case client
  case product
  case provider
  case priority
  case title
  case description
}

/// The name of a change in `ticket_event.kind`.
public enum TicketEventKind: String, Sendable, CaseIterable {
  case opened
  case replied
  case attached
  case numbered
  case plazo
  case target
  case waiting
  case assigned
  case responsible
  case aside
  case closed
  case reopened
  case vobo
  case edited
}

extension TicketEventKind {
  /// The kind by the first four bytes of its name, which tell all of them apart: an event is decoded by the million.
  private static let byPrefix: [UInt32: TicketEventKind] = Dictionary(
    uniqueKeysWithValues: allCases.map { (prefix($0.rawValue.utf8), $0) })

  private static func prefix(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// - Throws: `DeskError` for a kind that this program does not know.
  public init(_ row: Statement, _ column: Int32) throws {
    let kind = row.withBytes(column) { bytes -> TicketEventKind? in
      guard bytes.count >= 4 else { return nil }
      let key = UInt32(bytes[0]) << 24 | UInt32(bytes[1]) << 16 | UInt32(bytes[2]) << 8 | UInt32(bytes[3])
      guard let kind = Self.byPrefix[key], bytes.count == kind.rawValue.utf8.count else { return nil }
      return kind
    }
    guard let kind else { throw DeskError.unknownWord(row.text(column), in: "ticket_event.kind") }
    self = kind
  }
}

extension TicketChange {
  public var kind: TicketEventKind {
    switch self {
    case .opened: .opened
    case .replied: .replied
    case .attached: .attached
    case .numbered: .numbered
    case .plazo: .plazo
    case .target: .target
    case .waiting: .waiting
    case .assigned: .assigned
    case .responsible: .responsible
    case .aside: .aside
    case .closed, .closingCorrected: .closed
    case .reopened: .reopened
    case .vobo: .vobo
    case .edited: .edited
    }
  }

  /// The value of a closing that takes the place of the one before.
  public static let corrected = "corrected"

  /// `ticket_event.value`: the new value, as text.
  var value: String? {
    switch self {
    case .opened, .closed: nil
    case .closingCorrected: Self.corrected
    case .replied(let party, _, _): party.rawValue
    case .attached(let name, _): name
    case .numbered(let number): number
    case .plazo(let plazo): plazo
    case .target(let instant), .aside(let instant): instant.map { String($0.seconds) }
    case .waiting(let party): party.rawValue
    case .assigned(let id), .responsible(let id): id.map { String($0) }
    case .reopened(_, let party): party?.rawValue
    case .vobo(let vobo, _, _): vobo.rawValue
    case .edited(_, let value): value
    }
  }

  /// `ticket_event.detail`: what the value alone does not say. An opening's is made by SQLite's `json_object`.
  var detail: String? {
    switch self {
    case .reopened(let reason, _), .vobo(_, let reason, _): reason
    case .replied(_, _, let note): note?.text
    case .attached(_, let hash): hash
    case .edited(let field, _): field.rawValue
    default: nil
    }
  }
}

extension TicketChange {
  /// The change that an event tells, an opening's apart; `nil` for a value that this program does not know.
  init?(_ kind: TicketEventKind, value: String?, detail: String?) {
    let instant = value.flatMap { Int64($0) }.map { Instant($0) }
    switch kind {
    case .opened: return nil
    case .replied:
      // The text is in `reply`; a row has no part of it.
      guard let party = Party(rawValue: value ?? "") else { return nil }
      self = .replied(by: party, body: "", note: detail.flatMap { ReplyNote($0) })
    case .attached:
      guard let value, let detail else { return nil }
      self = .attached(name: value, hash: detail)
    case .numbered: self = .numbered(value)
    case .plazo: self = .plazo(value)
    case .target: self = .target(instant)
    case .waiting:
      guard let party = Party(rawValue: value ?? "") else { return nil }
      self = .waiting(on: party)
    case .assigned: self = .assigned(to: value.flatMap { Int64($0) })
    case .responsible: self = .responsible(value.flatMap { Int64($0) })
    case .aside: self = .aside(until: instant)
    case .closed: self = value == Self.corrected ? .closingCorrected : .closed
    case .reopened:
      // Events of before the side was kept have none.
      let party = value.flatMap { Party(rawValue: $0) }
      guard party != nil || value == nil else { return nil }
      self = .reopened(reason: detail, by: party)
    case .vobo:
      guard let vobo = VoBo(rawValue: value ?? "") else { return nil }
      self = .vobo(vobo, reason: detail)
    case .edited:
      guard let field = TicketField(rawValue: detail ?? "") else { return nil }
      self = .edited(field, value)
    }
  }
}
