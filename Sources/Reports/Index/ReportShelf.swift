internal import FoundationEssentials
public import SLA
public import Text

/// The reports that a folder keeps, and the page that leads to them.
public struct ReportShelf {
  static let fileName = "index.html"

  private let folder: String

  /// - Parameter folder: such as the desk's `out/`.
  public init(folder: String) { self.folder = folder }

  /// Since when a desk must know what happened for every report that is kept here to be made again; `nil` where none is.
  public var earliestNeed: Instant? {
    KeptRun.all(in: folder).map { run -> Instant in
      let made = run.provenance
      return min(made.period?.from ?? made.asOf, made.since, made.asOf)
    }
    .min()
  }

  /// Makes `index.html` anew from what the folder has; it appears whole or not at all.
  ///
  /// - Parameters:
  ///   - asOf: when it is made.
  ///   - title: of a report by its name; `nil` for one that the desk has no more.
  ///   - mode: the permissions of the file.
  /// - Throws: `ReportError.cannotWrite`.
  public func writeIndex(
    desk: String, asOf: Instant, zone: Zone, language: Language, mode: UInt32 = 0o600,
    title: (String) -> Bilingual?
  ) throws {
    let page = IndexPage(
      desk: desk, people: PeopleText(language: language, zone: zone, asOf: asOf), runs: KeptRun.all(in: folder),
      title: { title($0)?(language) ?? $0 })
    let output = OutputFolder(path: folder, mode: mode)
    let file = try output.file(named: Self.fileName)
    file.writer.put(page.render())
    _ = try output.commit()
  }
}
