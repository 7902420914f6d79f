internal import Scheduler

/// How long a job may take, kept by whatever asks: SQLite every few thousand instructions, loops between two pieces.
final class TimeLimit {
  // The machine's sleep does not count, and a clock that is set changes nothing.
  private var end: SuspendingClock.Instant?
  /// Is called whenever the limit is asked for: the job makes progress.
  private let onProgress: () -> Void

  init(onProgress: @escaping () -> Void = {}) { self.onProgress = onProgress }

  var isOver: Bool {
    onProgress()
    return end.map { $0 < .now } ?? false
  }

  /// Runs `body`, during which the limit holds.
  func hold<T>(seconds: Int64, _ body: () throws -> T) rethrows -> T {
    end = .now + .seconds(seconds)
    defer { end = nil }
    return try body()
  }
}
