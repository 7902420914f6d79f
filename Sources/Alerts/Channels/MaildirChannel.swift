internal import Glibc
public import SLA

/// Puts each message into the recipient's own Maildir, `ROOT/LOGIN/`, which mutt, Dovecot and Python open as they are.
///
/// The file's name comes from the Message-ID, and a message that lies there already, read or unread, is not put there
/// again. Lines end with LF, as in every file of the system; the outbox holds them with CRLF.
/// - Source: <https://cr.yp.to/proto/maildir.html>
public struct MaildirChannel: Channel {
  public static let name = "maildir"
  private let root: String

  /// - Parameter root: the folder that holds the Maildirs; made when it is missing.
  public init(root: String) { self.root = root }

  public var name: String { Self.name }
  public var timeLimit: Seconds { 30 }

  public func deliver(_ message: OutgoingMessage) -> DeliveryResult {
    do throws(FileError) {
      try put(message)
      return .sent
    } catch {
      return error.isLasting ? .never(error.description) : .retry(error.description)
    }
  }

  private func put(_ message: OutgoingMessage) throws(FileError) {
    let folder = "\(root)/\(Self.folderName(forLogin: message.mailbox))"
    for path in [root, folder, "\(folder)/tmp", "\(folder)/new", "\(folder)/cur"] { try makeFolder(path) }
    let name = Self.fileName(for: message)
    if try isThere(name, in: folder) { return }
    // The process id keeps two senders of one message, after a lease ran out, out of one file.
    let temporary = "\(folder)/tmp/\(name).\(getpid())"
    do throws(FileError) {
      try write(message.content.filter { $0 != 13 }, to: temporary)
      guard rename(temporary, "\(folder)/new/\(name)") == 0 else { throw FileError("move the mail into 'new'") }
    } catch {
      unlink(temporary)
      throw error
    }
    try synchronizeFolder("\(folder)/new")
  }

  // MARK: Names

  /// A login as the name of a folder: letters, digits, `-`, `_`, `@` and inner dots stay, every other byte is written
  /// as `%` and its two digits, so that two logins never share a folder and none reaches out of the root.
  static func folderName(forLogin login: String) -> String {
    var name = ""
    for (index, byte) in login.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "@"):
        name.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: ".") where index > 0: name += "."
      default: name += "%" + hexadecimal(byte)
      }
    }
    if name.isEmpty { return "%" }
    return name.utf8.count <= longestName ? name : "\(name.prefix(longestName - 17))%\(stableHash(login))"
  }

  private static let longestName = 200

  /// Time, something unique, host: here from the message alone, so that a second delivery finds the first.
  static func fileName(for message: OutgoingMessage) -> String {
    "\(message.createdAt.seconds).M\(message.id)I\(stableHash(message.messageID)).plazo"
  }

  /// Whether a mail lies in `new`, or in `cur`, where a reader adds a colon and flags to its name.
  private func isThere(_ name: String, in folder: String) throws(FileError) -> Bool {
    if access("\(folder)/new/\(name)", F_OK) == 0 || access("\(folder)/cur/\(name)", F_OK) == 0 { return true }
    guard let directory = opendir("\(folder)/cur") else { throw FileError("read the mailbox's 'cur'") }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let isMail = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
          let found = String(cString: $0)
          return found.hasPrefix(name + ":") || found.hasPrefix(name + ",")
        }
      }
      if isMail { return true }
    }
    return false
  }

  // MARK: Files

  private func makeFolder(_ path: String) throws(FileError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    throw FileError("make a folder of the mailbox")
  }

  private func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    // What a crashed process with the same id left behind is of no use.
    unlink(path)
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw FileError("make a file in the mailbox's 'tmp'") }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let error = FileError("write in the mailbox's 'tmp'")
        close(file)
        throw error
      }
      written += count
    }
    guard fsync(file) == 0 else {
      let error = FileError("write in the mailbox's 'tmp' to the disk")
      close(file)
      throw error
    }
    guard close(file) == 0 else { throw FileError("close a file in the mailbox's 'tmp'") }
  }

  /// A new name is on the disk only once its folder is.
  private func synchronizeFolder(_ path: String) throws(FileError) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw FileError("open the mailbox's 'new'") }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw FileError("write the mailbox's 'new' to the disk") }
  }
}

/// What the system refused, and its words for why. Made right after the call, while `errno` still stands.
struct FileError: Error, Hashable, CustomStringConvertible {
  var code: Int32
  var description: String

  init(_ action: String) {
    code = errno
    description = "cannot \(action): \(String(cString: strerror(code)))"
  }

  /// Something that is not a folder stands in the way, or a name is too long: time does not mend it.
  var isLasting: Bool { [ENOTDIR, ENAMETOOLONG, ELOOP].contains(code) }
}

/// The system's words for one of its numbers.
func systemError(_ code: Int32) -> String { String(cString: strerror(code)) }
