internal import Glibc

/// A process as the ledger names it in a claim: which machine, which start of it, which process, begun when.
///
/// It tells a process that is gone from one that may be at work: on another machine nobody can say, and there the
/// claim's time decides.
public struct Claimant: Hashable, Sendable {
  let machine: String
  /// The kernel's name for this start of the machine.
  let boot: String
  let process: Int32
  /// Clock ticks from the start of the machine to that of the process: a number is given to another process later.
  let startedAt: UInt64

  init(machine: String, boot: String, process: Int32, startedAt: UInt64) {
    self.machine = machine
    self.boot = boot
    self.process = process
    self.startedAt = startedAt
  }

  /// This process.
  public static let current = Claimant(
    machine: machineName(), boot: line("/proc/sys/kernel/random/boot_id") ?? "-", process: getpid(),
    startedAt: startOfProcess(getpid()) ?? 0)

  /// As the ledger keeps it.
  var text: String { "\(machine) \(boot) \(process) \(startedAt)" }

  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 4, let process = Int32(words[2]), let startedAt = UInt64(words[3]) else { return nil }
    self.init(machine: String(words[0]), boot: String(words[1]), process: process, startedAt: startedAt)
  }

  /// Whether the process has ended for certain, or is the one that asks, which knows that it is not at work.
  func isGone(askedBy asker: Claimant) -> Bool {
    if self == asker { return true }
    guard machine == asker.machine else { return false }
    return boot != asker.boot || Self.startOfProcess(process) != startedAt
  }

  /// Two containers of one image may have the same identity, and hardly the same name too.
  private static func machineName() -> String {
    var name = utsname()
    uname(&name)
    let node = withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let words = [line("/etc/machine-id") ?? "-", node.isEmpty ? "-" : node]
    return words.joined(separator: "/").filter { $0 != " " }
  }

  /// - Source: proc_pid_stat(5), field 22.
  private static func startOfProcess(_ process: Int32) -> UInt64? {
    // The program's name comes second, in brackets, and can hold anything.
    guard let stat = line("/proc/\(process)/stat"), let bracket = stat.lastIndex(of: ")") else { return nil }
    let words = stat[bracket...].split(separator: " ")
    return words.count > 20 ? UInt64(words[20]) : nil
  }

  private static func line(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count].prefix { $0 != 10 }, as: UTF8.self)
  }
}
