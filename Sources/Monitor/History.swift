public import Desk
public import SLA

extension TicketEventKind {
  /// Whether a clock has to know of such an event.
  var movesClocks: Bool {
    switch self {
    case .opened, .replied, .plazo, .target, .waiting, .assigned, .aside, .closed, .reopened: true
    case .attached, .numbered, .responsible, .vobo, .edited: false
    }
  }
}

/// What happened to one ticket, as far as clocks care: the events of a ticket in their order, told one by one.
public struct History {
  /// What was promised from an instant on.
  public enum Term: Hashable, Sendable {
    /// What the policy grants.
    case policy
    case plazo(Plazo)
    case target(Instant)
  }

  public enum Talk: Hashable, Sendable {
    /// The client's side said something, by a reply or by opening the ticket again.
    case asked
    /// Support did something that may count as a response.
    case did(ResponseAct)
    case closed
    /// Opened again, by whichever side.
    case reopened
  }

  public private(set) var openedAt = Instant(0)
  /// Every promise with the instant from which it counts, and how many endings came before it; the first is the
  /// opening's.
  public private(set) var terms: [(at: Instant, term: Term, endings: Int)] = []
  /// Who had to act, from an instant on. At the opening it is support.
  public private(set) var waits: [(at: Instant, on: Party)] = []
  /// When it was put aside, and until when; `nil` takes it up again.
  public private(set) var asides: [(at: Instant, until: Instant?)] = []
  /// Closings and reopenings, in turn, the first a closing.
  public private(set) var endings: [(at: Instant, isClosing: Bool)] = []
  /// What was said and done between the client and support, in order: all that the response clocks care about.
  public private(set) var talk: [(at: Instant, what: Talk)] = []
  public private(set) var lastHappenedAt = Instant(0)
  private var isOutOfOrder = false
  private var events: [(kind: TicketEventKind, at: Instant, value: String?)] = []

  public init() {}

  /// Forgets the ticket, so that the next one needs no new memory.
  public mutating func clear() {
    terms.removeAll(keepingCapacity: true)
    waits.removeAll(keepingCapacity: true)
    asides.removeAll(keepingCapacity: true)
    endings.removeAll(keepingCapacity: true)
    talk.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    isOutOfOrder = false
    lastHappenedAt = Instant(0)
  }

  /// Whether the first event taken is an opening.
  var opens: Bool { events.first?.kind == .opened }

  /// Takes the next event in the order of recording.
  /// - Returns: when the closing had been that this one puts right; `nil` for anything else.
  @discardableResult
  public mutating func add(_ kind: TicketEventKind, at instant: Instant, value: String?) -> Instant? {
    var former: Instant?
    if kind == .closed, value == TicketChange.corrected,
      let index = events.lastIndex(where: { $0.kind == .closed || $0.kind == .reopened }), events[index].kind == .closed
    {
      former = events.remove(at: index).at
    }
    if instant < lastHappenedAt { isOutOfOrder = true }
    lastHappenedAt = max(lastHappenedAt, instant)
    events.append((kind, instant, value))
    return former
  }

  /// Call when the last event is in. Facts that were recorded late take the place at which they happened.
  /// - Throws: `DeskError` for a value that no clock can read.
  public mutating func finish() throws {
    if isOutOfOrder {
      // The opening stays first, and events of one instant keep the order in which they were recorded.
      let order = events.indices.sorted { left, right in
        left == 0 || right == 0 ? left < right : (events[left].at, left) < (events[right].at, right)
      }
      events = order.map { events[$0] }
    }
    for event in events { try take(event.kind, at: event.at, value: event.value) }
  }

  private mutating func take(_ kind: TicketEventKind, at instant: Instant, value: String?) throws {
    switch kind {
    case .opened:
      openedAt = instant
      terms.append((instant, .policy, 0))
    case .replied:
      // What the provider said answers nobody.
      if value == Party.client.rawValue { talk.append((instant, .asked)) }
      if value == Party.support.rawValue { talk.append((instant, .did(.reply))) }
    case .plazo:
      done(.plazo, at: instant)
      guard let value else { return set(.policy, at: instant) }
      guard let plazo = Plazo(value) else { throw Self.unreadable(kind, value) }
      set(.plazo(plazo), at: instant)
    case .target:
      done(.plazo, at: instant)
      guard let value else { return set(.policy, at: instant) }
      guard let seconds = Int64(value) else { throw Self.unreadable(kind, value) }
      set(.target(Instant(seconds)), at: instant)
    case .waiting:
      guard let party = Party(rawValue: value ?? "") else { throw Self.unreadable(kind, value) }
      waits.append((instant, party))
      if party != .support { done(.waiting, at: instant) }
    case .assigned:
      if value != nil { done(.assigned, at: instant) }
    case .aside:
      guard let value else { return asides.append((instant, nil)) }
      guard let seconds = Int64(value) else { throw Self.unreadable(kind, value) }
      asides.append((instant, Instant(seconds)))
    case .closed where endings.last?.isClosing != true:
      endings.append((instant, true))
      talk.append((instant, .closed))
    case .reopened where endings.last?.isClosing == true:
      endings.append((instant, false))
      waits.append((instant, .support))
      talk.append((instant, .reopened))
      if value == Party.client.rawValue { talk.append((instant, .asked)) }
    case .closed, .reopened, .attached, .numbered, .responsible, .vobo, .edited: break
    }
  }

  /// What comes with the opening is no response to it.
  private mutating func done(_ act: ResponseAct, at instant: Instant) {
    if instant > openedAt { talk.append((instant, .did(act))) }
  }

  /// A term set at the very opening is the first one, not a change of it.
  private mutating func set(_ term: Term, at instant: Instant) {
    if terms.count == 1, instant == openedAt, endings.isEmpty { terms.removeAll(keepingCapacity: true) }
    terms.append((instant, term, endings.count))
  }

  public var isClosed: Bool { endings.last?.isClosing ?? false }

  private static func unreadable(_ kind: TicketEventKind, _ value: String?) -> DeskError {
    DeskError("the desk holds an event '\(kind.rawValue)' with the value '\(value ?? "")'", mend: "run 'plazo doctor'")
  }
}
