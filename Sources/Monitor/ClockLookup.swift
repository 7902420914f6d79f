public import SLA
public import SQLite

/// Judges single running clocks, as the last sweep left them.
public final class ClockLookup {
  private let stores: [ClockOwner: ClockStore]
  private let rules: AppliedRules?
  private let now: Instant

  public init(_ connection: Connection, now: Instant) throws {
    stores = [
      .ticket: try ClockStore(connection, of: .ticket, now: now),
      .task: try ClockStore(connection, of: .task, now: now),
    ]
    rules = try AppliedRules.current(on: connection, now: now)
    self.now = now
  }

  /// `nil` when the clock does not run, or has no plazo.
  public func judgement(_ ownerID: Int64, _ kind: ClockKind) throws -> Judgement? {
    guard let rules, let store = stores[kind.owner],
      let row = try store.clocks(of: ownerID).first(where: { $0.kind == kind }),
      let promise = row.promise
    else { return nil }
    return try store.pauses(of: row).withUnsafeBufferPointer {
      try rules.judge(promise, pauses: $0, calendarID: row.calendarID, at: now)
    }
  }
}
