/// An axis from zero on: ticks at round numbers, the last of them at or above the most that is drawn.
struct ChartScale: Equatable {
  let step: Double
  let stepCount: Int

  /// - Parameters:
  ///   - most: what must fit; nothing drawn is more.
  ///   - steps: how many steps there are at most.
  ///   - isWhole: whether the values are counted, and half a one would be a strange tick.
  init(upTo most: Double, steps: Int = 4, isWhole: Bool) {
    guard most.isFinite, most > 0 else {
      (step, stepCount) = (1, 1)
      return
    }
    let rough = most / Double(steps)
    var unit = 1.0
    while unit * 10 <= rough { unit *= 10 }
    while unit > rough { unit /= 10 }
    let step = [1, 2, 5, 10].map { $0 * unit }.first { $0 >= rough } ?? rough
    self.step = isWhole ? max(1, step) : step
    // What is a hair above a tick by rounding alone needs no other.
    stepCount = max(1, Int((most / self.step - 1e-9).rounded(.up)))
  }

  var top: Double { step * Double(stepCount) }
  var ticks: [Double] { (0...stepCount).map { step * Double($0) } }
}

/// Where things stand in a drawing that stretches with its page, in hundredths of a percent of its width or of the
/// height of its plot.
enum ChartGeometry {
  static let whole = 10_000

  /// The parts of a bar, one after the other. Their ends are rounded rather than their lengths, so that neighbours meet
  /// and all of them are as long as the bar of their sum.
  static func segments(_ values: [Double], of top: Double) -> [Range<Int>] {
    var sum = 0.0
    var start = 0
    return values.map { value in
      sum += value
      let end = max(start, Int((sum / top * Double(whole)).rounded()))
      defer { start = end }
      return start..<end
    }
  }

  /// Which of so many places have a label where only some fit: the last, and from there back at even distances.
  static func labelled(_ count: Int, atMost: Int) -> [Int] {
    guard count > 0, atMost > 0 else { return [] }
    let distance = (count + atMost - 1) / atMost
    return stride(from: count - 1, through: 0, by: -distance).reversed()
  }

  static func percent(_ hundredths: Int) -> String {
    let (unit, rest) = (hundredths / 100, hundredths % 100)
    if rest == 0 { return "\(unit)%" }
    return "\(unit).\(rest < 10 ? "0" : "")\(rest)%"
  }
}
