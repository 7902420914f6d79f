internal import Alerts
internal import Desk
internal import FoundationEssentials
internal import Monitor
internal import Reports
internal import SLA
internal import Scheduler
internal import Text

/// What `plazo.json5` says.
struct Configuration: Sendable {
  static let fileName = "plazo.json5"
  static let keys =
    ["name", "language", "timeZone", "calendars", "policies", "tasks", "alerts", "reports", "jobs"]
    + KeepingSettings.keys

  var name: String
  var language: Language
  var zone: Zone
  var rules: Rules
  /// Lists of days that calendars can include, each as a calendar without hours.
  var dayLists: [String: CalendarDefinition]
  /// The document with what the files of calendars add, from which the applied version is made.
  var document: JSONValue
  var alerts: AlertSettings
  var csvProfile: CSVProfile
  var jobs: [ReportJob]
  var keeping: KeepingSettings

  struct AlertSettings: Sendable {
    /// The sender of every mail.
    var from: MailAddress
    var nearDue: Bool
    var late: Bool
  }

  /// A report at its time.
  struct ReportJob: Sendable {
    var job: Job
    var report: String
    var formats: [ReportFormat]
    var period: String?
  }

  /// - Throws: `Faults` with everything wrong in the file; `DeskError` when it cannot be read.
  /// - Parameter calendar: stands in for the file of a calendar's name.
  static func load(
    folder: String, zones: ZoneFiles, replacing calendar: (name: String, document: Document)? = nil
  ) throws -> Configuration {
    let path = "\(folder)/\(fileName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      guard FileManager.default.fileExists(atPath: path) else {
        throw DeskError("'\(path)' is missing", mend: "restore it from a backup, or copy it from a new desk")
      }
      throw DeskError("'\(path)' cannot be read", mend: "make it a file that you may read")
    }
    var calendars = CalendarFolder.load(desk: folder)
    if let calendar { calendars = calendars.replacing(calendar.name, with: calendar.document) }
    return try read(
      data, file: path, zones: zones, reports: ReportCatalog(folder: "\(folder)/reports").names, calendars: calendars)
  }

  /// - Parameters:
  ///   - reports: the names of the reports that jobs can run.
  ///   - calendars: the files of the desk's calendars.
  static func read(
    _ data: Data, file: String, zones: ZoneFiles, reports: [String], calendars: CalendarFiles = .none
  ) throws -> Configuration {
    let document = try Document(file: file, data: data)
    let root = document.root.object(keys: keys)
    let zone = zoneOrUTC(root["timeZone"], zones)
    let calendarNodes = root["calendars"].entriesInOrder().map(\.node) + calendars.roots.map(\.node)
    for calendar in calendarNodes where calendar["timeZone"].isPresent {
      _ = zoneOrUTC(calendar["timeZone"], zones)
    }
    let alerts = root["alerts"].object(keys: ["from", "nearDue", "late"])
    let reportSettings = root["reports"].object(keys: ["csv"])
    var configuration = Configuration(
      name: root["name"].string(default: "plazo"), language: root["language"].choice(Language.self) ?? .es, zone: zone,
      rules: RulesReader.read(root, files: calendars), dayLists: [:],
      document: calendars.merged(into: root.value ?? .null),
      alerts: AlertSettings(
        from: alerts["from"].parsed("a mail address", example: "plazo@example.com") { MailAddress($0) }
          ?? MailAddress("plazo@localhost")!, nearDue: alerts["nearDue"].boolean(default: true),
        late: alerts["late"].boolean(default: true)),
      csvProfile: reportSettings["csv"].choice(CSVProfile.self) ?? .rfc4180,
      jobs: JobReader(zone: zone, reports: reports).read(root["jobs"]),
      keeping: KeepingSettings(root))
    if !reportSettings["csv"].isPresent {
      configuration.csvProfile = .usual(configuration.language, zone: zone.name)
    }
    configuration.dayLists = calendars.lists(besides: configuration.rules.calendars, zone: zone.name)
    let faults = document.faults + calendars.faults
    if !faults.isEmpty { throw Faults(faults) }
    return configuration
  }

  private static func zoneOrUTC(_ node: Node, _ zones: ZoneFiles) -> Zone {
    guard let name = node.stringOrNil() else { return .utc }
    do {
      return try zones.zone(name)
    } catch let error as DeskError {
      node.fail(error.problem, mend: error.mend)
    } catch {
      node.fail("\(error)", mend: "reinstall tzdata")
    }
    return .utc
  }
}
