import Glibc
import SLA
import Testing

@testable import Scheduler

/// A clock, a sleep and signals that tests move by hand.
private final class Hand {
  var now: Instant
  var steps: [Instant] = []
  var pauses: [Seconds] = []
  var reloads = 0
  var errors: [String] = []
  var stopRequest: Int32?
  var isReloadWanted = false
  /// What happens during the pause of that number, counted from 1; otherwise it is slept through.
  var onPause: [Int: (Hand) -> Void] = [:]
  var onStep: (Hand) throws -> Void = { _ in }
  var onReload: (Hand) throws -> Void = { _ in }
  var nextDue: (Instant) -> Instant? = { _ in nil }
  var jumps: [ClockJump] = []
  /// What the machine's own clocks show, in seconds: they go on with the pauses, and tests push them.
  var total: Int64 = 1000
  var awake: Int64 = 1000
  /// Whether the test itself moves the machine's clocks; else whatever moves the wall clock moves them, too.
  var isWatched = false

  init(_ time: String) throws { now = try at(time) }

  func run(period: Seconds = 60) -> Int32 {
    ServiceLoop(
      period: period, now: { self.now },
      hooks: .init(
        step: {
          self.steps.append($0)
          // A loop that goes in a circle ends here, and not never.
          if self.steps.count > 50 { self.stopRequest = SIGKILL }
          try self.onStep(self)
        },
        reload: {
          self.reloads += 1
          try self.onReload(self)
        },
        onError: { self.errors.append(String(describing: $0)) }, nextDue: { self.nextDue($0) },
        onJump: { self.jumps.append($0) })
    ).run(
      stopRequest: { self.stopRequest },
      takeReloadRequest: {
        defer { self.isReloadWanted = false }
        return self.isReloadWanted
      },
      pause: { seconds in
        self.pauses.append(seconds)
        let before = self.now
        if let event = self.onPause[self.pauses.count] { event(self) } else { self.now = self.now + seconds }
        if !self.isWatched {
          (self.total, self.awake) = (self.total + (self.now - before), self.awake + (self.now - before))
        }
        if self.pauses.count > 20 { self.stopRequest = SIGKILL }
      },
      reading: {
        ClockWatch.Reading(wall: self.now.seconds * 1000, total: self.total * 1000, awake: self.awake * 1000)
      })
  }

  var stepTimes: [String] { steps.map { String($0.iso8601(in: .utc).dropFirst(11).dropLast()) } }
}

@Suite("The loop of the service")
struct ServiceLoopTests {
  @Test("steps at once, then at each full minute, and ends with the signal that stopped it")
  func aligned() throws {
    let hand = try Hand("2026-03-27T08:00:17Z")
    hand.onPause[3] = { $0.stopRequest = SIGTERM }
    #expect(hand.run() == SIGTERM)
    #expect(hand.stepTimes == ["08:00:17", "08:01:00", "08:02:00"])
    #expect(hand.pauses == [43, 60, 60])
  }

  @Test("steps again at the minute after a step that took long")
  func longStep() throws {
    let hand = try Hand("2026-03-27T08:00:00Z")
    hand.onStep = { if $0.steps.count == 1 { $0.now = $0.now + 150 } }
    hand.onPause[2] = { $0.stopRequest = SIGINT }
    #expect(hand.run() == SIGINT)
    #expect(hand.stepTimes == ["08:00:00", "08:03:00"])
  }

  @Test("ends after the step in hand")
  func stopsAfterStep() throws {
    let hand = try Hand("2026-03-27T08:00:00Z")
    hand.onStep = { $0.stopRequest = SIGTERM }
    #expect(hand.run() == SIGTERM)
    #expect(hand.steps.count == 1)
    #expect(hand.pauses == [])
  }

  @Test("does not begin a step once it is told to stop")
  func stopsBeforeStep() throws {
    let hand = try Hand("2026-03-27T08:00:00Z")
    hand.stopRequest = SIGTERM
    #expect(hand.run() == SIGTERM)
    #expect(hand.steps == [])
  }

  @Test("reads the configuration again between two steps, and waits on")
  func reloads() throws {
    let hand = try Hand("2026-03-27T08:00:00Z")
    hand.onPause[1] = {
      $0.now = $0.now + 20
      $0.isReloadWanted = true
    }
    hand.onPause[3] = { $0.stopRequest = SIGTERM }
    _ = hand.run()
    #expect(hand.reloads == 1)
    #expect(hand.pauses == [60, 40, 60])
    #expect(hand.stepTimes == ["08:00:00", "08:01:00"])
  }

