internal import FoundationEssentials
internal import SLA

/// The name of a dated backup: `soporte-2026-03-27T080000Z.sqlite`, in UTC, so that names sort as times do and an hour
/// that occurs twice makes no two backups of one name.
struct BackupName: Hashable, Comparable {
  let desk: String
  let madeAt: Instant

  private static let suffix = "Z.sqlite"

  /// - Parameter folder: the desk's, whose own name heads those of its backups.
  init(folder: String, madeAt: Instant) {
    desk = Self.desk(folder)
    self.madeAt = madeAt
  }

  var text: String { "\(desk)-\(madeAt.iso8601(in: .utc).replacing(":", with: "").dropLast())\(Self.suffix)" }

  /// The backup whose name this is; `nil` for any other file, and for one of another desk.
  init?(_ text: String, folder: String) {
    let desk = Self.desk(folder)
    guard text.hasPrefix("\(desk)-"), text.hasSuffix(Self.suffix) else { return nil }
    let stamp = Array(text.dropFirst(desk.count + 1).dropLast(Self.suffix.count))
    guard stamp.count == 17 else { return nil }
    let written = "\(String(stamp[..<13])):\(String(stamp[13..<15])):\(String(stamp[15...]))Z"
    guard let instant = Instant(iso8601: written, in: .utc) else { return nil }
    self.desk = desk
    madeAt = instant
    // Only what would be written again just so.
    guard self.text == text else { return nil }
  }

  static func < (left: BackupName, right: BackupName) -> Bool { left.madeAt < right.madeAt }

  /// The backups of a desk in a folder, oldest first.
  static func all(of folder: String, in place: String) -> [BackupName] {
    ((try? FileManager.default.contentsOfDirectory(atPath: place)) ?? [])
      .compactMap { BackupName($0, folder: folder) }.sorted()
  }

  private static func desk(_ folder: String) -> String {
    var path = folder
    if path == "." || path == ".." || path.hasSuffix("/.") || path.hasSuffix("/..") || !path.hasPrefix("/") {
      path = URL(filePath: path).standardizedFileURL.path()
    }
    let name = path.split(separator: "/").last.map(String.init) ?? "desk"
    return name
  }
}
