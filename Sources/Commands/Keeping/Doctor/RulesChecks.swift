internal import Desk
internal import Monitor
internal import SLA
internal import SQLite
internal import Text

/// What doctor looks at of the settings and of the rules in force.
let rulesChecks: [DoctorCheck] = [
  DoctorCheck("settings", "plazo.json5 is understood to the last word") { examination in
    if let error = examination.configurationError { throw error }
    return []
  },
  DoctorCheck("job-settings", "every job's report can run, and those who get it are there") { examination in
    let configuration = try examination.settings()
    let desk = OpenDesk(
      connection: try examination.desk(), configuration: configuration, now: examination.now,
      language: configuration.language, folder: examination.folder)
    let faults = try JobArguments(examination.session, desk).faults()
    if !faults.isEmpty { throw Faults(faults) }
    return []
  },
  DoctorCheck("rules-in-force", "policies and calendars in force are those of plazo.json5") { examination in
    let connection = try examination.desk()
    let configuration = try examination.settings()
    guard try SweepState.load(connection) != nil else { return [] }
    let zones = examination.session.zones
    let candidate = try AppliedRules.candidate(
      configuration.document, rules: configuration.rules, zone: { try zones.zone($0) }, now: examination.now)
    let desk = OpenDesk(
      connection: connection, configuration: configuration, now: examination.now, language: configuration.language,
      folder: examination.folder)
    guard let files = try desk.changedFiles(candidate) else { return [] }
    // Told by the check of the zones, where they are all that differs.
    if try !ZoneDrift(examination).differing().isEmpty { return [] }
    return [
      Finding(
        "\(files) differs from the policies and calendars in force",
        mend: "see what it would move with 'plazo plan', then 'plazo apply'")
    ]
  },
  DoctorCheck("zone-data", "the time zones in force are those of this machine's tzdata") { examination in
    try ZoneDrift(examination).differing().map { name in
      let release = examination.session.zones.version().map { " \($0)" } ?? ""
      return Finding(
        "tzdata\(release) has other rules for \(name) than those in force",
        mend: "see what they would move with 'plazo plan', then 'plazo apply'")
    }
  },
  DoctorCheck("calendars", "every calendar opens, and its holidays reach into next year") { examination in
    let configuration = try examination.settings()
    var findings: [Finding] = []
    for (name, calendar) in configuration.rules.calendars.sorted(by: { $0.key < $1.key }) {
      let zone = try examination.session.zones.zone(calendar.zone)
      let today = zone.date(at: examination.now)
      if calendar.firstWorkingDay(from: today, in: zone) == nil {
        findings.append(
          Finding("calendar '\(name)' never opens again", mend: "give it hours in plazo.json5, then 'plazo apply'"))
      }
      if let last = lastDatedHoliday(calendar), last < today.adding(days: daysAhead),
        last > today.adding(days: -2 * 366)
      {
        findings.append(
          Finding(
            "calendar '\(name)' has no holiday by date after \(last)",
            mend: "add those of the next year, or import them with 'plazo calendar import'"))
      }
    }
    return findings
  },
  DoctorCheck("clock", "the machine's clock agrees with what the desk has recorded") { examination in
    try ClockAcceptance.findings(examination)
  },
]

/// How many days ahead holidays by date must reach.
private let daysAhead = 45

/// The last date of a calendar that lists holidays by their dates: three or more, one alone being a day off by chance.
private func lastDatedHoliday(_ calendar: CalendarDefinition) -> LocalDate? {
  let dates = calendar.days.compactMap { rule -> LocalDate? in
    if rule.isOverride { return nil }
    switch rule.pattern {
    case .date(let date): return date
    case .span(_, let last): return last
    default: return nil
    }
  }
  return dates.count >= 3 ? dates.max() : nil
}

/// Zones whose data have changed since the rules were put in force.
private struct ZoneDrift {
  let examination: Examination
  init(_ examination: Examination) { self.examination = examination }

  /// The names of the zones, in order.
  func differing() throws -> [String] {
    let rows = try examination.desk().rows(
      sql: """
        SELECT DISTINCT c.zone, c.zone_data FROM sweep_state s
          JOIN policy_calendar p ON p.policy_version_id = s.policy_version_id
          JOIN calendar_version c ON c.id = p.calendar_id ORDER BY c.zone
        """)
    return try rows.compactMap { row in
      guard let name = row[0].text, case .blob(let kept) = row[1], !kept.isEmpty else { return nil }
      return try examination.session.zones.zone(name).data == kept ? nil : name
    }
  }
}
