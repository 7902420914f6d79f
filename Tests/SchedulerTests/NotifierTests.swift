import Glibc
import Testing

@testable import Scheduler

@Suite("What systemd is told")
struct NotifierTests {
  /// A socket as systemd's, of a path or a name of the kernel's.
  private final class Listener {
    let descriptor: Int32
    init(_ name: String) {
      descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { bytes in
        bytes.copyBytes(from: name.utf8)
        if name.hasPrefix("@") { bytes[0] = 0 }
      }
      let length = socklen_t(2 + name.utf8.count)
      let code = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
      }
      precondition(code == 0, String(cString: strerror(errno)))
    }
    deinit { close(descriptor) }

    func heard() -> [String] {
      var texts: [String] = []
      var bytes = [UInt8](repeating: 0, count: 500)
      while true {
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        guard count > 0 else { return texts }
        texts.append(String(decoding: bytes[..<count], as: UTF8.self))
      }
    }
  }

  @Test("reaches a socket of a path and of a name", arguments: [true, false])
  func reaches(isPath: Bool) throws {
    let folder = try TemporaryFolder()
    let name = isPath ? "\(folder.path)/notify" : "@plazo-test-\(getpid())-\(UInt64.random(in: 0 ..< .max))"
    let listener = Listener(name)
    let notifier = ServiceNotifier(environment: ["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "30000000"])
    notifier.ready("watching\nmesa")
    notifier.stopping()
    notifier.alive()
    notifier.alive()
    // The status may not bring in a line of its own.
    #expect(listener.heard() == ["READY=1\nSTATUS=watching mesa", "STOPPING=1", "WATCHDOG=1"])
    notifier.reloading()
    #expect(listener.heard().first?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
  }

  @Test("is nothing where nobody asks, and does no harm")
  func nobody() {
    for environment in [
      [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "relative"], ["NOTIFY_SOCKET": "/nowhere/at/all"],
      ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 300)],
    ] {
      ServiceNotifier(environment: environment).ready("")
    }
    #expect(ServiceNotifier(environment: ["WATCHDOG_USEC": "10", "WATCHDOG_PID": "1"]).watchdogMilliseconds == nil)
    #expect(
      ServiceNotifier(environment: ["WATCHDOG_USEC": "2000000", "WATCHDOG_PID": "\(getpid())"]).watchdogMilliseconds
        == 2000)
  }
}
