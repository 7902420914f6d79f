internal import Glibc

/// A small file that is replaced as a whole: whoever reads it finds the old one or the new one, never part of either.
public enum WholeFile {
  /// - Parameter mode: the permissions of the file, whatever the umask.
  /// - Throws: `ReportError.cannotWrite`; the old file then stays as it is.
  public static func write(_ text: String, to path: String, mode: UInt32) throws {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let file = try AtomicFile(
      folder: folder, name: slash.map { String(path[path.index(after: $0)...]) } ?? path, mode: mode)
    file.writer.put(text)
    try file.finish()
    try file.moveIntoPlace()
  }
}