  @Test("hands errors over and goes on")
  func errors() throws {
    let hand = try Hand("2026-03-27T08:00:00Z")
    hand.onStep = { if $0.steps.count == 1 { throw Fault(description: "the disk is full") } }
    hand.onReload = { _ in throw Fault(description: "plazo.json5: wrong") }
    hand.onPause[1] = { $0.isReloadWanted = true }
    hand.onPause[3] = { $0.stopRequest = SIGTERM }
    _ = hand.run()
    #expect(hand.errors == ["the disk is full", "plazo.json5: wrong"])
    #expect(hand.steps.count == 2)
  }

  @Test("is never more than a period away from its next step, whatever the clock is set to")
  func clockSetBack() throws {
    let hand = try Hand("2026-03-27T08:00:00Z")
    hand.onPause[1] = { $0.now = $0.now - 3600 + 60 }
    hand.onPause[2] = { $0.now = $0.now + 86_400 }
    hand.onPause[3] = { $0.stopRequest = SIGTERM }
    _ = hand.run()
    #expect(hand.stepTimes == ["08:00:00", "07:01:00", "07:01:00"])
    #expect(hand.pauses.allSatisfy { $0 <= 60 })
  }

  @Test("steps in between at the second at which something is due, and no oftener")
  func due() throws {
    let hand = try Hand("2026-03-27T08:00:00Z")
    let due = [try at("2026-03-27T08:00:25Z"), try at("2026-03-27T08:01:10Z"), try at("2026-03-27T08:01:10Z")]
    // The last is overdue, and not done: the loop must not spin on it.
    hand.nextDue = { now in due.first { $0 > now } ?? due.last }
    hand.onPause[6] = { $0.stopRequest = SIGTERM }
    _ = hand.run()
    #expect(hand.stepTimes == ["08:00:00", "08:00:25", "08:01:00", "08:01:10", "08:02:00", "08:03:00"])
  }

  @Test("tells of a clock that was set and of a machine that slept, and steps at once")
  func jumps() throws {
    let hand = try Hand("2026-03-27T08:00:00Z")
    hand.isWatched = true
    // Four seconds pass; the clock is set forward by an hour meanwhile.
    hand.onPause[1] = {
      ($0.now, $0.total, $0.awake) = ($0.now + 3604, $0.total + 4, $0.awake + 4)
    }
    // A second passes, and a sleep of ten.
    hand.onPause[2] = { ($0.now, $0.total, $0.awake) = ($0.now + 11, $0.total + 11, $0.awake + 1) }
    // Set back by half an hour.
    hand.onPause[3] = { ($0.now, $0.total, $0.awake) = ($0.now - 1795, $0.total + 5, $0.awake + 5) }
    // A second of difference is the clock being steered.
    hand.onPause[4] = { ($0.now, $0.total, $0.awake) = ($0.now + 6, $0.total + 5, $0.awake + 5) }
    hand.onPause[5] = { $0.stopRequest = SIGTERM }
    _ = hand.run()
    #expect(hand.jumps == [.set(by: 3600), .slept(10), .set(by: -1800)])
    #expect(hand.stepTimes == ["08:00:00", "09:00:04", "09:00:15", "08:30:20"])
  }

  @Test("takes two seconds for a clock that was set or a sleep, and less for a clock being steered")
  func threshold() {
    let start = ClockWatch.Reading(wall: 1_000_000, total: 50_000, awake: 40_000)
    func jumps(_ wall: Int64, _ total: Int64, _ awake: Int64) -> [ClockJump] {
      var watch = ClockWatch(start)
      return watch.look(
        ClockWatch.Reading(wall: start.wall + wall, total: start.total + total, awake: start.awake + awake))
    }
    #expect(jumps(60_000, 60_000, 60_000) == [])
    #expect(jumps(61_999, 60_000, 60_000) == [])
    #expect(jumps(62_000, 60_000, 60_000) == [.set(by: 2)])
    #expect(jumps(58_001, 60_000, 60_000) == [])
    #expect(jumps(58_000, 60_000, 60_000) == [.set(by: -2)])
    #expect(jumps(60_000, 60_000, 58_001) == [])
    #expect(jumps(60_000, 60_000, 58_000) == [.slept(2)])
    #expect(jumps(3_660_000, 60_000, 50_000) == [.slept(10), .set(by: 3600)])
  }

  @Test(
    "finds the next multiple of its period",
    arguments: [
      (at: Int64(0), period: Int64(60), next: Int64(60)), (59, 60, 60), (60, 60, 120), (-1, 60, 0), (-60, 60, 0),
      (7, 1, 8),
    ])
  func nextStep(at: Int64, period: Int64, next: Int64) {
    #expect(ServiceLoop.nextStep(after: Instant(at), period: period) == Instant(next))
  }
}
