internal import SLA
internal import Text

/// What cells can only be held against together, or against the clock.
extension RowReader {
  /// What lies ahead was read by a wrong form or zone; a little ahead, the other clock is fast.
  func checkInstants(_ values: inout RowValues, now: Instant, faults: inout [Fault]) {
    for field in [ImportField.openedAt, .closedAt, .changedAt, .at, .voboAt, .startedAt, .endedAt, .writtenAt] {
      guard let instant = values[instant: field], instant > now else { continue }
      if instant <= now + TicketImport.clockSkew {
        values[instant: field] = now
      } else {
        faults.append(
          fault(
            in: field, "\(instant.iso8601(in: .utc)) is still to come",
            mend: "check the form, the zone and this machine's clock"))
      }
    }
  }

  /// What a row of the file is about.
  private var noun: String { mapping.kind == .events ? "ticket" : mapping.kind.noun }

  /// Whether the ticket or task is closed and since when, from two cells that can contradict each other: the word of the status
  /// is the one that counts.
  func standing(of values: RowValues, faults: inout [Fault]) -> (status: Status?, closedAt: Instant?) {
    let closedAt = values[instant: .closedAt]
    if let closedAt, let openedAt = values[instant: .openedAt], closedAt < openedAt, faults.isEmpty {
      faults.append(
        fault(
          in: .closedAt, "it is before the opening, \(openedAt.iso8601(in: .utc))",
          mend: "mend the row; a \(noun) closes at or after its opening"))
    }
    if let status = values[.status].flatMap({ Status(rawValue: $0) }) {
      if status == .open { return (.open, nil) }
      if let closedAt = closedAt ?? values[instant: .changedAt] { return (.closed, closedAt) }
      if faults.isEmpty {
        faults.append(
          fault(in: .closedAt, "the \(noun) is closed and nothing says when", mend: "fill it, or map changed_at"))
      }
      return (.closed, nil)
    }
    let isStated = mapping.rules.contains { $0.field == .status || $0.field == .closedAt }
    return (isStated ? (closedAt == nil ? .open : .closed) : nil, closedAt)
  }
}
