import FoundationEssentials
import Glibc
import Testing

@Suite("The service") struct ServiceTests {
  private let desk = TestDesk()

  /// Starts it and waits until its first pass is over.
  private func start() -> Child {
    let child = desk.program.start(["run"])
    #expect(child.says("watching mesa, a pass each minute"))
    #expect(child.says("applied plazo.json5 as version"))
    return child
  }

  @Test("does its first pass at once, keeps out a second one, lets tick pass, and ends on SIGTERM")
  func livesAndEnds() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "1h", "--assign", "beto")
    desk.now = "2026-03-27T10:30"
    let child = start()
    #expect(child.says("mail: 1 sent"))
    let tick = desk.run("tick")
    #expect(tick.code == 0 && tick.data == "")
    #expect(tick.talk.hasPrefix("plazo: the desk is locked by process \(child.process) (plazo run) since "))
    #expect(desk.run("tick", "--quiet") == .init(code: 0, data: "", talk: ""))
    let second = desk.run("run")
    #expect(second.code == 1)
    #expect(second.talk.hasPrefix("plazo: the desk is locked by process \(child.process) (plazo run) since "))
    child.signal(SIGTERM)
    let outcome = child.wait()
    #expect(outcome.code == 0)
    #expect(outcome.talk.hasSuffix("stopped by signal 15\n"))
    // The service's own clock went on.
    desk.now = "2026-03-27T10:32"
    desk.done("tick")
    #expect(desk.names(in: "mesa/mail/beto/new").count == 1)
  }

  @Test("reads a changed configuration on SIGHUP, and keeps the old one when the new one is wrong")
  func reloads() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    let child = start()
    desk.write(settings.replacing("\"es\"", with: "\"fr\""), to: "mesa/plazo.json5")
    child.signal(SIGHUP)
    let line = settings.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
      $0.hasPrefix("  language:")
    }
    #expect(
      child.says("error: mesa/plazo.json5:\(try #require(line) + 1): language: 'fr' is not legal; legal values: es, en")
    )
    #expect(child.says("plazo.json5 as it was read before stays in use"))
    desk.write(settings.replacing("\"es\"", with: "\"en\""), to: "mesa/plazo.json5")
    child.signal(SIGHUP)
    #expect(child.says("plazo.json5 was read again"))
    child.signal(SIGINT)
    #expect(child.wait().code == 0)
  }

  @Test("begins its clock at --now and lets it go on")
  func clockGoesOn() {
    let child = start()
    #expect(child.talk.hasPrefix("2026-03-27T09:00:0"))
    child.signal(SIGTERM)
    #expect(child.wait().code == 0)
  }

  @Test("goes on when a pass fails, and says why")
  func survivesAFailedPass() {
    desk.done("tick")
    // Nothing is swept backwards.
    desk.now = "2026-03-27T08:00"
    let child = desk.program.start(["run"])
    #expect(child.says("which is later than now"))
    child.signal(SIGTERM)
    #expect(child.wait().code == 0)
  }

  @Test("logs an object a line where it is asked to")
  func json() throws {
    let child = desk.program.start(["run", "--log", "json"])
    #expect(child.says("applied plazo.json5 as version"))
    child.signal(SIGTERM)
    let lines = child.wait().talk.split(separator: "\n")
    #expect(lines.count >= 3)
    for line in lines {
      let entry = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
      #expect(Set(entry.keys) == ["time", "level", "message"])
      #expect(entry["time"]?.hasPrefix("2026-03-27T09:00:") == true && entry["level"] == "info")
    }
  }

  @Test("heads its lines by their priority where they lead to the journal, and says the time nowhere else twice")
  func journal() {
    let child = desk.program.start(["run", "--log", "journal"])
    #expect(child.says("<6>watching mesa, a pass each minute\n"))
    desk.write("{ nonsense", to: "mesa/plazo.json5")
    child.signal(SIGHUP)
    #expect(child.says("<3>error: mesa/plazo.json5:"))
    #expect(child.says("<4>warning: plazo.json5 as it was read before stays in use\n"))
    child.signal(SIGTERM)
    #expect(child.wait().code == 0)
  }

  @Test("tells systemd when it is ready, that it lives, that it reads its settings again, and that it stops")
  func systemd() throws {
    let name = "\(desk.folder)/notify"
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name.utf8) }
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(code == 0)
    var program = desk.program
    program.environment["NOTIFY_SOCKET"] = name
    program.environment["WATCHDOG_USEC"] = "60000000"
    let child = program.start(["run"])
    #expect(child.says("applied plazo.json5 as version"))
    child.signal(SIGHUP)
    #expect(child.says("plazo.json5 was read again"))
    child.signal(SIGTERM)
    #expect(child.wait().code == 0)
    var heard: [String] = []
    var bytes = [UInt8](repeating: 0, count: 500)
    while true {
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      guard count > 0 else { break }
      heard.append(String(decoding: bytes[..<count], as: UTF8.self))
    }
    #expect(heard.first == "READY=1\nSTATUS=watching mesa")
    #expect(heard.dropFirst().first == "WATCHDOG=1")
    #expect(heard.contains { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") })
    #expect(heard.last == "STOPPING=1")
  }

  @Test("makes a pass at the second at which something falls due")
  func wakes() {
    // Near due from 80 %: at 10:36:00; it is ten seconds before that.
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Uno", "--plazo", "2h", "--assign", "beto")
    desk.now = "2026-03-27T10:35:50"
    desk.done("tick")
    let child = desk.program.start(["run"])
    #expect(child.says("swept: 0 tickets changed, 1 clocks due, 1 transitions"))
    // Not with the next minute's pass; a busy machine may be some seconds late.
    #expect(child.talk.contains("2026-03-27T10:36:0"))
    child.signal(SIGTERM)
    #expect(child.wait().code == 0)
  }
}
