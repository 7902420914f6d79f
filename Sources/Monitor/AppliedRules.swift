internal import Desk
internal import FoundationEssentials
public import SLA
public import SQLite
public import Text

/// The policies and calendars by which a desk is judged: a version that was applied, not whatever the file says now.
public final class AppliedRules {
  public let versionID: Int64
  public let hash: String
  public let rules: Rules
  /// The row of `calendar_version` for each calendar's name.
  public let calendarIDs: [String: Int64]
  private var zones: [String: Zone] = [:]
  private var timelines: [Int64: Timeline] = [:]
  private var definitions: [Int64: (definition: CalendarDefinition, zone: Zone)] = [:]
  /// Years that timelines cover unless more is asked of them.
  private let usual: ClosedRange<Int>

  /// Years past the present that a timeline covers at once.
  private static let yearsAhead = 12
  /// The last year that any timeline covers, the same for all so that no answer depends on who asked before. No plazo
  /// ends later on a calendar that opens two days a week.
  private static let lastYear = 2199

  // MARK: Applying

  /// A configuration's rules as text, and the hash that names their version.
  /// - Parameter zone: gives the zone of a name. - Throws: what `zone` throws; `DeskError` for a calendar that never opens.
  public static func candidate(
    _ root: JSONValue, rules: Rules, zone: (String) throws -> Zone, now: Instant
  ) throws -> Candidate {
    var calendars: [String: (version: String, zone: Zone)] = [:]
    for (name, definition) in rules.calendars {
      let zone = try zone(definition.zone)
      guard definition.firstWorkingDay(from: zone.date(at: now), in: zone) != nil else {
        throw DeskError(
          "the calendar '\(name)' never opens within \(CalendarDefinition.searchYears) years",
          mend: "give it hours in plazo.json5")
      }
      calendars[name] = (definition.version(zoneData: zone.data), zone)
    }
    let text = try root.only(RulesReader.keys).canonicalText()
    let versions = calendars.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.version)" }
    return Candidate(
      hash: ContentHash.hex((text + versions.joined(separator: ",")).utf8), text: text, rules: rules,
      calendars: calendars)
  }

  /// Rules that are ready to be applied.
  public struct Candidate {
    public let hash: String
    /// The policies and calendars as they would be kept.
    let text: String
    let rules: Rules
    let calendars: [String: (version: String, zone: Zone)]
  }

  /// Records the candidate as the version in force. Call within the transaction that judges by it.
  static func apply(_ candidate: Candidate, on connection: Connection, now: Instant) throws -> AppliedRules {
    try connection.run(
      sql: """
        INSERT INTO policy_version (hash, definition, applied_at) VALUES (?, ?, ?)
          ON CONFLICT (hash) DO UPDATE SET applied_at = excluded.applied_at
        """, .text(candidate.hash), .text(candidate.text), .integer(now.seconds))
    let id = try connection.integer(sql: "SELECT id FROM policy_version WHERE hash = ?", .text(candidate.hash))!
    try connection.run(
      sql: "INSERT INTO policy_application (policy_version_id, applied_at) VALUES (?, ?)", .integer(id),
      .integer(now.seconds))
    for (name, calendar) in candidate.calendars.sorted(by: { $0.key < $1.key }) {
      let definition = candidate.rules.calendars[name]!
      try connection.run(
        sql: """
          INSERT INTO calendar_version (name, hash, zone, definition, zone_data, applied_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (name, hash) DO NOTHING
          """, .text(name), .text(calendar.version), .text(definition.zone), .text(definition.canonicalText),
        .blob(calendar.zone.data), .integer(now.seconds))
      try connection.run(
        sql: """
          INSERT INTO policy_calendar SELECT ?, name, id FROM calendar_version WHERE name = ? AND hash = ?
            ON CONFLICT DO NOTHING
          """, .integer(id), .text(name), .text(calendar.version))
    }
    return try AppliedRules(versionID: id, on: connection, now: now)
  }

  // MARK: Loading

  /// The version in force, or `nil` on a desk that no sweep has seen.
  public static func current(on connection: Connection, now: Instant) throws -> AppliedRules? {
    guard let id = try connection.integer(sql: "SELECT policy_version_id FROM sweep_state") else { return nil }
    return try AppliedRules(versionID: id, on: connection, now: now)
  }

  /// The version that was in force at an instant; before anything was applied, the first that was.
  public static func inForce(at instant: Instant, on connection: Connection) throws -> AppliedRules? {
    let id = try connection.integer(
      sql: """
        SELECT policy_version_id FROM policy_application
          ORDER BY applied_at > ?1, CASE WHEN applied_at > ?1 THEN id ELSE -id END LIMIT 1
        """, .integer(instant.seconds))
    return try id.map { try AppliedRules(versionID: $0, on: connection, now: instant) }
  }

  public init(versionID: Int64, on connection: Connection, now: Instant) throws {
    let row = try connection.rows(
      sql: "SELECT hash, definition, applied_at FROM policy_version WHERE id = ?", .integer(versionID))
    guard let hash = row.first?[0].text, let text = row.first?[1].text, let appliedAt = row.first?[2].integer else {
      throw DeskError("the desk lacks its policy version \(versionID)", mend: "run 'plazo doctor'")
    }
    let document = try Document(file: "policies as applied", data: Data(text.utf8))
    rules = RulesReader.read(document.root)
    try document.finish()
    self.versionID = versionID
    self.hash = hash
    var calendarIDs: [String: Int64] = [:]
    let calendars = try connection.prepare(
      sql: """
        SELECT c.id, c.name, c.zone, c.zone_data FROM policy_calendar p JOIN calendar_version c ON c.id = p.calendar_id
          WHERE p.policy_version_id = ?
        """)
    for values in try calendars.rows(.integer(versionID)) {
      guard let id = values[0].integer, let name = values[1].text, let zoneName = values[2].text,
        case .blob(let data) = values[3], let definition = rules.calendars[name]
      else { continue }
      if zones[zoneName] == nil { zones[zoneName] = try Zone.kept(name: zoneName, data: data) }
      calendarIDs[name] = id
      definitions[id] = (definition, zones[zoneName]!)
    }
    self.calendarIDs = calendarIDs
    // Back to the applying, when each calendar was found to open, so that one without further openings still judges.
    usual = Self.usual(now, since: Instant(appliedAt))
  }

  /// Rules that nobody has applied, to judge by without writing. Their calendars have stand-in numbers.
  init(_ candidate: Candidate, now: Instant) throws {
    versionID = 0
    hash = candidate.hash
    rules = candidate.rules
    var calendarIDs: [String: Int64] = [:]
    for (index, name) in candidate.calendars.keys.sorted().enumerated() {
      calendarIDs[name] = Int64(index + 1)
      definitions[Int64(index + 1)] = (candidate.rules.calendars[name]!, candidate.calendars[name]!.zone)
    }
    self.calendarIDs = calendarIDs
    usual = Self.usual(now, since: now)
  }

  private static func usual(_ now: Instant, since appliedAt: Instant) -> ClosedRange<Int> {
    let year = min(LocalDate(localSeconds: now.seconds).year, lastYear - yearsAhead)
    return min(year - 2, LocalDate(localSeconds: appliedAt.seconds).year - 1)...year + yearsAhead
  }

  /// The first policy that fits, or `nil` when none does.
  public func policy(client: String?, product: String?, provider: String?, priority: String?) -> Policy? {
    rules.policies.first { $0.match.fits(client: client, product: product, provider: provider, priority: priority) }
  }

  /// A calendar with the data of its zone, as the version keeps them; `nil` for a name that it lacks.
  public func calendar(named name: String) -> (definition: CalendarDefinition, zone: Zone)? {
    calendarIDs[name].flatMap { definitions[$0] }
  }

  /// The same by the row of the calendar's version.
  func calendar(_ id: Int64) -> (definition: CalendarDefinition, zone: Zone)? { definitions[id] }

  // MARK: Timelines

  /// The timeline of a calendar, covering at least what lies between two instants as far as any timeline goes.
  public func timeline(_ calendarID: Int64, from: Instant, through: Instant) throws -> Timeline {
    if let timeline = timelines[calendarID], covers(timeline, from, through) { return timeline }
    guard let (definition, zone) = definitions[calendarID] else {
      throw DeskError("the desk lacks its calendar version \(calendarID)", mend: "run 'plazo doctor'")
    }
    let known = timelines[calendarID]?.covers
    let first = min(usual.lowerBound, zone.date(at: from).year - 1, known?.from.year ?? .max)
    let last = max(
      usual.upperBound, min(zone.date(at: through).year + 1, Self.lastYear), known.map { $0.through.year } ?? .min)
    let timeline = try Timeline(
      definition, zone: zone, from: LocalDate(year: first, month: 1, day: 1)!,
      through: LocalDate(year: last, month: 12, day: 31)!)
    timelines[calendarID] = timeline
    return timeline
  }

  /// The same, reaching as far ahead as any timeline goes.
  public func longestTimeline(_ calendarID: Int64, from: Instant) throws -> Timeline {
    let through = LocalDate(year: Self.lastYear, month: 1, day: 1)!
    return try timeline(calendarID, from: from, through: Instant(through.localSeconds))
  }

  /// Judges a running clock, on as long a timeline as its deadline needs.
  func judge(
    _ promise: Promise, pauses: UnsafeBufferPointer<Pause>, calendarID: Int64, at now: Instant
  ) throws -> Judgement {
    let judgement = try timeline(calendarID, from: promise.start, through: max(promise.target ?? now, now))
      .judge(promise, pauses: pauses, at: now)
    guard judgement.isCutShort(pauses) else { return judgement }
    return try longestTimeline(calendarID, from: promise.start).judge(promise, pauses: pauses, at: now)
  }

  /// Whether a timeline answers what lies between two instants, as far as any timeline does.
  func covers(_ timeline: Timeline, _ from: Instant, _ through: Instant) -> Bool {
    // Local time and UTC differ by less than two days, and every timeline begins in the year before what it is for.
    let covered = timeline.covers
    return from.seconds >= covered.from.localSeconds + 2 * 86_400
      && (through < timeline.horizon || covered.through.year >= Self.lastYear)
  }
}

extension Judgement {
  /// Whether the deadline is unknown not because a pause is open, but because the timeline ends before it.
  func isCutShort(_ pauses: UnsafeBufferPointer<Pause>) -> Bool {
    deadline == nil && (pauses.last.map { $0.to != nil } ?? true)
  }
}

extension Zone {
  /// The zone as a version keeps it; the one zone that needs no data is UTC's own.
  static func kept(name: String, data: [UInt8]) throws -> Zone {
    data.isEmpty ? .utc : try Zone(name: name, data: data)
  }
}
