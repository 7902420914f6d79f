internal import SLA
internal import SQLite

/// Walks the kept clocks of tickets together with their pauses, in order: two statements read side by side, nothing
/// allocated per clock.
final class ClockWalk {
  private let clocks: Statement
  private let pauseRows: Statement
  private var hasPauseRow: Bool
  private let buffer = PauseBuffer()

  /// The clock on which the walk stands.
  private(set) var ticketID: Int64 = 0
  private(set) var calendarID: Int64 = 0
  /// `nil` without a plazo.
  private(set) var promise: Promise?

  init(_ connection: Connection) throws {
    clocks = try connection.prepare(
      sql: "SELECT \(ClockRow.columns(of: .ticket)) FROM ticket_clock ORDER BY ticket_id, kind")
    pauseRows = try connection.prepare(
      sql: "SELECT ticket_id, kind, from_at, to_at FROM ticket_clock_pause ORDER BY ticket_id, kind, from_at")
    hasPauseRow = try pauseRows.step()
  }

  /// Moves to the next clock. - Returns: whether there is one.
  func next() throws -> Bool {
    guard try clocks.step() else { return false }
    ticketID = clocks.integer(0)
    calendarID = clocks.integer(2)
    promise = nil
    if !clocks.isNull(4) {
      promise = Promise(
        start: Instant(clocks.integer(3)), budget: clocks.integer(4),
        target: clocks.integerOrNil(5).map { Instant($0) }, nearUsed: clocks.integerOrNil(6))
    }
    try readPauses()
    return true
  }

  /// The pauses of the clock, valid until the next step.
  var pauses: UnsafeBufferPointer<Pause> { buffer.all }

  /// The clock as it is told to others, judged at another instant than the sweep's: how that found it is not read.
  func judged(_ judgement: Judgement?) throws -> Judge.Judged {
    Judge.Judged(
      ownerID: ticketID, kind: try kind(), calendarID: calendarID, promise: promise, judgement: judgement,
      cycle: clocks.integer(10), moves: clocks.integer(11),
      originalDeadline: clocks.integerOrNil(12).map { Instant($0) }, policy: clocks.text(13),
      plazo: clocks.textOrNil(14))
  }

  /// Most clocks of a desk are of one kind, told by its letter.
  private func kind() throws -> ClockKind {
    clocks.firstByte(1) == UInt8(ascii: "r") ? .resolution : try ClockRow(clocks).kind
  }

  private func readPauses() throws {
    buffer.clear()
    while hasPauseRow {
      let id = pauseRows.integer(0)
      if id > ticketID { return }
      if id == ticketID {
        // The kinds of a ticket's clocks begin with different letters, in the order of the index.
        let mine = clocks.firstByte(1)
        let theirs = pauseRows.firstByte(1)
        if theirs > mine { return }
        if theirs == mine {
          buffer.append(
            Pause(from: Instant(pauseRows.integer(2)), to: pauseRows.integerOrNil(3).map { Instant($0) }))
        }
      }
      hasPauseRow = try pauseRows.step()
    }
  }
}

/// Pauses in memory that is used again and again.
private final class PauseBuffer {
  private var memory = UnsafeMutableBufferPointer<Pause>.allocate(capacity: 16)
  private var count = 0

  deinit { memory.deallocate() }

  var all: UnsafeBufferPointer<Pause> { UnsafeBufferPointer(rebasing: memory[..<count]) }

  func clear() { count = 0 }

  func append(_ pause: Pause) {
    if count == memory.count {
      let larger = UnsafeMutableBufferPointer<Pause>.allocate(capacity: count * 2)
      _ = larger.initialize(from: all)
      memory.deallocate()
      memory = larger
    }
    memory.initializeElement(at: count, to: pause)
    count += 1
  }
}
