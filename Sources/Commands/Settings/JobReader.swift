internal import Reports
internal import SLA
internal import Scheduler
internal import Text

/// Reads the jobs of a configuration. What would fail at eight in the morning is refused when it is written.
struct JobReader {
  let zone: Zone
  /// The names of the reports that there are.
  let reports: [String]

  func read(_ node: Node) -> [Configuration.ReportJob] {
    var names: Set<String> = []
    return node.list().compactMap { item in
      item.object(keys: ["name", "at", "report", "formats", "period", "catchUp"] + ReportDelivery.keys)
      let name = name(item["name"])
      if !name.isEmpty, !names.insert(name).inserted {
        item["name"].fail("'\(name)' is the name of an earlier job", mend: "give each its own name")
      }
      let report = report(item["report"])
      let formats = item["formats"].listOrOne().compactMap { $0.choice(ReportFormat.self) }
      if case .array([])? = item["formats"].value {
        item["formats"].fail("no format is named", mend: "name some, or leave the setting out for html, csv and text")
      }
      let period = item["period"].parsed("a period", example: Period.legal) { text in
        Period(text, asOf: Instant(0), in: zone) == nil ? nil : text
      }
      let catchUp = item["catchUp"].choice(CatchUp.self) ?? .once
      guard let schedule = schedule(item["at"]) else { return nil }
      return Configuration.ReportJob(
        job: Job(name: name, schedule: schedule, catchUp: catchUp), report: report,
        formats: formats.isEmpty ? [.html, .csv, .text] : formats, period: period, delivery: ReportDelivery(item))
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
    if !name.isEmpty, !reports.contains(name) {
      let guess = nearest(to: name, among: reports).map { "did you mean '\($0)'? " } ?? ""
      node.fail("there is no report '\(name)'", mend: "\(guess)reports: \(reports.joined(separator: ", "))")
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
      node.fail("\(error.part.rawValue) '\(error.value)' \(error.problem)", mend: "write \(error.legal)")
      return nil
    }
  }
}
