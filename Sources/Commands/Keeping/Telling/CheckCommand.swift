internal import SLA
internal import SQLite
internal import Text

/// What `plazo check` measures.
private enum Measure: String, CaseIterable {
  case late
  case nearDue = "near-due"
  case lateTasks = "late-tasks"
  case sweepAge = "sweep-age"
  case waiting, missed, failed, parked
  case outboxAge = "outbox-age"

  var meaning: String {
    switch self {
    case .late: "open tickets that are late"
    case .nearDue: "open tickets near due"
    case .lateTasks: "tasks that are late"
    case .sweepAge: "seconds since the last sweep"
    case .waiting: "times of jobs that are due and not run: nothing is at work"
    case .missed: "times of jobs skipped within a day"
    case .failed: "times of jobs failed within a day"
    case .parked: "messages that no attempt could deliver"
    case .outboxAge: "seconds that the oldest message waits"
    }
  }

  /// Ranges that hold unless others are given; `nil`: none.
  var ranges: (warning: ThresholdRange?, critical: ThresholdRange?) {
    switch self {
    case .late, .nearDue, .lateTasks: (nil, nil)
    case .sweepAge: (ThresholdRange("300"), ThresholdRange("900"))
    case .waiting: (ThresholdRange("0"), nil)
    case .missed, .failed, .parked: (ThresholdRange("0"), nil)
    case .outboxAge: (ThresholdRange("3600"), nil)
    }
  }

  var unit: String { self == .sweepAge || self == .outboxAge ? "s" : "" }
  var label: String { rawValue.replacing("-", with: "_") }

  /// `nil` where there is nothing to measure yet.
  func value(_ health: DeskHealth, now: Instant) -> Int64? {
    switch self {
    case .late: Int64(health.late)
    case .nearDue: Int64(health.nearDue)
    case .lateTasks: Int64(health.tasks[.late] ?? 0)
    case .sweepAge: health.sweptAt.map { now - $0 }
    case .waiting: Int64(health.waiting)
    case .missed: Int64(health.missed)
    case .failed: Int64(health.failed)
    case .parked: Int64(health.parked)
    case .outboxAge: health.oldestPending.map { now - $0 } ?? 0
    }
  }
}

private enum PluginState: Int32, Comparable {
  case ok = 0
  case warning, critical, unknown

  var word: String { ["OK", "WARNING", "CRITICAL", "UNKNOWN"][Int(rawValue)] }
  static func < (left: PluginState, right: PluginState) -> Bool { left.rawValue < right.rawValue }
}

let checkCommand = Command(
  name: "check", summary: "one line for a monitoring system: how late, how well plazo itself is",
  options: [
    .init("-w", "[NAME=]RANGE", "warn when NAME is outside of RANGE; several by commas", isRepeatable: true),
    .init("-c", "[NAME=]RANGE", "critical when NAME is outside of RANGE; several by commas", isRepeatable: true),
  ],
  details: """
    A plugin as the Monitoring Plugins guidelines have it, for Icinga, Nagios and their like. NAME is one of: \
    \(Measure.allCases.map { measure in
      let ranges = [measure.ranges.warning.map { "-w \($0)" }, measure.ranges.critical.map { "-c \($0)" }]
        .compactMap { $0 }.joined(separator: " ")
      return "\(measure.rawValue) (\(measure.meaning)\(ranges.isEmpty ? "" : "; \(ranges)"))"
    }.joined(separator: ", ")). Without NAME= it is late. A RANGE is 10 (0 to 10), 10: (10 and more), ~:10 (10 and \
    less), 10:20, or @10:20 (alerts inside); an empty one, as in sweep-age=, takes the standing one away. Exit codes: 0 \
    ok, 1 warning, 2 critical, 3 unknown.
    """,
  examples: ["plazo check", "plazo check -w 0 -c 5", "plazo check -w late=3,near-due=10 -c late=10,sweep-age=1800"],
  isForStaff: true, isPlugin: true
) { line, session in
  let warnings = try ranges(line, "-w", standing: \.warning)
  let criticals = try ranges(line, "-c", standing: \.critical)
  let desk = try session.open(.readOnly)
  let health = try DeskHealth(session, desk)
  var state = PluginState.ok
  var causes: [String] = []
  var performance: [String] = []
  for measure in Measure.allCases {
    let (warning, critical) = (warnings[measure], criticals[measure])
    guard let value = measure.value(health, now: desk.now) else {
      performance.append("\(measure.label)=U")
      if warning != nil || critical != nil {
        state = max(state, critical == nil ? .warning : .critical)
        causes.append("the desk was never swept")
      }
      continue
    }
    let data = [
      "\(measure.label)=\(value)\(measure.unit)", warning?.description ?? "", critical?.description ?? "", "0",
    ]
    performance.append(data.joined(separator: ";"))
    func blame(_ found: PluginState, _ range: ThresholdRange) {
      state = max(state, found)
      causes.append("\(measure.rawValue) \(value)\(measure.unit) (\(found == .critical ? "-c" : "-w") \(range))")
    }
    if let critical, critical.alerts(value) {
      blame(.critical, critical)
    } else if let warning, warning.alerts(value) {
      blame(.warning, warning)
    }
  }
  let facts = "\(health.late) late, \(health.nearDue) near due, \(health.onTime + health.withoutPlazo) on time"
  let text = (causes + [facts]).joined(separator: "; ")
  session.world.output.line("PLAZO \(state.word) - \(text) | \(performance.joined(separator: " "))")
  return ExitCode(rawValue: state.rawValue)!
}

/// The ranges that hold for each measure: those given, else those that stand.
private func ranges(
  _ line: Line, _ option: String,
  standing: KeyPath<(warning: ThresholdRange?, critical: ThresholdRange?), ThresholdRange?>
) throws -> [Measure: ThresholdRange] {
  var ranges: [Measure: ThresholdRange] = [:]
  for measure in Measure.allCases { ranges[measure] = measure.ranges[keyPath: standing] }
  for item in line.values(option).flatMap({ $0.split(separator: ",").map(String.init) }) {
    let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts.count == 2 ? parts[0] : Measure.late.rawValue
    guard let measure = Measure(rawValue: name) else {
      let legal = Measure.allCases.map(\.rawValue)
      let guess = nearest(to: name, among: legal).map { "did you mean '\($0)'? " } ?? ""
      throw UsageError(
        problem: "there is no '\(name)' for \(option)", mend: "\(guess)there are: \(legal.joined(separator: ", "))")
    }
    if parts.last == "" {
      ranges[measure] = nil
      continue
    }
    guard let range = ThresholdRange(parts.last!) else {
      throw UsageError(
        problem: "'\(parts.last!)' is no range for \(option)", mend: "write it as 10, 10:, ~:10, 10:20 or @10:20")
    }
    ranges[measure] = range
  }
  return ranges
}
