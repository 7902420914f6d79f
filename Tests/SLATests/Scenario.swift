import SLA

/// One case for the oracle: a calendar, a promise, its pauses, and the instants at which to ask.
struct Scenario {
  enum Term {
    case plazo(Plazo)
    case target(Instant)
  }

  var zone: Zone
  var calendar: CalendarDefinition
  var start: Instant
  var term: Term
  var near: NearDueRule
  var pauses: [Pause]
  var questions: [Instant]
  /// The oracle's step in seconds: the start and all pauses lie on it.
  var step: Int64
  /// How long the oracle walks from the start.
  var days: Int64

  /// What engine and oracle disagree about; `nil` when they agree.
  func disagreement() throws -> String? {
    let begin = start.seconds - 86_400
    let oracle = Oracle(calendar, zone: zone, begin: begin, end: start.seconds + days * 86_400, step: step)
    if oracle.isUndecided { return nil }
    let line: Timeline
    do {
      line = try Timeline(
        calendar, zone: zone, from: zone.date(at: Instant(begin)).adding(days: -1),
        through: zone.date(at: start).adding(days: 90))
    } catch .neverOpens {
      return oracle.isOpen.contains(true) ? "the engine finds no opening" : nil
    }
    for (index, isOpen) in oracle.isOpen.enumerated() {
      let now = Instant(begin + Int64(index) * step)
      if line.isOpen(at: now) != isOpen { return "at \(text(now)) the engine is \(isOpen ? "closed" : "open")" }
    }
    guard let promise = try promise(line, oracle) else { return nil }
    switch promise {
    case .failure(let text): return text.description
    case .success(let promise):
      let clock = OracleClock(
        oracle, start: start.seconds, budget: promise.budget, target: promise.target?.seconds, near: near,
        pauses: pauses)
      if clock.isBeyond { return nil }
      return disagreement(promise, line, oracle, clock)
    }
  }

  struct Difference: Error, CustomStringConvertible { var description: String }

  private func promise(_ line: Timeline, _ oracle: Oracle) throws -> Result<Promise, Difference>? {
    switch term {
    case .target(let target): return .success(line.promise(target: target, from: start, near: near))
    case .plazo(.workingTime(let time)):
      guard let promise = try? line.promise(.workingTime(time), from: start, near: near) else { return nil }
      return promise.budget == time ? .success(promise) : .failure(Difference(description: "budget \(promise.budget)"))
    case .plazo(.workingDays(let days)):
      guard let due = oracle.due(workingDays: days, start: start.seconds, zone: zone) else { return nil }
      let promise = try line.promise(.workingDays(days), from: start, near: near)
      let deadline = line.judge(promise, at: start).deadline
      if deadline == Instant(due) { return .success(promise) }
      return .failure(Difference(description: "due \(text(deadline)), by the oracle \(text(Instant(due)))"))
    }
  }

  private func disagreement(
    _ promise: Promise, _ line: Timeline, _ oracle: Oracle, _ clock: OracleClock
  ) -> String? {
    if promise.budget != clock.budget { return "budget \(promise.budget), by the oracle \(clock.budget)" }
    var questions = questions
    for edge in [clock.deadline, clock.nearSince].compactMap({ $0 }) {
      questions += [edge - 1, edge, edge + 1].map(Instant.init)
    }
    for now in questions where now.seconds < oracle.end {
      let judgement = line.judge(promise, pauses: pauses, at: now)
      let used = clock.used(at: now.seconds)
      let situation = clock.situation(at: now.seconds)
      let isPaused = pauses.contains { pause in pause.from <= now && pause.to.map { now < $0 } ?? true } && now >= start
      var change: Instant?
      if situation != .late {
        let candidates = [clock.nearSince, clock.deadline.map { $0 + 1 }].compactMap { $0 }
        change = candidates.map(Instant.init).filter { $0 > now }.min()
      }
      let expected = Judgement(
        situation: situation, deadline: clock.deadline.map(Instant.init), remaining: clock.budget - used, used: used,
        late: situation == .late ? used - clock.budget : 0, nearSince: clock.nearSince.map(Instant.init),
        nextChange: change, isPaused: isPaused)
      if judgement != expected { return "at \(text(now))\n  engine \(judgement)\n  oracle \(expected)" }
      if let text = ledgerFault(promise, line, judgement, until: now) { return "at \(self.text(now)) \(text)" }
    }
    // The stop ends pauses, and so has to lie on the step as they do.
    for question in questions {
      let stop = start + (question - start) / step * step
      if stop < start || stop.seconds >= oracle.end { continue }
      if let text = verdictFault(promise, line, oracle, stop) { return text }
    }
    return nil
  }

