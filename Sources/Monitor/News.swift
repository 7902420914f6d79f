internal import SLA

/// When the events happened that the last sweep had not seen; all `nil` without any.
struct News {
  private(set) var earliest: Instant?
  private(set) var latest: Instant?
  /// The latest of those that put a ticket's fields right.
  private(set) var latestEdit: Instant?

  mutating func take(_ instant: Instant, isEdit: Bool = false) {
    earliest = min(earliest ?? instant, instant)
    latest = max(latest ?? instant, instant)
    if isEdit { latestEdit = max(latestEdit ?? instant, instant) }
  }
}
