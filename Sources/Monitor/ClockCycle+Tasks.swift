internal import SLA

extension ClockCycle {
  /// The cycles of a task's clocks: completion runs while the task is open, and its VoBo is awaited from each closing to
  /// the sign or the refusal, which opens the task again.
  ///
  /// - Source: design, rules of the clock, 5 to 12; manual, 6.
  static func ofTask(_ task: TaskHistory, rules: TaskRules, on ground: Ground) throws(CalendarError) -> [ClockCycle] {
    let completion = try untilClosed(
      .completion, task.course, rule: rules.completion, reopening: rules.reopening, on: ground)
    guard let rule = rules.vobo else { return completion }
    var cycles = completion
    for (index, wait) in task.signs.enumerated() {
      cycles.append(
        try single(.vobo, number: Int64(index + 1), from: wait.closedAt, to: wait.signedAt, rule: rule, on: ground))
    }
    return cycles
  }
}
