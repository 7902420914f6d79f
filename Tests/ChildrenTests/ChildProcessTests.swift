import Glibc
import Testing

@testable import Children

@Suite struct ChildProcessTests {
  private func shell(_ script: String, input: [UInt8] = [], limit: Int = 20) -> ChildProcess.Outcome {
    // As the program does: a child that stops reading must not end its parent.
    signal(SIGPIPE, SIG_IGN)
    return ChildProcess(["/bin/sh", "-c", script], environment: ["FACT": "ñ = 1"], input: input, timeLimit: limit).run()
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func itEndsAsItSays() {
    #expect(shell("exit 0").end == .exited(0))
    #expect(shell("exit 75").end == .exited(75))
    #expect(shell("kill -KILL $$").end == .killed(signal: SIGKILL))
    #expect(ChildProcess(["/no/such/program"], timeLimit: 5).run().end == .notStarted(ENOENT))
    #expect(ChildProcess([], timeLimit: 5).run().end == .notStarted(ENOENT))
  }

  @Test func inputAndOutputsPassBesideOneAnother() {
    // More than any pipe holds, in both directions at once.
    let input = [UInt8](repeating: 65, count: 1 << 20)
    let outcome = shell("tee /dev/stderr | wc -c; cat", input: input)
    #expect(outcome.end == .exited(0))
    #expect(text(outcome.output).trimmingSpaces == "1048576")
    #expect(outcome.talk.count == 64 * 1024)
  }

  @Test func theEnvironmentIsOursAndWhatIsAdded() {
    let outcome = shell("printf '%s %s' \"$FACT\" \"${PATH:+path}\"")
    #expect(text(outcome.output) == "ñ = 1 path")
  }

  @Test func aChildThatReadsNothingIsNoMatter() {
    #expect(shell("exec <&-; exit 3", input: [UInt8](repeating: 0, count: 1 << 20)).end == .exited(3))
  }

  @Test func whoeverIsLateIsKilledWithAllThatItStarted() {
    let outcome = shell("sleep 300 & echo $!; wait", limit: 1)
    #expect(outcome.end == .timeUp)
    let grandchild = pid_t(text(outcome.output).trimmingSpaces) ?? 0
    #expect(grandchild > 0)
    // Killed with the group; who reaps it is the system's business, so a zombie may be left for a moment.
    var isGone = false
    for _ in 0..<1000 where !isGone {
      isGone = kill(grandchild, 0) != 0 || state(of: grandchild) == "Z"
      if !isGone { usleep(1000) }
    }
    #expect(isGone)
  }

  @Test func aGrandchildThatHoldsTheOutputDoesNotHoldUs() {
    let outcome = shell("sleep 5 & echo done", limit: 4)
    #expect(outcome.end == .exited(0))
    #expect(text(outcome.output) == "done\n")
  }

  @Test func theChildHasTheSignalsThatWeIgnore() {
    // Were SIGPIPE ignored in the child, too, 'yes' would say that it cannot write.
    #expect(shell("{ yes; echo $? >&2; } | head -1 >/dev/null").talk.isEmpty == false)
    #expect(text(shell("trap - PIPE; sh -c 'kill -PIPE $$'; echo $?").output) == "141\n")
  }

  private func state(of process: pid_t) -> String? {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    guard fgets(&line, 512, file) != nil else { return nil }
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.split(separator: ")").last?.split(separator: " ").first.map(String.init)
  }
}

extension String {
  fileprivate var trimmingSpaces: String { String(filter { !$0.isWhitespace }) }
}
