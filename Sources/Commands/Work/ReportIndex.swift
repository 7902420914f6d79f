internal import FoundationEssentials
internal import Reports

/// The page over the reports that a desk keeps, `out/index.html`.
enum ReportIndex {
  /// Makes it anew after a run, or after old reports were taken away.
  static func make(_ desk: OpenDesk) throws {
    let reports = ReportFiles(desk)
    try ReportShelf(folder: "\(desk.folder)/out").writeIndex(
      desk: desk.configuration.name, asOf: desk.now, zone: desk.zone, language: desk.configuration.language
    ) { name in
      // A definition that is being written, or is there no more, is called by its name.
      try? reports.definition(named: name).title
    }
  }

  /// Whether a folder is one of those that the index tells of.
  static func tellsOf(_ folder: String, _ desk: OpenDesk) -> Bool {
    func whole(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path }
    return "\(whole(folder))/".hasPrefix("\(whole("\(desk.folder)/out"))/")
  }
}
