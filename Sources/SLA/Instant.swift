/// A moment on the time line: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted, as POSIX has it.
///
/// Durations are `Seconds` and are only ever added to instants, never to local times.
public struct Instant: Hashable, Comparable, Sendable {
  public var seconds: Int64

  @inlinable public init(_ seconds: Int64) { self.seconds = seconds }

  @inlinable public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
  @inlinable public static func + (left: Instant, right: Seconds) -> Instant { Instant(left.seconds + right) }
  @inlinable public static func - (left: Instant, right: Seconds) -> Instant { Instant(left.seconds - right) }
  @inlinable public static func - (left: Instant, right: Instant) -> Seconds { left.seconds - right.seconds }
}

/// A number of elapsed seconds.
public typealias Seconds = Int64