  private func verdictFault(_ promise: Promise, _ line: Timeline, _ oracle: Oracle, _ stop: Instant) -> String? {
    let ended = pauses.filter { $0.from < stop }.map { Pause(from: $0.from, to: $0.to.map { min($0, stop) } ?? stop) }
    let clock = OracleClock(
      oracle, start: start.seconds, budget: promise.budget, target: promise.target?.seconds, near: near, pauses: ended)
    let used = clock.used(at: stop.seconds)
    let isLate = clock.situation(at: stop.seconds) == .late
    if clock.isBeyond { return nil }
    let verdict = line.verdict(promise, pauses: pauses, stoppedAt: stop)
    let expected = Verdict(
      outcome: isLate ? .late : .kept, deadline: clock.deadline.map(Instant.init), used: used,
      late: isLate ? used - clock.budget : 0)
    return verdict == expected ? nil : "stopped at \(text(stop))\n  engine \(verdict)\n  oracle \(expected)"
  }

  /// A ledger has neither holes nor overlaps, stays within a date, and sums to what the clock used.
  private func ledgerFault(_ promise: Promise, _ line: Timeline, _ judgement: Judgement, until: Instant) -> String? {
    let ledger = line.ledger(promise, pauses: pauses, definition: calendar, zone: zone, until: until)
    if ledger.judgement != judgement { return "the ledger judges otherwise" }
    if ledger.stretches.reduce(0, { $0 + $1.counted }) != judgement.used { return "the ledger sums to another time" }
    var edge = min(start, until)
    for stretch in ledger.stretches {
      if stretch.from != edge || stretch.to <= edge { return "the ledger has a hole at \(text(edge))" }
      edge = stretch.to
      let counts = stretch.kind == .counted || stretch.kind == .after
      if stretch.counted != (counts ? stretch.length : 0) { return "a stretch counts other than its length" }
      if let deadline = judgement.deadline, stretch.kind == .counted, stretch.to > deadline {
        return "time past the deadline is counted as before it"
      }
    }
    return edge == max(start, until) ? nil : "the ledger ends at \(text(edge))"
  }

  func text(_ instant: Instant?) -> String { instant.map { $0.iso8601(in: zone) } ?? "never" }
}

extension Scenario: CustomStringConvertible {
  var description: String {
    let term =
      switch self.term {
      case .plazo(let plazo): "plazo \(plazo)"
      case .target(let target): "target \(text(target))"
      }
    let pauses = self.pauses.map { "pause \(text($0.from)) to \(text($0.to))" }
    let questions = self.questions.map { "asked \(text($0))" }
    let near = "near due: share \(near.sharePercent ?? -1), margin \(near.marginSeconds ?? -1)"
    return ([calendar.canonicalText + "start \(text(start)), \(term), \(near)"] + pauses + questions)
      .joined(separator: "\n")
  }

  /// The smallest scenario that still disagrees, leaving out one part after another.
  func reduced() throws -> Scenario {
    for smaller in smaller() where try smaller.disagreement() != nil { return try smaller.reduced() }
    return self
  }

  private func smaller() -> [Scenario] {
    var results: [Scenario] = []
    func without(_ change: (inout Scenario) -> Void) {
      var copy = self
      change(&copy)
      results.append(copy)
    }
    for index in calendar.days.indices { without { $0.calendar.days.remove(at: index) } }
    for index in pauses.indices { without { $0.pauses.remove(at: index) } }
    if questions.count > 1 { for index in questions.indices { without { $0.questions.remove(at: index) } } }
    for (day, hours) in calendar.weekly {
      for index in hours.indices { without { $0.calendar.weekly[day]!.remove(at: index) } }
    }
    if near != NearDueRule() { without { $0.near = NearDueRule() } }
    return results
  }
}
