internal import Glibc
public import SLA

/// The loop of a service in the foreground: a step at once, then one at each multiple of the period by the wall clock and
/// whenever something is due before, until a signal stops it.
///
/// Whatever the clock is set to meanwhile, the next step is never further away than one period.
public struct ServiceLoop {
  /// How often the loop steps at least: each minute, as cron would.
  public static let defaultPeriod: Seconds = 60
  /// The longest single wait: after a sleep of the machine, during which a wait stands still, the loop is at most so late.
  static let longestWaitMilliseconds: Int32 = 5000

  /// What the loop calls.
  public struct Hooks {
    /// One pass at an instant; `SignalInbox.stopRequest` tells it to leave the rest for another time.
    public var step: (Instant) throws -> Void
    /// Reads the configuration again. Wrong, it throws and keeps the old one.
    public var reload: () throws -> Void
    /// Is handed what the two throw; the loop goes on.
    public var onError: (any Error) -> Void
    /// The next instant after a step at which something is due; `nil`: nothing that is known.
    public var nextDue: (Instant) -> Instant?
    /// Is called before each wait, every few seconds: the loop lives.
    public var isAlive: () -> Void
    /// Is told what happened to the clock.
    public var onJump: (ClockJump) -> Void

    public init(
      step: @escaping (Instant) throws -> Void, reload: @escaping () throws -> Void,
      onError: @escaping (any Error) -> Void, nextDue: @escaping (Instant) -> Instant? = { _ in nil },
      isAlive: @escaping () -> Void = {}, onJump: @escaping (ClockJump) -> Void = { _ in }
    ) {
      self.step = step
      self.reload = reload
      self.onError = onError
      self.nextDue = nextDue
      self.isAlive = isAlive
      self.onJump = onJump
    }
  }

  private let period: Seconds
  private let now: () -> Instant
  private let hooks: Hooks

  /// - Parameter period: seconds between steps, counted from midnight UTC; at least 1.
  public init(period: Seconds = ServiceLoop.defaultPeriod, now: @escaping () -> Instant, hooks: Hooks) {
    precondition(period > 0)
    self.period = period
    self.now = now
    self.hooks = hooks
  }

  /// Runs until a signal asks to stop; on the calling thread alone. - Returns: the signal.
  public func run(_ signals: SignalInbox) -> Int32 {
    run(
      stopRequest: { signals.stopRequest }, takeReloadRequest: signals.takeReloadRequest,
      pause: { signals.wait(milliseconds: min(Self.milliseconds(of: $0), Self.longestWaitMilliseconds)) },
      reading: ClockWatch.Reading.now)
  }

  /// - Parameters:
  ///   - pause: waits for that many seconds, or less when there is something to hear.
  ///   - reading: reads the machine's clocks; `nil`: nobody watches them.
  func run(
    stopRequest: () -> Int32?, takeReloadRequest: () -> Bool, pause: (Seconds) -> Void,
    reading: (() -> ClockWatch.Reading)? = nil
  ) -> Int32 {
    var watch = reading.map { ClockWatch($0()) }
    while true {
      if let signal = stopRequest() { return signal }
      hooks.isAlive()
      let stepped = now()
      attempt { try hooks.step(stepped) }
      // A clock set back makes the wait longer than a period; the wait is then over early, not late.
      let wake = wakeUp(after: now())
      var isWaiting = true
      while isWaiting {
        if let signal = stopRequest() { return signal }
        if takeReloadRequest() { attempt(hooks.reload) }
        hooks.isAlive()
        let left = wake - now()
        isWaiting = left > 0 && left <= period
        if isWaiting { pause(left) }
        if let reading, let jumps = watch?.look(reading()) {
          for jump in jumps { hooks.onJump(jump) }
          // What a new time makes due is done now, not when the wait would have been over.
          if !jumps.isEmpty { isWaiting = false }
        }
      }
    }
  }

  private func attempt(_ work: () throws -> Void) {
    do { try work() } catch { hooks.onError(error) }
  }

  private func wakeUp(after instant: Instant) -> Instant {
    let regular = Self.nextStep(after: instant, period: period)
    guard let due = hooks.nextDue(instant) else { return regular }
    // What is overdue already was not done in the step just made: at its own pace, not in a circle.
    return due > instant ? min(due, regular) : regular
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
