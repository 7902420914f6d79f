internal import Desk
internal import Glibc

/// What can be wrong with a desk's folder and files before anything in them is read, told by name.
struct DeskPlace {
  let folder: String
  /// Who runs the program, for what is another's.
  let user: String

  private var database: String { "\(folder)/\(DeskFile.name)" }

  /// - Throws: `DeskError` when there is no desk, or it cannot be read, or not be written and `writes` asks for that.
  func check(writes: Bool) throws {
    switch kind(of: folder) {
    case .folder: break
    case .nothing: throw noDesk
    case .unknown(let code): throw unreachable(folder, code)
    case .file, .other:
      throw DeskError("'\(folder)' is not a folder", mend: "give the folder that has \(DeskFile.name)")
    }
    switch kind(of: database) {
    case .file: break
    case .nothing:
      if case .file = kind(of: "\(folder)/\(Configuration.fileName)") {
        throw DeskError(
          "'\(folder)' has \(Configuration.fileName) but no \(DeskFile.name)",
          mend: "restore it from a backup, or begin anew in another folder with 'plazo init'")
      }
      throw noDesk
    case .unknown(let code): throw unreachable(database, code)
    case .folder, .other: throw DeskError("'\(database)' is not a file", mend: "restore it from a backup")
    }
    guard access(database, R_OK) == 0 else { throw unreachable(database, errno) }
    if writes { try checkWriting() }
  }

  /// - Throws: `DeskError` when there is no part of a desk: neither its file nor its settings.
  func checkForAnyPart() throws {
    for path in [database, "\(folder)/\(Configuration.fileName)"] {
      if case .nothing = kind(of: path) { continue }
      return
    }
    throw noDesk
  }

  /// SQLite writes beside the file as well, so the folder counts too. - Throws: `DeskError`.
  func checkWriting() throws {
    for path in [folder, database] where access(path, W_OK) != 0 {
      let code = errno
      throw DeskError(
        "'\(path)' cannot be written by user '\(user)' (\(String(cString: strerror(code)).lowercased()))",
        mend: code == EROFS ? "mount the disk for writing" : "run plazo as its owner, or change the owner")
    }
  }

  private var noDesk: DeskError {
    DeskError(
      "there is no desk at '\(folder)'", mend: "make one with 'plazo init \(folder)', or name another with --desk")
  }

  private func unreachable(_ path: String, _ code: Int32) -> DeskError {
    DeskError(
      "'\(path)' cannot be read by user '\(user)' (\(String(cString: strerror(code)).lowercased()))",
      mend: code == EACCES ? "run plazo as its owner, or change the owner" : "check the path")
  }

  /// What is at a path.
  private func kind(of path: String) -> Kind {
    var information = stat()
    guard stat(path, &information) == 0 else { return errno == ENOENT ? .nothing : .unknown(errno) }
    switch information.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .other
    }
  }

  private enum Kind {
    case nothing, folder, file, other
    case unknown(Int32)
  }
}
