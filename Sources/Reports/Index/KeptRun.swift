internal import FoundationEssentials
internal import Glibc
internal import SLA

/// A report as a folder keeps it: what it was made with, and its files.
struct KeptRun {
  let provenance: ReportProvenance
  /// From the folder of the index, such as `2026-03-27/daily-sla`; empty for that folder itself.
  let place: String
  /// In the order in which people want them: the page first.
  let files: [(format: ReportFormat, name: String)]
  /// The figures on top of its page, in a sentence; `nil` where it has none.
  let summary: String?

  /// How deep below its folder an index looks: `DATE/JOB/file`.
  private static let depth = 2
  /// What a page or JSON says of itself stands before its rows, within so many bytes.
  private static let head = 256 * 1024

  /// All of a folder and of those in it; what is no report, is hidden or is a link is passed over.
  static func all(in folder: String) -> [KeptRun] { runs(in: folder, place: "", depth: depth) }

  private static func runs(in root: String, place: String, depth: Int) -> [KeptRun] {
    let folder = place.isEmpty ? root : "\(root)/\(place)"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }
    var runs = runsOfFiles(names, folder: folder, place: place)
    guard depth > 0 else { return runs }
    for name in names {
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
      runs += self.runs(in: root, place: place.isEmpty ? name : "\(place)/\(name)", depth: depth - 1)
    }
    return runs
  }

  private static func runsOfFiles(_ names: [String], folder: String, place: String) -> [KeptRun] {
    let files = Set(names)
    var runs: [KeptRun] = []
    func add(_ provenance: ReportProvenance, summary: String?) {
      guard !runs.contains(where: { $0.provenance.report == provenance.report }) else { return }
      let endings: [(ReportFormat, String)] = [(.html, "html"), (.csv, "csv"), (.text, "txt"), (.json, "json")]
      let kept = endings.map { ($0, "\(provenance.report).\($1)") }.filter { files.contains($0.1) }
      guard !kept.isEmpty else { return }
      runs.append(KeptRun(provenance: provenance, place: place, files: kept, summary: summary))
    }
    // A page says most and says it first; the others are asked where there is none.
    for ending in [".html", ".txt", ".json"] {
      for name in names.sorted() where name.hasSuffix(ending) && name != ReportShelf.fileName {
        // Whose page has told already needs no other file read.
        if runs.contains(where: { "\($0.provenance.report)\(ending)" == name }) { continue }
        let isWhole = ending == ".txt" || name == DataPackage.fileName
        guard let text = text("\(folder)/\(name)", limit: isWhole ? nil : head) else { continue }
        let made =
          ending == ".json" && !isWhole
          ? beginning(ofJSON: text).map { [$0] } ?? [] : ReportProvenance.read(text, ofFile: name)
        for provenance in made { add(provenance, summary: ending == ".html" ? description(text) : nil) }
      }
    }
    return runs
  }

  /// What a report's JSON was made with stands on a line of its own before its rows, of which there may be a million.
  private static func beginning(ofJSON text: String) -> ReportProvenance? {
    for line in text.split(separator: "\n") {
      guard let range = line.firstRange(of: "\"\(ReportProvenance.key)\": ") else { continue }
      let json = line[range.upperBound...]
      return ReportProvenance.read(
        "{\"\(ReportProvenance.key)\": \(json.hasSuffix(",") ? json.dropLast() : json)}", ofFile: "report.json"
      ).first
    }
    return nil
  }

  private static func description(_ html: String) -> String? {
    guard let start = html.firstRange(of: "<meta name=\"description\" content=\"")?.upperBound,
      let end = html[start...].firstIndex(of: "\"")
    else { return nil }
    return Markup.unescaped(String(html[start..<end]))
  }

  /// The beginning of a file, or all of it; `nil` when it cannot be read.
  private static func text(_ path: String, limit: Int?) -> String? {
    guard let limit else {
      return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit)
    var count = 0
    while count < limit {
      let result = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + count, limit - count) }
      if result < 0, errno == EINTR { continue }
      if result <= 0 { break }
      count += result
    }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
