internal import Glibc

/// Tells systemd how the service is, where systemd asks for it: a line to the socket that `NOTIFY_SOCKET` names.
///
/// Without that variable, and on any failure, it does nothing: the service does not depend on being listened to.
/// - Source: sd_notify(3).
public final class ServiceNotifier {
  private let descriptor: Int32
  private var address = sockaddr_un()
  private var length: socklen_t = 0
  /// How often the watchdog wants to hear of the service, in milliseconds; `nil`: it does not.
  public let watchdogMilliseconds: Int64?
  private var lastAliveMilliseconds: Int64 = 0

  public init(environment: [String: String]) {
    let usec = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
    let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
    watchdogMilliseconds = usec > 0 && isMeant ? max(1, usec / 1000) : nil
    let path = Array((environment["NOTIFY_SOCKET"] ?? "").utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    // A path, or a name in the kernel's own space, which begins with '@' here and with a zero byte there.
    guard let first = path.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@"), path.count < room else {
      descriptor = -1
      return
    }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { target in
      target.copyBytes(from: path)
      if first == UInt8(ascii: "@") { target[0] = 0 }
    }
    length = socklen_t(MemoryLayout<sockaddr_un>.offset(of: \.sun_path)! + path.count)
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The service is ready, or ready again after a reload.
  public func ready(_ status: String) { send("READY=1\nSTATUS=\(Self.line(status))") }
  /// A reload has begun; `ready` ends it.
  public func reloading() { send("RELOADING=1\nMONOTONIC_USEC=\(Self.monotonic() * 1000)") }
  public func stopping() { send("STOPPING=1") }

  /// The service lives. May be called as often as one likes: it speaks four times in the time that the watchdog grants.
  public func alive() {
    guard let watchdogMilliseconds else { return }
    let now = Self.monotonic()
    guard now - lastAliveMilliseconds >= watchdogMilliseconds / 4 else { return }
    lastAliveMilliseconds = now
    send("WATCHDOG=1")
  }

  private func send(_ state: String) {
    guard descriptor >= 0 else { return }
    let bytes = Array(state.utf8)
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT), address, length)
      }
    }
  }

  /// A text that brings in no assignment of its own.
  private static func line(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }

  private static func monotonic() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
