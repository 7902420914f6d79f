internal import Desk
internal import Glibc

/// Makes the folder of a new desk, and takes away what it made when anything fails: a desk is there whole or not at all.
final class DeskMaker {
  private let folder: String
  /// What was made so far, in order.
  private var made: [(path: String, isFolder: Bool)] = []

  /// - Throws: `DeskError` when a desk, or part of one, is there already.
  init(_ folder: String) throws {
    self.folder = folder
    let parts = [Configuration.fileName, DeskFile.name].filter { access("\(folder)/\($0)", F_OK) == 0 }
    if parts.count == 2 {
      throw DeskError("there is a desk at '\(folder)' already", mend: "choose another folder")
    }
    if let part = parts.first {
      throw DeskError(
        "'\(folder)' has part of a desk, \(part), already",
        mend: "remove it if it is of no use, or choose another folder")
    }
  }

  func make(_ body: () throws -> Void) throws {
    do {
      made += try Folders.make(folder).map { ($0, true) }
      try body()
    } catch {
      for (path, isFolder) in made.reversed() {
        if isFolder {
          rmdir(path)
        } else {
          for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
        }
      }
      throw error
    }
  }

  func makeFolder(_ name: String) throws {
    made += try Folders.make("\(folder)/\(name)").map { ($0, true) }
  }

  /// - Returns: the path of a file that is about to be made.
  func begin(_ name: String) -> String {
    made.append(("\(folder)/\(name)", false))
    return "\(folder)/\(name)"
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    let path = "\(folder)/\(name)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Folders.cannotMake(path, errno) }
    made.append((path, false))
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw Folders.cannotMake(path, code)
      }
      done += count
    }
    guard fsync(descriptor) == 0, close(descriptor) == 0 else { throw Folders.cannotMake(path, errno) }
  }
}
