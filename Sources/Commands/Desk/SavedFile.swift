internal import Desk
internal import Glibc

/// A file of a ticket on its way to a disk. Its name came from a stranger: it is never followed anywhere.
struct SavedFile {
  private let path: String
  private let overwrites: Bool

  /// - Parameter to: the path that the user gives; `nil`: the folder where the user is.
  /// - Throws: `UsageError` for an empty path.
  init(_ entry: TicketFiles.Entry, to target: String?, overwrites: Bool) throws {
    self.overwrites = overwrites
    let name = Self.name(entry)
    guard let target else {
      path = name
      return
    }
    guard !target.isEmpty else { throw UsageError(problem: "--to is empty", mend: "give a path, or leave it out") }
    var information = stat()
    let isFolder = stat(target, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    path = isFolder || target.hasSuffix("/") ? "\(target.hasSuffix("/") ? target : target + "/")\(name)" : target
  }

  /// The last part of a name, without what a shell or a file system takes for more than a name.
  static func name(_ entry: TicketFiles.Entry) -> String {
    let last = entry.name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    var name = String(
      String.UnicodeScalarView(last.unicodeScalars.map { $0.value < 32 || $0.value == 0x7F ? "_" : $0 }))
    if [".", "..", ""].contains(name) { return "file-\(entry.number)" }
    // A hidden file could be another program's settings.
    if name.hasPrefix(".") { name = "_" + name.dropFirst() }
    return name
  }

  /// Writes the file whole or not at all. - Returns: its path.
  /// - Throws: `DeskError` for one that is there already, unless it may be replaced.
  func write(_ content: [UInt8]) throws -> String {
    if !overwrites {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw failure(errno) }
      try fill(descriptor, content, path)
      return path
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var template = Array("\(folder).plazo-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw failure(errno) }
    let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try fill(descriptor, content, temporary)
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw failure(code)
    }
    return path
  }

  private func fill(_ descriptor: Int32, _ content: [UInt8], _ place: String) throws {
    let output = Output(descriptor: descriptor)
    output.write(bytes: content)
    output.flush()
    var code = output.failure
    if close(descriptor) != 0, code == nil { code = errno }
    guard let code else { return }
    unlink(place)
    throw failure(code)
  }

  private func failure(_ code: Int32) -> DeskError {
    if code == EEXIST {
      return DeskError("'\(path)' is there already", mend: "give another path with --to, or add --overwrite")
    }
    return DeskError(
      "'\(path)' cannot be written (\(String(cString: strerror(code)).lowercased()))",
      mend: "give another path with --to")
  }
}
