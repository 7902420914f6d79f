internal import Desk
internal import Glibc

/// Folders that are their user's alone.
enum Folders {
  /// Makes the folder with those above it that are missing.
  /// - Returns: those made, the outermost first. - Throws: `DeskError`, after taking away what it made.
  @discardableResult
  static func make(_ folder: String) throws -> [String] {
    var missing: [String] = []
    var path = folder
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    while access(path, F_OK) != 0, errno == ENOENT {
      missing.append(path)
      guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { break }
      path = String(path[..<slash])
    }
    var made: [String] = []
    do {
      for path in missing.reversed() {
        guard mkdir(path, 0o700) == 0 else { throw cannotMake(path, errno) }
        made.append(path)
      }
      var information = stat()
      guard stat(folder, &information) == 0 else { throw cannotMake(folder, errno) }
      guard information.st_mode & S_IFMT == S_IFDIR else { throw cannotMake(folder, ENOTDIR) }
    } catch {
      for path in made.reversed() { rmdir(path) }
      throw error
    }
    return made
  }

  /// Makes the folder for what `body` puts there; when that throws, the folders that it leaves empty are taken away.
  static func making<T>(_ folder: String, _ body: () throws -> T) throws -> T {
    let made = try make(folder)
    do {
      return try body()
    } catch {
      for path in made.reversed() { rmdir(path) }
      throw error
    }
  }

  /// - Parameter code: the system's number for why.
  static func cannotMake(_ path: String, _ code: Int32) -> DeskError {
    let mend =
      switch code {
      case EACCES, EPERM: "choose a place that is yours, or change its owner"
      case EROFS: "choose a place on a disk that can be written"
      case ENOSPC, EDQUOT, EFBIG: "make room, or choose another disk"
      default: "choose another place"
      }
    return DeskError("'\(path)' cannot be made (\(String(cString: strerror(code)).lowercased()))", mend: mend)
  }
}
