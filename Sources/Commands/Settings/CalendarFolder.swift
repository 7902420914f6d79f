internal import FoundationEssentials
internal import Monitor
internal import Text

/// The desk's folder `calendars/`: one file for each calendar of which `plazo.json5` does not say all.
enum CalendarFolder {
  static let name = "calendars"
  static let ending = ".json5"

  /// Reads every file there; other files than `NAME.json5` are let be.
  static func load(desk folder: String) -> CalendarFiles {
    let path = "\(folder)/\(name)"
    var documents: [String: Document] = [:]
    var broken: [String: [Fault]] = [:]
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    for file in names where file.hasSuffix(ending) && !file.hasPrefix(".") {
      let name = String(file.dropLast(ending.count))
      guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
        broken[name] = [
          Fault(file: "\(path)/\(file)", problem: "it cannot be read", mend: "make it a file that you may read")
        ]
        continue
      }
      do {
        documents[name] = try Document(file: "\(path)/\(file)", data: data)
      } catch let faults as Faults {
        broken[name] = faults.all
      } catch {
        broken[name] = [Fault(file: "\(path)/\(file)", problem: "\(error)", mend: "")]
      }
    }
    return CalendarFiles(documents, broken: broken)
  }
}
