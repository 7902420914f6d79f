internal import Glibc
public import SLA

/// What happened to the machine's clock between two looks at it.
public enum ClockJump: Hashable, Sendable {
  /// The clock was set, forward by so many seconds, or back when they are less than zero.
  case set(by: Seconds)
  /// The machine slept for so many seconds.
  case slept(Seconds)
}

/// Notices a clock that was set, and a machine that slept, by holding the wall clock against two that nobody sets: one
/// that goes on while the machine sleeps, and one that stands still then.
struct ClockWatch {
  /// The three clocks at one moment, in milliseconds.
  struct Reading: Hashable {
    var wall: Int64
    var total: Int64
    var awake: Int64

    /// - Source: clock_gettime(2).
    static func now() -> Reading {
      func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
      }
      return Reading(
        wall: milliseconds(CLOCK_REALTIME), total: milliseconds(CLOCK_BOOTTIME), awake: milliseconds(CLOCK_MONOTONIC))
    }
  }

  /// Less than this is the clock being steered, or the time between the three readings.
  static let threshold: Int64 = 2000

  private var last: Reading
  init(_ reading: Reading) { last = reading }

  /// - Returns: what happened since the last look.
  mutating func look(_ reading: Reading) -> [ClockJump] {
    var jumps: [ClockJump] = []
    let slept = (reading.total - last.total) - (reading.awake - last.awake)
    if slept >= Self.threshold { jumps.append(.slept(slept / 1000)) }
    let set = (reading.wall - last.wall) - (reading.total - last.total)
    if set.magnitude >= Self.threshold { jumps.append(.set(by: set / 1000)) }
    last = reading
    return jumps
  }
}
