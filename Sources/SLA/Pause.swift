/// A time during which a clock stands still: the start included, the end excluded.
public struct Pause: Hashable, Sendable {
  public var from: Instant
  /// `nil` while nobody knows when it ends.
  public var to: Instant?

  public init(from: Instant, to: Instant?) {
    self.from = from
    self.to = to
  }

  /// The same instants in ascending pauses that neither overlap nor touch; empty ones are left out.
  public static func merged(_ pauses: [Pause]) -> [Pause] {
    var result: [Pause] = []
    for next in pauses.sorted(by: { $0.from < $1.from }) {
      if let end = next.to, end <= next.from { continue }
      guard let last = result.last else {
        result.append(next)
        continue
      }
      guard let end = last.to else { break }
      if next.from <= end {
        result[result.count - 1].to = next.to.map { max($0, end) }
      } else {
        result.append(next)
      }
    }
    return result
  }

  /// The part of merged pauses before an instant, at which whatever is still open ends.
  public static func clipped(_ pauses: [Pause], to stop: Instant) -> [Pause] {
    pauses.filter { $0.from < stop }.map { Pause(from: $0.from, to: min($0.to ?? stop, stop)) }
  }
}
