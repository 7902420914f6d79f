public import Monitor
internal import SLA
public import SQLite

extension ReportRunner {
  /// Runs reports over a desk, judged by the monitor.
  ///
  /// - Parameter candidate: stands in for applied rules on a desk that no sweep has seen.
  public init(
    open: @escaping () throws -> Connection, candidate: AppliedRules.Candidate,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    self.init(
      open: open,
      judge: { connection, request, insert in
        try Judge(connection, now: request.asOf, candidate: candidate).each { try insert(JudgedRow($0)) }
      }, shouldStop: shouldStop)
  }
}

extension JudgedRow {
  init(_ judged: Judge.Judged) {
    let judgement = judged.judgement
    self.init(
      ticketID: judged.ownerID, clock: judged.kind, situation: judged.situation, deadline: judgement?.deadline,
      remaining: judgement?.remaining, used: judgement?.used, budget: judged.promise?.budget, late: judgement?.late,
      nearAt: judgement?.nearSince, isPaused: judgement?.isPaused ?? false, policy: judged.policy, plazo: judged.plazo,
      cycle: judged.cycle, moves: judged.moves, originalDeadline: judged.originalDeadline)
  }
}
