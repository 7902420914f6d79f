internal import Glibc

/// A file that appears whole or not at all: written beside its place, made durable, then renamed.
final class AtomicFile {
  let path: String
  let writer: ByteWriter
  private let temporaryPath: String
  private var descriptor: Int32
  private var isRenamed = false

  /// - Parameter mode: the permissions of the file, whatever the umask.
  /// - Throws: `ReportError.cannotWrite`.
  init(folder: String, name: String, mode: UInt32) throws {
    path = "\(folder)/\(name)"
    temporaryPath = "\(folder)/.\(name).\(getpid()).partial"
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else {
      throw ReportError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    fchmod(descriptor, mode)
    writer = ByteWriter(descriptor: descriptor, path: path)
  }

  /// Makes the content durable; the file is not in its place yet.
  func finish() throws {
    try writer.flush()
    guard fsync(descriptor) == 0 else { throw failure() }
    let code = close(descriptor)
    descriptor = -1
    guard code == 0 else { throw failure() }
  }

  func moveIntoPlace() throws {
    guard rename(temporaryPath, path) == 0 else { throw failure() }
    isRenamed = true
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isRenamed { unlink(temporaryPath) }
  }

  private func failure() -> ReportError { .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
}

/// The files of one run in one folder, which come into their places together at its end.
final class OutputFolder {
  let path: String
  private let mode: UInt32
  private var files: [AtomicFile] = []

  init(path: String, mode: UInt32) {
    self.path = path
    self.mode = mode
  }

  func file(named name: String) throws -> AtomicFile {
    let file = try AtomicFile(folder: path, name: name, mode: mode)
    files.append(file)
    return file
  }

  /// - Returns: the paths of the files, in the order in which they were begun.
  func commit() throws -> [String] {
    for file in files { try file.finish() }
    for file in files { try file.moveIntoPlace() }
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
    return files.map(\.path)
  }
}
