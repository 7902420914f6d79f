/// The legal spelling nearest to a wrong one, or `nil` when none is near enough to be meant.
public func nearest(to word: String, among legal: some Sequence<String>) -> String? {
  let lowered = word.lowercased()
  // One slip in a short word, two in a longer one, more only where much of the word is left.
  let limit = word.count < 4 ? 1 : max(2, word.count / 3)
  var best: (distance: Int, word: String)?
  for candidate in legal {
    let distance = editDistance(lowered, candidate.lowercased())
    if distance <= limit, best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
  }
  return best?.word
}

/// How many insertions, deletions, replacements and swaps of neighbours turn one word into the other.
/// - Source: optimal string alignment distance, Boytsov 2011.
func editDistance(_ left: String, _ right: String) -> Int {
  let (left, right) = (Array(left.unicodeScalars.prefix(64)), Array(right.unicodeScalars.prefix(64)))
  var rows = [Array(0...right.count)]
  for i in 0..<left.count {
    var row = [i + 1]
    for j in 0..<right.count {
      var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[left.count][right.count]
}
