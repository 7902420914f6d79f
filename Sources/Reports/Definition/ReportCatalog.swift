internal import FoundationEssentials
internal import Text

/// The reports that a desk can run: those that are shipped, and the desk's own, which are of the same rank and stand in
/// for a shipped one of the same name.
public struct ReportCatalog: Sendable {
  /// The desk's folder of definitions.
  private let folder: String?
  /// The text of each file: the desk's first.
  private let own: [String: String]

  /// - Parameter folder: the desk's `reports/`; a missing one is an empty one.
  public init(folder: String?) {
    self.folder = folder
    var own: [String: String] = [:]
    if let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) {
      for name in names where name.hasSuffix(".json5") || name.hasSuffix(".sql") {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
        own[name] = String(decoding: data, as: UTF8.self)
      }
    }
    self.own = own
  }

  private static let shipped: [String: String] = Dictionary(
    uniqueKeysWithValues: ShippedFiles.all.map { ($0.name, $0.text) })

  /// The names of all reports, in order.
  public var names: [String] {
    Set(own.keys).union(Self.shipped.keys).filter { $0.hasSuffix(".json5") }.map { String($0.dropLast(6)) }.sorted()
  }

  /// Whether the desk has a file of its own for this report.
  public func isOfTheDesk(_ name: String) -> Bool { own["\(name).json5"] != nil }

  /// The files that make up a report, to start another one from: its layout, then its queries in their order.
  /// - Throws: `Faults`, as `definition(named:)` does.
  public func files(of name: String) throws -> [(name: String, text: String)] {
    _ = try definition(named: name)
    let file = "\(name).json5"
    let text = own[file] ?? Self.shipped[file]!
    let root = try Document(file: file, data: Data(text.utf8)).root
    var names: [String] = []
    for node in root["sections"].list() {
      if let sql = node["sqlFile"].stringOrNil(), !names.contains(sql) { names.append(sql) }
    }
    let isOwn = own[file] != nil
    return [(file, text)]
      + names.compactMap { sql in
        ((isOwn ? own[sql] : nil) ?? Self.shipped[sql]).map { (sql, $0) }
      }
  }

  /// - Throws: `Faults`: everything that is wrong with the definition, or the nearest name where there is none.
  public func definition(named name: String) throws -> ReportDefinition {
    let file = "\(name).json5"
    guard let text = own[file] ?? Self.shipped[file] else {
      let guess = nearest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
      throw Faults([
        Fault(
          file: "reports", problem: "there is no report '\(name)'",
          mend: "\(guess)the reports are: \(names.joined(separator: ", "))")
      ])
    }
    let isOwn = own[file] != nil
    let place = isOwn ? "\(folder ?? "reports")/\(file)" : "reports/\(file)"
    // A definition of the desk may use a shipped query; a shipped one never changes by a file of the desk.
    let reader = DefinitionReader(name: name, file: place, isOfTheDesk: isOwn) { sqlName in
      sqlName.hasSuffix(".sql") ? (isOwn ? own[sqlName] : nil) ?? Self.shipped[sqlName] : nil
    }
    return try reader.read(text)
  }
}
