internal import Desk
internal import FoundationEssentials
internal import SLA
internal import Text

/// The time zones of the operating system's database.
struct ZoneFiles: Sendable {
  /// `$TZDIR`, or where Debian and most others keep it.
  let folder: String

  init(environment: [String: String]) { folder = environment["TZDIR"] ?? "/usr/share/zoneinfo" }

  /// - Throws: `DeskError` naming the nearest zone, or the package to install when there is no database at all.
  func zone(_ name: String) throws -> Zone {
    let isPlain = name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy {
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-".utf8.contains($0)
        }
    }
    if isPlain, let data = FileManager.default.contents(atPath: "\(folder)/\(name)") {
      do {
        return try Zone(name: name, data: [UInt8](data))
      } catch ZoneError.unreadable(_, let reason) {
        throw DeskError("the zone data of '\(name)' in \(folder) cannot be read: \(reason)", mend: "reinstall tzdata")
      }
    }
    guard FileManager.default.fileExists(atPath: folder) else {
      throw DeskError("there is no time zone database at \(folder)", mend: "install the package tzdata, or set TZDIR")
    }
    let names = names()
    // A city alone, as people write it, with blanks for underscores.
    let city = name.replacing(" ", with: "_").lowercased()
    let near = nearest(to: name, among: names) ?? names.first { $0.lowercased().hasSuffix("/\(city)") }
    let guess = near.map { "did you mean '\($0)'? " } ?? ""
    throw DeskError("there is no time zone '\(name)'", mend: "\(guess)write an IANA name such as America/Mexico_City")
  }

  /// The release of the database, such as `2026f`; `nil` when it does not say.
  func version() -> String? {
    guard let data = FileManager.default.contents(atPath: "\(folder)/tzdata.zi") else { return nil }
    let line = String(decoding: data.prefix(64), as: UTF8.self).split(separator: "\n").first ?? ""
    return line.hasPrefix("# version ") ? String(line.dropFirst(10)) : nil
  }

  /// The names of zones and links, as the database's own summary lists them.
  private func names() -> [String] {
    guard let data = FileManager.default.contents(atPath: "\(folder)/tzdata.zi") else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      if words.first == "Z", words.count > 1 { return String(words[1]) }
      if words.first == "L", words.count > 2 { return String(words[2]) }
      return nil
    }
  }
}
