public import SLA

/// A ledger as lines that a person reads: long quiet stretches are one line, and the sums stay exact.
public struct LedgerLine: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case counted
    case after
    /// The clock had not begun.
    case before
    /// Closed hours, holidays among them.
    case closed
    case paused(PauseReason)
  }

  public var from: Instant
  public var to: Instant
  /// The local dates of its ends.
  public var firstDate: LocalDate
  public var lastDate: LocalDate
  public var kind: Kind
  /// The seconds of its own kind; the rest of its length is closed.
  public var own: Seconds
  /// The holidays within it, each once, in order; those without a name are empty.
  public var holidays: [String]
  /// It is still to come.
  public var isAhead: Bool

  public var length: Seconds { to - from }
  /// Closed seconds among those of another kind.
  public var closed: Seconds { kind == .closed ? 0 : length - own }
}

extension Explanation.Clock {
  /// The most lines that are told without folding the days of one kind into one.
  private static let manyLines = 24

  /// - Parameter asOf: where what has happened ends.
  public func lines(asOf: Instant, isWhole: Bool = false) -> [LedgerLine] {
    let end = end(asOf)
    let lines = LedgerLine.joined(stretches.map { line($0, isAhead: $0.from >= end) }) { last, next in
      last.kind == .closed && next.kind == .closed
    }
    if isWhole || lines.count <= Self.manyLines { return lines }
    return LedgerLine.folded(lines)
  }

  private func line(_ stretch: Ledger.Stretch, isAhead: Bool) -> LedgerLine {
    var holidays: [String] = []
    let kind: LedgerLine.Kind
    switch stretch.kind {
    case .counted: kind = .counted
    case .after: kind = .after
    case .before: kind = .before
    case .closed: kind = .closed
    case .holiday(let label):
      kind = .closed
      holidays = [label]
    case .paused(let index): kind = .paused(pauses[index].reason)
    }
    return LedgerLine(
      from: stretch.from, to: stretch.to, firstDate: stretch.date, lastDate: stretch.date, kind: kind,
      own: stretch.length, holidays: holidays, isAhead: isAhead)
  }
}

extension LedgerLine {
  /// Neighbours made one where they may be; what has happened and what is to come stay apart.
  fileprivate static func joined(_ lines: [LedgerLine], where joins: (LedgerLine, LedgerLine) -> Bool) -> [LedgerLine] {
    var result: [LedgerLine] = []
    for line in lines {
      if let last = result.last, last.isAhead == line.isAhead, joins(last, line) {
        result[result.count - 1].take(line)
      } else {
        result.append(line)
      }
    }
    return result
  }

  private mutating func take(_ next: LedgerLine) {
    to = next.to
    lastDate = next.lastDate
    if kind == next.kind { own += next.own }
    for holiday in next.holidays where !holidays.contains(holiday) { holidays.append(holiday) }
  }

  /// Runs of one kind with closed hours between them, over three dates and more, as one line each; the closed hours at
  /// the ends of a run stay lines of their own.
  fileprivate static func folded(_ lines: [LedgerLine]) -> [LedgerLine] {
    var result: [LedgerLine] = []
    var index = 0
    while index < lines.count {
      var run = lines[index]
      var end = index
      if run.kind != .closed {
        var next = index + 1
        var candidate = run
        while next < lines.count, lines[next].isAhead == run.isAhead,
          lines[next].kind == run.kind || lines[next].kind == .closed
        {
          candidate.take(lines[next])
          if lines[next].kind == run.kind {
            run = candidate
            end = next
          }
          next += 1
        }
      }
      if run.lastDate.dayNumber - run.firstDate.dayNumber >= 2 {
        result.append(run)
      } else {
        result += lines[index...end]
      }
      index = end + 1
    }
    return result
  }
}
