internal import Alerts
internal import Desk
internal import FoundationEssentials
internal import Monitor
internal import SLA
internal import Scheduler
internal import Text

/// What `plazo.json5` says.
struct Configuration: Sendable {
  static let fileName = "plazo.json5"
  static let keys = ["name", "language", "timeZone", "calendars", "policies", "alerts", "reports", "jobs"]

  var name: String
  var language: Language
  var zone: Zone
  var rules: Rules
  /// The document itself, from which the applied version is made.
  var document: JSONValue
  var alerts: AlertSettings
  var csvProfile: String
  var jobs: [ReportJob]

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
    var formats: [String]
    var period: String?
  }

  /// - Throws: `Faults` with everything wrong in the file; `DeskError` when it cannot be read.
  static func load(folder: String, zones: ZoneFiles) throws -> Configuration {
    let path = "\(folder)/\(fileName)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DeskError("'\(path)' cannot be read", mend: "restore it, or make a new desk with 'plazo init'")
    }
    return try read(data, file: path, zones: zones)
  }

  static func read(_ data: Data, file: String, zones: ZoneFiles) throws -> Configuration {
    let document = try Document(file: file, data: data)
    let root = document.root.object(keys: keys)
    let zone = zoneOrUTC(root["timeZone"], zones)
    for (_, calendar) in root["calendars"].entriesInOrder() where calendar["timeZone"].isPresent {
      _ = zoneOrUTC(calendar["timeZone"], zones)
    }
    let alerts = root["alerts"].object(keys: ["from", "nearDue", "late"])
    let reports = root["reports"].object(keys: ["csv"])
    let configuration = Configuration(
      name: root["name"].string(default: "plazo"), language: root["language"].choice(Language.self) ?? .es, zone: zone,
      rules: RulesReader.read(root), document: root.value ?? .null,
      alerts: AlertSettings(
        from: alerts["from"].parsed("a mail address", example: "plazo@example.com") { MailAddress($0) }
          ?? MailAddress("plazo@localhost")!, nearDue: alerts["nearDue"].boolean(default: true),
        late: alerts["late"].boolean(default: true)),
      csvProfile: profile(reports["csv"]), jobs: jobs(root["jobs"]))
    try document.finish()
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

extension Configuration {
  private static func profile(_ node: Node) -> String {
    let legal = ["rfc4180", "excel-en", "excel-es"]
    guard let name = node.stringOrNil() else { return "excel-es" }
    if !legal.contains(name) {
      let guess = nearest(to: name, among: legal).map { "did you mean '\($0)'? " } ?? ""
      node.fail("'\(name)' is not legal", mend: "\(guess)legal values: \(legal.joined(separator: ", "))")
    }
    return name
  }

  private static func jobs(_ node: Node) -> [ReportJob] {
    var names: Set<String> = []
    return node.list().compactMap { item -> ReportJob? in
      item.object(keys: ["name", "at", "report", "formats", "period", "catchUp"])
      let name = item["name"].string()
      if !name.isEmpty, !names.insert(name).inserted {
        item["name"].fail("'\(name)' is the name of an earlier job", mend: "give each its own name")
      }
      guard let text = item["at"].stringOrNil() else {
        item["at"].fail("is missing", mend: "say when, such as \"0 8 * * mon-fri\" or \"@daily\"")
        return nil
      }
      let formats = item["formats"].listOrOne().compactMap { $0.stringOrNil() }
      do throws(CronError) {
        let job = Job(
          name: name, schedule: try CronExpression(text), catchUp: item["catchUp"].choice(CatchUp.self) ?? .once)
        return ReportJob(
          job: job, report: item["report"].string(), formats: formats, period: item["period"].stringOrNil())
      } catch {
        item["at"].fail("\(error.part.rawValue) '\(error.value)' \(error.problem)", mend: "write \(error.legal)")
        return nil
      }
    }
  }
}
