import Commands
import FoundationEssentials
import Glibc
import SLA
import Testing

/// What a process holds after very many passes. `PLAZO_PASSES` says how many: a night's worth is 100000.
@Suite("A process of many passes") struct EnduranceTests {
  @Test("holds no more memory and no more descriptors at the end than soon after the start")
  func flat() async throws {
    // In a process of its own, where nothing else allocates.
    let result = await #expect(processExitsWith: .exitCode(0), observing: [\.standardOutputContent]) {
      Memory.forgetErrors()
      let passes = ProcessInfo.processInfo.environment["PLAZO_PASSES"].flatMap(Int.init) ?? 300
      // In memory where there is such a place: each pass waits several times for the disk.
      let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
      var template = Array("\(place)/plazo-endurance-XXXXXX".utf8CString)
      let folder = String(cString: mkdtemp(&template)!)
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
      func descriptors() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }
      precondition(plazo(at: start, "init", "\(folder)/mesa", "--zone", "Europe/Madrid", "--admin", "ada") == .done)
      precondition(plazo(at: start, "client", "add", "Acme") == .done)
      for _ in 0..<20 {
        precondition(
          plazo(at: start, "ticket", "open", "--client", "Acme", "--title", "Uno", "--plazo", "3d", "--assign", "ada")
            == .done)
      }
      // Caches are full by the half: zones, timelines, the allocator's own.
      let marks = Set([passes / 2, passes, 1000, 10_000, 50_000])
      for pass in 1...passes {
        precondition(plazo(at: start + Int64(pass) * 60, "tick", "--quiet") == .done, "pass \(pass)")
        guard marks.contains(pass) else { continue }
        print("\(pass) \(Memory.allocated()) \(Memory.resident()) \(descriptors())")
      }
      try? FileManager.default.removeItem(atPath: folder)
      fflush(nil)
      exit(0)
    }
    let lines = String(decoding: try #require(result).standardOutputContent, as: UTF8.self).split(separator: "\n")
    let marks = lines.map { $0.split(separator: " ").compactMap { Int($0) } }.filter { $0.count == 4 }
    for mark in marks {
      print(
        "endurance: after \(mark[0]) passes \(mark[1]) bytes allocated, \(mark[2]) KiB of its own, \(mark[3]) descriptors"
      )
    }
    let end = try #require(marks.last)
    let half = try #require(marks.first { $0[0] == end[0] / 2 })
    #expect(end[3] == half[3])
    // A busy hour makes a cache grow once; some two hundred bytes lost in each pass show in the shortest run as well.
    #expect(end[1] - half[1] < max(32 * 1024, half[0] * 10))
  }
}

/// What this process holds, by the accounts of its allocator and of the kernel.
private enum Memory {
  /// Bytes that were asked for and not given back. - Source: malloc_info(3).
  static func allocated() -> Int {
    // glibc's header of it is hidden from Swift.
    typealias Account = @convention(c) (Int32, UnsafeMutablePointer<FILE>) -> Int32
    guard let symbol = dlsym(nil, "malloc_info"), let file = tmpfile() else { return 0 }
    defer { fclose(file) }
    _ = unsafeBitCast(symbol, to: Account.self)(0, file)
    rewind(file)
    var line = [CChar](repeating: 0, count: 512)
    var sizes: [String: Int] = [:]
    // The lines after the last arena are those of all.
    while fgets(&line, Int32(line.count), file) != nil {
      let text = line.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let words = text.split(whereSeparator: { " <>/\"\n".contains($0) }).map(String.init)
      guard let size = words.firstIndex(of: "size=").flatMap({ Int(words[$0 + 1]) }), words.count > 2 else { continue }
      sizes["\(words[0]) \(words[2])"] = size
    }
    func size(_ name: String) -> Int { sizes[name] ?? 0 }
    return size("system current") + size("total mmap") - size("total fast") - size("total rest")
  }

  /// The testing library notes the stack of every error thrown, caught or not, and keeps it: two kilobytes a pass.
  static func forgetErrors() {
    for hook in ["_swift_willThrow", "_swift_willThrowTypedImpl"] {
      dlsym(nil, hook)?.storeBytes(of: nil, as: UnsafeRawPointer?.self)
    }
  }

  /// KiB of its own that are in memory, once the allocator has given back what it only keeps for later.
  static func resident() -> Int {
    if let symbol = dlsym(nil, "malloc_trim") { _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0) }
    let status = String(decoding: FileManager.default.contents(atPath: "/proc/self/status") ?? Data(), as: UTF8.self)
    let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") } ?? ""
    return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }
}
