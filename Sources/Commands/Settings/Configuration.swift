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
  /// The files that say what each calendar is, such as `plazo.json5` and `calendars/mexico.json5`, by its name.
  var calendarSources: [String: [String]]
  /// The document with what the files of calendars add, from which the applied version is made.
  var document: JSONValue
  var alerts: AlertSettings
  var reports: ReportSettings
  var jobs: [ScheduledJob]
  var keeping: KeepingSettings

  /// A report at its time.
  struct ReportJob: Sendable {
    var job: Job
    var report: String
    var formats: [ReportFormat]
    var period: String?
    var delivery: ReportDelivery
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
      data, file: path, zones: zones, reports: ReportCatalog(folder: "\(folder)/reports"), calendars: calendars)
  }

  /// - Parameters:
  ///   - reports: those that jobs can run.
  ///   - calendars: the files of the desk's calendars.
  static func read(
    _ data: Data, file: String, zones: ZoneFiles, reports: ReportCatalog, calendars: CalendarFiles = .none
  ) throws -> Configuration {
    let document = try Document(file: file, data: data)
    let root = document.root.object(keys: keys)
    let zone = zoneOrUTC(root["timeZone"], zones)
    let calendarNodes = root["calendars"].entriesInOrder().map(\.node) + calendars.roots.map(\.node)
    for calendar in calendarNodes where calendar["timeZone"].isPresent {
      _ = zoneOrUTC(calendar["timeZone"], zones)
    }
    // In the order of the file, as faults are told.
    let name = root["name"].string(default: "plazo")
    let language = root["language"].choice(Language.self) ?? .es
    let rules = RulesReader.read(root, files: calendars)
    // Files that settings name are looked for from the desk's folder.
    let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    var configuration = Configuration(
      name: name, language: language, zone: zone, rules: rules, dayLists: [:], calendarSources: [:],
      document: calendars.merged(into: root.value ?? .null),
      alerts: AlertsReader(folder: folder, calendars: rules.calendars.keys.sorted()).read(root["alerts"]),
      reports: ReportSettings(root["reports"], usual: .usual(language, zone: zone.name)),
      jobs: JobReader(zone: zone, zones: zones, reports: reports).read(root["jobs"]),
      keeping: KeepingSettings(root))
    configuration.dayLists = calendars.lists(besides: configuration.rules.calendars, zone: zone.name)
    for name in rules.calendars.keys {
      configuration.calendarSources[name] =
        (root["calendars"][name].isPresent ? [fileName] : [])
        + calendars.sources(of: name, in: root).sorted().map { "\(CalendarFolder.name)/\($0)\(CalendarFolder.ending)" }
    }
    let faults = document.faults + calendars.faults
    if !faults.isEmpty { throw Faults(faults) }
    return configuration
  }

  /// The zone that a setting names; a fault, when there is none.
  static func zoneOrUTC(_ node: Node, _ zones: ZoneFiles) -> Zone {
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
