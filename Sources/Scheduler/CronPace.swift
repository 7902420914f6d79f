internal import SLA

/// `every 5m`: each time the wall clock shows a multiple of the pace, counted from midnight.
///
/// The pace divides the day, so that the count is the same whatever day it began on.
struct CronPace: Hashable, Sendable {
  /// In seconds; from a minute to a day.
  let seconds: Seconds

  private static let hour: Seconds = 3600
  private static let day: Seconds = 86_400

  /// The pace in lower case: `5m`, `2h`.
  init(_ text: String) throws(CronError) {
    let legal = "minutes or hours that divide a day evenly, such as 1m, 5m, 15m, 1h, 2h or 12h"
    func error(_ problem: String) -> CronError {
      CronError(part: .every, position: 7, value: text, problem: problem, legal: legal)
    }
    let unit: Seconds? = text.hasSuffix("m") ? 60 : text.hasSuffix("h") ? Self.hour : nil
    guard let unit, let count = decimal(text.dropLast()) else { throw error("is no pace") }
    let seconds = Seconds(count) * unit
    guard seconds > 0, Self.day % seconds == 0 else { throw error("does not divide a day") }
    self.seconds = seconds
  }

  /// The first slot after an instant.
  ///
  /// A pace of up to an hour goes on through an hour that the clock shows twice: whoever asks for a look every five
  /// minutes wants no hour without one. A longer pace runs there once, as the slots of five fields do.
  func next(after instant: Instant, in zone: Zone) -> Instant {
    let local = zone.localSeconds(at: instant)
    guard seconds <= Self.hour else {
      var reading = multiple(after: local)
      while zone.instant(atLocalSeconds: reading) <= instant { reading += seconds }
      return zone.instant(atLocalSeconds: reading)
    }
    var from = instant
    while true {
      let local = zone.localSeconds(at: from)
      let reading = multiple(after: local)
      let slot = from + (reading - local)
      guard let change = zone.nextChange(after: from), change <= slot else { return slot }
      // The clock is set before it shows the reading: past it or onto it, or back, from where the count goes on.
      let shown = zone.localSeconds(at: change)
      if shown >= reading || multiple(after: shown - 1) == shown { return change }
      from = change
    }
  }

  private func multiple(after local: Seconds) -> Seconds {
    let rest = local % seconds
    return local - (rest < 0 ? rest + seconds : rest) + seconds
  }
}
