internal import Text

/// Which rows of a file count, by the words of one column.
public struct RowFilter: Sendable {
  let column: String
  let words: Set<String>
  /// Whether rows with one of the words are those that count; else they are those that do not.
  let keeps: Bool
  /// The place in the mapping, for faults.
  let path: String

  /// Reads `{ column: "word", other: ["word", "word"] }`.
  static func read(_ node: Node, keeps: Bool) -> [RowFilter] {
    node.entriesInOrder().map { column, entry in
      let words = entry.listOrOne().map { $0.string() }
      if words.isEmpty { entry.fail("names no word", mend: "write \(column): [\"…\"]") }
      return RowFilter(column: column, words: Set(words), keeps: keeps, path: entry.path)
    }
  }
}
