public import Text

/// What an import did, or, dry or refused, what it would have done.
public struct ImportResult: Equatable, Sendable {
  public var kind: ImportKind
  /// Rows of the file of tickets, of events where there is no other, or of records of another kind.
  public var read = 0
  /// Rows that the mapping passes over.
  public var skipped = 0
  public var new = 0
  /// Tickets that differed in something; those that were closed are counted among them, too.
  public var updated = 0
  /// Tickets that the import closed, new ones included.
  public var closed = 0
  public var unchanged = 0
  public var rejected = 0
  /// Records that were changed on this desk since they were imported, and differ in the source now.
  public var keptAsChanged = 0
  /// Open tickets of the source that the file lacks, or other records that still count.
  public var vanished = 0
  /// The keys of the first of them.
  public var vanishedKeys: [String] = []

  public var eventsRead = 0
  public var eventsRejected = 0
  /// Rows of events that an earlier import had brought.
  public var eventsKnown = 0
  /// Rows of events dated before the opening of their ticket, taken as of the opening.
  public var eventsClamped = 0
  /// Openings that the source has moved since; the ticket keeps its first one.
  public var openingsKept = 0
  /// Events written to tickets, openings included.
  public var written = 0

  /// The names that the desk did not have, by list: `client`, `product`, `provider`, `user`.
  public var created: [String: Int] = [:]
  /// The logins of the first technicians made.
  public var createdLogins: [String] = []
  public var isDryRun = false
  /// The first `TicketImport.shownFaults` faults of rejected rows.
  public var faults: [Fault] = []
  public var faultCount = 0

  public init(_ kind: ImportKind = .tickets) { self.kind = kind }

  /// One line a subject, for people.
  public var lines: [String] {
    var lines: [String] = []
    let isOfTickets = kind == .tickets || kind == .events
    lines.append(
      "\(isDryRun ? "would import" : "imported") \(counted(read, "row")): \(new) new, \(updated) updated, "
        + "\(isOfTickets ? "\(closed) closed, " : "")\(unchanged) unchanged, \(rejected) rejected"
        + (skipped > 0 ? ", \(skipped) more passed over" : ""))
    if eventsRead > 0 {
      lines.append(
        "events: \(counted(eventsRead, "row")), \(eventsKnown) known already, \(eventsRejected) rejected"
          + (eventsClamped > 0 ? ", \(eventsClamped) dated before the opening and taken as of it" : ""))
    }
    if isOfTickets { lines.append("\(isDryRun ? "would write" : "wrote") \(counted(written, "event"))") }
    if vanished > 0 {
      let more = vanished > vanishedKeys.count ? " …" : ""
      let noun = isOfTickets ? "open ticket" : kind.noun
      lines.append(
        "\(counted(vanished, noun)) of this source no longer in the file, and left \(isOfTickets ? "open" : "as it was"): "
          + vanishedKeys.joined(separator: ", ") + more)
    }
    if keptAsChanged > 0 {
      lines.append("\(counted(keptAsChanged, kind.noun)) changed here since the import, and left as people have it")
    }
    if openingsKept > 0 {
      lines.append(
        "\(counted(openingsKept, "ticket")) with another opening in the source than at first; the first is kept")
    }
    for list in ["client", "product", "provider"] {
      if let count = created[list] { lines.append("added \(counted(count, list))") }
    }
    if let count = created["user"] {
      let more = count > createdLogins.count ? " …" : ""
      lines.append("added \(counted(count, "technician")): \(createdLogins.joined(separator: ", "))\(more)")
    }
    return lines
  }
}

/// Rows were bad, and nothing was written.
public struct ImportRefused: Error, CustomStringConvertible {
  public let result: ImportResult

  /// Every fault that is shown, a line each, and how many more there are.
  public var description: String {
    let rest = result.faultCount - result.faults.count
    let more = rest > 0 ? ["… and \(rest) more"] : []
    return (result.faults.map(\.description) + more).joined(separator: "\n")
  }
}
