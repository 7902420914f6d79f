internal import FoundationEssentials
internal import Glibc

/// Who holds the locks of a file, as the kernel lists them.
/// - Source: proc_locks(5).
enum LockHolders {
  /// The other processes that write to one of the files, such as `process 812 (plazo import)`; empty where the kernel
  /// does not tell, as across containers.
  static func writing(to paths: [String]) -> [String] {
    let files = Set(paths.compactMap(inode))
    var holders: [String] = []
    for line in text("/proc/locks").split(separator: "\n") {
      // 1: POSIX  ADVISORY  WRITE 812 08:01:1835080 120 120; a line with an arrow waits for the lock.
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 8, words[3] == "WRITE", let process = pid_t(words[4]), process > 0, process != getpid(),
        let inode = words[5].split(separator: ":").last.flatMap({ UInt64($0) }), files.contains(inode)
      else { continue }
      let holder = "process \(process)\(command(of: process).map { " (\($0))" } ?? "")"
      if !holders.contains(holder) { holders.append(holder) }
    }
    return holders
  }

  /// The other processes that have one of the files open, as far as this user may see them.
  static func having(open paths: [String]) -> [String] {
    let files = Set(paths.compactMap(inode))
    var holders: [String] = []
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let process = pid_t(name), process != getpid() else { continue }
      let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")) ?? []
      guard descriptors.contains(where: { inode("/proc/\(process)/fd/\($0)").map(files.contains) ?? false }) else {
        continue
      }
      holders.append("process \(process)\(command(of: process).map { " (\($0))" } ?? "")")
    }
    return holders.sorted()
  }

  private static func inode(_ path: String) -> UInt64? {
    var information = stat()
    return stat(path, &information) == 0 ? UInt64(information.st_ino) : nil
  }

  /// The program, and of plazo itself the command; no arguments, which can hold personal data.
  private static func command(of process: pid_t) -> String? {
    let name = text("/proc/\(process)/comm").split(separator: "\n").first.map(String.init)
    guard name == "plazo" else { return name.map(oneLine) }
    let words = text("/proc/\(process)/cmdline").split(separator: "\0").dropFirst().map(String.init)
    for index in words.indices {
      if let (command, _) = commandNamed(Array(words[index...])) { return "plazo \(command.name)" }
    }
    return name
  }

  /// A file of /proc has no length that one could ask for.
  private static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = read(descriptor, &block, block.count)
      if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
    }
  }
}
