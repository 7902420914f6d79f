import Commands
import FoundationEssentials
import Glibc
import SLA
import Testing

/// What a process holds after very many passes. `PLAZO_PASSES` says how many: a night's worth is 100000.
@Suite("A process of many passes") struct EnduranceTests {
  @Test("holds no more memory and no more descriptors at the end than soon after the start")
  func flat() async {
    // In a process of its own, where nothing else allocates.
    let result = await #expect(processExitsWith: .exitCode(0), observing: [\.standardOutputContent]) {
      let passes = ProcessInfo.processInfo.environment["PLAZO_PASSES"].flatMap(Int.init) ?? 300
      var template = Array("/tmp/plazo-endurance-XXXXXX".utf8CString)
      let folder = String(cString: mkdtemp(&template)!)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let null = open("/dev/null", O_WRONLY)
      let start: Int64 = 1_774_623_600
      // Read once, as a service does.
      let real = World.real()
      func plazo(at now: Int64, _ words: String...) -> ExitCode {
        var world = real
        world.environment = ["PLAZO_DESK": "\(folder)/mesa"]
        world.systemUser = "ada"
        world.clock = { Instant(now) }
        world.output = Output(descriptor: null)
        world.talk = Output(descriptor: null)
        return Commands.run(arguments: words, in: world)
      }
      // Gives back what the allocator only keeps for later. glibc's header of it is hidden from Swift.
      let trim = dlsym(UnsafeMutableRawPointer(bitPattern: 0), "malloc_trim").map {
        unsafeBitCast($0, to: (@convention(c) (Int) -> Int32).self)
      }
      func memory() -> Int {
        _ = trim?(0)
        let status = String(
          decoding: FileManager.default.contents(atPath: "/proc/self/status") ?? Data(), as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") } ?? ""
        return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      }
      func descriptors() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }
      precondition(plazo(at: start, "init", "\(folder)/mesa", "--zone", "Europe/Madrid", "--admin", "ada") == .done)
      precondition(plazo(at: start, "client", "add", "Acme") == .done)
      for _ in 0..<20 {
        precondition(
          plazo(at: start, "ticket", "open", "--client", "Acme", "--title", "Uno", "--plazo", "3d", "--assign", "ada")
            == .done)
      }
      var early = (memory: 0, descriptors: 0)
      for pass in 0..<passes {
        precondition(plazo(at: start + Int64(pass) * 60, "tick", "--quiet") == .done, "pass \(pass)")
        // Caches are full by then: zones, timelines, the allocator's own.
        if pass == min(passes / 3, 1500) { early = (memory(), descriptors()) }
      }
      let late = (memory: memory(), descriptors: descriptors())
      print(
        "endurance: \(passes) passes; memory \(early.memory) KiB, then \(late.memory) KiB; descriptors \(early.descriptors), then \(late.descriptors)"
      )
      fflush(nil)
      exit(late.descriptors == early.descriptors && late.memory < early.memory + 8 * 1024 ? 0 : 1)
    }
    print(String(decoding: result?.standardOutputContent ?? [], as: UTF8.self))
  }
}
