internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import Reports
internal import SLA
internal import SQLite
internal import Text

let reportVerifyCommand = Command(
  name: "report verify", summary: "makes a kept report again, and says whether it is the same", operands: ["FILE…"],
  details: """
    Every file of a report keeps what it was made with: its instant, the last event that counted, its period and
    arguments, and how it is written; of a CSV the datapackage.json beside it does. It is made again from the events up
    to that one, so that history imported later changes nothing, and compared byte by byte; people, clients and products
    have the names that they had. Alerts that waited then are told as they stand now: 'alerts-sent' is the same only
    while none has gone on. Exit: 0 all are the same, 1 one is not.
    """,
  examples: ["plazo report verify demo/out/2026-10-30/daily-sla/daily-sla.html"], isForStaff: true
) { line, session in
  let desk = try session.open(.readOnly)
  var isSame = true
  for path in line.operands {
    let kept = try KeptReport(path, session, desk)
    let again = try kept.remade()
    if again == kept.content {
      session.world.output.line("\(path): \(kept.sameness)")
      continue
    }
    isSame = false
    session.world.output.line("\(path): \(desk.language(es: "no es igual", en: "it is not the same"))")
    for line in try kept.differences(from: again) { session.world.output.line("  \(line)") }
  }
  return isSame ? .done : .failed
}

/// A file of a report that was kept, and the making of it again.
struct KeptReport {
  let content: Data
  private let path: String
  private let session: Session
  private let desk: OpenDesk
  private let provenance: ReportProvenance
  private let definition: ReportDefinition

  /// - Throws: `DeskError` for what is no file of a report.
  init(_ path: String, _ session: Session, _ desk: OpenDesk) throws {
    self.path = path
    self.session = session
    self.desk = desk
    guard let content = FileManager.default.contents(atPath: path) else {
      throw DeskError("'\(path)' cannot be read", mend: "give a file of a report")
    }
    self.content = content
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let all: [ReportProvenance]
    if name.hasSuffix(".csv") {
      let package = "\(path.dropLast(name.utf8.count))datapackage.json"
      guard let data = FileManager.default.contents(atPath: package) else {
        throw DeskError(
          "there is no '\(package)'", mend: "keep it beside the CSV: it tells what the file was made with")
      }
      all = ReportProvenance.read(String(decoding: data, as: UTF8.self), ofFile: "datapackage.json")
    } else {
      all = ReportProvenance.read(String(decoding: content, as: UTF8.self), ofFile: name)
    }
    let reports = ReportFiles(desk)
    for provenance in all {
      let definition = try reports.definition(named: provenance.report)
      if name.hasSuffix(".csv"), !definition.csvNames.contains(name) { continue }
      self.provenance = provenance
      self.definition = definition
      return
    }
    throw DeskError(
      "'\(path)' does not say what it was made with", mend: "give HTML, CSV, text or JSON that 'plazo report run' wrote"
    )
  }

  private var versions: [ReportVersion] {
    get throws {
      // What a desk's rules say of then; whatever else the head tells, such as a late run, is told again.
      let policies = Set([ReportFiles.policies(.es), ReportFiles.policies(.en)])
      let rules = try ReportFiles(desk).versions(at: provenance.asOf).map {
        ReportVersion(name: ReportFiles.policies(provenance.language), value: $0.value)
      }
      return rules + provenance.versions.filter { !policies.contains($0.name) }
    }
  }

  /// The file's bytes as the desk would write them now.
  func remade() throws -> Data {
    let request = provenance.request(zone: try session.zones.zone(provenance.zone), versions: try versions)
    let runner = try ReportRun(session, desk).runner()
    let folder = FileManager.default.temporaryDirectory.appending(path: "plazo-verify-\(getpid())").path
    try Folders.make(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard provenance.hasFiles else {
      let file = "\(folder)/stream"
      let descriptor = open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw Folders.cannotMake(file, errno) }
      defer { close(descriptor) }
      try runner.run([definition], request, to: .stream(descriptor))
      return FileManager.default.contents(atPath: file) ?? Data()
    }
    try runner.run([definition], request, to: .folder(folder))
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let ending = name.split(separator: ".").last.map(String.init) ?? ""
    let made = ending == "csv" ? name : "\(definition.name).\(ending)"
    return FileManager.default.contents(atPath: "\(folder)/\(made)") ?? Data()
  }

  // MARK: What is said

  var sameness: String {
    let at = provenance.asOf.iso8601(in: desk.zone)
    return desk.language(
      es: "es igual, hecho de nuevo al \(at) con los eventos hasta el \(provenance.lastEvent)",
      en: "it is the same, made again as of \(at) from the events up to \(provenance.lastEvent)")
  }

  /// Why it can differ, as far as that is known, and the first lines that do.
  func differences(from again: Data) throws -> [String] {
    var lines: [String] = []
    if definition.hash != provenance.definitionHash {
      lines.append(
        desk.language(es: "la definición del reporte ha cambiado", en: "the report's definition has changed"))
    }
    let now = try versions
    for version in provenance.versions where !now.contains(version) {
      lines.append(
        desk.language(
          es: "decía \(version.name) \(version.value), y la mesa dice otra cosa",
          en: "it said \(version.name) \(version.value), and the desk says otherwise"))
    }
    func split(_ data: Data) -> [Substring] {
      String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }
    let (kept, made) = (split(content), split(again))
    var shown = 0
    for index in 0..<max(kept.count, made.count) {
      let (old, new) = (index < kept.count ? kept[index] : nil, index < made.count ? made[index] : nil)
      guard old != new else { continue }
      if shown == 5 {
        lines.append(desk.language(es: "… y más", en: "… and more"))
        break
      }
      shown += 1
      if let old { lines.append("\(index + 1) - \(Self.cut(old, around: new))") }
      if let new { lines.append("\(index + 1) + \(Self.cut(new, around: old))") }
    }
    return lines
  }

  /// The part of a long line in which it differs from another.
  private static func cut(_ line: Substring, around other: Substring?) -> String {
    let line = line.filter { $0 != "\r" }
    guard line.count > 160, let other else { return String(line.prefix(160)) }
    let same = zip(line, other).prefix { $0 == $1 }.count
    return (same > 60 ? "…" : "") + line.dropFirst(max(0, same - 60)).prefix(160)
  }
}
