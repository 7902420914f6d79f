public import SLA
public import Text

/// What a run is asked for, besides which reports.
public struct ReportRequest: Sendable {
  /// The desk's name, for the heads of pages.
  public var desk: String
  public var asOf: Instant
  /// `nil`: the one that the definition names, if any.
  public var period: Period?
  /// From when on something counts as changed; `nil`: the same time of the day before.
  public var since: Instant?
  public var zone: Zone
  public var language: Language
  public var formats: [ReportFormat]
  public var csvProfile: CSVProfile
  public var csvHeaders: CSVHeaders
  /// What the numbers rest on, told in every head: names and hashes of policies and calendars, say.
  public var versions: [ReportVersion]
  /// Values for the parameters that definitions declare, by name.
  public var arguments: [String: String]
  /// Set for a desk as it was before the present; `nil` reads it as it stands.
  public var past: ReportPast?
  /// Writes nothing when no primary section has a row.
  public var skipsWhenEmpty = false
  /// How its text looks.
  public var text = ReportTextStyle()
  /// Set for a list that a program prints; `nil` for a report.
  public var list: ReportList?

  public init(
    desk: String = "", asOf: Instant, period: Period? = nil, since: Instant? = nil, zone: Zone, language: Language,
    formats: [ReportFormat], csvProfile: CSVProfile = .rfc4180, csvHeaders: CSVHeaders = .names,
    versions: [ReportVersion] = [], arguments: [String: String] = [:]
  ) {
    self.desk = desk
    self.asOf = asOf
    self.period = period
    self.since = since
    self.zone = zone
    self.language = language
    self.formats = formats
    self.csvProfile = csvProfile
    self.csvHeaders = csvHeaders
    self.versions = versions
    self.arguments = arguments
  }
}

/// How a report looks as text.
public struct ReportTextStyle: Sendable, Hashable {
  /// What a page of text has, where no terminal says otherwise.
  public static let pageWidth = 100
  /// What fits on the narrowest terminal that pages are laid out for.
  public static let narrowest = 60

  /// Columns, from `narrowest` to `pageWidth`.
  public var width = Self.pageWidth
  /// Whether symbols of situations have their colours, as on a terminal.
  public var isColoured = false
  /// Only the first screen: figures, and the card of each section that has one.
  public var isBoard = false

  public init() {}
}

/// What a report is written as.
public enum ReportFormat: String, Sendable, CaseIterable {
  case csv, json, html, text
}

/// A version that a report was made with, such as that of the policies: its name, and the hash of its content.
public struct ReportVersion: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Where the files of a report go.
public enum ReportDestination: Sendable {
  /// An existing folder, and the permissions of the files in it.
  case folder(String, mode: UInt32 = 0o600)
  /// An open file descriptor, for one format of one report; CSV writes its primary section alone.
  case stream(Int32)
}

/// How far back a report of the past looks. What happened after the as-of instant is left out in any case.
public struct ReportPast: Sendable, Hashable {
  /// The sequence of the last event that counts: what was recorded later, history imported afterwards among it, does not.
  public var through: Int64
  /// The number of the last change of people and names that counts.
  public var changes: Int64
  /// How far the monitor had come, where it is known: only its last sweep is kept.
  public var swept: ReportSweep?

  /// - Parameter changes: all of them, unless the report was made before some.
  public init(through: Int64, changes: Int64 = .max, swept: ReportSweep? = nil) {
    self.through = through
    self.changes = changes
    self.swept = swept
  }
}

/// A sweep of the monitor, and the last event that it had seen.
public struct ReportSweep: Sendable, Hashable {
  public var at: Instant
  public var event: Int64

  public init(at: Instant, event: Int64) {
    self.at = at
    self.event = event
  }
}

/// What narrows a report down; each report says by its queries which of them it takes.
public enum ReportFilter: String, Sendable, CaseIterable {
  case client, technician, product
}
