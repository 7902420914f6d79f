/// Ascending numbers that tell quickly how many of them are at most a value: an index by equal stretches narrows the
/// search to a few neighbours, where a plain binary search over a decade of openings would miss the processor's cache.
///
/// Kept in memory of its own, so that a question costs neither a reference count nor a bounds check.
final class Ascending: @unchecked Sendable {
  // Written by `init` alone, read by everybody.
  private let values: UnsafeMutablePointer<Int64>
  let count: Int
  /// For each stretch of 2^shift from the first value on, how many values are at most its beginning.
  private let hints: UnsafeMutablePointer<Int32>
  private let stretches: Int
  private let shift: Int64
  private let first, last: Int64

  init(_ source: some Collection<Int64>) {
    count = source.count
    values = .allocate(capacity: max(1, count))
    var index = 0
    for value in source {
      values[index] = value
      index += 1
    }
    first = count > 0 ? values[0] : 0
    last = count > 0 ? values[count - 1] : -1
    let span = max(0, last - first)
    var shift: Int64 = 0
    while span >> shift > 2 * Int64(count) { shift += 1 }
    self.shift = shift
    stretches = Int(span >> shift) + 2
    hints = .allocate(capacity: stretches)
    var passed = 0
    for stretch in 0..<stretches {
      let beginning = first + (Int64(stretch) << shift)
      while passed < count, values[passed] <= beginning { passed += 1 }
      hints[stretch] = Int32(passed)
    }
  }

  deinit {
    values.deallocate()
    hints.deallocate()
  }

  /// - Precondition: `index` is one of the values'.
  @inline(__always) subscript(index: Int) -> Int64 { values[index] }

  /// How many of the values are at most this one.
  @inline(__always) func countAtMost(_ value: Int64) -> Int {
    if value < first { return 0 }
    if value >= last { return count }
    let stretch = Int((value - first) >> shift)
    var low = Int(hints[stretch])
    var high = Int(hints[stretch + 1])
    while low < high {
      let middle = (low + high) >> 1
      if values[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many of the values are below this one.
  @inline(__always) func countBelow(_ value: Int64) -> Int { countAtMost(value - 1) }
}
