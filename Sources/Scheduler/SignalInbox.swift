internal import Glibc
internal import Synchronization

/// The signals that a service listens to, from when it is made until it is let go. One at a time in a process.
///
/// - SIGTERM, SIGINT: stop when the step in hand is done. The process ends by that very signal, as if it had never been
///   caught, when a second one comes or when the budget is used up. That tears nothing: what a run left unfinished is
///   in the ledger, and databases and files appear whole or not at all.
/// - SIGHUP: read the configuration again.
///
/// Plain handlers and a pipe, not Dispatch: they end the process even when all its threads hang, and `poll` waits by
/// the monotonic clock, where Dispatch's semaphores wait on Linux by the wall clock, and would oversleep by an hour
/// when it is set back by one.
public final class SignalInbox: Sendable {
  /// How long a step may go on after the first signal to stop.
  public static let defaultStopBudgetMilliseconds = 5000

  private let pipe: (read: Int32, write: Int32)

  /// - Throws: `SignalError` when the system grants no pipe or no handler.
  public init(stopBudgetMilliseconds: Int = SignalInbox.defaultStopBudgetMilliseconds) throws(SignalError) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw SignalError(reason: String(cString: strerror(errno))) }
    pipe = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    // Also makes the global state exist, which a handler must not be the first to ask for.
    stopSignal.store(0, ordering: .relaxed)
    isReloadWanted.store(false, ordering: .relaxed)
    budget.store(stopBudgetMilliseconds, ordering: .relaxed)
    wakeDescriptor.store(ends[1], ordering: .sequentiallyConsistent)
    // A parent may have started the process with them blocked, and then no SIGTERM would ever arrive.
    var mask = sigset_t()
    sigemptyset(&mask)
    for number in Self.numbers { sigaddset(&mask, number) }
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    for number in Self.numbers {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = handle
      // An interrupted read or write of the step goes on by itself.
      action.sa_flags = SA_RESTART
      guard sigaction(number, &action, nil) == 0 else { throw SignalError(reason: String(cString: strerror(errno))) }
    }
  }

  deinit {
    setAlarm(milliseconds: 0)
    for number in Self.numbers { signal(number, SIG_DFL) }
    wakeDescriptor.store(-1, ordering: .sequentiallyConsistent)
    close(pipe.read)
    close(pipe.write)
  }

  private static let numbers = [SIGTERM, SIGINT, SIGHUP, SIGALRM]

  /// The signal that asks to stop, once one has come.
  public var stopRequest: Int32? {
    let number = stopSignal.load(ordering: .sequentiallyConsistent)
    return number == 0 ? nil : number
  }

  /// Whether a new reading of the configuration was asked for since the last call.
  public func takeReloadRequest() -> Bool { isReloadWanted.exchange(false, ordering: .sequentiallyConsistent) }

  /// Waits until a signal comes, one that came since the last wait included, or until the time is over.
  func wait(milliseconds: Int32) {
    var watched = pollfd(fd: pipe.read, events: Int16(POLLIN), revents: 0)
    // Interrupted by a signal of ours, it ends as well: the pipe has its byte by then.
    _ = poll(&watched, 1, milliseconds)
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(pipe.read, &bytes, bytes.count) > 0 {}
  }
}

/// The system does not let this process listen to signals.
public struct SignalError: Error, Hashable, Sendable, CustomStringConvertible {
  public let reason: String
  public var description: String { "signals cannot be listened to: \(reason); try again" }
}

// What handlers touch: atomics only, which need no lock.
private let stopSignal = Atomic<Int32>(0)
private let isReloadWanted = Atomic<Bool>(false)
private let wakeDescriptor = Atomic<Int32>(-1)
private let budget = Atomic<Int>(0)

/// Calls only what may be called at any point of a program.
/// - Source: signal-safety(7); setitimer is not in its list and is a bare system call in glibc.
private func handle(_ number: Int32) {
  let savedErrno = errno
  switch number {
  case SIGHUP: isReloadWanted.store(true, ordering: .sequentiallyConsistent)
  case SIGALRM: dieOf(stopSignal.load(ordering: .sequentiallyConsistent))
  default:
    let (isFirst, _) = stopSignal.compareExchange(expected: 0, desired: number, ordering: .sequentiallyConsistent)
    guard isFirst else { dieOf(number) }
    setAlarm(milliseconds: budget.load(ordering: .sequentiallyConsistent))
  }
  var byte: UInt8 = 0
  // A full pipe wakes as well as one byte more.
  _ = write(wakeDescriptor.load(ordering: .sequentiallyConsistent), &byte, 1)
  errno = savedErrno
}

/// Ends the process by a signal, so that its parent sees what ended it.
private func dieOf(_ number: Int32) -> Never {
  signal(number, SIG_DFL)
  var set = sigset_t()
  sigemptyset(&set)
  sigaddset(&set, number)
  pthread_sigmask(SIG_UNBLOCK, &set, nil)
  kill(getpid(), number)
  // The first process of a container does not die of its own signals.
  _exit(128 + number)
}

private func setAlarm(milliseconds: Int) {
  var timer = itimerval()
  timer.it_value = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
  setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
}
