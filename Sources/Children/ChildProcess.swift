internal import Glibc

/// Runs a program as a child, with a bound on its time, and says how it ended.
///
/// The child has its own process group, so that what it started ends with it when the time is over. It gets the default
/// for every signal that this process ignores, and no file of this process but the three that are its own.
public struct ChildProcess: Sendable {
  /// The program's path, or a name that `PATH` leads to, and its arguments.
  public var command: [String]
  /// What the child finds besides this process's own variables.
  public var environment: [String: String]
  public var input: [UInt8]
  /// In seconds; then the child's whole group is killed.
  public var timeLimit: Int
  /// How much of each output is kept; the rest is read and forgotten.
  public var outputLimit: Int

  public init(
    _ command: [String], environment: [String: String] = [:], input: [UInt8] = [], timeLimit: Int,
    outputLimit: Int = 64 * 1024
  ) {
    self.command = command
    self.environment = environment
    self.input = input
    self.timeLimit = timeLimit
    self.outputLimit = outputLimit
  }

  /// How a child ended.
  public enum End: Hashable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
    /// It was still at work when its time was over.
    case timeUp
    /// It could not be started: the system's number for why.
    case notStarted(Int32)
  }

  /// How a child ended, and what it said.
  public struct Outcome: Hashable, Sendable {
    public var end: End
    /// Standard output and standard error, each as far as the limit goes.
    public var output: [UInt8] = []
    public var talk: [UInt8] = []
  }

  /// Starts the child and waits for its end, while its input is written and its outputs are read, so that no full pipe
  /// holds either up. What a grandchild that goes on in the background still writes is nobody's.
  public func run() -> Outcome {
    guard let pipes = Pipes() else { return Outcome(end: .notStarted(errno)) }
    defer { pipes.close() }
    var process: pid_t = 0
    let code = spawn(&process, pipes)
    if code != 0 { return Outcome(end: .notStarted(code)) }
    pipes.closeChildEnds()
    var exchange = Exchange(process: process, pipes: pipes, child: self)
    return exchange.run()
  }

  private func spawn(_ process: inout pid_t, _ pipes: Pipes) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (index, descriptor) in pipes.childEnds.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(index))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGXFSZ, SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var variables = Self.ownEnvironment.filter { environment[$0.key] == nil }.map { strdup("\($0.key)=\($0.value)") }
    variables += environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") }
    variables.append(nil)
    defer { for pointer in words + variables { free(pointer) } }
    guard !command.isEmpty else { return ENOENT }
    return posix_spawnp(&process, command[0], &actions, &attributes, &words, &variables)
  }

  private static var ownEnvironment: [(key: String, value: String)] {
    var entries: [(key: String, value: String)] = []
    var pointer = environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        entries.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
      }
      pointer += 1
    }
    return entries
  }
}

/// Three pipes: their near ends are this process's, their far ends the child's.
private final class Pipes {
  /// Standard input, output and error of the child.
  private(set) var childEnds: [Int32] = []
  private(set) var ownEnds: [Int32] = []

  init?() {
    for index in 0..<3 {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else {
        let code = errno
        close()
        errno = code
        return nil
      }
      let (child, own) = index == 0 ? (ends[0], ends[1]) : (ends[1], ends[0])
      childEnds.append(child)
      ownEnds.append(own)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      _ = fcntl(own, F_SETFL, O_NONBLOCK)
    }
  }

  func closeChildEnds() {
    for end in childEnds { Glibc.close(end) }
    childEnds = []
  }

  func closeOwnEnd(_ index: Int) {
    if ownEnds[index] >= 0 { Glibc.close(ownEnds[index]) }
    ownEnds[index] = -1
  }

  func close() {
    closeChildEnds()
    for index in ownEnds.indices { closeOwnEnd(index) }
  }
}

/// What goes to and fro while a child runs.
private struct Exchange {
  let process: pid_t
  let pipes: Pipes
  let child: ChildProcess
  private var written = 0
  private var collected: [[UInt8]] = [[], [], []]

  init(process: pid_t, pipes: Pipes, child: ChildProcess) {
    self.process = process
    self.pipes = pipes
    self.child = child
    if child.input.isEmpty { pipes.closeOwnEnd(0) }
  }

  /// How long one wait takes at most before the child is asked whether it has ended, in milliseconds.
  private static let longestWait: Int32 = 20

  mutating func run() -> ChildProcess.Outcome {
    let deadline = Self.milliseconds() + Int64(child.timeLimit) * 1000
    var wait: Int32 = 1
    while true {
      let moved = exchange(waiting: wait)
      var status: Int32 = 0
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process || (ended < 0 && errno == ECHILD) {
        // What it had written before it ended is still there to be read: a pipe holds 64 KiB. No more, since a
        // grandchild may write for ever.
        for _ in 0..<16 where exchange(waiting: 0) {}
        return outcome(ended == process ? Self.end(status) : .exited(0))
      }
      if Self.milliseconds() >= deadline {
        kill(-process, SIGKILL)
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        return outcome(.timeUp)
      }
      wait = moved ? 1 : min(Self.longestWait, wait * 2)
    }
  }

  private func outcome(_ end: ChildProcess.End) -> ChildProcess.Outcome {
    ChildProcess.Outcome(end: end, output: collected[1], talk: collected[2])
  }

  private static func end(_ status: Int32) -> ChildProcess.End {
    status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: status & 0x7f)
  }

  /// Moves what can be moved. - Returns: whether anything was.
  private mutating func exchange(waiting milliseconds: Int32) -> Bool {
    var files = pipes.ownEnds.enumerated().map { index, descriptor in
      pollfd(fd: descriptor, events: Int16(index == 0 ? POLLOUT : POLLIN), revents: 0)
    }
    guard poll(&files, nfds_t(files.count), milliseconds) > 0 else { return false }
    var moved = false
    if files[0].revents != 0, pipes.ownEnds[0] >= 0 { moved = write() || moved }
    for index in 1...2 where files[index].revents != 0 && pipes.ownEnds[index] >= 0 { moved = read(index) || moved }
    return moved
  }

  private mutating func write() -> Bool {
    let count = child.input[written...].withUnsafeBytes { Glibc.write(pipes.ownEnds[0], $0.baseAddress, $0.count) }
    if count < 0, errno == EAGAIN || errno == EINTR { return false }
    if count > 0 { written += count }
    // A child that reads no more has what it wants.
    if count < 0 || written == child.input.count { pipes.closeOwnEnd(0) }
    return true
  }

  private mutating func read(_ index: Int) -> Bool {
    var block = [UInt8](repeating: 0, count: 16 * 1024)
    let count = Glibc.read(pipes.ownEnds[index], &block, block.count)
    if count < 0, errno == EAGAIN || errno == EINTR { return false }
    guard count > 0 else {
      pipes.closeOwnEnd(index)
      return true
    }
    let room = child.outputLimit - collected[index].count
    if room > 0 { collected[index] += block[..<min(room, count)] }
    return true
  }

  /// A clock that nobody sets.
  private static func milliseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }
}
