/// A range of the Monitoring Plugins guidelines: when a value is worth an alert.
///
/// `10` alerts outside of 0 to 10, `10:` below 10, `~:10` above 10, `10:20` outside of it, and `@10:20` inside of it; the
/// ends themselves belong to the range.
/// - Source: <https://www.monitoring-plugins.org/doc/guidelines.html#THRESHOLDFORMAT>
struct ThresholdRange: Hashable, Sendable, CustomStringConvertible {
  /// As it was written, which is how performance data repeats it.
  let description: String
  private let low: Double
  private let high: Double
  private let alertsInside: Bool

  init?(_ text: String) {
    var rest = text[...]
    alertsInside = rest.first == "@"
    if alertsInside { rest = rest.dropFirst() }
    let ends = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard ends.count <= 2, !rest.isEmpty else { return nil }
    func number(_ text: String) -> Double? {
      guard text.allSatisfy({ "0123456789.-".contains($0) }), let value = Double(text), value.isFinite else {
        return nil
      }
      return value
    }
    if ends.count == 1 {
      guard let end = number(ends[0]) else { return nil }
      (low, high) = (0, end)
    } else {
      guard let start = ends[0] == "~" ? -Double.infinity : ends[0].isEmpty ? 0 : number(ends[0]),
        let end = ends[1].isEmpty ? Double.infinity : number(ends[1])
      else { return nil }
      (low, high) = (start, end)
    }
    guard low <= high else { return nil }
    description = text
  }

  func alerts(_ value: Int64) -> Bool { (low...high).contains(Double(value)) == alertsInside }
}
