internal import FoundationEssentials
internal import SLA

/// The reports of days long gone, in `out/DATE/`.
struct OldReports {
  /// The desk's folder `out`.
  let folder: String

  /// Removes what was written on dates before this one. What a link in `latest/` points at stays, whatever its age.
  /// - Returns: how many folders of reports were removed.
  func remove(before date: LocalDate) -> Int {
    let latest = Set(
      names("\(folder)/latest").compactMap { name in
        try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/latest/\(name)")
      })
    var count = 0
    for day in names(folder) {
      guard let written = LocalDate(day), written < date else { continue }
      for name in names("\(folder)/\(day)") where !latest.contains("../\(day)/\(name)") {
        if (try? FileManager.default.removeItem(atPath: "\(folder)/\(day)/\(name)")) != nil { count += 1 }
      }
      if names("\(folder)/\(day)").isEmpty { try? FileManager.default.removeItem(atPath: "\(folder)/\(day)") }
    }
    return count
  }

  private func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
