internal import Glibc
public import SLA

/// The right to run the desk's jobs: held by one process at a time, for as long as the value lives.
///
/// It is the kernel's lock on an open file, so a process that dies leaves none behind. The file stays: removing it
/// would let two processes hold locks on two files of the same name. What is in it only serves to name the holder.
/// Children do not inherit it.
/// - Source: flock(2).
public final class DeskLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock at once or not at all.
  /// - Parameters:
  ///   - path: the lock file in the desk, made if it is missing, for its owner only.
  ///   - command: what takes it, to be told to the next who tries, such as `plazo run`.
  /// - Throws: `DeskLockError`.
  public init(path: String, command: String, now: Instant) throws(DeskLockError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .unusable(path: path, reason: String(cString: strerror(errno))) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      let holder = code == EWOULDBLOCK ? Holder(reading: descriptor) : nil
      close(descriptor)
      guard code == EWOULDBLOCK else { throw .unusable(path: path, reason: String(cString: strerror(code))) }
      throw .held(by: holder)
    }
    self.descriptor = descriptor
    let text = "\(getpid())\n\(now.seconds)\n\(command.split(whereSeparator: \.isNewline).joined(separator: " "))\n"
    // Should this fail, the next who tries is not told whom it waits for; the lock holds all the same.
    _ = ftruncate(descriptor, 0)
    _ = text.utf8.withContiguousStorageIfAvailable { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit {
    // Emptied first, lest the next who loses the race be told of this holder.
    _ = ftruncate(descriptor, 0)
    // Closing alone would leave the lock to a child that was forked and has not yet begun its own program.
    _ = flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Who holds a lock, by its own account.
  public struct Holder: Hashable, Sendable {
    public let processID: Int32
    public let since: Instant
    public let command: String

    public init(processID: Int32, since: Instant, command: String) {
      self.processID = processID
      self.since = since
      self.command = command
    }

    /// `nil` when the file does not say: its holder is about to write it.
    fileprivate init?(reading descriptor: Int32) {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = pread(descriptor, &bytes, bytes.count, 0)
      guard count > 0 else { return nil }
      let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
      guard lines.count == 3, let processID = Int32(lines[0]), let since = Int64(lines[1]) else { return nil }
      self.init(processID: processID, since: Instant(since), command: String(lines[2]))
    }
  }
}

public enum DeskLockError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Another process has it; `nil` when that one has not yet written who it is.
  case held(by: DeskLock.Holder?)
  /// The file cannot be opened or locked.
  case unusable(path: String, reason: String)

  public var description: String {
    switch self {
    case .held(let holder?):
      "the desk is locked by process \(holder.processID) (\(holder.command)) since "
        + "\(holder.since.iso8601(in: .utc)); wait until it ends, or stop it"
    case .held(nil): "the desk is locked by another process; wait until it ends"
    case .unusable(let path, let reason): "\(path): cannot be locked: \(reason); make it writable for this user"
    }
  }
}
