internal import Reports
internal import SLA
internal import Scheduler
internal import Text

/// Reads the jobs of a configuration. What would fail at eight in the morning is refused when it is written.
struct JobReader {
  /// The desk's.
  let zone: Zone
  let zones: ZoneFiles
  /// The reports that there are.
  let reports: ReportCatalog

  private static let keys = [
    "name", "at", "do", "report", "formats", "period", "file", "folder", "catchUp", "timeZone", "timeLimit", "retry",
    "retryAfter", "recipients", "skipWhenEmpty",
  ]
  /// The settings that only some kinds of work have.
  private static let particular: [(key: String, kinds: [JobWork.Kind])] = [
    ("report", [.report]), ("formats", [.report]), ("period", [.report]), ("file", [.heartbeat, .metrics]),
    ("folder", [.backup]), ("recipients", [.report]), ("skipWhenEmpty", [.report]),
  ]

  func read(_ node: Node) -> [ScheduledJob] {
    var names: Set<String> = []
    return node.list().compactMap { item in
      item.object(keys: Self.keys)
      let name = name(item["name"])
      if !name.isEmpty, !names.insert(name).inserted {
        item["name"].fail("'\(name)' is the name of an earlier job", mend: "give each its own name")
      }
      let kind = item["do"].choice(JobWork.Kind.self) ?? .report
      for (key, kinds) in Self.particular where !kinds.contains(kind) && item[key].isPresent {
        let words = kinds.map { "do: \"\($0.rawValue)\"" }.joined(separator: " or ")
        item[key].fail("is not for do: \"\(kind.rawValue)\"", mend: "leave it out, or write \(words)")
      }
      let job = job(item, named: name)
      let work = work(item, kind, job)
      guard let job, let work else { return nil }
      return ScheduledJob(job: job, work: work)
    }
  }

  /// When, and what becomes of what was missed or failed; `nil` when there is no legal schedule.
  private func job(_ item: Node, named name: String) -> Job? {
    let schedule = schedule(item["at"])
    let catchUp = item["catchUp"].choice(CatchUp.self) ?? .once
    let own = item["timeZone"].isPresent ? Configuration.zoneOrUTC(item["timeZone"], zones) : nil
    let limit = duration(item["timeLimit"]) ?? Job.defaultTimeLimit
    let retries = item["retry"].integer(in: 0...20, default: 0)
    let retryAfter = duration(item["retryAfter"]) ?? Job.defaultRetryAfter
    guard let schedule else { return nil }
    return Job(
      name: name, schedule: schedule, catchUp: catchUp, zone: own, timeLimit: limit, retries: retries,
      retryAfter: retryAfter)
  }

  private func work(_ item: Node, _ kind: JobWork.Kind, _ job: Job?) -> JobWork? {
    switch kind {
    case .sweep: return .sweep
    case .alerts: return .alerts
    case .outbox: return .outbox
    case .retention: return .retention
    case .doctor: return .doctor
    case .backup: return .backup(folder: item["folder"].stringOrNil())
    case .heartbeat: return .heartbeat(file: item["file"].string())
    case .metrics: return .metrics(file: item["file"].string())
    case .report:
      let report = report(item["report"])
      let formats = item["formats"].listOrOne().compactMap { $0.choice(ReportFormat.self) }
      if case .array([])? = item["formats"].value {
        item["formats"].fail("no format is named", mend: "name some, or leave the setting out for html, csv and text")
      }
      let period = item["period"].parsed("a period", example: Period.legal) { text in
        Period(text, asOf: Instant(0), in: zone) == nil ? nil : text
      }
      // A definition that cannot be read is told by doctor, and fails this job alone.
      if let period, let definition = try? reports.definition(named: report), !definition.takesPeriod {
        item["period"].fail("'\(period)': the report '\(report)' takes no period", mend: "leave it out")
      }
      guard let job else { return nil }
      return .report(
        Configuration.ReportJob(
          job: job, report: report, formats: formats.isEmpty ? [.html, .csv, .text] : formats, period: period,
          delivery: ReportDelivery(item)))
    }
  }

  /// A job's name is that of its folder under `out/`, so it must be fit for one.
  private func name(_ node: Node) -> String {
    let name = node.string()
    let legal = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    if node.isPresent, name.isEmpty || name.count > 64 || !name.allSatisfy(legal.contains) {
      node.fail("'\(name)' is not the name of a job", mend: "write at most 64 letters from a to z, digits, '-' and '_'")
    }
    return name
  }

  private func report(_ node: Node) -> String {
    let name = node.string()
    let names = reports.names
    if !name.isEmpty, !names.contains(name) {
      let guess = nearest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
      node.fail("there is no report '\(name)'", mend: "\(guess)reports: \(names.joined(separator: ", "))")
    }
    return name
  }

  private func schedule(_ node: Node) -> CronExpression? {
    guard let text = node.stringOrNil() else {
      if !node.isPresent { node.fail("is missing", mend: "say when, such as \"0 8 * * mon-fri\" or \"@daily\"") }
      return nil
    }
    do throws(CronError) {
      return try CronExpression(text)
    } catch {
      node.fail(
        "\(error.part.rawValue) '\(error.value)' (character \(error.position)) \(error.problem)",
        mend: "write \(error.legal)")
      return nil
    }
  }

  /// `90s`, `10m`, `2h`: from a second to a week.
  private func duration(_ node: Node) -> Seconds? {
    node.parsed("a time", example: "90s, 10m or 2h") { text in
      let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
      guard let unit = text.last.flatMap({ units[$0] }), text.count <= 7, text.dropLast().allSatisfy(\.isNumber),
        let count = Int64(text.dropLast()), (1...604_800).contains(count * unit)
      else { return nil }
      return count * unit
    }
  }
}
