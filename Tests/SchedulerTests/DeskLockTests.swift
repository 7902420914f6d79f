import FoundationEssentials
import Glibc
import SLA
import Scheduler
import Testing

@Suite("The lock of a desk")
struct DeskLockTests {
  @Test("is one's own until it is let go, and the loser is told who holds it")
  func contention() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/lock"
    var held: DeskLock? = try DeskLock(path: path, command: "plazo run", now: at("2026-03-27T08:00:00Z"))
    let error = #expect(throws: DeskLockError.self) {
      try DeskLock(path: path, command: "plazo tick", now: at("2026-03-27T09:00:00Z"))
    }
    #expect(
      error?.description
        == "the desk is locked by process \(getpid()) (plazo run) since 2026-03-27T08:00:00Z; "
        + "wait until it ends, or stop it")
    _ = held
    held = nil
    #expect(try Data(contentsOf: URL(filePath: path)).isEmpty)
    _ = try DeskLock(path: path, command: "plazo tick", now: at("2026-03-27T09:00:00Z"))
  }

  @Test("is refused while another process holds it, and is free once that one is killed")
  func twoProcesses() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/lock"
    let shell = try Child("/bin/sh", "-c", "exec 9>>\"$1\"; flock -n 9 && echo locked && exec sleep 60", "sh", path)
    #expect(try shell.readLine() == "locked")
    let error = #expect(throws: DeskLockError.self) {
      try DeskLock(path: path, command: "plazo tick", now: Instant(0))
    }
    #expect(error == .held(by: nil))
    #expect(error?.description == "the desk is locked by another process; wait until it ends")
    shell.kill()
    _ = try DeskLock(path: path, command: "plazo tick", now: Instant(0))
  }

  @Test("is for its owner only, and makes no link's target")
  func file() throws {
    let folder = try TemporaryFolder()
    let lock = try DeskLock(path: folder.path + "/lock", command: "plazo tick", now: Instant(0))
    var status = stat()
    #expect(stat(folder.path + "/lock", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    _ = lock
    symlink(folder.path + "/elsewhere", folder.path + "/link")
    #expect(throws: DeskLockError.self) {
      try DeskLock(path: folder.path + "/link", command: "plazo tick", now: Instant(0))
    }
  }

  @Test("that cannot be taken says why")
  func unusable() {
    let error = #expect(throws: DeskLockError.self) {
      try DeskLock(path: "/nonexistent/lock", command: "plazo tick", now: Instant(0))
    }
    #expect(
      error?.description
        == "/nonexistent/lock: cannot be locked: No such file or directory; make it writable for this user")
  }
}

/// A child process with its standard output on a pipe.
private final class Child {
  private let processID: pid_t
  private let output: Int32

  init(_ words: String...) throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var processID: pid_t = 0
    let code = posix_spawn(&processID, words[0], &actions, nil, &arguments, environ)
    for argument in arguments { free(argument) }
    posix_spawn_file_actions_destroy(&actions)
    close(ends[1])
    self.processID = processID
    output = ends[0]
    try #require(code == 0)
  }

  func readLine() throws -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1, byte != 10 { line.append(byte) }
    return String(decoding: line, as: UTF8.self)
  }

  /// Kills it and waits until it is gone.
  func kill() {
    Glibc.kill(processID, SIGKILL)
    var status: Int32 = 0
    waitpid(processID, &status, 0)
  }

  deinit { close(output) }
}
