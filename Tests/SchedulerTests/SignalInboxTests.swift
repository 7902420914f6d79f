import Glibc
import SLA
import Testing

@testable import Scheduler

/// Sends a signal to the whole process, as systemd does. `raise` would not do: the threads that run tests block signals.
private func send(_ number: Int32) { kill(getpid(), number) }

/// Signals belong to a whole process, so each of these has one of its own.
@Suite("A service that gets a signal")
struct SignalInboxTests {
  @Test("stops with the first, between two steps")
  func first() async {
    await #expect(processExitsWith: .exitCode(42)) {
      let signals = try SignalInbox()
      let loop = ServiceLoop(
        now: { Instant(0) }, hooks: .init(step: { _ in send(SIGTERM) }, reload: {}, onError: { _ in }))
      exit(loop.run(signals) == SIGTERM ? 42 : 1)
    }
  }

  @Test("reloads at SIGHUP, which ends a wait at once")
  func hangUp() async {
    await #expect(processExitsWith: .exitCode(42)) {
      let signals = try SignalInbox()
      send(SIGHUP)
      // Would last for days.
      signals.wait(milliseconds: .max)
      exit(signals.takeReloadRequest() && !signals.takeReloadRequest() && signals.stopRequest == nil ? 42 : 1)
    }
  }

  @Test("ends by the second, in the middle of a step")
  func second() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      let signals = try SignalInbox()
      send(SIGTERM)
      signals.wait(milliseconds: .max)
      guard signals.stopRequest == SIGTERM else { exit(1) }
      send(SIGINT)
      while true { pause() }
    }
  }

  @Test("ends by the first once a step has used up the budget")
  func budget() async {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      let signals = try SignalInbox(stopBudgetMilliseconds: 20)
      let loop = ServiceLoop(
        now: { Instant(0) },
        hooks: .init(
          step: { _ in
            send(SIGTERM)
            while true { pause() }
          }, reload: {}, onError: { _ in }))
      exit(loop.run(signals))
    }
  }

  @Test("gets it with its default meaning once the inbox is gone")
  func restored() async {
    await #expect(processExitsWith: .signal(SIGHUP)) {
      _ = try SignalInbox()
      send(SIGHUP)
      while true { pause() }
    }
  }
}
