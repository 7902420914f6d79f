internal import Glibc
public import SLA

/// The loop of a service in the foreground: a step at once, then one at each multiple of the period by the wall clock,
/// until a signal stops it.
///
/// Whatever the clock is set to meanwhile, the next step is never further away than one period.
public struct ServiceLoop {
  /// How often the loop steps: each minute, as cron would.
  public static let defaultPeriod: Seconds = 60

  private let period: Seconds
  private let now: () -> Instant
  private let step: (Instant) throws -> Void
  private let reload: () throws -> Void
  private let onError: (any Error) -> Void

  /// - Parameters:
  ///   - period: seconds between steps, counted from midnight UTC; at least 1.
  ///   - step: one pass at an instant; `SignalInbox.stopRequest` tells it to leave the rest for another time.
  ///   - reload: reads the configuration again. Wrong, it throws and keeps the old one.
  ///   - onError: is handed what the two throw; the loop goes on.
  public init(
    period: Seconds = ServiceLoop.defaultPeriod, now: @escaping () -> Instant,
    step: @escaping (Instant) throws -> Void, reload: @escaping () throws -> Void,
    onError: @escaping (any Error) -> Void
  ) {
    precondition(period > 0)
    self.period = period
    self.now = now
    self.step = step
    self.reload = reload
    self.onError = onError
  }

  /// Runs until a signal asks to stop; on the calling thread alone. - Returns: the signal.
  public func run(_ signals: SignalInbox) -> Int32 {
    run(
      stopRequest: { signals.stopRequest }, takeReloadRequest: signals.takeReloadRequest,
      pause: { signals.wait(milliseconds: Self.milliseconds(of: $0)) })
  }

  /// - Parameter pause: waits for that many seconds, or less when there is something to hear.
  func run(stopRequest: () -> Int32?, takeReloadRequest: () -> Bool, pause: (Seconds) -> Void) -> Int32 {
    while true {
      if let signal = stopRequest() { return signal }
      let stepped = now()
      attempt { try step(stepped) }
      // A clock set back makes the wait longer than a period; the wait is then over early, not late.
      let wake = Self.nextStep(after: now(), period: period)
      var isWaiting = true
      while isWaiting {
        if let signal = stopRequest() { return signal }
        if takeReloadRequest() { attempt(reload) }
        let left = wake - now()
        isWaiting = left > 0 && left <= period
        if isWaiting { pause(left) }
      }
    }
  }

  private func attempt(_ work: () throws -> Void) {
    do { try work() } catch { onError(error) }
  }

  /// The first multiple of the period after an instant.
  static func nextStep(after instant: Instant, period: Seconds) -> Instant {
    let rest = instant.seconds % period
    return instant + (period - (rest < 0 ? rest + period : rest))
  }

  /// A wait of whole seconds, less what the machine's clock is past the second: it then ends on the second.
  private static func milliseconds(of seconds: Seconds) -> Int32 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int32(clamping: max(1, seconds * 1000 - Int64(time.tv_nsec / 1_000_000)))
  }
}
