internal import Desk
internal import Glibc

/// A file that appears whole or not at all, its user's alone: written beside its place, made durable, then renamed.
enum WholeFile {
  /// - Throws: `DeskError`; what was there before stays then.
  static func write(_ text: String, to path: String) throws {
    let partial = "\(path).\(getpid()).partial"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Folders.cannotMake(path, errno) }
    let bytes = Array(text.utf8)
    var done = 0
    var code: Int32 = 0
    while done < bytes.count, code == 0 {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { done += count } else if errno != EINTR { code = errno }
    }
    if code == 0, fsync(descriptor) != 0 { code = errno }
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(partial, path) != 0 { code = errno }
    guard code == 0 else {
      unlink(partial)
      throw Folders.cannotMake(path, code)
    }
  }
}
